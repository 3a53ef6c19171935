// <avow-embed>: fetched for pages that have one, or a marked frame of their own, beside which one
// is put. It asks the gate what is allowed and decides nothing.

import type { Rules } from '../markup.js';
import { FRAMES, PASSED } from './frame.js';
import type { Extra, Gate } from './gate.js';
import { teller, tellUnknown, web } from './marked.js';
import { dom } from '../../page/dom.js';
import { framed } from '../../page/framed.js';
import { purposesOf } from '../../page/mark.js';
import { NO } from '../../page/no.js';

/** Placeholders in the visitor's language. */
interface Covers {
  readonly html: Readonly<Record<string, string>>;
  readonly css: string;
}

export interface Options {
  readonly gate: Gate;
  /** A press on a placeholder; gives something where it was carried out. */
  readonly press: (purpose: string, act: string, event: Event) => Promise<unknown>;
  readonly covers: () => Promise<Covers>;
  readonly rules: Rules;
  readonly report: (error: unknown) => void;
  readonly module: (name: string) => Promise<unknown>;
}

// A frame is a replaced element, 300 by 150 unless told otherwise, and so is this: nothing in it
// changes its size. The page's own rules for the element win over these.
const SHEET = `:host{display:inline-block;width:300px;height:150px;contain:size layout paint;
contain-intrinsic-size:300px 150px;container-type:size}:host([hidden]){display:none}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0}`;

/** In a small box the words scroll: for the keyboard too, which Safari leaves to the page. */
const scrolled = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollHeight > target.clientHeight) (target as HTMLElement).tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});

const sheet = (css: string): CSSStyleSheet => {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
};

