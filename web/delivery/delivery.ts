// Runs the core's outbox: asks it what to do, does that, tells it what came back. Decides nothing
// about either.

import type { Core, DeliveryEvent, OutboxEntry, Step } from '../consent/core.js';
import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { warn } from '../page/report.js';
import type { Store } from '../store/store.js';
import { KEEPALIVE_BYTES } from './transport.js';
import type { Answer, Delivery as State, Transport } from '../public/types.js';
import { dom } from '../page/dom.js';

/**
 * What the loader reads under `waiting`: that a page has to send something. Else how far the last
 * record came, where that is worth telling.
 */
export const WAITS = '1';

/**
 * Told what is still in the outbox, whenever that has changed; `ended`: what the backend had erased
 * before it came.
 */
export type Progress = (left: readonly OutboxEntry[], ended?: OutboxEntry) => void;

/** A transport that never answers must not hold up the records behind it. */
const LONGEST_SEND = 60_000;
const LONGEST_ANSWER = 4_096;
const OTHER_TAB = 3_000; // how soon to look again after a tab that is sending already
// times it is left to that tab: a page that sleeps in a browser's cache can hold the lock for ever
const PATIENCE = 2;
const LONGEST_SLEEP = 60_000; // timers of sleeping tabs drift; the outbox is asked again instead

export class Delivery {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;
  #turnedAway = 0;
  /**
   * Records of this page that nobody has acknowledged: what a last attempt at unload may still
   * send.
   */
  readonly #unsent = new Map<string, Uint8Array>();

  readonly #core: Core;
  readonly #store: Store;
  readonly #name: string;
  readonly #progress: Progress;

