// What a released script takes for granted, though it comes after the page and as a copy: that it
// stands where it was written, that it can write there, and that it hears when the page is there.
// What it asks for of that is noted here, and given by others.ts.

import type { Heard, Listener, More, Note } from './gate.js';
import { dom } from '../../page/dom.js';

/** By the copy that runs; none before the first of them. */
let notes: WeakMap<object, Note>;

/** Whether such an event came before now, and will not come again. */
const passed = (type: string) =>
  /^(load|DOMC|ready|pages)/.test(type) &&
  performance.timing[`${type > 'a' ? 'load' : 'domContentLoaded'}EventStart`];

type Any = (this: unknown, ...all: never[]) => unknown;

/**
 * `ours`: does what a function of the page's does, for the script that runs now, or gives nothing
 * where that is to do it. `asked`: where the script is one of ours.
 */
function wrap(
  on: object,
  name: string,
  ours: (asked: unknown[] | undefined, all: never[], self: unknown) => unknown,
): void {
  const members = on as Record<string, Any>;
  const native = members[name]!;
  members[name] = function (...all) {
    return ours(notes.get(dom.currentScript!), all, this) || native.apply(this, all);
  };
}

/** Sets the page's functions up for the first script that is released. */
function expectReleased(): void {
  notes = new WeakMap();
  // The copy stands nowhere: the script finds itself where the page has it.
  Reflect.defineProperty(document, 'currentScript', {
    get: (now = dom.currentScript) => notes.get(now!)?.[0] ?? now,
    configurable: true,
  });
  for (const name of ['write', 'writeln', 'open'])
    wrap(Document.prototype, name, (asked, text, self) => {
      if (self !== document || (!asked && dom.readyState === 'loading')) return;
      // From a timer, for example: it would wipe the page.
      if (!asked) console.error(`avow: a late document.${name}.`);
      else if (name > 'w') asked.push(...text, name > 'write' ? '\n' : '');
      return self;
    });
  wrap(
    EventTarget.prototype,
    'addEventListener',
    (asked, all, self = window) =>
      (self === window || self === document) && passed(all[0]!) && asked?.push([self, ...all]),
  );
}

/**
 * Takes the window's `onload` away once it has been called: who takes it along would call it once
 * more, and what stands there later was set by a script of ours.
 */
function taken(): Heard[] {
  const { onload } = window;
  if (!onload || !performance.timing.loadEventEnd) return [];
  window.onload = null;
  return [[window, 'load', onload as Listener]];
}

/** Follows the copy of a script from now on; what is returned is called when it has run. */
export function follow(
  live: HTMLScriptElement,
  script: HTMLScriptElement,
  more: More,
): () => unknown {
  if (!notes) expectReleased();
  taken();
  const note: Note = [script];
  notes.set(live, note);
  return () => {
    note.push(...taken());
    return note[1] && more('others').then((others) => others?.put?.(note));
  };
}
