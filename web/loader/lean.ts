// The line of pages that bring their notice along in their HTML (head.html, inline.LANGUAGE.html).
// For who has answered it applies the verdict, and that is all; for everybody else, and for every
// press, it fetches the rest.

import { keys, memory } from '../page/memory.js';
import { once } from '../page/once.js';
import { seconds } from '../page/signals.js';
import { store } from '../page/store.js';
import { holds, storedVerdict } from '../page/verdict.js';
import type { Avow, Choices } from '../public/types.js';
import { baked } from './baked.js';
import { Gate } from './gate/gate.js';
import { actOf, opens, vouching } from './markup.js';
import { runModule } from './module.js';
import type { Running } from './run.js';
import { dom } from '../page/dom.js';

export type * from '../public/types.js';

const tag = [...dom.scripts].find((one) => one.src === import.meta.url);
const nonce = tag?.nonce ?? '';
const stored = keys(store);
const verdict = storedVerdict(stored.verdict);

/** The notice that the page declares. */
const host = dom.querySelector('avow-consent');
const root = host?.shadowRoot;
let gate: Gate | undefined;
let running: Running | undefined;

const rest = once(async (): Promise<Running> => {
  const module = (await runModule(baked.rest!, nonce)) as typeof import('./rest.js');
  running = module.start(tag, { gate, rules: vouching() });
  return running;
});

/**
 * Who presses before the rest is there has pressed all the same; `otherwise`: if it never comes.
 */
const later = <T>(
  use?: (running: Running) => T | Promise<T>,
  otherwise?: () => unknown,
): Promise<T> =>
  rest().then(use!, (error) => {
    console.error(`avow: core-unavailable: ${error}`);
    return otherwise?.() as T;
  });

function press(event: Event): void {
  if (running) return; // it listens itself
  const [target] = event.composedPath() as Element[];
  const act = actOf(target!);
  if (act && target!.getRootNode() === root)
    later(
      (running) => running.answered(act, event.isTrusted, target!),
      () => {
        // Nothing can be granted without the rest; a no holds, and the next page carries it out.
        if (!/refuse|withdraw/.test(act)) return;
        memory.remove(stored.verdict);
        // As page/pending.ts writes a no that vouches for nothing.
        const no = JSON.stringify({
          control: act,
          via: 'notice',
          selected: [],
          at: seconds(),
          mark: Math.random(),
        });
        memory.set(stored.pending, `${no}\n`);
        gate?.apply([]);
        host!.remove();
      },
    );
  else if (opens(event)) later(({ avow }) => avow.open());
}

/**
 * Another tab answered, or this page comes back from the cache: what was applied may hold no
 * longer.
 */
function changed({ key, persisted }: { key?: string | null; persisted?: boolean }): void {
  if (!running && (key === stored.verdict || key === null || persisted)) later();
}

/** The notice stands in the page already: it is painted before anything else is fetched. */
const calm = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));

/** What holds until a verdict says otherwise, and without the rest for good. */
let choices: Choices = { ask: true, granted: [], number: null, delivery: 'none' };
if (
  verdict &&
  memory.get(stored.pending) === null &&
  holds(verdict, baked.policy, tag?.dataset['place'] ?? '')
) {
  gate = new Gate(nonce, (name) => later(({ more }) => more(name)));
  const { granted, number, regime } = verdict;
  gate.apply(granted);
  choices = { ask: false, granted, number, delivery: number === null ? 'none' : 'delivered' };
  if (baked.doors && regime !== 'opt-in') later();
}

export const avow = {
  // Never rejects: without the rest everything stays denied.
  ready: choices.ask
    ? calm().then(() =>
        later(
          ({ avow }) => avow.ready,
          () => choices,
        ),
      )
    : Promise.resolve(choices),
  get choices() {
    return running?.avow.choices ?? choices;
  },
} as unknown as Avow;
const API = 'open refuse withdraw grant identify export erase deliverWith';
for (const name of API.split(' ') as Exclude<keyof Avow, 'ready' | 'choices'>[])
  avow[name] = ((...all: never[]) =>
    later(({ avow }) => (avow[name] as (...all: never[]) => unknown)(...all))) as never;

(self as { avow?: Avow }).avow = avow;
addEventListener('click', press, true);
addEventListener('storage', changed);
addEventListener('pageshow', changed);
if (!choices.ask) dom.dispatchEvent(new CustomEvent('avow-ready', { detail: choices }));
// What waits to be sent, a change that is announced, and a page that does not declare its notice
// want the rest at once.
if (!root || baked.announces || memory.get(stored.waiting) !== null) later();
