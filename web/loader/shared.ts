// Stands before the loader where the policy names sub-domains that share an answer. Where another
// one of them has been answered since this one looked, what this one remembers speaks no longer:
// the loader finds a verdict that it cannot read, denies, and asks the core.

import { cookie } from '../page/cookie.js';
import { keys, sharedKey } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { store } from '../page/store.js';

/** The cookie's name; `avow build` writes it in the place of this one. */
declare const AVOW_BAKED: string;

try {
  const told = cookie(AVOW_BAKED);
  const { verdict } = keys(store);
  if (told !== null && told !== memory.get(sharedKey(store)) && !memory.set(verdict, 'shared'))
    memory.remove(verdict);
} catch {
  // A page without cookies: nobody tells it anything.
}
