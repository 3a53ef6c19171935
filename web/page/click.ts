// Whether an event that the host passes on is a visitor's click, made just now on the host's own
// interface, and used for the first time.

import type { Clicked } from './clicked.js';

// Taken before a script of the page can put others in their place, and called by what was taken as
// well: `call`, the iteration of arrays and the page's clock are any script's to change.
// `isTrusted` cannot be covered: it is the event's own.
const { apply } = Reflect;
const getter = (of: object, name: string) => Object.getOwnPropertyDescriptor(of, name)!.get!;
const timeStamp = getter(Event.prototype, 'timeStamp');
const localName = getter(Element.prototype, 'localName');
const { startsWith } = String.prototype;
const { has, add } = WeakSet.prototype;
const clock = performance.now.bind(performance);
const { userActivation } = navigator;
const isActive = userActivation && getter(UserActivation.prototype, 'isActive');

/** Milliseconds in which a click is still what the visitor is doing. */
const FRESH = 1_000;
/** Milliseconds that this file may come late. */
const LATE = 10_000;
const used = new WeakSet<Event>();
const begun = clock();

/** Whether it is an element of ours. */
function ours(one: unknown): unknown {
  try {
    return apply(startsWith, apply(localName, one, []), ['avow-']);
  } catch {
    return; // the document, for example
  }
}

/** `last`: the last click on the page; `now`: by the page's clock, when the host passed it on. */
export function freshClick(event: Event, last: Clicked, now: number): boolean {
  // Not taken apart: how an array is gone through is any script's to change.
  const path = last[1];
  if (!event || event !== last[0]) return false;
  // A click on the notice, Refuse perhaps, says what that control says.
  for (let i = 0; i < path!.length; i++) if (ours(path![i])) return false;
  const stamp = apply(timeStamp, event, []) as number;
  const early = stamp < begun; // this file came later
  const fresh =
    event.isTrusted &&
    now - stamp < FRESH &&
    begun - stamp < LATE &&
    clock() - (early ? begun : stamp) < FRESH &&
    // WebKit trusts the click on a box that a script's click on its label becomes.
    (early || !isActive || apply(isActive, userActivation, [])) &&
    !apply(has, used, [event]);
  apply(add, used, [event]);
  return Boolean(fresh);
}
