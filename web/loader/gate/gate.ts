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
  /** Tells of marks that are mistakes, each once; `known`: the policy's purposes, if they are. */
  tell?(known?: readonly string[]): void;
  /**
   * Puts what a script wrote after it, and runs the scripts in that, one after the other; and calls
   * its listeners.
   */
  put?(note: Note): Promise<void>;
}
export type ExtraName = 'embed' | 'others' | `announce.${string}`;
export type Listener = ((event: Event) => void) | EventListenerObject | null;
/** A listener for an event that has been. */
export type Heard = [on: EventTarget, type: string, listener: Listener, options?: unknown];
/** A marked script that was released, and what it asked for: to write this, or to hear. */
export type Note = [script: HTMLScriptElement, ...asked: (string | Heard)[]];
/** Nothing where it did not arrive; that has been reported by then. */
export type More = (name: ExtraName) => Promise<Extra | undefined>;

const SCRIPTS = 'script[type="text/plain"][data-avow]';

export interface Gate {
  /** Opens for exactly these purposes. Scripts that ran stay. */
  apply(granted: readonly string[]): void;
  /** Whether all purposes of a mark are allowed; one that names none never is. */
  allows(mark: string): boolean;
  /**
   * Whether the page itself stands behind a script. Where its policy asks for nonces, markup alone
   * runs nothing, and a gate that ran it would be the hole in that policy.
   */
  vouched(script: HTMLScriptElement): boolean;
  /**
   * One row of scripts for each mark that has had any run here: one that never answers holds up no
   * other purpose.
   */
  readonly rows: Map<string, Promise<unknown> | undefined>;
}

/** `nonce`: that of the page's tag. */
export function gateOf(nonce: string, more: More): Gate {
  let granted: ReadonlySet<string> = new Set();
  const rows: Gate['rows'] = new Map();
  /** What did not arrive is not asked for again at every change of the page. */
  const extras: Partial<Record<ExtraName, Promise<Extra | undefined>>> = {};
  /** By element, and not by a mark on it: the page's own nodes stay as the page made them. */
  const ran = new WeakSet<HTMLElement>();

  const allows = (mark: string) => purposesOf(mark).every((purpose) => granted.has(purpose));
  const vouched = (script: HTMLScriptElement) => script.nonce === nonce || !nonce;

  const release = (script: HTMLScriptElement) => {
    const mark = script.dataset['avow']!;
    if (ran.has(script) || !allows(mark) || !vouched(script)) return;
    ran.add(script);
    const free = script.hasAttribute('async');
    const before = rows.get(mark);
    const turn = Promise.resolve(free || before)
      .then(() => {
        // Its turn may come late: what was taken back or off the page by then does not run.
        if (allows(mark) && script.isConnected) return run(script, more);
        ran.delete(script);
        return;
      })
      .catch(console.error);
    rows.set(mark, free ? before : turn); // one that fails holds up nothing
  };

  /** Fetches what a page with any of this needs, and has it follow. */
  const want = (name: ExtraName, kind: string) =>
    dom.querySelector(kind) && (extras[name] ??= more(name)).then((extra) => extra?.follow());
  const sweep = () => {
    // The parser may stand in the middle of an inline script, which then would run by half.
    if (dom.readyState === 'loading') return;
    // As a browser would: classic scripts in document order, then modules in document order.
    for (const late of [false, true])
      for (const script of dom.querySelectorAll<HTMLScriptElement>(SCRIPTS))
        if ((script.dataset['type'] === 'module') === late) release(script);
    // A script of another type has run already: that part tells of it.
    want('others', '[data-avow]:not([type="text/plain"],avow-consent,iframe)');
    want('embed', 'avow-embed,iframe[data-avow]');
  };

  // Pages grow: what is inserted later is gated like what was there.
  new MutationObserver(sweep).observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', sweep);
  return {
    apply: (all) => {
      granted = new Set(all);
      sweep();
    },
    allows,
    vouched,
    rows,
  };
}
