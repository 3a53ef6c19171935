// Marks on the page that the policy does not know: they stay closed, and the developer is told.

import { AvowError } from '../public/error.js';
import { report } from '../page/report.js';

export function tellUnknownMarks(known: readonly string[]): void {
  const told = new Set(known);
  const look = () => {
    for (const marked of document.querySelectorAll<HTMLElement>('[data-avow]:not(avow-consent)')) {
      const purpose = marked.dataset['avow']!;
      if (told.has(purpose)) continue;
      told.add(purpose);
      report(
        new AvowError(
          'unknown-purpose',
          `<${marked.localName} data-avow="${purpose}"> names no purpose of the policy.`,
        ),
      );
    }
  };
  look();
  // Pages grow.
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
