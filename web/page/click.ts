// Whether an event that the host passes on is a visitor's click, made just now on the host's own
// interface, and used for the first time.

// Taken before a script of the page can put others in their place. `isTrusted` cannot be covered:
// it is the event's own.
const getter = (name: 'type' | 'timeStamp' | 'target') =>
  Object.getOwnPropertyDescriptor(Event.prototype, name)!.get!;
const type = getter('type');
const timeStamp = getter('timeStamp');
const target = getter('target');
const { composedPath } = Event.prototype;

/** Milliseconds in which a click is still what the visitor is doing. */
const FRESH = 1_000;
const used = new WeakSet<Event>();

/** `now`: by the page's clock, when the host passed it on. */
export function freshClick(event: Event, now: number): boolean {
  try {
    const path = [...composedPath.call(event), target.call(event)] as Partial<Element>[];
    const fresh =
      event.isTrusted &&
      type.call(event) === 'click' && // throws where it is no event
      now - timeStamp.call(event) < FRESH &&
      !used.has(event) &&
      // A click on the notice, Refuse perhaps, says what that control says.
      !path.some((one) => /^avow-/.test(one?.localName ?? ''));
    used.add(event);
    return fresh;
  } catch {
    return false;
  }
}
