// What the loader of the next page is told.

import { readVerdict } from '../page/verdict.js';
import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import type { Decided, Page } from './core.js';
import { tell } from './shared.js';

/** `durable`: whether the answer outlives the page; `writes`: whether this tab may tell of it. */
export function keepVerdict(
  page: Page,
  { verdict, granted, shared }: Decided,
  durable: boolean,
  writes: boolean,
): void {
  const key = keys(page.name).verdict;
  const before = readVerdict(memory.get(key));
  // A yes that is kept nowhere holds on this page, as the notice says; a no is remembered wherever
  // anything can be.
  const lasts = durable || verdict?.withdrawable === false;
  if (writes && lasts) tell(page, shared);
  // Without room for the new one, the old one must not speak for it either.
  const written = writes && lasts && verdict && memory.set(key, JSON.stringify(verdict));
  // Taking away only ever denies: two tabs that differ come to rest, and the next page decides
  // anew. But a no that only the loader remembers is not forgotten for a yes of this page alone.
  if (
    !written &&
    (writes || String(before?.granted) !== String(granted)) &&
    (durable || before?.withdrawable !== false)
  )
    memory.remove(key);
}
