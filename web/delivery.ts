// Runs the core's outbox: asks it what to do, does that, tells it what came back. Decides nothing about either.

import type { Core, OutboxEntry, Step } from './core.js';
import type { Store } from './store.js';
import { KEEPALIVE_BYTES } from './transport.js';
import type { Answer, Transport } from './types.js';

export type Progress = (outcome: NonNullable<Step['outcome']>, id: string, left: readonly OutboxEntry[]) => void;

const LONGEST_SLEEP = 60_000; // timers of sleeping tabs drift; the outbox is asked again instead
type Event = { kind: 'start' | 'tick' } | ({ kind: 'answer'; id: string; status: number; body?: string; retry_after?: number });

export class Delivery {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  /** Records of this page that nobody has acknowledged: what a last attempt at unload may still send. */
  private readonly unsent = new Map<string, Uint8Array>();

  constructor(
    private readonly core: Core,
    private readonly store: Store,
    private readonly policy: string,
    private readonly name: string,
    private readonly progress: Progress,
    public transport: Transport | undefined,
  ) {
    addEventListener('online', () => void this.run('start'));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.run('tick');
    });
    addEventListener('pagehide', () => this.lastAttempt());
  }

  /** Sends what is due, one after the other, in whichever tab gets there first. */
  async run(kind: 'start' | 'tick' = 'tick'): Promise<void> {
    if (this.busy || !this.transport) return;
    this.busy = true;
    try {
      const locks = navigator.locks as LockManager | undefined;
      // The lock only saves work: two tabs that send the same record are one record to the backend.
      if (locks) await locks.request(`${this.name}:delivery`, { ifAvailable: true }, (lock) => (lock ? this.drain(kind) : undefined));
      else await this.drain(kind);
    } catch {
      this.sleep(LONGEST_SLEEP); // storage failed: nothing was taken out, so nothing is lost
    } finally {
      this.busy = false;
    }
  }

  /** A record just written: sent at once, and again at unload if no answer has come by then. */
  add(id: string, bytes: Uint8Array): void {
    this.unsent.set(id, bytes);
    void this.run();
  }

  private async drain(kind: 'start' | 'tick'): Promise<void> {
    let event: Event = { kind };
    for (;;) {
      const step: Step = this.core.deliver(this.policy, {
        outbox: await this.store.outbox(),
        event,
        now_ms: Date.now(),
        random: crypto.getRandomValues(new Uint32Array(1))[0],
      });
      if (event.kind === 'answer') await this.settle(event.id, step);
      else if (kind === 'start') for (const entry of step.outbox) await this.store.update(entry);
      if (step.send === null) {
        if (step.at !== null) this.sleep(step.at - Date.now());
        return;
      }
      event = await this.send(step.send);
    }
  }

  private async send(id: string): Promise<Event> {
    const record = await this.store.record(id);
    if (!record) {
      await this.store.remove(id); // erased meanwhile
      return { kind: 'tick' };
    }
    const transport = this.transport!;
    const answer: Answer = await transport({ id, bytes: record.bytes }).catch(() => ({ status: 0 }));
    return {
      kind: 'answer',
      id,
      status: answer.status,
      ...(answer.body ? { body: answer.body } : {}),
      ...(answer.retryAfter === undefined ? {} : { retry_after: Math.max(0, Math.floor(answer.retryAfter)) }),
    };
  }

  private async settle(id: string, step: Step): Promise<void> {
    const entry = step.outbox.find((one) => one.id === id);
    if (entry) await this.store.update(entry);
    else await this.store.remove(id);
    if (!entry || entry.state === 'shelved') this.unsent.delete(id);
    if (step.outcome) this.progress(step.outcome, id, step.outbox);
  }

  private sleep(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), Math.min(Math.max(milliseconds, 50), LONGEST_SLEEP));
  }

  /** The page goes away: what is unacknowledged is sent once more, and nothing is written: the outbox stays the truth. */
  private lastAttempt(): void {
    let room = KEEPALIVE_BYTES;
    for (const [id, bytes] of this.unsent) {
      if ((room -= bytes.length) < 0) return;
      void this.transport?.({ id, bytes }).catch(() => {});
    }
  }
}
