// What the visitor clicked last, noted on its way down the page: when a host passes it on
// (`avow.grant`), nobody can tell any more where it was.

// Taken before a script of the page can put another in its place.
const { composedPath } = Event.prototype;

/** What an event goes through, innermost first, but for what stands in closed shadow roots. */
export const pathOf = composedPath.call.bind(composedPath) as (event: Event) => HTMLElement[];

export type Clicked = [event?: Event, path?: readonly HTMLElement[]];
