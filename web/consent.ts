// The consent of one page: brings presses to the core, keeps what it returns, sets the gate as it
// says.

import { Core, type Decided, type OutboxEntry, type Pressed, type Visit } from './core.js';
import { come, Delivery, WAITS } from './delivery.js';
import type { AvowConsentElement, Pressing } from './element.js';
import type { Gate } from './gate.js';
import type { fill } from './markup.js';
import { Notice } from './notice.js';
import {
  dropPress,
  keepPress,
  keys,
  memory,
  parsed,
  pressNow,
  pressWaits,
  reduces,
  refusalWaits,
  seconds,
  waitingPresses,
  type Page,
  type Pending,
  type Verdict,
} from './page.js';
import { report, warn } from './report.js';
import { NOTHING, openStore, type Change, type Kept, type Store } from './store.js';
import { http } from './transport.js';
import {
  AvowError,
  type Choices,
  type Delivery as State,
  type Export,
  type Transport,
} from './types.js';

export interface Start {
  readonly page: Page;
  readonly gate: Gate;
  readonly host: HTMLElement;
  /** What the page has been told so far. */
  readonly choices: Choices;
  /** The loader's: it holds the one Trusted Types policy. */
  readonly fill: typeof fill;
  readonly announce: (choices: Choices, kind: 'ready' | 'change') => void;
}

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
/** Control names of the notice that answer, and what each says yes to. */
const ANSWERS = new Set(['accept', 'refuse', 'save', 'withdraw']);

const SENDING: ReadonlySet<State> = new Set(['waiting', 'erasing']);

/** By then every tab sees that a press no longer waits. */
const SEEN = 1_000;

export class Consent {
  private readonly stored: ReturnType<typeof keys>;
  private readonly element: AvowConsentElement;
  private readonly notice: Notice;
  private readonly delivery: Delivery;
  private kept: Kept = NOTHING;
  private choices: Choices;
  private subject: string | undefined;
  /** The id of the last record, where this page made it. */
  private latest: string | undefined;
  /** The answer that is being carried out. */
  private pressing: Pending['control'] | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  /** Once what waited for a core has been carried out. */
  private caughtUp: Promise<void> | undefined;
  /** Whether this page's gate follows the core; until then the loader's verdict stands. */
  private settled = false;

