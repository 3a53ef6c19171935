// What is left to do once a purpose is denied: a script that has run cannot be stopped from
// outside.

import { dom } from '../page/dom.js';
import { purposesOf } from '../page/mark.js';

/** A script that was released has the copy that ran beside it, defused: loader/gate/script.ts. */
function ran(script: HTMLScriptElement): boolean {
  const copy = script.nextSibling;
  return copy instanceof HTMLScriptElement && copy.type === script.type && !copy.dataset['avow'];
}

/**
 * The purposes among `denied` whose marked scripts have run on this page: they go on until they
 * stop by themselves, or the page is loaded again.
 */
export function running(denied: readonly string[]): string[] {
  const marks = [...dom.querySelectorAll<HTMLScriptElement>('script[data-avow]')]
    .filter(ran)
    .flatMap((script) => purposesOf(script.dataset['avow']!));
  return denied.filter((purpose) => marks.includes(purpose));
}
