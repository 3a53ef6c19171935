// What a device keeps: the answer, its chain and keys, the records and what waits to be sent. One
// database, one transaction for all of a press, so that no crash leaves a half of it.

import type { OutboxEntry } from './core.js';
import { warn } from './report.js';

/**
 * The state of one visitor. `held` and `chain` are the core's texts; the keyring goes with the
 * chain.
 */
export interface Kept {
  readonly held: string | null;
  readonly chain: string | null;
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
   * it is on disk. What `change` throws is thrown, and nothing is written. `deed` is marked as done
   * with it.
   */
  transact(change: (kept: Kept, done: boolean) => Change, deed?: string): Promise<void>;
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

/**
 * What has the types that were written; the rest counts as absent, since storage is anybody's. What
 * the texts say, the core reads.
 */
function typed(value: unknown): Kept {
  const { held, chain, keyring } = Object(value) as Partial<Kept>;
  // What cannot travel as JSON is handed over as a text that the core cannot read, and says so.
  const sound = (one: string) => one.length <= LONGEST_STATE && !/\p{Cs}/u.test(one);
  const text = (one: unknown): string | null =>
    typeof one === 'string' ? (sound(one) ? one : '?') : null;
  return {
    held: text(held),
    chain: text(chain),
    keyring: keyring instanceof Uint8Array ? keyring : null,
  };
}

/**
 * The entries that the core can be asked about: plain words and whole numbers. What is none stays
 * where it is.
 */
function entries(rows: readonly object[]): OutboxEntry[] {
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

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

class IndexedStore implements Store {
  readonly durable = true;
  readonly late = false;
  private database: IDBDatabase | undefined;
  constructor(private readonly name: string) {}

  /**
   * Opens the database, again if need be: a visitor who clears the site's data closes it under a
   * living page.
   */
  async open(): Promise<IDBDatabase> {
    if (this.database) return this.database;
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('state');
      request.result.createObjectStore('records', { keyPath: 'id' });
      request.result.createObjectStore('outbox', { keyPath: 'id' });
    };
    const database = await asked(request);
    const gone = () => (this.database = undefined);
    database.onclose = gone;
    // Another tab that deletes or upgrades the database must not wait for this one.
    database.onversionchange = () => {
      database.close();
      gone();
    };
    return (this.database = database);
  }

  private async begin(
    mode: IDBTransactionMode,
  ): Promise<[IDBTransaction, (name: string) => IDBObjectStore]> {
    const database = await this.open();
    // strict: "saved" must mean on disk; the default has been relaxed in every engine since 2024
    const transaction = database.transaction(['state', 'records', 'outbox'], mode, {
      durability: 'strict',
    });
    return [transaction, (name) => transaction.objectStore(name)];
  }

  private static settled(transaction: IDBTransaction): Promise<void> {
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async read(): Promise<Kept> {
    const [, table] = await this.begin('readonly');
    return typed(await asked(table('state').get('now')));
  }

  async transact(change: (kept: Kept, done: boolean) => Change, deed = ''): Promise<void> {
    const [transaction, table] = await this.begin('readwrite');
    const done = IndexedStore.settled(transaction);
    let thrown: unknown;
    const read = table('state').get('now');
    const mark = table('state').get(`done ${deed}`);
    // No await in here: a transaction ends when the page yields.
    mark.onsuccess = () => {
      try {
        const { kept, record, entry, clear, aside, unlink } = change(
          typed(read.result),
          mark.result !== undefined,
        );
        if (clear) IndexedStore.clear(table);
        else if (aside) table('state').put(read.result, `unreadable ${Date.now()}`);
        table('state').put(kept, 'now');
        if (deed) table('state').put(true, `done ${deed}`);
        if (record) table('records').put(record);
        if (entry) table('outbox').put(entry);
        if (unlink && !clear) IndexedStore.unlink(table, record?.id);
        if (unlink) table('state').delete(IDBKeyRange.bound('unreadable ', 'unreadable \uffff'));
      } catch (error) {
        thrown = error;
        transaction.abort();
      }
    };
    await done.catch((error: unknown) => {
      throw thrown ?? error;
    });
  }

  async forget(): Promise<void> {
    const marks = IDBKeyRange.bound('done ', 'done \uffff');
    if ((await asked((await this.begin('readonly'))[1]('state').count(marks))) === 0) return;
    const [transaction, table] = await this.begin('readwrite');
    table('state').delete(marks);
    await IndexedStore.settled(transaction);
  }

  private static clear(table: (name: string) => IDBObjectStore): void {
    table('state').clear();
    const waiting = table('outbox').getAll() as IDBRequest<OutboxEntry[]>;
    const all = table('records').getAllKeys();
    all.onsuccess = () => {
      const erasures = waiting.result
        .filter((one) => one.op === 'erase')
        .map((one) => one.id as IDBValidKey);
      for (const { id } of waiting.result) if (!erasures.includes(id)) table('outbox').delete(id);
      for (const id of all.result) if (!erasures.includes(id)) table('records').delete(id);
    };
  }

  private static unlink(table: (name: string) => IDBObjectStore, but: string | undefined): void {
    const waiting = table('outbox').getAllKeys();
    const all = table('records').getAll() as IDBRequest<StoredRecord[]>;
    all.onsuccess = () => {
      for (const one of all.result.filter((record) => record.keep && record.id !== but)) {
        if (waiting.result.includes(one.id)) table('records').put({ ...one, keep: false });
        else table('records').delete(one.id);
      }
    };
  }

  async records(): Promise<StoredRecord[]> {
    const all: StoredRecord[] = await asked((await this.begin('readonly'))[1]('records').getAll());
    return all.filter((one) => one.bytes instanceof Uint8Array);
  }

  async record(id: string): Promise<StoredRecord | undefined> {
    return asked((await this.begin('readonly'))[1]('records').get(id));
  }

  async outbox(): Promise<OutboxEntry[]> {
    return entries(await asked((await this.begin('readonly'))[1]('outbox').getAll()));
  }

  async update(entry: OutboxEntry): Promise<void> {
    const [transaction, table] = await this.begin('readwrite');
    const there = table('outbox').getKey(entry.id);
    there.onsuccess = () => {
      if (there.result !== undefined) table('outbox').put(entry);
    };
    await IndexedStore.settled(transaction);
  }

  async remove(id: string): Promise<void> {
    const [transaction, table] = await this.begin('readwrite');
    table('outbox').delete(id);
    const record = table('records').get(id);
    record.onsuccess = () => {
      if ((record.result as StoredRecord | undefined)?.keep === false) table('records').delete(id);
    };
    await IndexedStore.settled(transaction);
  }
}

/** Where nothing can be kept: the page alone remembers, and the notice says so. */
export class MemoryStore implements Store {
  readonly durable = false;
  constructor(readonly late: boolean) {}
  private kept = NOTHING;
  private readonly all = new Map<string, StoredRecord>();
  private readonly waiting = new Map<string, OutboxEntry>();

  async read(): Promise<Kept> {
    return this.kept;
  }
  async transact(change: (kept: Kept, done: boolean) => Change): Promise<void> {
    // no other page shares it
    const { kept, record, entry, clear, unlink } = change(this.kept, false);
    if (clear) {
      for (const id of [...this.all.keys(), ...this.waiting.keys()]) {
        if (this.waiting.get(id)?.op === 'erase') continue;
        this.all.delete(id);
        this.waiting.delete(id);
      }
    }
    this.kept = kept;
    if (record) this.all.set(record.id, record);
    if (entry) this.waiting.set(entry.id, entry);
    if (!unlink || clear) return;
    for (const one of this.all.values()) {
      if (one.id === record?.id) continue;
      if (one.keep && this.waiting.has(one.id)) this.all.set(one.id, { ...one, keep: false });
      else if (one.keep) this.all.delete(one.id);
    }
  }
  async forget(): Promise<void> {}
  async records(): Promise<StoredRecord[]> {
    return [...this.all.values()];
  }
  async record(id: string): Promise<StoredRecord | undefined> {
    return this.all.get(id);
  }
  async outbox(): Promise<OutboxEntry[]> {
    return [...this.waiting.values()];
  }
  async update(entry: OutboxEntry): Promise<void> {
    if (this.waiting.has(entry.id)) this.waiting.set(entry.id, entry);
  }
  async remove(id: string): Promise<void> {
    this.waiting.delete(id);
    if (this.all.get(id)?.keep === false) this.all.delete(id);
  }
}

/**
 * The best store this browser gives. Private modes throw, and some never answer: neither may hold
 * up a refusal.
 */
export async function openStore(name: string): Promise<Store> {
  const store = new IndexedStore(name);
  const late = new Promise<Store>((resolve) => setTimeout(resolve, 3_000, new MemoryStore(true)));
  return Promise.race([late, store.open().then((): Store => store)]).catch(
    () => new MemoryStore(false),
  );
}