  constructor(
    core: Core,
    store: Store,
    name: string,
    progress: Progress,
    public transport: Transport | undefined,
  ) {
    this.#core = core;
    this.#store = store;
    this.#name = name;
    this.#progress = progress;
    addEventListener('online', () => void this.run('start'));
    dom.addEventListener('visibilitychange', () => {
      if (dom.visibilityState === 'visible') void this.run('tick');
    });
    addEventListener('pagehide', () => this.#lastAttempt());
  }

  /** Sends what is due, one after the other, in whichever tab gets there first. */
  async run(kind: 'start' | 'tick' = 'tick'): Promise<void> {
    this.#again = this.#busy; // it may have looked into the outbox for the last time already
    if (this.#busy || !this.transport) return;
    this.#busy = true;
    try {
      if (!(await this.#alone(() => this.#drain(kind)))) this.#sleep(OTHER_TAB);
    } catch (error) {
      warn(String(error)); // once a page, though it is tried again and again
      this.#sleep(LONGEST_SLEEP); // storage failed: nothing was taken out, so nothing is lost
    } finally {
      this.#busy = false;
      if (this.#again) void this.run();
    }
  }

  /**
   * Under the lock where there is one; false: another tab has it. It only saves work: two sendings
   * are one record to the backend.
   */
  async #alone(work: () => Promise<void>): Promise<boolean> {
    let begun = false;
    const begin = () => ((begun = true), (this.#turnedAway = 0), work());
    const locks = navigator.locks as LockManager | undefined;
    try {
      if (!locks) await begin();
      else
        await locks.request(`${this.#name}:delivery`, { ifAvailable: true }, (lock) =>
          lock || this.#turnedAway++ >= PATIENCE ? begin() : undefined,
        );
      return begun;
    } catch (error) {
      if (begun) throw error;
      await begin(); // locks are refused where storage is
      return true;
    }
  }

  /**
   * Later pages must fetch the core, to send what is written now. Set before that: a page may end
   * in between.
   */
  expect(): void {
    memory.set(keys(this.#name).waiting, WAITS);
  }

  /** Later pages learn what is left to do, and how far the last record has come. */
  tell(left: readonly OutboxEntry[], reached: State): void {
    const { waiting } = keys(this.#name);
    // that one is tried again
    const sends = left.some((one) => one.state === 'waiting' || one.reason === 'too-many-tries');
    if (sends || this.#store.late) return;
    if (reached === 'shelved' || reached === 'unerased') memory.set(waiting, reached);
    else memory.remove(waiting);
  }

  /** Everything was erased: nothing from before it is sent any more. */
  forget(): void {
    this.#unsent.clear();
  }

  /** A record just written: sent at once, and again at unload if no answer has come by then. */
  add(id: string, bytes: Uint8Array): void {
    this.#unsent.set(id, bytes);
    void this.run();
  }

  async #drain(kind: 'start' | 'tick'): Promise<void> {
    let event: DeliveryEvent = { kind };
    for (;;) {
      const outbox = await this.#store.outbox();
      const step: Step = this.#core.deliver({
        outbox,
        event,
        now_ms: Date.now(),
        random: crypto.getRandomValues(new Uint32Array(1))[0]!,
      });
      for (const warning of step.warnings) warn(warning.text);
      if (event.kind === 'answer') await this.#settle(event.id, step, outbox);
      else if (kind === 'start') await this.#keep(step.outbox, outbox);
      if (step.send === null) {
        this.#notice(step.outbox);
        if (step.at !== null) this.#sleep(step.at - Date.now());
        return;
      }
      event = await this.#send(step.send);
    }
  }

  /** Writes what the core changed. */
  async #keep(entries: readonly OutboxEntry[], before: readonly OutboxEntry[]): Promise<void> {
    const was = new Set(before.map((one) => JSON.stringify(one)));
    for (const entry of entries)
      if (!was.has(JSON.stringify(entry))) await this.#store.update(entry);
  }

  async #send(id: string): Promise<DeliveryEvent> {
    const record = await this.#store.record(id);
    if (!record) {
      await this.#store.remove(id); // erased meanwhile
      return { kind: 'tick' };
    }
    const transport = this.transport!;
    // A host's own transport may throw, never settle, or answer anything: that is a try like any
    // other.
    const tried = (async (): Promise<Answer | undefined> =>
      transport({ id, bytes: record.bytes }))().catch(() => undefined);
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, LONGEST_SEND, undefined));
    const answer = await Promise.race([tried, late]);
    const { status, body, retryAfter } = answer ?? { status: 0 };
    return {
      kind: 'answer',
      id,
      status: Number.isInteger(status) && status >= 0 && status <= 999 ? status : 0,
      // What is longer acknowledges nothing.
      ...(typeof body === 'string' && body.length <= LONGEST_ANSWER ? { body } : {}),
      ...(retryAfter! >= 0 ? { retry_after: Math.min(Math.floor(retryAfter!), 86_400) } : {}),
    };
  }

  /** What left the outbox by another tab's hand is not this page's to send again. */
  #notice(left: readonly OutboxEntry[]): void {
    const before = this.#unsent.size;
    for (const id of this.#unsent.keys())
      if (!left.some((one) => one.id === id)) this.#unsent.delete(id);
    if (this.#unsent.size < before) this.#progress(left);
  }

  async #settle(id: string, step: Step, before: readonly OutboxEntry[]): Promise<void> {
    const entry = step.outbox.find((one) => one.id === id);
    if (entry) await this.#store.update(entry);
    else await this.#store.remove(id);
    if (!entry || entry.state === 'shelved') this.#unsent.delete(id);
    if (step.outcome)
      this.#progress(
        step.outbox,
        step.outcome === 'ended' ? before.find((one) => one.id === id) : undefined,
      );
  }

  #sleep(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.run(),
      Math.min(Math.max(milliseconds, 50), LONGEST_SLEEP),
    );
  }

  /**
   * The page goes away: what is unacknowledged is sent once more, and nothing is written: the
   * outbox stays the truth.
   */
  #lastAttempt(): void {
    let room = KEEPALIVE_BYTES;
    for (const [id, bytes] of this.#unsent) {
      if ((room -= bytes.length) < 0) return;
      void (async () => this.transport?.({ id, bytes }))().catch(() => {});
    }
  }
}
