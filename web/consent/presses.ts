// Carrying out presses: each is sealed, signed and stored in one transaction, in the order they
// were made, and once, whatever other tabs do.

import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import {
  dropPress,
  keepPress,
  pressNow,
  pressWaits,
  reduces,
  waitingPresses,
  type Pending,
} from '../page/pending.js';
import { report } from '../page/report.js';
import { framed } from '../page/framed.js';
import { AvowError } from '../public/error.js';
import type { Choices } from '../public/types.js';
import type { Change, Kept } from '../store/store.js';
import type { Consent } from './consent.js';
import type { Page, Pressed } from './core.js';
import type { Stood } from './wire.js';
import { changeOf } from './device.js';

/** The controls that answer everything. */
export const ANSWERS = new Set(['accept', 'refuse', 'save', 'withdraw']);

/** How a press came to be carried out. */
interface Way {
  /** It stands in localStorage meanwhile. */
  readonly remembered: boolean;
  /** It comes from there, where other tabs find it too. */
  readonly waited: boolean;
  /** And nobody on this page made it. */
  readonly stored?: boolean;
  /** The account to seal in, where one was named. */
  readonly subject?: string | undefined;
}
/** What a press comes to, by what was asked. */
interface Computed {
  readonly asked: string;
  readonly at: number;
  readonly pressed: Pressed;
  readonly keyring: Uint8Array;
}
const WAITED = { remembered: true, waited: true };

/** By then every tab sees that a press no longer waits. */
const SEEN = 1_000;

export class Presses {
  /** What was computed while the pointer was down. */
  #begun: Computed | undefined;
  /** Once what waited for a core has been carried out. */
  #caughtUp: Promise<void> | undefined;

  readonly #consent: Consent;
  readonly #page: Page;

  constructor(consent: Consent, page: Page) {
    this.#consent = consent;
    this.#page = page;
  }

