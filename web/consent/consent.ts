// The consent of one page: brings presses to the core, keeps what it returns, sets the gate as it
// says.

import { Delivery, WAITS } from '../delivery/delivery.js';
import { reached } from '../delivery/reached.js';
import { http } from '../delivery/transport.js';
import { stageOf, type AvowConsentElement, type Markup, type Pressing } from '../notice/element.js';
import { Notice } from '../notice/notice.js';
import { keys } from '../page/keys.js';
import { pressNow, reduces, refusalWaits, type Pending } from '../page/pending.js';
import { report, warn } from '../page/report.js';
import { NO } from '../page/no.js';
import { AvowError } from '../public/error.js';
import type { Gate, More } from '../loader/gate/gate.js';
import type { negotiate } from '../page/language.js';
import type { Choices, Export, Delivery as Reached, Transport } from '../public/types.js';
import { NOTHING, type Store } from '../store/store.js';
import type { Core, Decided, OutboxEntry, Page, Pressed } from './core.js';
import type { Stood, ViewRequest } from './wire.js';
import { Device, fromBase64 } from './device.js';
import { findMistakes } from './marks.js';
import type { Handed } from './own.js';
import { ANSWERS, Presses } from './presses.js';
import { keepVerdict } from './verdict.js';
import { running } from './withdrawn.js';
import { dom } from '../page/dom.js';

export interface Start {
  readonly page: Page;
  /** A part of the build: what the core knows of another language, and what a page shows in it. */
  readonly bytes: (name: string) => Promise<ArrayBuffer>;
  readonly json: <T>(name: string) => Promise<T>;
  readonly negotiate: typeof negotiate;
  readonly host: Element;
  /** What the page has been told so far. */
  readonly choices: Choices;
  readonly markup: Markup;
  /** Sets the gate, and what the page reads; without `kind` its listeners hear nothing of it. */
  readonly announce: (choices: Choices, kind?: 'ready' | 'change') => void;
  readonly more: More;
  /** By the marks of the scripts that have run here. */
  readonly rows: Gate['rows'];
  readonly module: (name: string) => Promise<unknown>;
}

const SENDING: ReadonlySet<Reached> = new Set(['waiting', 'erasing']);

export class Consent {
  readonly device: Device;
  readonly delivery: Delivery;
  readonly presses: Presses;
  readonly #element: AvowConsentElement;
  readonly #notice: Notice;
  #choices: Choices;
  #subject: string | undefined;
  /** The id of the last record, where this page made it. */
  #latest: string | undefined;
  /** Denied purposes whose scripts go on, as the page was told last. */
  #running = '';
  /** What was done on this page last, where nothing has come after it. */
  #said: ViewRequest['said'];
  /** The answer that is being carried out. */
  #pressing: Pending['control'] | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** A no that could not be stored: whether it waits for a page that can, or holds here alone. */
  #denied: 'waits' | 'here' | undefined;
  /** Whether this page's gate follows the core; until then the loader's verdict stands. */
  #settled = false;

  readonly #options: Start;

  constructor(
    readonly core: Core,
    readonly store: Store,
    options: Start,
  ) {
    this.#options = options;
    const { page, host } = options;
    this.#choices = options.choices;
    this.device = new Device(page, store);
    this.#element = host as AvowConsentElement;
    const stage = stageOf(this.#element, options.markup, (pressing) => {
      this.#pressed(pressing).catch(report);
    });
    const told = () => ({
      ...this.device.standing(),
      delivery: this.#choices.delivery,
      ...(this.#said ? { said: this.#said } : {}),
    });
    this.#notice = new Notice(core, this.#element, stage, told, page, options.json);
    const { collector } = core.loaded;
    this.delivery = new Delivery(
      core,
      store,
      page.name,
      (left, ended) => this.#progressed(left, ended),
      collector ? http(collector) : undefined,
    );
    this.presses = new Presses(this, page);
    this.#followOtherTabs();
  }

