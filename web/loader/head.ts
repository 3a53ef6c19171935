// The inline script of head.html, for pages that bring their notice along in their HTML
// (inline.LANGUAGE.html). For who has answered it takes the notice away before it is painted and
// applies the verdict, and that is all; for everybody else, and for every press, it fetches the
// rest. It is the same for every policy: what it has to know stands on its element.

import { pathOf, type Clicked } from '../page/clicked.js';
import { drawn } from '../page/drawn.js';
import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { placeOf } from '../page/place.js';
import { seconds } from '../page/signals.js';
import { store } from '../page/store.js';
import { holds, readVerdict } from '../page/verdict.js';
import type { Avow, Choices } from '../public/types.js';
import type { Part } from './baked.js';
import { gateOf, type Gate } from './gate/gate.js';
import { opens, vouching } from './markup.js';
import { runModule } from './module.js';
import type { Running } from './run.js';
import { dom } from '../page/dom.js';

/** What `avow build` writes on the element, as data-built. */
interface Built {
  /** SHA-256 of the canonical facts, hexadecimal. */
  readonly policy: string;
  /** What is fetched for all else: its address, and its integrity. */
  readonly rest: Part;
  /** The one regime in which what came after an answer waits; each, where it does not say. */
  readonly waits?: string;
}

// A copy, pasted twice or put in by somebody: two gates would run everything twice. An element may
// have the name, or be in a form of that name, but keeps no promise.
if ((self as { avow?: Partial<Avow> }).avow?.ready?.then) throw 'avow twice';

const tag = dom.currentScript as HTMLScriptElement;
const built = JSON.parse(tag.dataset['built']!) as Built;
const nonce = tag.nonce;
const stored = keys(store);
const found = memory.get(stored.verdict);
const verdict = readVerdict(found);
const pending = memory.get(stored.pending);

let gate: Gate | undefined;
let running: Running | undefined;
let clicked: Clicked = [];

/** The notice that the page declares. */
const declared = () => dom.querySelector<HTMLElement>('avow-consent');

async function fetchRest(): Promise<Running> {
  const module = (await runModule(built.rest, nonce)) as typeof import('./rest.js');
  if (!declared()) await whole();
  running = module.start(tag, { gate, granted: choices.granted, rules: vouching(), clicked });
  return running;
}

let rest: Promise<Running> | undefined;

/**
 * Who presses before the rest is there has pressed all the same; `otherwise`: if it never comes.
 */
const later = <T>(
  use?: (running: Running) => T | Promise<T>,
  otherwise?: () => unknown,
): Promise<T> => {
  const mine = (rest ??= fetchRest());
  return mine.then(use!, (error) => {
    if (rest === mine) rest = undefined; // who presses again tries again
    console.error(`avow: core-unavailable: ${error}`);
    return otherwise?.() as T;
  });
};

/** Nothing can be granted without the rest; a no holds, and the next page carries it out. */
function holdNo(control: string, via: string): Choices | undefined {
  if (!/refuse|withdraw/.test(control)) return;
  memory.remove(stored.verdict);
  // As page/pending.ts writes a no that vouches for nothing.
  const no = { control, via, selected: [], at: seconds(), mark: Math.random() };
  memory.set(stored.pending, `${JSON.stringify(no)}\n`);
  gate?.apply([]);
  declared()?.remove();
  choices = { ask: false, granted: [], number: null, delivery: 'none' };
  tell('change');
  return choices;
}

function press(event: Event): void {
  if (running) return; // it listens itself
  const path = pathOf(event);
  clicked = [event, path];
  const control = path.find(({ dataset }) => dataset?.['act']);
  const act = control?.dataset['act'];
  if (act && declared()?.shadowRoot?.contains(control!))
    later(
      (running) => running.answered(act, event.isTrusted, control),
      () => holdNo(act, 'notice'),
    );
  else if (opens(event, path)) later(({ avow }) => avow.open());
}

/**
 * Another tab answered, or this page comes back from the cache: what was applied may hold no
 * longer.
 */
function changed({ key, persisted }: { key?: string | null; persisted?: boolean }): void {
  if (!running && (key === stored.verdict || key === null || persisted)) later();
}

/** When all of the page's HTML is there. */
const whole = (): Promise<unknown> =>
  new Promise((resolve) => {
    if (dom.readyState === 'loading') addEventListener('DOMContentLoaded', resolve);
    else resolve(0);
  });

/** What holds until a verdict says otherwise, and without the rest for good. */
let choices: Choices = { ask: true, granted: [], number: null, delivery: 'none' };

function tell(kind: string): void {
  dom.dispatchEvent(new CustomEvent(`avow-${kind}`, { detail: choices }));
}

/** Never rejects: without the rest everything stays denied. */
let ready: Promise<Choices>;

if (verdict && pending === null && holds(verdict, built.policy, placeOf(tag))) {
  const { granted, number, regime } = verdict;
  gate = gateOf(nonce, (name) => later(({ more }) => more(name)));
  gate.apply(granted);
  choices = { ask: false, granted, number, delivery: number === null ? 'none' : 'delivered' };
  ready = Promise.resolve(choices);
  whole().then(() => {
    // For this the browser has to open more of the storage: not before what is allowed runs.
    addEventListener('storage', changed);
    tell('ready');
    const host = declared();
    if (host) {
      // Above all of the page, out of reach of what is done to its body; older browsers have no
      // popovers. Only now: it has the whole page styled, for which what is allowed does not wait.
      host.popover = 'manual';
      host.togglePopover?.(true);
    }
    // What waits to be sent, a change that is announced, another answer than was applied, and a
    // page that does not declare what rests on it want the rest at once.
    if (
      (built.waits && built.waits !== regime) ||
      !host?.shadowRoot ||
      memory.get(stored.waiting) !== null ||
      memory.get(stored.verdict) !== found
    )
      later();
  });
}
// The notice stands in the page already: it is painted before anything else is fetched.
else
  ready = whole()
    .then(drawn)
    .then(() =>
      later(
        ({ avow }) => avow.ready,
        () => choices,
      ),
    );

// Whether a stored answer still holds takes longer to find out than to paint: until then the door
// stands for it.
if (pending || found) {
  const seen = new MutationObserver(() => {
    const host = declared();
    host?.setAttribute('answered', !pending && verdict?.withdrawable ? 'yes' : '');
    if (host || dom.readyState !== 'loading') seen.disconnect();
  });
  seen.observe(document, { childList: true, subtree: true });
}

const avow = {
  ready,
  get choices() {
    return running?.avow.choices ?? choices;
  },
} as unknown as Avow;
const API = 'open refuse withdraw grant identify export erase deliverWith';
for (const name of API.split(' ') as Exclude<keyof Avow, 'ready' | 'choices'>[])
  avow[name] = ((...all: never[]) =>
    later(
      ({ avow }) => (avow[name] as (...all: never[]) => unknown)(...all),
      () => holdNo(name, 'script'),
    )) as never;

(self as { avow?: Avow }).avow = avow;
addEventListener('click', press, true);
addEventListener('pageshow', changed);
