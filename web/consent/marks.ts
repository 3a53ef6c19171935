// Looks for marks that may not mean what their author meant. What is wrong with them, if anything,
// is found and said by a part that only such pages load.

import type { More } from '../loader/gate/gate.js';
import { dom } from '../page/dom.js';

/** Tells the page's developer, for as long as such a mark stands on the page, after each change. */
export function findMistakes(known: readonly string[], more: More): void {
  const fine = known.map((id) => `[data-avow="${id}"]`);
  const doubtful =
    `[data-avow]:not(avow-consent,${fine}),script[data-avow]:not([type="text/plain"]),` +
    'html:has(script[nonce]):has(script[data-avow]:not([nonce])),' +
    'html:has(link[as=script]):has(script[data-avow][src])';
  const tell = () => void more('others').then((others) => others?.tell?.(known));
  const look = () => dom.querySelector(doubtful) && tell();
  look();
  // The shadow roots of others are looked into once: nothing is gated there but an avow-embed,
  // which comes to life when its element is known.
  for (const { localName, shadowRoot } of dom.querySelectorAll('*')) {
    if (!shadowRoot || localName.startsWith('avow-')) continue;
    if (shadowRoot.querySelector('avow-embed')) void more('embed');
    if (shadowRoot.querySelector('[data-avow]')) tell();
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
