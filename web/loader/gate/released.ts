// What a released script takes for granted, though it comes after the page: that it can write where
// it stands, and that it hears when the page is there. What it asks for of that is noted here, and
// given by others.ts.

import type { Asked, More } from './gate.js';
import { dom } from '../../page/dom.js';

/** What released scripts ask for, by the copy that runs; none before the first of them. */
let notes: WeakMap<object, Asked[]> | undefined;

/** Whether such an event came before now, and will not come again: no script runs earlier. */
const passed = (type: string) =>
  (dom.readyState === 'complete' ? /^(on)?(load|DOMC|ready|pages)/ : /^DOMC/).test(type);

type Any = (this: unknown, ...all: never[]) => unknown;

/**
 * `ours`: does what a function of the page's does (`kind`: a method, or one half of a member), for
 * the script that runs now, or gives nothing where that is to do it. `asked`: where the script is
 * one of ours.
 */
function wrap(
  on: object,
  name: string,
  kind: 'value' | 'get' | 'set',
  ours: (asked: unknown[] | undefined, all: never[], self: unknown) => unknown,
): void {
  const native = Reflect.getOwnPropertyDescriptor(on, name)! as Partial<Record<typeof kind, Any>>;
  const does = native[kind];
  if (!does) return; // `function onload() {}` of the page's is no handler
  native[kind] = function (...all) {
    return ours(notes!.get(dom.currentScript!), all, this) || does.apply(this, all);
  };
  Reflect.defineProperty(on, name, native);
}

/** Sets the page's functions up for the first script that is released. */
function expectReleased(): void {
  notes = new WeakMap();
  for (const name of ['write', 'writeln', 'open'])
    wrap(Document.prototype, name, 'value', (asked, text, self) => {
      if (self !== document || (!asked && dom.readyState === 'loading')) return;
      // From a timer, for example: it would wipe the page.
      if (!asked) console.error(`avow: a late document.${name}.`);
      else if (name > 'w') asked.push(...text, name > 'write' ? '\n' : '');
      return self;
    });
  const hear = (asked: unknown[] | undefined, self: unknown, type: string, ...how: unknown[]) =>
    passed(type) && asked?.push([self, type, ...how]);
  wrap(
    EventTarget.prototype,
    'addEventListener',
    'value',
    (asked, all, self = window) =>
      (self === window || self === document) && hear(asked, self, ...(all as unknown as [string])),
  );
  // The page's own handler has been called: who takes it along would call it once more.
  for (const name of ['onload', 'onpageshow', 'onreadystatechange'])
    for (const kind of ['get', 'set'] as const)
      wrap(
        name in window ? window : Document.prototype,
        name,
        kind,
        (asked, [handler], self) => hear(asked, self, name, handler) && (() => {}),
      );
}

/** Follows a script from now on; what is returned is called when it has run. */
export function follow(live: HTMLScriptElement, more: More): () => unknown {
  if (!notes) expectReleased();
  const asked: Asked[] = [];
  notes!.set(live, asked);
  return () => asked[0] && more('others').then((others) => others?.put?.(live, asked));
}
