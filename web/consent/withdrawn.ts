// What is left to do once a purpose is denied: a script that has run cannot be stopped from
// outside.

import { purposesOf } from '../page/mark.js';

/**
 * The purposes among `denied` whose scripts have run on this page, by the marks of those that did:
 * they go on until they stop by themselves, or the page is loaded again.
 */
export function running(denied: readonly string[], marks: Iterable<string>): string[] {
  const ran = [...marks].flatMap(purposesOf);
  return denied.filter((purpose) => ran.includes(purpose));
}
