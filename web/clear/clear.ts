// Deletes what a purpose keeps on the device once it is denied, as far as the policy names it.
// `avow build` bakes the names in; pages whose policy names none never load this.

import { setCookie } from '../page/cookie.js';
import { dom } from '../page/dom.js';

/** Names of what a purpose keeps; `*` stands for any part of a name. */
interface Stored {
  readonly purpose: string;
  readonly cookies?: readonly string[];
  readonly local_storage?: readonly string[];
  readonly session_storage?: readonly string[];
  readonly databases?: readonly string[];
  readonly caches?: readonly string[];
}
declare const AVOW_BAKED: readonly Stored[];
const stored = AVOW_BAKED;

type Kind = Exclude<keyof Stored, 'purpose'>;
type Matches = (name: string) => boolean;

/** What may go: named by a purpose that is denied, and by none that is allowed. */
function matcher(granted: readonly string[], where: Kind, own: Matches): Matches {
  const pattern = (allowed: boolean) => {
    const names = stored
      .filter(({ purpose }) => granted.includes(purpose) === allowed)
      .flatMap((one) => one[where] ?? [])
      .map((name) => name.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*'));
    return RegExp(`^(${names.join('|') || '(?!)'})$`);
  };
  const [gone, kept] = [pattern(false), pattern(true)];
  return (name) => gone.test(name) && !kept.test(name) && !own(name);
}

/** A cookie tells neither its domain nor its path: it is ended at every one that it can have. */
function endCookies(matches: Matches): void {
  const labels = location.hostname.split('.');
  const domains = ['', ...labels.map((_, i) => `;domain=${labels.slice(i).join('.')}`)];
  const steps = location.pathname.split('/');
  const paths = steps.flatMap((_, i) => {
    const path = steps.slice(0, i + 1).join('/');
    return [path || '/', `${path}/`];
  });
  // What was set as secure or for one site alone is ended by its like.
  const kinds = location.protocol === 'https:' ? ['', ';secure', ';secure;partitioned'] : [''];
  for (const pair of dom.cookie.split('; ')) {
    const name = pair.split('=')[0]!;
    if (!matches(name)) continue;
    for (const domain of domains)
      for (const path of paths)
        for (const kind of kinds) setCookie(`${name}=;max-age=0;path=${path}${domain}${kind}`);
  }
}

function endItems(storage: Storage, matches: Matches): void {
  for (const key of Object.keys(storage)) if (matches(key)) storage.removeItem(key);
}

/**
 * Deletes what the purposes that are not among `granted` keep. `own`: the name under which Avow
 * keeps its own, which no pattern reaches. Resolves when all of it was tried; rejects with the
 * first thing that failed, which has held up nothing else.
 */
export async function clear(granted: readonly string[], own: string): Promise<void> {
  const ours: Matches = (name) => name === own || name.startsWith(`${own}:`);
  const among = (where: Kind) => matcher(granted, where, ours);
  const tries = await Promise.allSettled([
    (async () => endCookies(among('cookies')))(),
    (async () => endItems(localStorage, among('local_storage')))(),
    (async () => endItems(sessionStorage, among('session_storage')))(),
    (async () => {
      const matches = among('databases');
      for (const { name } of await indexedDB.databases())
        if (name !== undefined && matches(name)) indexedDB.deleteDatabase(name);
    })(),
    (async () => {
      const matches = among('caches');
      // Only a secure page has caches.
      for (const name of (await globalThis.caches?.keys()) ?? [])
        if (matches(name)) await caches.delete(name);
    })(),
  ]);
  for (const one of tries) if (one.status === 'rejected') throw one.reason;
}
