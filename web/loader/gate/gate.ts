// The gate: what is marked `data-avow="PURPOSE"` does not run until a verdict allows it. It denies
// by itself and can be told to allow; it decides nothing. Scripts are its own matter; for all else
// that can be marked it fetches embed.ts, on the pages that have any of it.

import { purposesOf } from '../../page/mark.js';
import { run } from './script.js';
import { dom } from '../../page/dom.js';

/** What few pages need, each in a part of its own: embed.ts, others.ts, announce.ts. */
export interface Extra {
  /** To be called after each change of page or grants. */
  follow(): void;
  /** Tells of marks that are mistakes, each once; `known`: the policy's purposes. */
  tell?(known: readonly string[]): void;
  /** Puts what a script wrote after it, and runs the scripts in that, one after the other. */
  put?(script: HTMLScriptElement, written: readonly unknown[]): Promise<void>;
}
export type ExtraName = 'embed' | 'others' | `announce.${string}`;
/** Nothing where it did not arrive; that has been reported by then. */
export type More = (name: ExtraName) => Promise<Extra | undefined>;

const SCRIPTS = 'script[type="text/plain"][data-avow]';
const EXTRAS = [
  ['embed', 'avow-embed,iframe[data-avow]'],
  ['others', '[data-avow]:not(script,iframe,avow-consent)'],
] as const;

export class Gate {
  // Hard private: the packer shortens these names, and every byte of this file is every page's.
  #granted: ReadonlySet<string> = new Set();
  readonly #nonce: string;
  readonly #more: More;
  /** What did not arrive is not asked for again at every change of the page. */
  readonly #extras: Partial<Record<ExtraName, Promise<Extra | undefined>>> = {};
  /** By element, and not by a mark on it: the page's own nodes stay as the page made them. */
  readonly #ran = new WeakSet<HTMLElement>();
  /** One row of scripts for each mark: one that never answers holds up no other purpose. */
  readonly #rows = new Map<string, Promise<unknown>>();

  /** `nonce`: that of the page's tag. */
  constructor(nonce: string, more: More) {
    this.#nonce = nonce;
    this.#more = more;
    // Pages grow: what is inserted later is gated like what was there.
    new MutationObserver(() => this.#sweep()).observe(document, { childList: true, subtree: true });
    addEventListener('DOMContentLoaded', () => this.#sweep());
  }

  /** Opens for exactly these purposes. Scripts that ran stay. */
  apply(granted: readonly string[]): void {
    this.#granted = new Set(granted);
    this.#sweep();
  }

  /** The first purpose of a mark that is not allowed; undefined where all of them are. */
  denied(mark: string): string | undefined {
    return purposesOf(mark).find((purpose) => !this.#granted.has(purpose));
  }

  /**
   * Whether the page itself stands behind a script. Where its policy asks for nonces, markup alone
   * runs nothing, and a gate that ran it would be the hole in that policy.
   */
  vouched(script: HTMLScriptElement): boolean {
    return !this.#nonce || script.nonce === this.#nonce;
  }

  #sweep(): void {
    // The parser may stand in the middle of an inline script, which then would run by half.
    if (dom.readyState === 'loading') return;
    const marked = (kind: string) => dom.querySelectorAll<HTMLScriptElement>(SCRIPTS + kind);
    // As a browser would: classic scripts in document order, then modules in document order.
    for (const script of [...marked(':not([data-type=module])'), ...marked('[data-type=module]')])
      this.#release(script);
    for (const [name, kind] of EXTRAS)
      if (dom.querySelector(kind))
        (this.#extras[name] ??= this.#more(name)).then((extra) => extra?.follow());
  }

  #release(script: HTMLScriptElement): void {
    const mark = script.dataset['avow']!;
    if (this.#ran.has(script) || this.denied(mark) || !this.vouched(script)) return;
    this.#ran.add(script);
    const row = script.hasAttribute('async') ? '' : mark;
    const turn = Promise.resolve(row && this.#rows.get(row))
      .then(() => {
        // Its turn may come late: what was taken back or off the page by then does not run.
        if (!this.denied(mark) && script.isConnected) return run(script, this.#more);
        this.#ran.delete(script);
        return;
      })
      .catch(console.error);
    this.#rows.set(row, turn); // one that fails holds up nothing
  }
}
