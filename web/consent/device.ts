// What this device holds of its visitor, as the page last saw it, and the visit that the core is
// told of.

import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { refusalWaits } from '../page/pending.js';
import { seconds } from '../page/signals.js';
import { readVerdict } from '../page/verdict.js';
import { NOTHING, type Change, type Kept, type Store } from '../store/store.js';
import type { Page, Pressed, Visit } from './core.js';
import { heard } from './shared.js';

export const fromBase64 = (text: string): Uint8Array =>
  // What a press waits for takes a tenth of the time where the browser does it itself.
  (Uint8Array as { fromBase64?(text: string): Uint8Array }).fromBase64?.(text) ??
  Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

export class Device {
  /** The keyring is read where it is used, and not held for as long as the page lives. */
  kept: Kept = NOTHING;

  readonly #page: Page;
  readonly #store: Store;

  constructor(page: Page, store: Store) {
    this.#page = page;
    this.#store = store;
  }

  remember(kept: Kept): void {
    this.kept = { ...kept, keyring: null };
  }

  async look(): Promise<void> {
    this.remember(await this.#store.read());
  }

  /** The visit of a press; `but`: its mark, since a press does not wait for itself. */
  visit(kept: Kept, but?: number): Visit {
    const { name, language, place, gpc } = this.#page;
    // What earlier pages said is not known without a database, but for a no that the loader
    // remembers.
    const denied =
      !this.#store.durable && readVerdict(memory.get(keys(name).verdict))?.withdrawable === false;
    const refused = denied || refusalWaits(name, but);
    const { held, chain } = kept;
    const shared = heard(this.#page);
    return { now: seconds(), language, place, gpc, refused, held, chain, shared };
  }

  /**
   * The visit as it stands. A no that waits to be stored holds already: nothing that was stored
   * before speaks over it.
   */
  standing(): Visit {
    const visit = this.visit(this.kept);
    return this.#store.durable && visit.refused ? { ...visit, held: null } : visit;
  }

  /** The device key of the chain that is held, and the id of its last record. */
  get chain(): { readonly device?: string; readonly head?: string } {
    return (this.kept.chain ?? {}) as { device?: string; head?: string };
  }
}

/** What a press writes. */
export function changeOf(pressed: Pressed, keyring: Uint8Array): Change {
  const { record, entry, chain, choice, warnings } = pressed;
  const kept: Kept = { held: choice, chain, keyring: chain === null ? null : keyring };
  const stored = record && {
    id: record.id,
    bytes: fromBase64(record.bytes),
    keep: chain !== null,
  };
  // What a refusal leaves must identify nobody, so it keeps nothing of that kind.
  const aside = chain !== null && warnings.some(({ where }) => /^.(held|chain)/.test(where));
  // Of a chain that has ended, whose key is gone, nothing can be opened any more.
  const unlink = !aside && (chain === null || entry?.seq === 1);
  return { kept, record: stored ?? undefined, entry: entry ?? undefined, aside, unlink };
}
