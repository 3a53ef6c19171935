// The verdict that the core wrote earlier, as the loader reads it: data alone, applied only while
// all that it rests on still holds.

import type { Verdict } from '../consent/wire.js';
import { gpc, seconds } from './signals.js';

export type { Verdict };

/**
 * Every member in its type and range, as `keepVerdict` writes them. Storage is anybody's. Made when
 * there is something to read: most visits have nothing, and a page's first milliseconds count.
 */
const written = () =>
  RegExp(
    '^{"gpc":(true|false),"granted":\\[(,?"[a-z][a-z0-9-]{0,63}"){0,64}\\],"not_before":\\d{1,12},' +
      '"number":(null|"[\\w-]{4,20}"),"place":"[A-Z\\d-]{0,6}","policy":"[a-f\\d]{64}",' +
      '"regime":"(opt-(in|out)|notice-only)( [A-Z\\d*-]+)?","until":\\d{1,12},"v":2,' +
      '"withdrawable":(true|false)}$',
  );

/** What is stored; null where there is nothing, or where it is not as it was written. */
export function readVerdict(text: string | null): Verdict | null {
  try {
    return text && written().test(text) ? (JSON.parse(text) as Verdict) : null;
  } catch {
    return null; // 007, for example, is no number of JSON's
  }
}

/** Whether all that the verdict rests on is as it was. */
export function holds(verdict: Verdict, policy: string, place: string): boolean {
  const now = seconds();
  return (
    verdict.policy === policy &&
    verdict.place === place &&
    verdict.gpc === gpc() &&
    verdict.not_before <= now &&
    now < verdict.until
  );
}
