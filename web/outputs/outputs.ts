// Tells the tags of others what may run: one full update a decision, none where nothing changed.
// What each signal follows is the policy's word, made ready by core/consent/outputs.cpp.

import { dom } from '../page/dom.js';
import type { Avow, Choices } from '../public/types.js';
import { layer, send } from './send.js';

type Signals = Readonly<Record<string, 'granted' | 'denied'>>;

interface Baked {
  /** By receiver and signal: the purposes that must all be granted; null: it never is. */
  readonly follows: Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>>;
  /** What the inline script has told. */
  readonly told: Readonly<Record<string, Signals>>;
  /** The name of the event. */
  readonly event?: string;
}
/** `avow build` writes the value in the place of this name. */
declare const AVOW_BAKED: Baked;
const { follows, told, event } = AVOW_BAKED;

/** How each receiver takes an update. */
const receivers: Readonly<Record<string, (signals: Signals) => void>> = {
  google: (signals) => send['dataLayer']!('consent', 'update', signals),
  uet: (signals) => send['uetq']!('consent', 'update', signals),
  clarity: (signals) => send['clarity']!('consentv2', signals),
  event: (purposes) => layer().push({ event, avow: purposes }),
};

const last: Record<string, string> = {};
for (const name in told) last[name] = JSON.stringify(told[name]);

function tell({ granted }: Choices): void {
  for (const name in follows) {
    const signals = Object.fromEntries(
      Object.entries(follows[name]!).map(([signal, purposes]) => [
        signal,
        purposes?.every((one) => granted.includes(one)) ? 'granted' : 'denied',
      ]),
    ) as Signals;
    const now = JSON.stringify(signals);
    if (now !== last[name]) receivers[name]!(signals);
    last[name] = now;
  }
}

for (const kind of ['avow-ready', 'avow-change'])
  dom.addEventListener(kind, (heard) => tell((heard as CustomEvent<Choices>).detail));
// Where the loader was first.
const running = (self as { avow?: Avow }).avow;
running?.ready?.then(() => tell(running.choices));
