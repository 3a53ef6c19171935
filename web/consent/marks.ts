// Looks for marks that may not mean what their author meant. What is wrong with them, if anything,
// is found and said by a part that only such pages load.

import { dom } from '../page/dom.js';

/** `tell` is called for as long as such a mark stands on the page, after each change. */
export function findMistakes(known: readonly string[], tell: () => void): void {
  const fine = known.map((id) => `[data-avow="${id}"]`);
  const doubtful =
    `[data-avow]:not(avow-consent,${fine}),script[data-avow]:not([type="text/plain"]),` +
    'html:has(link[as=script]):has(script[data-avow][src])';
  const look = () => dom.querySelector(doubtful) && tell();
  look();
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
