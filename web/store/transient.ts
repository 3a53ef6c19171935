// Where nothing can be kept: the page alone remembers, and the notice says so.

import type { OutboxEntry } from '../consent/core.js';
import { NOTHING, type Change, type Kept, type Store, type StoredRecord } from './store.js';

export class TransientStore implements Store {
  readonly durable = false;
  constructor(readonly late: boolean) {}
  #kept = NOTHING;
  readonly #all = new Map<string, StoredRecord>();
  readonly #waiting = new Map<string, OutboxEntry>();

  async read(): Promise<Kept> {
    return this.#kept;
  }
  async transact(
    change: (kept: Kept, done: boolean) => Change | null,
    _deed = '',
    written = () => {},
  ): Promise<void> {
    // no other page shares it
    const wanted = change(this.#kept, false);
    if (wanted === null) return;
    const { kept, record, entry, clear, unlink } = wanted;
    if (clear) {
      for (const id of [...this.#all.keys(), ...this.#waiting.keys()]) {
        if (this.#waiting.get(id)?.op === 'erase') continue;
        this.#all.delete(id);
        this.#waiting.delete(id);
      }
    }
    this.#kept = kept;
    if (record) this.#all.set(record.id, record);
    if (entry) this.#waiting.set(entry.id, entry);
    if (unlink && !clear) this.#unlink(record?.id);
    written();
  }
  #unlink(but: string | undefined): void {
    for (const one of this.#all.values()) {
      if (one.id === but) continue;
      if (one.keep && this.#waiting.has(one.id)) this.#all.set(one.id, { ...one, keep: false });
      else if (one.keep) this.#all.delete(one.id);
    }
  }
  async forget(): Promise<void> {}
  async records(): Promise<StoredRecord[]> {
    return [...this.#all.values()];
  }
  async record(id: string): Promise<StoredRecord | undefined> {
    return this.#all.get(id);
  }
  async outbox(): Promise<OutboxEntry[]> {
    return [...this.#waiting.values()];
  }
  async update(entry: OutboxEntry): Promise<void> {
    if (this.#waiting.has(entry.id)) this.#waiting.set(entry.id, entry);
  }
  async remove(id: string): Promise<void> {
    this.#waiting.delete(id);
    if (this.#all.get(id)?.keep === false) this.#all.delete(id);
  }
}
