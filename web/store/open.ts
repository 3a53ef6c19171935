import { IndexedStore } from './indexed.js';
import type { Store } from './store.js';
import { TransientStore } from './transient.js';

/**
 * The best store this browser gives. Private modes throw, and some never answer: neither may hold
 * up a refusal.
 */
export async function openStore(name: string): Promise<Store> {
  const store = new IndexedStore(name);
  const late = new Promise<Store>((resolve) =>
    setTimeout(resolve, 3_000, new TransientStore(true)),
  );
  return Promise.race([late, store.open().then((): Store => store)]).catch(
    () => new TransientStore(false),
  );
}
