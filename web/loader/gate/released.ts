// What a released script takes for granted, though it comes after the page: that it can write where
// it stands, and that it hears when the page is there. What it asks for of that is noted here, and
// given by others.ts.

import type { Asked, More } from './gate.js';
import { dom } from '../../page/dom.js';

/** What released scripts ask for, by the copy that runs; none before the first of them. */
let notes: WeakMap<object, Asked[]> | undefined;

/** Whether such an event came before now, and will not come again. */
const passed = (type: string) =>
  /^(load|DOMC|ready|pages)/.test(type) &&
  performance.timing[`${type > 'a' ? 'load' : 'domContentLoaded'}EventStart`];

type Functions = Record<string, (...all: never[]) => unknown>;

/**
 * `ours`: does what a function of the page's does, for the script that runs now, or gives nothing
 * where that is to do it; `asked`: where the script is one of ours.
 */
function wrap(
  on: Functions,
  name: string,
  ours: (asked: unknown[] | undefined, all: never[], self: unknown) => unknown,
): void {
  const native = on[name]!;
  // Does not throw where an element of the page has this name.
  Reflect.set(on, name, function (this: unknown, ...all: never[]): unknown {
    return ours(notes!.get(dom.currentScript!), all, this) || native.apply(this, all);
  });
}

/** Sets the page's functions up for the first script that is released. */
function expectReleased(): void {
  notes = new WeakMap();
  for (const name of ['write', 'writeln', 'open'])
    wrap(Document.prototype as unknown as Functions, name, (asked, text, self) => {
      if (self !== document || (!asked && dom.readyState === 'loading')) return;
      // From a timer, for example: it would wipe the page.
      if (!asked) console.error(`avow: ignored a late document.${name}.`);
      else if (name > 'w') asked.push(...text, name > 'write' ? '\n' : '');
      return self;
    });
  for (const target of [document, window])
    wrap(
      target as unknown as Functions,
      'addEventListener',
      (asked, all) => passed(all[0]!) && asked?.push([target, ...all]),
    );
}

/** Follows a script from now on; what is returned is called when it has run. */
export function follow(live: HTMLScriptElement, more: More): () => unknown {
  if (!notes) expectReleased();
  const asked: Asked[] = [];
  notes!.set(live, asked);
  // What it sets to hear of a page that is there already is seen by its text. Not through `dom`,
  // which binds what it finds; an element of that name never changes.
  const state = () =>
    [
      asked.length,
      dom.readyState === 'complete' && [onload, onpageshow, window.document.onreadystatechange],
    ].join();
  const before = state();
  return () =>
    state() !== before && more('others').then((others) => others?.put?.(live, asked, before));
}
