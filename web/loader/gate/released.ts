// What a released script takes for granted, though it comes after the page: that it can write where
// it stands, and that it hears when the page is there.

import type { More } from './gate.js';
import { dom } from '../../page/dom.js';

/** What released scripts write, by the copy that runs. */
const texts = new WeakMap<object, unknown[]>();
let expected = false;
type Listener = ((event: Event) => void) | EventListenerObject;

/** What the script has written that runs now, where it is one of ours. */
const writes = () => texts.get(dom.currentScript ?? texts);

/** Whether such an event came before now, and will not come again. */
const passed = (type: string) =>
  /^(load|DOM)/.test(type) &&
  performance.timing[`${type.replace('DOM', 'dom')}EventStart` as 'loadEventStart'];

/** Does not throw where an element of the page has this name. */
const { set } = Reflect;

/** Sets the page's functions up for the first script that is released. */
function expectReleased(): void {
  if (expected) return;
  expected = true;
  for (const name of ['write', 'writeln'] as const) {
    const native = dom[name];
    set(document, name, (...text: string[]) => {
      const own = writes();
      if (own) own.push(...text, name > 'write' ? '\n' : '');
      else if (dom.readyState === 'loading') native(...text);
      // From a timer, for example: it would wipe the page.
      else console.error(`avow: ignored a late document.${name}.`);
    });
  }
  for (const target of [document, window])
    set(target, 'addEventListener', (type: string, listener: Listener, options?: boolean) => {
      if (writes() && passed(type))
        setTimeout(() =>
          'call' in listener
            ? listener.call(target, new Event(type))
            : listener.handleEvent(new Event(type)),
        );
      else EventTarget.prototype.addEventListener.call(target, type, listener, options);
    });
}

/** Follows a script from now on; what is returned is called when it has run. */
export function follow(live: HTMLScriptElement, more: More): () => unknown {
  expectReleased();
  const text: unknown[] = [];
  texts.set(live, text);
  return () => text.length && more('others').then((others) => others?.put?.(live, text));
}
