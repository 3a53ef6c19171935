// The inline script of head.html: says, before the notice in the page's HTML is painted, that this
// visitor has answered. It looks at whether something is stored; whether that still holds, the
// loader finds out.

import { store } from '../page/store.js';

try {
  const verdict = localStorage.getItem(`${store}:verdict`);
  const pending = localStorage.getItem(`${store}:pending`);
  if (verdict || pending) {
    const withdrawable = /"withdrawable":true/.test(verdict ?? '') && !pending;
    const seen = new MutationObserver(() => {
      // By the members' own names: an element of the page may have one of them.
      const { querySelector } = Document.prototype;
      const host = querySelector.call(document, 'avow-consent') as HTMLElement | null;
      if (host) {
        host.setAttribute('answered', withdrawable ? 'yes' : '');
        // Above all of the page, out of reach of what is done to its body; older browsers have no
        // popovers.
        host.popover = 'manual';
        host.togglePopover?.(true);
      }
      if (host || Reflect.get(Document.prototype, 'readyState', document) !== 'loading')
        seen.disconnect();
    });
    seen.observe(document, { childList: true, subtree: true });
  }
} catch {
  // Nothing can be stored here: the notice stands.
}
