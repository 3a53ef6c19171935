// What the sub-domains of a site tell each other, by the cookie that the policy names.

import { cookie, setCookie } from '../page/cookie.js';
import { sharedKey } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { warn } from '../page/report.js';
import { seconds } from '../page/signals.js';
import type { Decided, Page } from './core.js';

/** What another sub-domain told last; nothing where the policy names none. */
export const heard = ({ baked: { shared } }: Page): string => (shared && cookie(shared[0])) ?? '';

/** Tells the others what holds here, and notes what this one's verdict rests on. */
export function tell(page: Page, told: Decided['shared']): void {
  const { shared } = page.baked;
  if (!shared) return;
  const [by, domain] = shared;
  if (told && told.text !== cookie(by)) {
    const secure = location.protocol === 'https:' ? ';secure' : '';
    setCookie(
      `${by}=${told.text};domain=${domain};path=/;samesite=lax;` +
        `max-age=${told.until - seconds()}${secure}`,
    );
    if (cookie(by) !== told.text)
      warn(`not-shared: The browser keeps no cookie of ${domain} from ${location.host}.`);
  }
  memory.set(sharedKey(page.name), heard(page));
}
