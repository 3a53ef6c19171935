// The gate: what is marked `data-avow="PURPOSE"` does not run until a verdict allows it. It denies
// by itself and can be told to allow; it decides nothing.

import { actOf, fill } from '../markup.js';
import { run } from './script.js';

/** Called with the purpose of a frame's placeholder that a visitor pressed. */
export type FramePress = (purpose: string, act: string, event: Event) => void;

const SCRIPTS = 'script[type="text/plain"][data-avow]';
const FRAMES = 'iframe[data-avow][data-src]';

export class Gate {
  // Hard private: the packer shortens these names, and every byte of this file is every page's.
  #granted: ReadonlySet<string> = new Set();
  #frames: ReadonlyMap<string, string> = new Map(); // a purpose may be called "constructor"
  #css = '';
  #wanted = false;
  readonly #covers = new WeakMap<HTMLIFrameElement, HTMLElement>();
  #running: Promise<void> = Promise.resolve();

  readonly #onPress: FramePress;
  readonly #want: () => void;

  /** `want`: called once, when a denied frame stands on the page and no placeholder is known. */
  constructor(onPress: FramePress, want: () => void) {
    this.#onPress = onPress;
    this.#want = want;
    // Pages grow: what is inserted later is gated like what was there.
    new MutationObserver(() => this.#sweep()).observe(document, { childList: true, subtree: true });
  }

  /**
   * Opens for exactly these purposes. Scripts that ran stay; frames of other purposes are emptied.
   */
  apply(granted: readonly string[]): void {
    this.#granted = new Set(granted);
    this.#sweep();
  }

  /** The placeholders to show for denied frames, by purpose. */
  cover(frames: Readonly<Record<string, string>>, css: string): void {
    this.#frames = new Map(Object.entries(frames));
    this.#css = css;
    this.#wanted = true;
    this.#sweep();
  }

  #sweep(): void {
    const marked = (kind: string) => document.querySelectorAll<HTMLScriptElement>(SCRIPTS + kind);
    // As a browser would: classic scripts in document order, then modules in document order.
    for (const script of [...marked(':not([data-type=module])'), ...marked('[data-type=module]')]) {
      if (!this.#granted.has(script.dataset['avow']!)) continue;
      script.type = 'avow';
      const async = script.hasAttribute('async');
      const turn = (async ? Promise.resolve() : this.#running)
        .then(() => this.#run(script))
        .catch(console.error);
      if (!async) this.#running = turn; // one that fails holds up nothing
    }
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(FRAMES)) this.#setFrame(frame);
    // A page that takes its frame away knows nothing of the placeholder before it.
    for (const cover of document.querySelectorAll('avow-frame'))
      if (!cover.nextElementSibling?.matches(FRAMES)) cover.remove();
  }

  /** Its turn may come late: what was taken back by then, or taken off the page, does not run. */
  #run(script: HTMLScriptElement): Promise<void> | void {
    if (this.#granted.has(script.dataset['avow']!) && script.isConnected) return run(script);
    script.type = 'text/plain';
  }

  #setFrame(frame: HTMLIFrameElement): void {
    const purpose = frame.dataset['avow']!;
    const cover = this.#covers.get(frame);
    if (this.#granted.has(purpose)) {
      cover?.remove();
      this.#covers.delete(frame);
      // Ours, and not the page's own; also on a copy of the frame that knows no cover.
      if (frame.style.getPropertyPriority('display')) frame.style.removeProperty('display');
      if (!frame.hasAttribute('src')) frame.src = frame.dataset['src']!;
      return;
    }
    if (frame.hasAttribute('src')) {
      // Taking `src` away leaves the loaded document alive; a fresh element does not have one.
      const empty = frame.cloneNode() as HTMLIFrameElement;
      empty.removeAttribute('src');
      frame.replaceWith(empty);
      frame = empty;
    }
    if (!this.#wanted) {
      this.#wanted = true;
      this.#want();
    }
    const html = this.#frames.get(purpose);
    if (cover?.isConnected || html === undefined) return;
    this.#covers.set(frame, this.#placeholder(frame, html));
  }

  /** Takes the frame's own box, so that nothing on the page moves. */
  #placeholder(frame: HTMLIFrameElement, html: string): HTMLElement {
    const host = document.createElement('avow-frame');
    const { width, height } = frame.getBoundingClientRect();
    host.style.cssText = 'display:block;max-width:100%';
    // A frame in a part of the page that is folded away has no box yet.
    if (width) host.style.width = `${width}px`;
    const root = fill(host, html, this.#css);
    root.addEventListener('click', (event) => {
      const act = actOf(event.target as Element);
      if (act) this.#onPress(frame.dataset['avow']!, act, event);
    });
    if (height) (root.firstElementChild as HTMLElement).style.minHeight = `${height}px`;
    // `hidden` loses to any rule of the host's that gives frames a display.
    frame.style.setProperty('display', 'none', 'important');
    frame.before(host);
    return host;
  }
}