export function start({ gate, press, covers, rules, report, module }: Options): Extra {
  const tell = teller();
  const all = new Set<AvowEmbedElement>();
  let placeholders: Covers | undefined;
  let style: CSSStyleSheet | undefined;
  let wanted = false;

  /** The placeholders, once: what did not arrive leaves an empty box. */
  function want(): void {
    if (wanted) return;
    wanted = true;
    covers().then((given) => {
      placeholders = given;
      style = sheet(given.css);
      for (const embed of all) embed.follow();
    }, report);
  }

  class AvowEmbedElement extends HTMLElement {
    static observedAttributes = ['purpose', 'src', 'title', 'width', 'height', ...PASSED];
    readonly #root = this.attachShadow({ mode: 'open' });
    readonly #size = sheet('');
    #frame: HTMLIFrameElement | null = null;
    /** What the frame, or the placeholder, was made for. */
    #shown = '';
    #waiting = false;
    /** What the visitor wanted to see once, until they say no to anything. */
    #once = '';
    /** What each control was rendered for, whatever a script has written on it since. */
    readonly #acts = new WeakMap<Element, readonly [act: string, purpose: string]>();

    /** The frame that is shown, for a player's script; null while it is denied. */
    get frame(): HTMLIFrameElement | null {
      return this.#frame;
    }

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [base, this.#size];
      this.#root.addEventListener('click', (event) => {
        const control = (event.target as Element).closest('[data-act]');
        const [act, purpose] = this.#acts.get(control!) ?? [];
        const wanted = this.#wanted;
        if (act && purpose && !gate.allows(purpose))
          void press(purpose, act, event).then((done) => {
            // Whether it was seen, nobody says of a placeholder; of the choices the browser may.
            if (!done && framed()) void press(purpose, 'choose', event);
            if (!done || act !== 'show-once') return;
            this.#once = wanted;
            this.follow();
          });
      });
    }

    /** Another purpose or address is another question. */
    get #wanted(): string {
      return `${this.getAttribute('purpose')} ${this.getAttribute('src')}`;
    }

    /** The visitor has said no: what was to be shown once is over. */
    end(): void {
      this.#once = '';
      this.follow();
    }

    connectedCallback(): void {
      all.add(this);
      this.follow();
    }

    disconnectedCallback(): void {
      all.delete(this);
      this.#show('', null); // what comes back loads again, if it may then
    }

    attributeChangedCallback(): void {
      if (this.#waiting) return;
      this.#waiting = true;
      queueMicrotask(() => {
        this.#waiting = false;
        this.follow();
      });
    }

    /** Shows what the attributes and the gate say. */
    follow(): void {
      if (!this.isConnected) return;
      const [width, height] = ['width', 'height'].map((name) =>
        Number.parseFloat(this.getAttribute(name) ?? ''),
      );
      const ratio = width! > 0 && height! > 0 ? `aspect-ratio:${width}/${height};` : '';
      const sides = `${width! >= 0 ? `width:${width}px;` : ''}${height! >= 0 ? `height:${height}px` : ''}`;
      this.#size.replaceSync(`:host{${ratio}${sides}}:host([hidden]){display:none}`);
      const asked = purposesOf(this.getAttribute('purpose') ?? '');
      const denied = asked.find((one) => !gate.allows(one));
      if (denied === undefined || this.#once === this.#wanted) this.#load();
      else {
        want();
        const html = placeholders?.html[denied] ?? '';
        if (placeholders && !html) tellUnknown(tell, this, denied);
        if (this.#show(`denied ${html}`, null) && html) {
          this.#root.innerHTML = rules.createHTML(html);
          this.#root.adoptedStyleSheets = [base, this.#size, style!];
          for (const control of this.#root.querySelectorAll<HTMLElement>('[data-act]'))
            this.#acts.set(control, [control.dataset['act']!, denied]);
          for (const box of this.#root.querySelectorAll('.frame,.words')) scrolled.observe(box);
          this.#root.querySelector('b')!.textContent = this.title;
          const src = web(this.getAttribute('src'));
          if (src) this.#root.querySelector('a')!.href = src;
        }
      }
    }

    #load(): void {
      const src = web(this.getAttribute('src'));
      if (!src && this.getAttribute('src')) tell(this, 'has a src that is no address of the web.');
      const frame = dom.createElement('iframe');
      for (const name of PASSED)
        if (this.hasAttribute(name)) frame.setAttribute(name, this.getAttribute(name)!);
      const made = src ? `${src} ${frame.outerHTML}` : '';
      if (this.#frame) this.#frame.title = this.title;
      if (made === this.#shown) return;
      frame.title = this.title;
      const focused = this.#root.activeElement;
      if (src) frame.src = src;
      frame.addEventListener('load', () =>
        this.dispatchEvent(new Event('avow-embed-load', { bubbles: true, composed: true })),
      );
      this.#show(made, src ? frame : null);
      // The button that was pressed is gone: the keyboard goes on where its content is.
      if (focused) frame.focus();
    }

    #show(what: string, frame: HTMLIFrameElement | null): boolean {
      if (what === this.#shown) return false;
      this.#shown = what;
      this.#frame = frame;
      this.#root.replaceChildren(...(frame ? [frame] : []));
      return true;
    }
  }
  const base = sheet(SHEET);

  /** Fetches what looks after the page's own frames, where there are any. */
  const fetchBeside = () => {
    const frames = [...dom.querySelectorAll<HTMLElement>(FRAMES)];
    if (!frames.length) return;
    // They travel together.
    if (frames.some((frame) => !gate.allows(frame.dataset['avow']!))) want();
    return (module('beside') as Promise<typeof import('./beside.js')>).then(
      (made) => made.start(gate, tell),
      (error) => void report(error),
    );
  };
  let beside: ReturnType<typeof fetchBeside>;
  const follow = () => {
    beside ??= fetchBeside();
    beside?.then((look) => look?.());
    for (const embed of all) embed.follow();
  };
  dom.addEventListener(NO, () => {
    for (const embed of all) embed.end();
  });
  if (!customElements.get('avow-embed')) customElements.define('avow-embed', AvowEmbedElement);
  return { follow };
}
