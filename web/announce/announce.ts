// Tells of a change of the policy before it holds (docs/CHANGE.md): a card, the whole announcement
// where somebody wants it, and what they think of it, sealed here. Who has closed it is not told
// again. Fetched while a build announces a change; `avow build` bakes the announcement in.

import { http } from '../delivery/transport.js';
import type { Extra } from '../loader/gate/gate.js';
import { controlOf, fill, raise, vouching, type Rules } from '../loader/markup.js';
import { dom } from '../page/dom.js';
import { memory } from '../page/memory.js';
import { seconds } from '../page/signals.js';
import { store } from '../page/store.js';
import type { Avow } from '../public/types.js';

interface Baked {
  /** The announcement's id, hexadecimal. */
  readonly change: string;
  readonly language: string;
  readonly card: string;
  readonly whole: string;
  readonly css: string;
  readonly sent: string;
  readonly unsent: string;
  /** Seconds since 1970: what people think is heard before this. */
  readonly until: number;
  /** To whom a message is sealed, and where it is put; "": nowhere. */
  readonly collector: string;
  readonly site: string;
  readonly keys: readonly string[];
  readonly policy: string;
}
declare const AVOW_BAKED: Baked;
const baked = AVOW_BAKED;

export interface Options {
  readonly rules: Rules;
  readonly report: (error: unknown) => void;
  readonly bytes: (name: string) => Promise<ArrayBuffer>;
  readonly module: (name: string) => Promise<unknown>;
}

/** Where it is remembered which announcement was closed. */
const TOLD = `${store}:told`;

export function start({ rules, report, bytes, module }: Options): Extra {
  vouching(rules);
  const { avow } = globalThis as unknown as { avow: Avow };
  const host = dom.createElement('avow-announcement');
  const root = fill(host, baked.card + baked.whole, baked.css);
  const whole = root.querySelector('dialog')!;
  const form = root.querySelector('form');

  const closed = () => memory.get(TOLD) === baked.change;

  /** The question comes first: who has to answer it is told of the change after. */
  function follow(): void {
    if (closed()) host.remove();
    else if (!avow.choices.ask && !host.isConnected) raise(host);
  }

  function end(): void {
    memory.set(TOLD, baked.change);
    host.remove();
  }

  /** Sealed to the company by a key that is thrown away: it names nobody. */
  async function say(message: string, reply: string): Promise<void> {
    const { say } = (await module('own')) as typeof import('../consent/own.js');
    const { site, keys, policy, change, language, collector } = baked;
    const request = { now: seconds(), site, keys, policy, change, language, message, reply };
    const sealed = await say(await bytes('own-wasm'), request);
    const answer = await http(collector)(sealed);
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`A message was not taken: ${answer.status} ${answer.body ?? ''}`);
  }

  root.addEventListener('click', ({ target }) => {
    const act = controlOf(target as Element)?.dataset['act'];
    if (act === 'whole') {
      // The day may have come since the build.
      if (form && seconds() >= baked.until) form.remove();
      whole.showModal();
      whole.querySelector('h2')!.focus();
    } else if (act === 'told') end();
    else if (act === 'close' || act === 'open') whole.close();
    if (act === 'open') avow.open().catch(report);
  });
  whole.addEventListener('close', end);

  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const [message, reply] = [...new FormData(form).values()].map((one) => String(one).trim());
    const button = form.querySelector('button')!;
    const told = form.querySelector('output')!;
    if (!message || button.disabled) return;
    button.disabled = true;
    told.textContent = '';
    say(message, reply!).then(
      () => {
        form.replaceChildren(told);
        told.textContent = baked.sent;
      },
      (error) => {
        report(error);
        button.disabled = false;
        told.textContent = baked.unsent;
      },
    );
  });

  for (const kind of ['avow-ready', 'avow-change']) dom.addEventListener(kind, follow);
  addEventListener('storage', follow);
  // A framework may have put another body in the place of the one that it stood before.
  new MutationObserver(follow).observe(dom.documentElement, { childList: true });
  avow.ready.then(follow, report);
  return { follow };
}