  get #waiting(): string | null {
    return memory.get(keys(this.#page.name).pending);
  }

  /** What was said while there was no core comes first, once a page, whichever door brought it. */
  first(kept = this.#waiting, but?: Pending): Promise<void> {
    this.#caughtUp ??= this.#catchUp(kept, but);
    return this.#caughtUp;
  }

  /** In its order: a later answer must not come before an earlier one. */
  async #catchUp(kept: string | null, but?: Pending): Promise<void> {
    const waiting = waitingPresses(kept ?? '').filter(({ mark }) => mark !== but?.mark);
    // none can be carried out
    if (waiting.length === 0 && !but && kept === this.#waiting)
      memory.remove(keys(this.#page.name).pending);
    for (const press of waiting) {
      // What was shown then is not what would be recorded now: a yes is asked again.
      const grants = press.control === 'accept' || press.selected.length > 0;
      if (grants && press.under && press.under !== this.#page.under)
        dropPress(this.#page.name, press);
      // A store that lasts is still to come: a no holds by waiting for it, and makes no record on
      // each page until then.
      else if (!this.#consent.store.late)
        await this.#perform(press, { ...WAITED, stored: true }).catch(report);
    }
  }

  /**
   * A no is remembered before, so that nothing that fails in between loses it; a yes as soon as the
   * gate has it. `waited`: it comes from there, where other tabs find it too.
   */
  async carryOut(pending: Pending, waited: boolean, subject?: string): Promise<Choices> {
    const { name } = this.#page;
    const remembered =
      waited || (reduces(pending) && (pressWaits(name, pending) || keepPress(name, pending)));
    await this.first(undefined, pending);
    // A no that could not be stored comes before any yes: while it cannot be, nor can the yes.
    if (!reduces(pending) && !this.#consent.store.late) {
      for (const no of waitingPresses(this.#waiting ?? '').filter(reduces))
        await this.#perform(no, WAITED);
    }
    return this.#perform(pending, { remembered, waited, subject });
  }

  /** What a press comes to, for what the device keeps. */
  #computed(
    { layer, under, mark, ...act }: Pending,
    kept: Kept,
    { stored = false, subject }: Partial<Way> = {},
  ): Computed {
    const { core, device } = this.#consent;
    // A no to a text that has changed since is recorded without one, rather than with the wrong
    // one.
    const shown = layer && (under ?? this.#page.under) === this.#page.under ? { layer } : {};
    const request = {
      ...device.visit(kept, mark),
      press: {
        ...act,
        ...shown,
        ...(stored ? { stored } : {}),
        // Of one that another page kept, nobody knows where that stood.
        ...(act.control === 'grant' && (stored || framed()) ? { framed: true } : {}),
      },
      ...(subject === undefined ? {} : { subject }),
    };
    const begun = this.#begun;
    this.#begun = undefined;
    // But for the time: within a second it is one press.
    const asked = JSON.stringify({ ...request, now: 0, press: { ...request.press, at: 0 } });
    if (begun?.asked === asked && act.at - begun.at <= 1 && !kept.keyring) return begun;
    const [pressed, keyring] = core.press(request, kept.keyring);
    return { asked, at: act.at, pressed, keyring };
  }

  /** The pointer is down: computes what will have been said when it is up. Nothing is stored. */
  begin(pending: Pending): void {
    const { device } = this.#consent;
    const begun = (this.#begun =
      device.kept.chain === null ? attempt(() => this.#computed(pending, device.kept)) : undefined);
    // Its secrets do not stay where nothing was pressed.
    setTimeout(() => {
      if (this.#begun === begun) this.#begun = undefined;
    }, SEEN);
  }

  #perform(pending: Pending, way: Way): Promise<Choices> {
    const { remembered, waited } = way;
    const { device, store, delivery } = this.#consent;
    const { name } = this.#page;
    return this.#consent.inTurn(async () => {
      // Computed while the database is read, where what it will say is known and holds no secret.
      const guessed = device.kept;
      const compute = (kept: Kept) => this.#computed(pending, kept, way);
      const guess = guessed.chain === null ? attempt(() => compute(guessed)) : undefined;
      let answer: Pressed | undefined;
      let elsewhere = false;
      const change = (kept: Kept, done: boolean): Change => {
        // Looked up inside the transaction, where tabs go one by one; what another tab took out of
        // localStorage may be seen here late. And a yes must not come again after a later no, but a
        // no is carried out even where its line was cleared.
        elsewhere =
          remembered && (done || (!pressWaits(name, pending) && (waited || !reduces(pending))));
        if (elsewhere)
          throw new AvowError('press-refused', 'Another page carried it out.', '/press');
        const { pressed, keyring } = guess && same(kept, guessed) ? guess : compute(kept);
        answer = pressed;
        // Before the commit: a page that ends right after it leaves the next one a sign that
        // something waits.
        if (pressed.entry) delivery.expect();
        return changeOf(pressed, keyring);
      };
      const before = this.#consent.told;
      try {
        await store.transact(change, String(pending.mark), () => {
          // The record is in the transaction: what may run need not wait for the disk.
          this.#consent.apply(answer!);
          if (!remembered && pending.trusted) keepPress(name, pending);
        });
      } catch (error) {
        if (elsewhere) {
          this.#over(pending);
          await this.#consent.refresh('change', false);
          return this.#consent.told;
        }
        if (answer) this.#consent.apply(before); // it was not stored after all
        // A yes that may not be said is over. What could not be stored is kept for the next page,
        // and a no holds already.
        const over =
          error instanceof AvowError && (!reduces(pending) || error.where.startsWith('/press'));
        if (over) {
          dropPress(name, pending);
          // The notice that was pressed has gone meanwhile: the question is still open.
          await this.#consent.refresh('change').catch(report);
        } else if (reduces(pending)) await this.#consent.denied();
        throw error;
      }
      this.#over(pending);
      device.remember(changeOf(answer!, NO_KEYRING).kept);
      return this.#consent.carriedOut(answer!, pending);
    });
  }

  /** The press no longer waits. Its mark stays until every tab sees that. */
  #over(pending: Pending): void {
    // a later page carries it out where it lasts
    if (this.#consent.store.late && reduces(pending)) return;
    dropPress(this.#page.name, pending);
    // An answer to everything takes the place of those that came before it and could not be carried
    // out.
    if (ANSWERS.has(pending.control)) {
      for (const older of waitingPresses(this.#waiting ?? ''))
        if (older.at < pending.at) dropPress(this.#page.name, older);
    }
    // Not as the page ends: WebKit keeps a transaction of a page that left, and with it every later
    // one, waiting.
    setTimeout(() => this.forget(), SEEN);
  }

  forget(): void {
    this.#consent.store.forget().catch(() => {}); // the next page does it
  }

  /**
   * A press that is thrown away: the first one compiles what it runs, the visitor's then does not.
   */
  warmUp(): void {
    const act = pressNow({
      control: 'accept',
      layer: 'first',
      via: 'notice',
      trusted: true,
      selected: [],
      stood: FAIR,
    });
    const { mark, under, ...press } = act;
    const { core, device } = this.#consent;
    attempt(() =>
      core.press({ ...device.visit({ held: null, chain: null, keyring: null }), press }, null),
    );
  }
}

const NO_KEYRING = new Uint8Array();

/** What lets a press be computed to its end. */
const FAIR: Stood = {
  alike: 100,
  clear: 100,
  contrast: 2_100,
  height: 44,
  opacity: 100,
  reached: 100,
  framed: 'none',
};

function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

const same = (a: Kept, b: Kept): boolean =>
  a.keyring === null &&
  b.keyring === null &&
  JSON.stringify([a.held, a.chain]) === JSON.stringify([b.held, b.chain]);
