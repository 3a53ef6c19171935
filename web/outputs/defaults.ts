// The inline script that tells the tags of others what holds before anybody has answered. It stands
// before all of them.

import { gpc } from '../page/signals.js';
import { store } from '../page/store.js';
import { send } from './send.js';

/** The calls of each queue, as core/consent/outputs.cpp makes them. */
type Calls = Readonly<Record<string, readonly (readonly unknown[])[]>>;

/** Without and with Global Privacy Control; `avow build` writes it in the place of this name. */
declare const AVOW_BAKED: readonly [Calls, Calls];

/** Who has answered is told of in a moment: until then no place's default grants anything. */
const answered = (() => {
  try {
    return Boolean(
      localStorage.getItem(`${store}:verdict`) || localStorage.getItem(`${store}:pending`),
    );
  } catch {
    return false;
  }
})();

for (const [queue, calls] of Object.entries(AVOW_BAKED[gpc() ? 1 : 0])) {
  for (const call of calls) {
    const regional = (call[2] as { region?: unknown } | undefined)?.region;
    if (!(answered && regional)) send[queue]!(...call);
  }
}