  /**
   * Sets the gate and shows what has to be shown. Carries out first what was pressed before the
   * core was there.
   */
  async begin(kept: string | null, kind: 'ready' | 'change'): Promise<Choices> {
    await this.presses.first(kept);
    await this.inTurn(() => this.refresh(kind));
    this.presses.forget();
    void this.delivery.run('start');
    if (this.#choices.ask) setTimeout(() => this.presses.warmUp());
    return this.#choices;
  }

  /** Takes over a page that the loader's verdict has set, and sends what waits. */
  async resume(): Promise<void> {
    await this.#takeOver();
    this.presses.forget();
    void this.delivery.run('start');
  }

  deliverWith(transport: Transport): void {
    this.delivery.transport = transport;
    void this.delivery.run('start');
  }

  /**
   * One press: sealed, signed and stored in one transaction, which the gate follows. What cannot
   * be asked for there is asked for among the choices: a separate consent that the host asks for,
   * where its facts are told, and what a placeholder asked for in other words.
   */
  async carryOut(pending: Pending, waited = false): Promise<Choices> {
    try {
      return await this.presses.carryOut(pending, waited, this.#subject);
    } catch (error) {
      const { where, message } = error as AvowError;
      const separate = pending.control === 'grant' && where === '/press/selected';
      // A placeholder that speaks another language than the notice does by now.
      const stale = pending.layer === 'frame' && where === '/press/control';
      const asked = separate ? /"(.+?)"/.exec(message)?.[1] : stale && pending.selected[0];
      if (asked && pending.trusted) await this.open('choices', asked);
      throw error;
    }
  }

  /**
   * `yours`: to have the records erased, which is a control of the notice's own. `purpose`: whose
   * control is wanted, among the choices.
   */
  async open(layer?: 'choices' | 'yours', purpose?: string): Promise<void> {
    await this.#takeOver();
    await this.device.look();
    const { ask } = this.#choices;
    if (ask && !layer) this.#notice.show('first');
    else await this.#notice.open(layer ?? 'yours');
    const focus = layer === 'yours' ? 'erase' : ask && !layer ? 'choose' : '';
    const find = (selector: string) =>
      this.#element.shadowRoot?.querySelector<HTMLElement>(selector);
    const on = purpose
      ? find(`input[data-purpose="${CSS.escape(purpose)}"]`)
      : focus && find(`[data-act=${focus}]`);
    if (!on) return;
    const folded = purpose
      ? on.closest('.purpose')?.querySelector('details')
      : on.closest('details');
    if (folded) folded.open = true;
    // Never on a control that erases: the visitor may be in the middle of a word.
    (purpose || !folded ? on : folded.querySelector('summary')!).focus();
    // A modal of the page's has taken the focus back, or left everything else inert: a dialog of
    // ours goes over it, with the same two answers.
    if (!layer && dom.activeElement !== this.#element) await this.#notice.open('choices');
  }

  async identify(subject: string): Promise<void> {
    const act = pressNow({
      control: 'identify' as Pending['control'],
      layer: '',
      via: 'host',
      trusted: false,
      selected: [],
    });
    await this.presses.carryOut(act, false, subject).catch((error: unknown) => {
      // No record to name, or it is named already: the next one will be.
      if (!(error instanceof AvowError && error.code === 'press-refused')) throw error;
    });
    // Only a subject that can be sealed is kept: another would spoil the visitor's next answer.
    this.#subject = subject;
  }

  async export(): Promise<Export> {
    return (await this.#own()).own(this.#options.bytes, this.store);
  }

  /** What opens the visitor's own copy, and erases it: fetched when it is asked for. */
  #own(): Promise<typeof import('./own.js')> {
    return this.#options.module('own') as Promise<typeof import('./own.js')>;
  }

  /** Hands the visitor a file: what the control says that was pressed. */
  async #hand(what: string): Promise<void> {
    const { hand } = await this.#own();
    const { bytes, page } = this.#options;
    await hand(what as Handed, bytes, this.store, this.#notice.sheets, page.language);
  }

  /** From the press on: what is answered meanwhile comes after it, and stays. */
  async #erase(): Promise<void> {
    const { page, bytes } = this.#options;
    const rest = await this.inTurn(async () => (await this.#own()).erase(bytes, this, page));
    await rest?.();
  }

  /** The erasure that is to be sent, or none where nobody can be told, and what holds now. */
  erased(record?: Pressed['record'], decided?: Decided): void {
    this.#said = 'erase';
    if (decided) this.#settle(decided, 'change', 'erasing', 'door');
    else this.#notice.show('door');
    if (record) this.#sent(record);
  }

  /** One thing after the other: what is read is what will be written over. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.catch(() => {}).then(work);
    this.#turn = done;
    return done;
  }

  /** Looks at the device anew, and lets the page follow. */
  async refresh(kind: 'ready' | 'change', writes = !this.store.late): Promise<void> {
    await this.device.look();
    // Another tab may have carried it out since.
    if (this.#denied === 'waits' && !refusalWaits(this.#options.page.name))
      this.#denied = undefined;
    const waiting = await this.store.outbox();
    this.#latest = undefined; // another page may have answered since
    this.#said = undefined;
    const decided = this.core.decide(this.device.standing());
    for (const warning of decided.warnings) warn(warning.text);
    const ended = decided.number !== null && this.device.kept.chain === null; // see `leave`
    const delivery =
      waiting.length === 0 && decided.number === null
        ? 'none'
        : reached(waiting, this.store.durable, ended ? 'erased' : 'none', this.#record);
    this.delivery.tell(waiting, delivery);
    this.#settle(decided, kind, delivery, this.#notice.still(decided), writes);
  }

  /** Opens the gate for what a press granted, or closes it: before the disk has it, and no more. */
  apply({ ask, granted }: Pick<Choices, 'ask' | 'granted'>): void {
    this.#options.announce({ ...this.#choices, ask, granted });
  }

  /** What a press came to, once it is stored. */
  carriedOut(pressed: Pressed, { control, via }: Pending): Choices {
    const { record } = pressed;
    const viaNotice = via === 'notice';
    this.#said = control;
    if (ANSWERS.has(control)) this.#denied = undefined;
    if (control === 'save' || reduces({ control })) dom.dispatchEvent(new Event(NO));
    this.#notice.forget();
    const delivery = record ? (this.store.durable ? 'saved' : 'unsaved') : 'none';
    const layer = viaNotice ? pressed.layer : this.#notice.still(pressed);
    this.#settle(pressed, 'change', delivery, layer);
    if (record) this.#sent(record);
    return this.#choices;
  }

  /** A no that could not be stored holds on this page all the same. */
  async denied(): Promise<void> {
    this.#denied = refusalWaits(this.#options.page.name) ? 'waits' : 'here';
    await this.refresh('change').catch(report);
    this.#notice.show('door');
  }

  /** What the page was told last. */
  get told(): Choices {
    return this.#choices;
  }

  #sent(record: { readonly id: string; readonly bytes: string }): void {
    this.#latest = record.id;
    this.delivery.expect();
    this.delivery.add(record.id, fromBase64(record.bytes));
  }

  async #takeOver(): Promise<void> {
    await this.presses.first();
    await this.inTurn(async () => {
      if (!this.#settled) await this.refresh('change');
    });
  }

  /**
   * The gate, the loader's verdict, the notice and the page's listeners follow what was decided.
   */
  #settle(
    decided: Decided,
    kind: 'ready' | 'change',
    delivery: Reached,
    layer: string | null,
    writes = true,
  ): void {
    const { ask, number, reasons } = decided;
    const known = Object.keys(reasons);
    const granted = decided.granted.filter((id) => !this.#denied || reasons[id]!.why === 'basis');
    const before = JSON.stringify(this.#choices);
    this.#choices = { ask, granted, number, delivery };
    if (!this.#settled) {
      findMistakes(known, this.#options.more);
      this.#followLanguage();
    }
    this.#settled = true;
    this.apply(this.#choices);
    keepVerdict(this.#options.page, decided, this.store.durable, writes && !this.#denied);
    if (layer) this.#notice.show(layer);
    if (kind === 'ready' || before !== JSON.stringify(this.#choices))
      this.#options.announce(this.#choices, kind);
    this.#end(known.filter((id) => !granted.includes(id))).catch(report);
  }

  /** What these purposes have begun on this page, and keep on the device, has to end. */
  async #end(denied: readonly string[]): Promise<void> {
    const { module, page, rows } = this.#options;
    const go = running(denied, rows.keys());
    if (go.length > 0 && go.join() !== this.#running)
      dom.dispatchEvent(new CustomEvent('avow-withdrawn', { detail: { running: go } }));
    this.#running = go.join();
    // After a yes too: a file that is asked for after a no alone would tell the server of it.
    if (!page.baked.clears || this.#choices.ask) return;
    const { clear } = (await module('clear')) as typeof import('../clear/clear.js');
    // Another answer may have been given meanwhile.
    await clear(this.#choices.granted, page.name);
  }

  async #pressed(pressing: Pressing): Promise<void> {
    const { act, layer, trusted, ticked, control: on, seen, begins } = pressing;
    if (ANSWERS.has(act)) {
      const control = act as Pending['control'];
      if (this.#pressing === control) return; // the second half of a double click says nothing new
      const selected = control === 'save' ? ticked : [];
      const { under } = this.#options.page;
      const said = { control, layer, via: 'notice', trusted, selected, under } as const;
      const no = reduces(said) || !on;
      if (begins && no) return;
      const pending = pressNow({
        ...said,
        told: this.#element.tells('changed'),
        ...(no ? {} : { stood: this.#stood(on, seen) }),
      });
      if (begins) {
        this.presses.begin(pending);
        return;
      }
      this.#pressing = control;
      try {
        await this.carryOut(pending);
      } finally {
        this.#pressing = undefined;
      }
    } else if (begins) return;
    else if (act === 'choose' || act === 'change') await this.#notice.open('choices');
    else if (act === 'open') await this.open();
    else if (act === 'close') {
      if (layer === 'choices') this.#notice.keep(ticked);
      this.#notice.show(this.#choices.ask ? 'first' : 'door');
    } else if (trusted || act === 'lists') {
      this.#notice.failed('');
      await (act === 'erase' ? this.#erase() : this.#hand(act)).catch((error) => {
        this.#notice.failed();
        throw error;
      });
    }
  }

  #stood(control: HTMLElement, seen: boolean): Stood {
    const measured = this.#options.markup.stood(control);
    return measured.framed === 'unseen' && seen ? { ...measured, framed: 'seen' } : measured;
  }

  /**
   * A page that changes its language in place, from what the loader saw on: once what was pressed
   * before is carried out, in the words that it answered.
   */
  #followLanguage(): void {
    const { page, host, negotiate, bytes, json } = this.#options;
    // What the page itself speaks now, as near as the policy's languages come to it.
    const spoken = () => negotiate([dom.documentElement.lang, page.language], page.baked.languages);
    // The tag, or the notice that the page declares, may have named another language.
    const folder = new URL('.', import.meta.url).href;
    const ours = ({ src, dataset }: HTMLScriptElement) =>
      dataset['lang'] && (dataset['built'] || src.startsWith(folder));
    const named = (host as HTMLElement).lang || [...dom.scripts].some(ours);
    if (named && spoken() !== page.language) return;
    const speak = async () => {
      const language = spoken();
      if (language === page.language) return;
      await (await this.#own()).speak(this.core, page, language, bytes, json);
      // Ticks that the visitor has made stay: the next layer has the new words.
      const { shownLayer } = this.#element;
      if (shownLayer === 'yours') await this.#notice.open('yours');
      else if (shownLayer && shownLayer !== 'choices') this.#notice.show(shownLayer);
    };
    const follow = () => void this.inTurn(speak).catch(report);
    new MutationObserver(follow).observe(dom.documentElement, { attributeFilter: ['lang'] });
    follow();
  }

  #followOtherTabs(): void {
    const { verdict, waiting } = keys(this.#options.page.name);
    // The verdict stays as the other tab wrote it: two tabs that differ would answer each other for
    // ever.
    const again = () => void this.inTurn(() => this.refresh('change', false)).catch(report);
    addEventListener('storage', ({ key, newValue }) => {
      // Another tab answered, or everything was cleared: this one shows and gates what holds now.
      if (key === verdict || key === null) again();
      else if (key === waiting && newValue !== WAITS && SENDING.has(this.#choices.delivery)) {
        // it was sent there
        this.store
          .outbox()
          .then((left) => this.#progressed(left))
          .catch(report);
      }
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) again(); // no storage event reached it while it was away
    });
  }

  /**
   * The id of the record that tells what is held; not known of an anonymous refusal that another
   * page made.
   */
  get #record(): string | undefined {
    return this.#latest ?? this.device.chain.head;
  }

  #progressed(left: readonly OutboxEntry[], ended?: OutboxEntry): void {
    if (ended?.op === 'set') void this.#leave(ended.device).catch(report);
    const before = ended?.op === 'set' ? 'erased' : this.#choices.delivery;
    const delivery = reached(left, this.store.durable, before, this.#record);
    this.delivery.tell(left, delivery);
    if (delivery === this.#choices.delivery) return;
    this.#choices = { ...this.#choices, delivery };
    this.#notice.update();
    this.#options.announce(this.#choices, 'change');
  }

  /**
   * The backend has erased this chain, by the receipt: nothing can be added to it, and it goes here
   * too. The answers hold.
   */
  async #leave(device: string): Promise<void> {
    await this.inTurn(() =>
      this.store.transact((kept) =>
        (kept.chain as { device?: string } | null)?.device === device
          ? { kept: { ...NOTHING, held: kept.held }, unlink: true }
          : null,
      ),
    );
  }
}
