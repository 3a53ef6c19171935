// The consent of one page: brings presses to the core, keeps what it returns, sets the gate as it says.

import { Core, type Decided, type OutboxEntry, type Pressed, type Visit } from './core.js';
import { Delivery } from './delivery.js';
import type { AvowConsentElement, Pressing } from './element.js';
import type { Gate } from './gate.js';
import { keys, memory, seconds, type Page, type Pending } from './page.js';
import { NOTHING, openStore, type Change, type Kept, type Store } from './store.js';
import { http } from './transport.js';
import { AvowError, type Choices, type Delivery as State, type Export, type Transport } from './types.js';

export interface Start {
  readonly page: Page;
  readonly gate: Gate;
  readonly host: HTMLElement;
  readonly announce: (choices: Choices, kind: 'ready' | 'change') => void;
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
/** Control names of the notice that answer, and what each says yes to. */
const ANSWERS = new Set(['accept', 'refuse', 'save', 'withdraw']);

/** Long enough to be read twice, or to be spoken (WCAG 2.2.1: nothing is lost with it, "your choices" says the same). */
const NEWS = 8_000;

export class Consent {
  private readonly stored: ReturnType<typeof keys>;
  private readonly element: AvowConsentElement;
  private readonly delivery: Delivery;
  private kept: Kept = NOTHING;
  private choices: Choices = { ask: true, granted: [], number: null, delivery: 'none' };
  private subject: string | undefined;
  private fading: ReturnType<typeof setTimeout> | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly core: Core,
    private readonly store: Store,
    private readonly options: Start,
  ) {
    const { page, host } = options;
    this.stored = keys(page.name);
    this.element = host as AvowConsentElement;
    this.element.onPress = (pressing) => void this.pressed(pressing).catch(report);
    this.delivery = new Delivery(core, store, page.policy, page.name, (outcome, _, left) => this.progressed(outcome, left), undefined);
    addEventListener('storage', (event) => {
      // Another tab answered: this one shows and gates what was said there.
      if (event.key === this.stored.verdict) void this.refresh('change').catch(report);
    });
  }

  static async start(options: Start): Promise<Consent> {
    const [core, store] = await Promise.all([Core.load(options.page.wasm), openStore(options.page.name)]);
    return new Consent(core, store, options);
  }

  /** Sets the gate and shows what has to be shown. Carries out first what was pressed before the core was there. */
  async begin(pending: Pending | null): Promise<Choices> {
    if (pending) await this.carryOut(pending).catch(report);
    await this.refresh('ready');
    void this.delivery.run('start');
    return this.choices;
  }

  deliverWith(transport: Transport): void {
    this.delivery.transport = transport;
    void this.delivery.run('start');
  }

  /** One press: sealed, signed and stored in one transaction; then, and only then, the gate follows. */
  carryOut(pending: Pending): Promise<Choices> {
    return this.inTurn(async () => {
      const { layer, ...act } = pending;
      let answer: Pressed | undefined;
      const change = (kept: Kept): Change => {
        const request = { ...this.visit(kept), press: { ...act, ...(layer ? { layer } : {}) }, ...(this.subject ? { subject: this.subject } : {}) };
        const [pressed, keyring] = this.core.press(this.options.page.policy, this.options.page.catalog, request, kept.keyring);
        answer = pressed;
        return this.changeOf(pressed, keyring);
      };
      try {
        await this.store.transact(change);
      } catch (error) {
        // A yes that may not be said is over; a press that could not be stored is kept for the next page.
        if (error instanceof AvowError) memory.remove(this.stored.pending);
        throw error;
      }
      memory.remove(this.stored.pending);
      const { record, entry } = answer!;
      const delivery = record ? (this.store.durable ? 'saved' : 'unsaved') : 'none';
      this.kept = await this.store.read();
      this.settle(answer!, 'change', delivery);
      if (record && entry) {
        memory.set(this.stored.waiting, '1');
        this.delivery.add(record.id, fromBase64(record.bytes));
      }
      return this.choices;
    });
  }

  async open(layer?: 'choices'): Promise<void> {
    await this.turn.catch(() => {});
    this.kept = await this.store.read();
    this.show(layer ?? (this.choices.ask ? 'first' : 'yours'));
    if (this.choices.ask && !layer) this.element.shadowRoot?.querySelector<HTMLElement>('[data-act=choose]')?.focus();
  }

  async identify(subject: string): Promise<void> {
    this.subject = subject;
    const act = { control: 'identify', layer: '', via: 'host', trusted: false, selected: [], at: seconds() };
    await this.carryOut(act as unknown as Pending).catch((error: unknown) => {
      // No record to name, or it is named already: the next one will be.
      if (!(error instanceof AvowError && error.code === 'press-refused')) throw error;
    });
  }

  async export(): Promise<Export> {
    const { keyring } = await this.store.read();
    if (!keyring) throw new AvowError('stored-state', 'This device holds no record.');
    const records = (await this.store.records()).filter((one) => one.keep).map((one) => one.bytes);
    return (await import('./own.js')).own(records, keyring);
  }

