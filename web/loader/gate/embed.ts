// <avow-embed>, and the page's own marked frames: fetched for pages that have one. It asks the gate
// what is allowed and decides nothing.

import type { Rules } from '../markup.js';
import type { Extra, Gate } from './gate.js';
import { teller, tellUnknown, web, type Tell } from './marked.js';
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
}

/** What a live frame takes over from its element. */
const PASSED = 'loading referrerpolicy allow allowfullscreen sandbox name'.split(' ');

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

export function start({ gate, press, covers, rules, report }: Options): Extra {
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

  const beside = pageFrames(gate, tell);
  const follow = () => {
    beside();
    for (const embed of all) embed.follow();
  };
  dom.addEventListener(NO, () => {
    for (const embed of all) embed.end();
  });
  if (!customElements.get('avow-embed')) customElements.define('avow-embed', AvowEmbedElement);
  return { follow };
}

// ---------------------------------------------------------------- <iframe data-avow data-avow-src>

const FRAMES = 'iframe[data-avow]';

/**
 * What says nothing of how a frame stands among its neighbours, or says it a second time. A poster
 * that a page lays behind its placeholders stays as the page lays it.
 */
const NOT_ITS_BOX =
  /^(-|display|contain|background|width$|height$)|inline|block|origin|image|content/;

/**
 * Ends what a frame loads, and what it has loaded. Sent elsewhere in the middle of it, a frame can
 * keep its page loading for ever in Chromium: it is stopped first, and then may be empty already.
 */
function leave(frame: Window | null): void {
  try {
    frame!.stop();
    if (frame!.location.href === 'about:blank') return;
  } catch {
    // somebody else's document, which has arrived
  }
  frame?.location.replace('about:blank');
}

/**
 * For pages that keep their frames: each has an <avow-embed> after it, in its box. The frame itself
 * stays empty for ever: on Back, browsers load again what a frame of the page's HTML once had.
 */
function pageFrames(gate: Gate, tell: Tell): () => void {
  // Important rules in a layer win over those that are in none; and no attribute of the page's own
  // element is changed.
  const hides = sheet(`@layer{${FRAMES}[data-avow-src]{display:none!important}}`);
  const embeds = new Map<HTMLIFrameElement, { embed: HTMLElement; again: () => void }>();

  function place(frame: HTMLIFrameElement, embed: HTMLElement): void {
    hides.disabled = true; // for a moment that nobody sees
    const { display } = getComputedStyle(frame);
    hides.disabled = false;
    // Of what is not displayed, the style is told as it was written, percentages and all. What an
    // ordinary element has as well needs no words.
    embed.style.cssText = `display:${display === 'inline' ? 'inline-block' : display}`;
    const [theirs, ours] = [getComputedStyle(frame), getComputedStyle(embed)];
    const css = [...theirs]
      .filter((name) => !NOT_ITS_BOX.test(name))
      .map((name) => [name, theirs.getPropertyValue(name)])
      .filter(([name, value]) => ours.getPropertyValue(name!) !== value);
    const { width, height, aspectRatio } = theirs;
    const ratio = aspectRatio !== 'auto';
    // A frame has a size of its own, where an ordinary element would stretch or fold.
    css.push(['width', width === 'auto' && !(ratio && height !== 'auto') ? '300px' : width]);
    css.push(['height', height === 'auto' && !ratio ? '150px' : height]);
    for (const [name, value] of css) embed.style.setProperty(name!, value!);
  }

  /** What it loads, and how. */
  function pass(frame: HTMLIFrameElement, embed: HTMLElement): void {
    embed.hidden = frame.hidden;
    const passed = { purpose: frame.dataset['avow'], src: frame.dataset['avowSrc'] };
    for (const [name, value] of [
      ...Object.entries(passed),
      ...['title', ...PASSED].map((name) => [name, frame.getAttribute(name)] as const),
    ])
      if (value == null) embed.removeAttribute(name);
      else if (embed.getAttribute(name) !== value) embed.setAttribute(name, value);
  }

  function add(frame: HTMLIFrameElement): void {
    const embed = dom.createElement('avow-embed');
    embed.setAttribute('beside', '');
    const again = () => {
      pass(frame, embed);
      place(frame, embed);
    };
    pass(frame, embed);
    frame.after(embed);
    place(frame, embed);
    embeds.set(frame, { embed, again });
    new MutationObserver(() => {
      empty(frame);
      again();
    }).observe(frame, { attributes: true });
  }

  /** Of a denied frame that has an address all the same, at least nothing stays. */
  function empty(frame: HTMLIFrameElement): void {
    if (gate.allows(frame.dataset['avow']!) && !frame.dataset['avowSrc']) return;
    let blank = !frame.getAttribute('src');
    try {
      blank &&= frame.contentWindow!.location.href === 'about:blank';
    } catch {
      blank = false; // somebody else's document
    }
    if (blank || emptied.get(frame) === frame.getAttribute('src')) return;
    emptied.set(frame, frame.getAttribute('src'));
    leave(frame.contentWindow);
    tell(frame, 'has a src, which it loads before anybody is asked: data-avow-src is gated.');
  }
  const emptied = new WeakMap<HTMLIFrameElement, string | null>();

  function look(): void {
    const sheets = dom.adoptedStyleSheets;
    if (!sheets.includes(hides)) sheets.push(hides);
    for (const [frame, { embed }] of embeds) {
      if (frame.isConnected && frame.matches('[data-avow-src]')) {
        // Moved, with what stood beside it left behind.
        if (frame.nextElementSibling !== embed) frame.after(embed);
        continue;
      }
      embed.remove();
      embeds.delete(frame);
    }
    const ours = new Set([...embeds.values()].map(({ embed }) => embed));
    // A copy of the page (Turbo's snapshots) brings copies of what stood beside its frames.
    for (const embed of dom.querySelectorAll<HTMLElement>('avow-embed[beside]'))
      if (!ours.has(embed)) embed.remove();
    for (const frame of dom.querySelectorAll<HTMLIFrameElement>(FRAMES)) {
      empty(frame);
      if (frame.dataset['avowSrc'] === undefined) {
        if (!frame.src) tell(frame, 'has no data-avow-src, and is not gated.');
        continue;
      }
      if (!embeds.has(frame)) add(frame);
    }
  }
  // A turned phone, another width of the window: other rules may hold for the frame.
  addEventListener('resize', () => embeds.forEach(({ again }) => again()));
  dom.addEventListener(
    'load',
    ({ target }) => {
      if ((target as Element).matches?.(FRAMES)) {
        emptied.delete(target as HTMLIFrameElement);
        look();
      }
    },
    true,
  );
  return look;
}
