// Whether an event that the host passes on is a visitor's click, made just now on the host's own
// interface, and used for the first time.

// Taken before a script of the page can put others in their place, and called by what was taken as
// well: `call`, the iteration of arrays and the page's clock are any script's to change.
// `isTrusted` cannot be covered: it is the event's own.
const { apply } = Reflect;
const getter = (of: object, name: string) => Object.getOwnPropertyDescriptor(of, name)!.get!;
const type = getter(Event.prototype, 'type');
const timeStamp = getter(Event.prototype, 'timeStamp');
const target = getter(Event.prototype, 'target');
const { composedPath } = Event.prototype;
const localName = getter(Element.prototype, 'localName');
const { startsWith } = String.prototype;
const { has, add } = WeakSet.prototype;
const clock = performance.now.bind(performance);
const { userActivation } = navigator;
const isActive = userActivation && getter(UserActivation.prototype, 'isActive');

/** Milliseconds in which a click is still what the visitor is doing. */
const FRESH = 1_000;
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

/** `now`: by the page's clock, when the host passed it on: this file may have come later. */
export function freshClick(event: Event, now: number): boolean {
  try {
    const stamp = apply(timeStamp, event, []) as number; // throws where it is no event
    const early = stamp < begun;
    const path = apply(composedPath, event, []) as unknown[];
    for (let i = 0; i < path.length; i++) if (ours(path[i])) return false;
    const on = apply(target, event, []);
    const fresh =
      event.isTrusted &&
      apply(type, event, []) === 'click' &&
      now - stamp < FRESH &&
      clock() - (early ? begun : stamp) < FRESH &&
      // WebKit trusts the click on a box that a script's click on its label becomes.
      (early || !isActive || apply(isActive, userActivation, [])) &&
      !apply(has, used, [event]) &&
      // A click on the notice, Refuse perhaps, says what that control says. What came from within a
      // shadow root has no target once it is over, and says nothing of where it was.
      (on || early) &&
      !ours(on);
    apply(add, used, [event]);
    return Boolean(fresh);
  } catch {
    return false;
  }
}
