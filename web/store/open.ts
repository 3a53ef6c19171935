import { IndexedStore } from './indexed.js';
import type { Store } from './store.js';

/**
 * The best store this browser gives. Private modes throw, and some never answer: neither may hold
 * up a refusal. `module`: a part of the build; what holds where nothing can be kept is one.
 */
export async function openStore(
  name: string,
  module: (name: string) => Promise<unknown>,
): Promise<Store> {
  const transient = async (late: boolean): Promise<Store> => {
    const { TransientStore } = (await module('transient')) as typeof import('./transient.js');
    return new TransientStore(late);
  };
  const store = new IndexedStore(name);
  const late = new Promise<true>((resolve) => setTimeout(resolve, 3_000, true));
  const opened = await Promise.race([late, store.open().then(() => store)]).catch(() => false);
  return typeof opened === 'boolean' ? transient(opened) : opened;
}