  erase(): Promise<void> {
    return this.inTurn(async () => {
      let sent: { id: string; bytes: Uint8Array } | undefined;
      await this.store.transact((kept) => {
        if (!kept.chain || !kept.keyring) return { kept: NOTHING, clear: true };
        const { record, entry } = this.core.erase(this.options.page.policy, this.visit(kept), kept.keyring);
        sent = { id: record!.id, bytes: fromBase64(record!.bytes) };
        // What was never sent need not be: the erasure covers it.
        return { kept: NOTHING, clear: true, record: { ...sent, keep: false }, entry: entry! };
      });
      memory.remove(this.stored.verdict);
      memory.remove(this.stored.pending);
      this.kept = NOTHING;
      this.settle(this.decide(), 'change', 'erased', 'entry');
      if (sent) {
        memory.set(this.stored.waiting, '1');
        this.delivery.add(sent.id, sent.bytes);
      }
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.catch(() => {}).then(work);
    this.turn = done;
    return done;
  }

  private visit(kept: Kept): Visit {
    const { language, place, gpc } = this.options.page;
    return { now: seconds(), language, place, gpc, held: kept.held, chain: kept.chain };
  }

  private decide(): Decided {
    return this.core.decide(this.options.page.policy, this.options.page.catalog, this.visit(this.kept));
  }

  private changeOf(pressed: Pressed, keyring: Uint8Array): Change {
    const { record, entry, chain, choice } = pressed;
    const kept: Kept = {
      held: JSON.stringify(choice),
      chain: chain === null ? null : JSON.stringify(chain),
      keyring: chain === null ? null : keyring,
    };
    const stored = record && { id: record.id, bytes: fromBase64(record.bytes), keep: chain !== null };
    return { kept, record: stored ?? undefined, entry: entry ?? undefined };
  }

  private async refresh(kind: 'ready' | 'change'): Promise<void> {
    this.kept = await this.store.read();
    const decided = this.decide();
    for (const warning of decided.warnings) console.error(`avow: ${warning.text}`);
    const waiting = await this.store.outbox();
    this.settle(decided, kind, waiting.length > 0 ? state(waiting) : decided.number === null ? 'none' : 'delivered');
  }

  /** The gate, the loader's verdict, the notice and the page's listeners follow what was decided. */
  private settle(decided: Decided, kind: 'ready' | 'change', delivery: State, layer?: string): void {
    const { gate, announce } = this.options;
    if (!this.delivery.transport && decided.collector) this.delivery.transport = http(decided.collector);
    this.choices = { ask: decided.ask, granted: decided.granted, number: decided.number, delivery };
    gate.apply(decided.granted);
    if (decided.verdict) memory.set(this.stored.verdict, JSON.stringify(decided.verdict));
    else memory.remove(this.stored.verdict);
    this.cover(decided);
    this.show(layer ?? (decided.ask ? 'first' : 'entry'));
    announce(this.choices, kind);
  }

  private cover(decided: Decided): void {
    const frames: Record<string, string> = {};
    let css = '';
    for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-avow][data-src]')) {
      const purpose = frame.dataset['avow']!;
      if (decided.granted.includes(purpose) || frames[purpose] !== undefined) continue;
      try {
        ({ html: frames[purpose], css } = this.rendered('frame', purpose));
      } catch (error) {
        report(error); // a mark that the policy does not know stays closed, and the developer is told
      }
    }
    this.options.gate.cover(frames, css);
  }

  private rendered(layer: string, purpose?: string) {
    const { policy, catalog } = this.options.page;
    const request = { ...this.visit(this.kept), layer, delivery: this.choices.delivery, ...(purpose ? { purpose } : {}) };
    return this.core.view(policy, catalog, request);
  }

  private show(layer: string): void {
    this.element.show(layer, this.rendered(layer));
    if (layer === 'entry') this.fade();
  }

  /** The news of a record stays a while, then the entry is only a door again. */
  private fade(): void {
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      if (this.element.shownLayer === 'entry') this.element.write({ status: '' });
    }, NEWS);
  }

  private async pressed({ act, layer, trusted, ticked }: Pressing): Promise<void> {
    if (ANSWERS.has(act)) {
      const control = act as Pending['control'];
      await this.carryOut({ control, layer, via: 'notice', trusted, at: seconds(), selected: control === 'save' ? ticked : [] });
    } else if (act === 'choose' || act === 'change') this.show('choices');
    else if (act === 'open') await this.open();
    else if (act === 'close') this.show(this.choices.ask ? 'first' : 'entry');
    else if (act === 'export') download(await this.export());
    else if (act === 'erase' && trusted) await this.erase();
  }

  private progressed(outcome: string, left: readonly OutboxEntry[]): void {
    const delivery: State = left.length > 0 ? state(left) : outcome === 'delivered' || outcome === 'ended' ? (this.choices.delivery === 'erased' ? 'erased' : 'delivered') : 'waiting';
    if (left.length === 0) memory.remove(this.stored.waiting);
    if (delivery === this.choices.delivery) return;
    this.choices = { ...this.choices, delivery };
    const layer = this.element.shownLayer;
    if (layer === 'entry' || layer === 'yours') this.element.write(this.rendered(layer).slots);
    this.fade();
    this.options.announce(this.choices, 'change');
  }
}

const state = (waiting: readonly OutboxEntry[]): State => (waiting.some((one) => one.state === 'shelved') ? 'shelved' : 'waiting');

function report(error: unknown): void {
  console.error(error instanceof AvowError ? `avow: ${error.code}: ${error.message}` : error);
}

/** Hands the visitor a file; nothing of it goes anywhere else. */
function download(data: Export): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: 'avow-record.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
