// What a bundler imports: the API of the loader that the page embeds by its tag. It brings no
// second copy along.

import type { Avow } from './types.js';

export { AvowError } from './error.js';
export type * from './types.js';

function live(): Avow {
  const { avow } = globalThis as { avow?: Avow };
  if (!avow) throw new Error('avow: its loader has not run on this page.');
  return avow;
}

/** The consent API of this page. Use it once the loader has run (it is a module: deferred). */
export const avow: Avow = {
  get ready() {
    return live().ready;
  },
  get choices() {
    return live().choices;
  },
  open: () => live().open(),
  refuse: () => live().refuse(),
  withdraw: () => live().withdraw(),
  grant: (purposes, event) => live().grant(purposes, event),
  identify: (subject) => live().identify(subject),
  export: () => live().export(),
  erase: () => live().erase(),
  deliverWith: (transport) => live().deliverWith(transport),
};
