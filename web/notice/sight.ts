// In a frame of a page of another origin, what that page lays over the notice cannot be found from
// within. Chromium says it (Intersection Observer v2); the other engines do not.

/** The least that Chromium allows between two answers, in milliseconds. */
const DELAY = 100;

export class Sight {
  readonly #visible = new WeakMap<Element, boolean>();
  #observer: IntersectionObserver | undefined;

  /** Watches the controls of a layer; those that it watched before are forgotten. */
  watch(controls: Iterable<Element>): void {
    this.#observer?.disconnect();
    if (window === window.parent || !('isVisible' in IntersectionObserverEntry.prototype)) return;
    // A control that ends within a pixel has not quite all of itself on the screen.
    const options = { trackVisibility: true, delay: DELAY, threshold: 0.9 };
    this.#observer = new IntersectionObserver((entries) => this.#note(entries), options);
    for (const control of controls) this.#observer.observe(control);
  }

  /** Whether the browser says that a control was to be seen just now. */
  seen(control: Element): boolean {
    this.#note(this.#observer?.takeRecords() ?? []);
    return this.#visible.get(control) ?? false;
  }

  #note(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isVisible } of entries as (IntersectionObserverEntry & {
      isVisible: boolean;
    })[])
      this.#visible.set(target, isVisible);
  }
}
