// What a device keeps: the answer, its chain and keys, the records and what waits to be sent. One
// database, one transaction for all of a press, so that no crash leaves a half of it.

import type { OutboxEntry } from '../consent/core.js';
import { warn } from '../page/report.js';

/** The state of one visitor, as the core returned it; the keyring goes with the chain. */
export interface Kept {
  readonly held: unknown;
  readonly chain: unknown;
  readonly keyring: Uint8Array | null;
}

export interface StoredRecord {
  readonly id: string;
  readonly bytes: Uint8Array;
  /**
   * False: gone as soon as it is delivered, so that nothing here leads to it (an anonymous refusal,
   * an erasure).
   */
  readonly keep: boolean;
}

/** What one transaction writes. */
export interface Change {
  readonly kept: Kept;
  readonly record?: StoredRecord | undefined;
  readonly entry?: OutboxEntry | undefined;
  /**
   * Everything that was there goes first, but for erasures that the backend is still to be told of.
   */
  readonly clear?: boolean;
  /** What was there could not be read: it is kept aside, not lost. */
  readonly aside?: boolean;
  /**
   * Earlier records are of no chain that the device keeps: they go too, or as soon as they are
   * delivered.
   */
  readonly unlink?: boolean;
}

/** Where a visitor's state lives. */
export interface Store {
  /** Whether it outlives the page. */
  readonly durable: boolean;
  /** Whether it stands in for one that has not answered yet, which must be told on a later page. */
  readonly late: boolean;
  read(): Promise<Kept>;
  /**
   * Reads, lets `change` compute (it must not wait), writes all of it or nothing, and resolves when
   * it is on disk. What `change` throws is thrown, and nothing is written; nor where it gives null.
   * `deed` is marked as done with it; `written` is called once all of it has been handed over,
   * before the disk has it.
   */
  transact(
    change: (kept: Kept, done: boolean) => Change | null,
    deed?: string,
    written?: () => void,
  ): Promise<void>;
  /**
   * Takes the marks of all deeds away, some time after they were done: by then nobody comes with
   * them again.
   */
  forget(): Promise<void>;
  records(): Promise<StoredRecord[]>;
  record(id: string): Promise<StoredRecord | undefined>;
  outbox(): Promise<OutboxEntry[]>;
  /** Writes an entry that is still there; one that another tab has removed stays removed. */
  update(entry: OutboxEntry): Promise<void>;
  /** Takes a delivered entry out, and its record with it where it is not kept. */
  remove(id: string): Promise<void>;
}

export const NOTHING: Kept = { held: null, chain: null, keyring: null };

/** UTF-16 units: more than any state the core writes, and few enough for its memory. */
const LONGEST_STATE = 65_536;
/** More than a visitor answers while a backend is away. */
const MOST_ENTRIES = 500;

/** What has the types that were written; what it says, the core reads. Storage is anybody's. */
export function typed(value: unknown): Kept {
  const { held, chain, keyring } = Object(value) as Partial<Kept>;
  return {
    held: readable(held),
    chain: readable(chain),
    keyring: keyring instanceof Uint8Array ? keyring : null,
  };
}

/**
 * An object that can travel as JSON; false, which the core cannot read and says so, for another.
 */
function readable(one: unknown): unknown {
  if (one === undefined || one === null) return null;
  try {
    const text = JSON.stringify(one);
    return typeof one === 'object' && text.length <= LONGEST_STATE && !/\\ud[89a-f]/i.test(text)
      ? JSON.parse(text)
      : false;
  } catch {
    return false;
  }
}

/**
 * The entries that the core can be asked about: plain words and whole numbers. What is none stays
 * where it is.
 */
export function entries(rows: readonly object[]): OutboxEntry[] {
  const plain = (one: unknown) =>
    Number.isSafeInteger(one) || (typeof one === 'string' && /^[\w-]{1,64}$/.test(one));
  const good = rows.filter((row) => {
    const all = Object.entries(row).flat();
    const sound = all.length <= 32 && all.every(plain);
    if (!sound) warn('stored-state in the outbox: an entry cannot be read. It is left as it is.');
    return sound;
  }) as OutboxEntry[];
  // What waits comes first: no shelf, however long, stands in its way.
  return good
    .sort((a, b) => Number(a.state === 'shelved') - Number(b.state === 'shelved'))
    .slice(0, MOST_ENTRIES);
}
