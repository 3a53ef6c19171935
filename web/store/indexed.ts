// The device's database: one transaction for all of a press, so that no crash leaves a half of it.

import type { OutboxEntry } from '../consent/core.js';
import { entries, typed, type Change, type Kept, type Store, type StoredRecord } from './store.js';

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class IndexedStore implements Store {
  readonly durable = true;
  readonly late = false;
  #database: IDBDatabase | undefined;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Opens the database, again if need be: a visitor who clears the site's data closes it under a
   * living page.
   */
  async open(): Promise<IDBDatabase> {
    if (this.#database) return this.#database;
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('state');
      request.result.createObjectStore('records', { keyPath: 'id' });
      request.result.createObjectStore('outbox', { keyPath: 'id' });
    };
    const database = await asked(request);
    const gone = () => (this.#database = undefined);
    database.onclose = gone;
    // Another tab that deletes or upgrades the database must not wait for this one.
    database.onversionchange = () => {
      database.close();
      gone();
    };
    return (this.#database = database);
  }

  async #begin(
    mode: IDBTransactionMode,
  ): Promise<[IDBTransaction, (name: string) => IDBObjectStore]> {
    const database = await this.open();
    // strict: "saved" must mean on disk; the default has been relaxed in every engine since 2024
    const transaction = database.transaction(['state', 'records', 'outbox'], mode, {
      durability: 'strict',
    });
    return [transaction, (name) => transaction.objectStore(name)];
  }

  static #settled(transaction: IDBTransaction): Promise<void> {
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async read(): Promise<Kept> {
    const [, table] = await this.#begin('readonly');
    return typed(await asked(table('state').get('now')));
  }

  async transact(
    change: (kept: Kept, done: boolean) => Change | null,
    deed = '',
    written = () => {},
  ): Promise<void> {
    const [transaction, table] = await this.#begin('readwrite');
    const done = IndexedStore.#settled(transaction);
    let thrown: unknown;
    const read = table('state').get('now');
    const mark = table('state').get(`done ${deed}`);
    // No await in here: a transaction ends when the page yields.
    mark.onsuccess = () => {
      try {
        const wanted = change(typed(read.result), mark.result !== undefined);
        if (wanted === null) return;
        const { kept, record, entry, clear, aside, unlink } = wanted;
        if (clear) IndexedStore.#clear(table);
        else if (aside) table('state').put(read.result, `unreadable ${Date.now()}`);
        table('state').put(kept, 'now');
        if (deed) table('state').put(true, `done ${deed}`);
        if (record) table('records').put(record);
        if (entry) table('outbox').put(entry);
        if (unlink && !clear) IndexedStore.#unlink(table, record?.id);
        if (unlink) table('state').delete(IDBKeyRange.bound('unreadable ', 'unreadable \uffff'));
        written();
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
    if ((await asked((await this.#begin('readonly'))[1]('state').count(marks))) === 0) return;
    const [transaction, table] = await this.#begin('readwrite');
    table('state').delete(marks);
    await IndexedStore.#settled(transaction);
  }

  static #clear(table: (name: string) => IDBObjectStore): void {
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

  static #unlink(table: (name: string) => IDBObjectStore, but: string | undefined): void {
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
    const all: StoredRecord[] = await asked((await this.#begin('readonly'))[1]('records').getAll());
    return all.filter((one) => one.bytes instanceof Uint8Array);
  }

  async record(id: string): Promise<StoredRecord | undefined> {
    return asked((await this.#begin('readonly'))[1]('records').get(id));
  }

  async outbox(): Promise<OutboxEntry[]> {
    return entries(await asked((await this.#begin('readonly'))[1]('outbox').getAll()));
  }

  async update(entry: OutboxEntry): Promise<void> {
    const [transaction, table] = await this.#begin('readwrite');
    const there = table('outbox').getKey(entry.id);
    there.onsuccess = () => {
      if (there.result !== undefined) table('outbox').put(entry);
    };
    await IndexedStore.#settled(transaction);
  }

  async remove(id: string): Promise<void> {
    const [transaction, table] = await this.#begin('readwrite');
    table('outbox').delete(id);
    const record = table('records').get(id);
    record.onsuccess = () => {
      if ((record.result as StoredRecord | undefined)?.keep === false) table('records').delete(id);
    };
    await IndexedStore.#settled(transaction);
  }
}
