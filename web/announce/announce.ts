// Tells of a change of the policy before it holds (docs/CHANGE.md): a card, the whole announcement
// where somebody wants it, and what they think of it, sealed here. Who has closed it is not told
// again. Fetched while a build announces a change; `avow build` bakes the announcement in.

import { http } from '../delivery/transport.js';
import type { Extra } from '../loader/gate/gate.js';
import { controlOf, fill, raise, vouchBy, type Rules } from '../loader/markup.js';
import { dom } from '../page/dom.js';
import { toldKey } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { parsed } from '../page/memory.js';
import { seconds } from '../page/signals.js';
import { store } from '../page/store.js';
import { AvowError } from '../public/error.js';
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
  readonly acknowledge: 'echo' | 'status';
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

/** After which a live region is known to those who read it out. */
const SETTLED = 100;
/** Between the card and what is scrolled clear of it, in pixels. */
const ROOM = 8;

export function start({ rules, report, bytes, module }: Options): Extra {
  vouchBy(rules);
  const { avow } = globalThis as unknown as { avow: Avow };
  const key = toldKey(store);
  const host = dom.createElement('avow-announcement');
  const root = fill(host, baked.card + baked.whole, baked.css);
  const whole = root.querySelector('dialog')!;
  const form = root.querySelector('form');
  /** Closed here, also where nothing can be remembered. */
  let over = false;
  /**
   * Whoever was asked on this page has said enough on it: a message that came at once after a
   * refusal could be put beside it.
   */
  let asked = false;
  let sending = false;

  // What the keyboard reaches comes clear of the card, at the page's end too (WCAG 2.2, 2.4.11).
  const clear = new CSSStyleSheet();
  dom.adoptedStyleSheets.push(clear);
  const card = root.querySelector<HTMLElement>('.card')!;
  new ResizeObserver(() => {
    const { scrollHeight, clientHeight } = dom.documentElement;
    const stands = host.isConnected && scrollHeight > clientHeight;
    const high = stands ? Math.ceil(innerHeight - card.getBoundingClientRect().top + ROOM) : 0;
    clear.replaceSync(
      high
        ? `@media screen{:where(:focus-visible){scroll-margin-bottom:${high}px}` +
            `html::after{content:"";display:block;height:${high}px}}`
        : '',
    );
  }).observe(card);

  const unsent = () => sending || Boolean(form?.querySelector('textarea')?.value.trim());

  /** The question comes first, and a page in a frame leaves it to the one around it. */
  function follow(): void {
    asked ||= avow.choices.ask;
    if (over || asked || self !== top || memory.get(key) === baked.change) {
      // Never from under somebody who reads or writes.
      if (!whole.open && !unsent()) host.remove();
    } else if (!host.isConnected) {
      raise(host);
      const heard = root.querySelector('output')!;
      setTimeout(() => (heard.textContent = root.querySelector('h2')!.textContent), SETTLED);
    }
  }

  function end(): void {
    over = true;
    memory.set(key, baked.change);
    const focused = dom.activeElement === host;
    host.remove();
    if (focused)
      dom
        .querySelector('avow-consent')
        ?.shadowRoot?.querySelector<HTMLElement>('[data-act=open]')
        ?.focus();
  }

  /** The same words are the same record, however often they are sent. */
  let sealed: Awaited<ReturnType<typeof seal>> | undefined;
  let words = '';

  /** To the company, by a key that is thrown away: it names nobody. */
  async function seal(message: string, reply: string) {
    const { say } = (await module('own')) as typeof import('../consent/own.js');
    const { site, keys, policy, change, language } = baked;
    const request = { now: seconds(), site, keys, policy, change, language, message, reply };
    return say(bytes, request);
  }

  async function send(message: string, reply: string): Promise<void> {
    const { collector, acknowledge } = baked;
    const now = JSON.stringify([message, reply]);
    if (now !== words) sealed = undefined;
    words = now;
    sealed ??= await seal(message, reply);
    const { status, body = '' } = await http(collector)(sealed);
    // As for the record of an answer: whoever answers 200 to everything has stored nothing.
    const stored =
      acknowledge === 'status' || parsed<{ stored?: string }>(body)?.stored === sealed.digest;
    if (status < 200 || status > 299 || !stored)
      throw new AvowError('message-unsent', `The backend answered ${status}.`);
  }

  root.addEventListener('click', ({ target }) => {
    const act = controlOf(target as Element)?.dataset['act'];
    if (act === 'whole') {
      // The day may have come since the build.
      if (form && !unsent() && seconds() >= baked.until) form.remove();
      whole.showModal();
      whole.querySelector('h2')!.focus();
    } else if (act === 'told') end();
    else if (act === 'close' || act === 'open') whole.close();
    if (act === 'open') avow.open().catch(report);
  });
  // What was written stays, and the card by which one comes back to it.
  whole.addEventListener('close', () => unsent() || end());

  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const [message, reply] = [...new FormData(form).values()].map((one) => String(one).trim());
    const told = form.querySelector('output')!;
    if (!message || sending) return;
    const busy = (is: boolean) => {
      sending = is;
      form.ariaBusy = String(is);
      for (const field of form.querySelectorAll<HTMLInputElement>('textarea,input'))
        field.readOnly = is;
    };
    busy(true);
    told.textContent = '';
    send(message, reply!).then(
      () => {
        busy(false);
        told.tabIndex = -1;
        told.focus();
        for (const one of [...form.children]) if (one !== told) one.remove();
        told.textContent = baked.sent;
        if (!whole.open) end();
      },
      (error) => {
        busy(false);
        report(error);
        told.textContent = baked.unsent;
      },
    );
  });

  // Until then nobody knows whether a question is open.
  avow.ready.then(() => {
    dom.addEventListener('avow-change', follow);
    for (const kind of ['storage', 'pageshow']) addEventListener(kind, follow);
    // A framework may have put another body in the place of the one that it stood before.
    new MutationObserver(follow).observe(dom.documentElement, { childList: true });
    follow();
  }, report);
  return { follow };
}