  private constructor(
    private readonly core: Core,
    private readonly store: Store,
    private readonly options: Start,
  ) {
    const { page, host } = options;
    this.stored = keys(page.name);
    this.choices = options.choices;
    this.element = host as AvowConsentElement;
    this.element.fill = options.fill;
    this.element.onPress = (pressing) => void this.pressed(pressing).catch(report);
    this.notice = new Notice(core, this.element, options.gate, () => ({
      ...this.standing(),
      delivery: this.choices.delivery,
    }));
    this.delivery = new Delivery(
      core,
      store,
      page.name,
      (left, ended) => this.progressed(left, ended),
      undefined,
    );
    // The verdict stays as the other tab wrote it: two tabs in two languages would answer each
    // other for ever.
    const again = () => void this.inTurn(() => this.refresh('change', false)).catch(report);
    addEventListener('storage', (event) => {
      // Another tab answered, or everything was cleared: this one shows and gates what holds now.
      if (event.key === this.stored.verdict || event.key === null) again();
      else if (
        event.key === this.stored.waiting &&
        event.newValue !== WAITS &&
        SENDING.has(this.choices.delivery)
      ) {
        this.store
          .outbox()
          .then((left) => this.progressed(left))
          .catch(report); // it was sent there
      }
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) again(); // no storage event reached it while it was away
    });
  }

  static async start(options: Start): Promise<Consent> {
    const [core, store] = await Promise.all([
      Core.load(options.page.policy, options.page.catalog, options.page.wasm),
      openStore(options.page.name),
    ]);
    return new Consent(core, store, options);
  }

  /**
   * Sets the gate and shows what has to be shown. Carries out first what was pressed before the
   * core was there.
   */
  async begin(kept: string | null): Promise<Choices> {
    await this.first(kept);
    await this.inTurn(() => this.refresh('ready'));
    this.forget();
    void this.delivery.run('start');
    return this.choices;
  }

  /**
   * What was said while there was no core comes first, once a page, whichever door brought the
   * core.
   */
  private first(kept = memory.get(this.stored.pending), but?: Pending): Promise<void> {
    return (this.caughtUp ??= this.catchUp(kept, but));
  }

  /** In its order: a later answer must not come before an earlier one. */
  private async catchUp(kept: string | null, but?: Pending): Promise<void> {
    const waiting = waitingPresses(kept ?? '').filter(({ mark }) => mark !== but?.mark);
    if (waiting.length === 0 && !but && kept === memory.get(this.stored.pending))
      memory.remove(this.stored.pending); // none can be carried out
    for (const press of waiting) {
      // What was shown then is not what would be recorded now: a yes is asked again.
      const grants = press.control === 'accept' || press.selected.length > 0;
      if (grants && press.under && press.under !== this.under)
        dropPress(this.options.page.name, press);
      // A store that lasts is still to come: a no holds by waiting for it, and makes no record on
      // each page until then.
      else if (!this.store.late) await this.perform(press, true).catch(report);
    }
  }

  /** Takes over a page that the loader's verdict has set, and sends what waits. */
  async resume(): Promise<void> {
    await this.takeOver();
    this.forget();
    void this.delivery.run('start');
  }

  deliverWith(transport: Transport): void {
    this.delivery.transport = transport;
    void this.delivery.run('start');
  }

  /**
   * One press: sealed, signed and stored in one transaction; then, and only then, the gate follows.
   * It is remembered before, so that nothing that fails in between loses it. `waited`: it comes
   * from there, where other tabs find it too.
   */
  async carryOut(pending: Pending, waited = false, subject?: string): Promise<Choices> {
    const { name } = this.options.page;
    const remembered =
      waited ||
      ((reduces(pending) || pending.trusted) &&
        (pressWaits(name, pending) || keepPress(name, pending)));
    await this.first(undefined, pending);
    // A no that could not be stored comes before any yes: while it cannot be, nor can the yes.
    if (!reduces(pending) && !this.store.late) {
      for (const no of waitingPresses(memory.get(this.stored.pending) ?? '').filter(reduces))
        await this.perform(no, true);
    }
    return this.perform(pending, remembered, waited, subject);
  }

  private perform(
    pending: Pending,
    remembered: boolean,
    waited = remembered,
    subject?: string,
  ): Promise<Choices> {
    const { name } = this.options.page;
    return this.inTurn(async () => {
      const { layer, under, mark, ...act } = pending;
      // A no to a text that has changed since is recorded without one, rather than with the wrong
      // one.
      const shown = layer && (under ?? this.under) === this.under ? { layer } : {};
      let answer: Pressed | undefined;
      let elsewhere = false;
      const change = (kept: Kept, done: boolean): Change => {
        // Looked up inside the transaction, where tabs go one by one; what another tab took out of
        // localStorage may be seen here late. And a yes must not come again after a later no. A no
        // just said is lost to nothing.
        elsewhere =
          remembered && (done || (!pressWaits(name, pending) && (waited || !reduces(pending))));
        if (elsewhere)
          throw new AvowError('press-refused', 'Another page carried it out.', '/press');
        const named = subject ?? this.subject;
        const request = {
          ...this.visit(kept),
          press: { ...act, ...shown },
          ...(named === undefined ? {} : { subject: named }),
        };
        const [pressed, keyring] = this.core.press(request, kept.keyring);
        answer = pressed;
        // Before the commit: a page that ends right after it leaves the next one a sign that
        // something waits.
        if (pressed.entry) this.delivery.expect();
        return this.changeOf(pressed, keyring);
      };
      try {
        await this.store.transact(change, String(mark));
      } catch (error) {
        if (elsewhere) {
          this.over(pending);
          await this.refresh('change', false);
          return this.choices;
        }
        // A yes that may not be said is over. What could not be stored is kept for the next page,
        // and a no holds already.
        const over =
          error instanceof AvowError && (!reduces(pending) || error.where.startsWith('/press'));
        if (over) dropPress(name, pending);
        else if (reduces(pending)) {
          await this.refresh('change').catch(report);
          this.notice.show('entry');
          this.options.gate.apply([]);
        }
        throw error;
      }
      this.over(pending);
      const { record, entry } = answer!;
      const delivery = record ? (this.store.durable ? 'saved' : 'unsaved') : 'none';
      this.remember(await this.store.read());
      const decided = this.core.decide(this.standing()); // another tab may have answered since
      this.settle(
        decided,
        'change',
        delivery,
        pending.via === 'notice' ? (decided.ask ? 'first' : 'entry') : this.notice.still(decided),
      );
      if (record && entry) {
        this.latest = record.id;
        this.delivery.expect();
        this.delivery.add(record.id, fromBase64(record.bytes));
      }
      return this.choices;
    });
  }

  /** The press no longer waits. Its mark stays until every tab sees that. */
  private over(pending: Pending): void {
    if (this.store.late && reduces(pending)) return; // a later page carries it out where it lasts
    dropPress(this.options.page.name, pending);
    // An answer to everything takes the place of those that came before it and could not be carried
    // out.
    if (ANSWERS.has(pending.control)) {
      for (const older of waitingPresses(memory.get(this.stored.pending) ?? '')) {
        if (older.at < pending.at) dropPress(this.options.page.name, older);
      }
    }
    // Not as the page ends: WebKit keeps a transaction of a page that left, and with it every later
    // one, waiting.
    setTimeout(() => this.forget(), SEEN);
  }

  private forget(): void {
    this.store.forget().catch(() => {}); // the next page does it
  }

  async open(layer?: 'choices'): Promise<void> {
    await this.takeOver();
    this.remember(await this.store.read());
    this.notice.show(layer ?? (this.choices.ask ? 'first' : 'yours'));
    if (this.choices.ask && !layer)
      this.element.shadowRoot?.querySelector<HTMLElement>('[data-act=choose]')?.focus();
  }

  async identify(subject: string): Promise<void> {
    const act = pressNow({
      control: 'identify' as Pending['control'],
      layer: '',
      via: 'host',
      trusted: false,
      selected: [],
    });
    await this.carryOut(act, false, subject).catch((error: unknown) => {
      // No record to name, or it is named already: the next one will be.
      if (!(error instanceof AvowError && error.code === 'press-refused')) throw error;
    });
    // now that it is known to be one: what cannot be sealed must not spoil the visitor's next
    // answer
    this.subject = subject;
  }

  async export(): Promise<Export> {
    const { keyring } = await this.store.read();
    if (!keyring) throw new AvowError('stored-state', 'This device holds no record.');
    const records = (await this.store.records()).filter((one) => one.keep).map((one) => one.bytes);
    return (await import('./own.js')).own(records, keyring);
  }

  async erase(): Promise<void> {
    const untold = await this.inTurn(() => this.eraseAll());
    if (!untold) return;
    // What an erasure leaves behind everywhere.
    await this.carryOut(
      pressNow({ control: 'refuse', layer: '', via: 'script', trusted: false, selected: [] }),
    );
    if (untold.why) throw untold.why;
  }

  /**
   * Where all is gone and the backend was not told: why it could not be, or nothing where it has
   * erased its part already.
   */
  private async eraseAll(): Promise<{ why?: unknown } | undefined> {
    let answer: Pressed | undefined;
    let untold: { why?: unknown } | undefined;
    if (this.store.late)
      throw new AvowError(
        'stored-state',
        "The browser's database does not answer. Nothing was erased; load the page again.",
      );
    await this.store.transact((kept) => {
      // Who only ever refused has nothing to erase: the refusal names nobody, and goes on.
      if (!kept.chain && !parsed<{ record?: string }>(kept.held)?.record) return { kept };
      if (!kept.chain) {
        untold = {};
        return { kept: NOTHING, clear: true };
      }
      let erased: Pressed;
      let keyring: Uint8Array;
      try {
        [erased, keyring] = this.core.erase(this.visit(kept), kept.keyring ?? new Uint8Array());
      } catch (error) {
        untold = { why: error }; // what was stored is damaged: it goes all the same
        return { kept: NOTHING, clear: true };
      }
      answer = erased;
      this.delivery.expect();
      // What was never sent need not be: the erasure covers it.
      return { ...this.changeOf(erased, keyring), clear: true };
    });
    if (!answer) return untold;
    memory.remove(this.stored.pending);
    this.remember(await this.store.read());
    this.delivery.forget();
    this.settle(this.core.decide(this.standing()), 'change', 'erasing', 'entry');
    this.latest = answer.record!.id;
    this.delivery.add(this.latest, fromBase64(answer.record!.bytes));
    return undefined;
  }

  /**
   * The backend has erased this chain, by the receipt: nothing can be added to it, and it goes here
   * too. The answers hold.
   */
  private async leave(device: string): Promise<void> {
    await this.inTurn(() =>
      this.store.transact((kept) =>
        parsed<{ device: string }>(kept.chain)?.device === device
          ? { kept: { ...NOTHING, held: kept.held }, unlink: true }
          : { kept },
      ),
    );
  }

  private async takeOver(): Promise<void> {
    await this.first();
    await this.inTurn(async () => {
      if (!this.settled) await this.refresh('change');
    });
  }

  /** The keyring is read where it is used, and not held for as long as the page lives. */
  private remember(kept: Kept): void {
    this.kept = { ...kept, keyring: null };
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.catch(() => {}).then(work);
    this.turn = done;
    return done;
  }

  /** What a visitor who presses here is shown: the policy's text, and the language. */
  get under(): string {
    return this.core.text + this.options.page.language;
  }

  private visit(kept: Kept): Visit {
    const { name, language, place, gpc } = this.options.page;
    // What earlier pages said is not known without a database, but for a no that the loader
    // remembers.
    const denied =
      !this.store.durable &&
      parsed<Verdict>(memory.get(this.stored.verdict))?.withdrawable === false;
    return {
      now: seconds(),
      language,
      place,
      gpc,
      refused: denied || refusalWaits(name),
      held: kept.held,
      chain: kept.chain,
    };
  }

  /**
   * The visit as it stands. A no that waits to be stored holds already: nothing that was stored
   * before speaks over it.
   */
  private standing(): Visit {
    const visit = this.visit(this.kept);
    return this.store.durable && visit.refused ? { ...visit, held: null } : visit;
  }

  private changeOf(pressed: Pressed, keyring: Uint8Array): Change {
    const { record, entry, chain, choice } = pressed;
    const kept: Kept = {
      held: JSON.stringify(choice),
      chain: chain === null ? null : JSON.stringify(chain),
      keyring: chain === null ? null : keyring,
    };
    const stored = record && {
      id: record.id,
      bytes: fromBase64(record.bytes),
      keep: chain !== null,
    };
    // What a refusal leaves must identify nobody, so it keeps nothing of that kind.
    const aside =
      chain !== null && pressed.warnings.some(({ where }) => /^.(held|chain)/.test(where));
    // Of a chain that has ended, whose key is gone, nothing can be opened any more.
    const unlink = !aside && (chain === null || entry?.seq === 1);
    return { kept, record: stored ?? undefined, entry: entry ?? undefined, aside, unlink };
  }

  private async refresh(kind: 'ready' | 'change', writes = !this.store.late): Promise<void> {
    this.remember(await this.store.read());
    const waiting = await this.store.outbox();
    this.latest = undefined; // another page may have answered since
    const decided = this.core.decide(this.standing());
    for (const warning of decided.warnings) warn(warning.text);
    const ended = decided.number !== null && this.kept.chain === null; // see `leave`
    const delivery =
      waiting.length === 0 && decided.number === null
        ? 'none'
        : come(waiting, this.store.durable, ended ? 'erased' : 'none', this.record);
    this.delivery.tell(waiting, delivery);
    this.settle(decided, kind, delivery, this.notice.still(decided), writes);
  }

  /**
   * The gate, the loader's verdict, the notice and the page's listeners follow what was decided.
   */
  private settle(
    decided: Decided,
    kind: 'ready' | 'change',
    delivery: State,
    layer: string | null,
    writes = true,
  ): void {
    const { gate, announce } = this.options;
    if (!this.delivery.transport && decided.collector)
      this.delivery.transport = http(decided.collector);
    const before = JSON.stringify(this.choices);
    this.choices = { ask: decided.ask, granted: decided.granted, number: decided.number, delivery };
    this.settled = true;
    // The placeholder that was pressed goes: whoever works by keyboard stays where its content now
    // is.
    const pressed = document.activeElement;
    const uncovered =
      pressed?.localName === 'avow-frame' ? (pressed.nextElementSibling as HTMLElement) : null;
    gate.apply(decided.granted);
    if (!pressed?.isConnected) uncovered?.focus();
    const { verdict } = this.stored;
    const { granted, withdrawable } = parsed<Verdict>(memory.get(verdict)) ?? {};
    // A yes that is kept nowhere holds on this page, as the notice says; a no is remembered
    // wherever anything can be.
    const lasts = this.store.durable || decided.verdict?.withdrawable === false;
    // Without room for the new one, the old one must not speak for it either.
    const written =
      writes && lasts && decided.verdict && memory.set(verdict, JSON.stringify(decided.verdict));
    // Taking away only ever denies: two tabs that differ come to rest, and the next page decides
    // anew. But a no that only the loader remembers is not forgotten for a yes of this page alone.
    if (
      !written &&
      (writes || String(granted) !== String(decided.granted)) &&
      (this.store.durable || withdrawable !== false)
    )
      memory.remove(verdict);
    this.notice.cover(decided.granted);
    if (layer) this.notice.show(layer);
    if (kind === 'ready' || before !== JSON.stringify(this.choices)) announce(this.choices, kind);
  }

  private async pressed({ act, layer, trusted, ticked }: Pressing): Promise<void> {
    if (ANSWERS.has(act)) {
      const control = act as Pending['control'];
      if (this.pressing === control) return; // the second half of a double click says nothing new
      this.pressing = control;
      try {
        const selected = control === 'save' ? ticked : [];
        await this.carryOut(
          pressNow({ control, layer, via: 'notice', trusted, selected, under: this.under }),
        );
      } finally {
        this.pressing = undefined;
      }
    } else if (act === 'choose' || act === 'change') this.notice.show('choices');
    else if (act === 'open') await this.open();
    else if (act === 'close') this.notice.show(this.choices.ask ? 'first' : 'entry');
    else if (act === 'export') download(await this.export());
    else if (act === 'erase' && trusted) await this.erase();
  }

  /**
   * The id of the record that tells what is held; not known of an anonymous refusal that another
   * page made.
   */
  private get record(): string | undefined {
    return this.latest ?? parsed<{ head?: string }>(this.kept.chain)?.head;
  }

  private progressed(left: readonly OutboxEntry[], ended?: OutboxEntry): void {
    if (ended?.op === 'set') void this.leave(ended.device).catch(report);
    const delivery = come(
      left,
      this.store.durable,
      ended?.op === 'set' ? 'erased' : this.choices.delivery,
      this.record,
    );
    this.delivery.tell(left, delivery);
    if (delivery === this.choices.delivery) return;
    this.choices = { ...this.choices, delivery };
    this.notice.update();
    this.options.announce(this.choices, 'change');
  }
}

/** Hands the visitor a file; nothing of it goes anywhere else. */
function download(data: Export): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }),
  );
  Object.assign(document.createElement('a'), { href: url, download: 'avow-record.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
