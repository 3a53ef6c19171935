// What a press rests on: how the notice stands when it is pressed, and how it stood before. A style
// sheet can show it only then (`:hover`, `:focus-within`), over words that somebody meant to press.

import type { Stood } from '../consent/wire.js';
import { dom } from './dom.js';
import { measured, painted } from './stood.js';

/** Milliseconds between one look at what stands and the next; what counts is the last but one. */
const EVERY = 500;

/** Where it stands and what is over it changes on any page, and is measured at the press alone. */
type Look = ReturnType<typeof painted>;
/** The last two looks at a layer of the notice, or at a placeholder. */
const looks = new WeakMap<Node, readonly [Look, Look]>();
const placeOf = (control: Element) => control.closest('[data-layer]') ?? control.getRootNode();

/** The worst figures of now and before, if it has been looked at. */
export function stood(control: HTMLElement, ...of: [act?: string, made?: Element | null]): Stood {
  const now = measured(control, ...of);
  const worst = { ...looks.get(placeOf(control))?.[0] } as Record<string, unknown>;
  for (const [name, figure] of Object.entries(now))
    if (!(worst[name]! < figure)) worst[name] = figure;
  return worst as unknown as Stood;
}

setInterval(() => {
  for (const { shadowRoot } of dom.querySelectorAll('avow-consent,avow-embed')) {
    const control = shadowRoot?.querySelector<HTMLElement>('[data-act=accept],[data-act=frame]');
    if (!control?.getClientRects()[0]) continue;
    const [place, look] = [placeOf(control), painted(control)];
    looks.set(place, [looks.get(place)?.[1] ?? look, look]);
  }
}, EVERY);
