// What a page runs of Avow before and without the core: it denies by default, shows the notice that
// was built into it, applies the verdict that the core wrote earlier while all its inputs still
// hold, and fetches the core when the browser is idle or the visitor presses. It grants nothing of
// its own.

import type { Consent } from '../consent/consent.js';
import type { AvowConsentElement } from '../notice/element.js';
import { keys } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { pathOf, type Clicked } from '../page/clicked.js';
import { negotiate } from '../page/language.js';
import { once } from '../page/once.js';
import { drawn } from '../page/drawn.js';
import { placeOf } from '../page/place.js';
import { keepPress, pressNow, reduces, refuses, type Pending } from '../page/pending.js';
import { gpc } from '../page/signals.js';
import { store as name } from '../page/store.js';
import { AvowError } from '../public/error.js';
import type { Avow, Choices, Delivery, Transport } from '../public/types.js';
import { shown, type Notices } from '../page/notices.js';
import { baked } from './baked.js';
import type { Options as Announcing } from '../announce/announce.js';
import type { Options } from './gate/embed.js';
import { gateOf, type Extra, type ExtraName, type Gate, type More } from './gate/gate.js';
import type { Others } from './gate/others.js';
import { run } from './gate/script.js';
import { controlOf, dress, fill, opens, raise, vouchBy, vouching, type Rules } from './markup.js';
import { modulePart, part } from './parts.js';
import { holds, readVerdict } from '../page/verdict.js';
import { dom } from '../page/dom.js';

/** What runs on a page, and what the script of head.html hands over to it. */
export interface Running {
  readonly avow: Avow;
  /** A press on a control of the notice. */
  answered(act: string, trusted: boolean, control: Element): Promise<unknown>;
  /** What the gate needs on few pages. */
  readonly more: More;
}

/** What the script of head.html has made already. */
export interface Handed {
  /** A gate that a verdict has opened, for these purposes, and the page knows of it. */
  readonly gate: Gate | undefined;
  readonly granted: readonly string[];
  readonly rules: Rules;
  /** The last click before this. */
  readonly clicked: Clicked;
  /** The first layer as the build has it: the page's own HTML may declare another. */
  readonly made: (notices: () => Promise<Notices>, regime: string) => Promise<Element | null>;
}

const bytes = async (name: string) => (await part(name)).arrayBuffer();
const json = async <T>(name: string): Promise<T> => (await part(name)).json() as Promise<T>;

/** Whether this is packed for pages with head.html: rest.ts. */
declare const AVOW_HANDED: boolean;
/** Where this file came from. */
const FILE = import.meta.url;

/** `tag`: the page's script element. */
export function start(tag: HTMLScriptElement | undefined, given?: Handed): Running {
  const handed = AVOW_HANDED ? given : undefined;
  if (handed) vouchBy(handed.rules);
  const place = placeOf(tag);
  const { free, policy, places } = baked;
  const regime =
    (place && (places[place] ?? places[place.split('-')[0]!] ?? places['*'])) || 'opt-in';
  const stored = keys(name);
  const found = memory.get(stored.verdict);
  const language = negotiate(
    [
      tag?.dataset['lang'],
      dom.querySelector<HTMLElement>('avow-consent')?.lang,
      dom.documentElement.lang,
      ...navigator.languages,
    ],
    baked.languages,
  );
  /** What a visitor who presses here is shown. */
  const under = [policy, language, regime].join();

  let choices: Choices = { ask: true, granted: free, number: null, delivery: 'none' };
  let loaded: Consent | undefined;
  let transport: Transport | undefined;
  let pressed = false;
  let clicked = handed?.clicked ?? [];
  /** What each control was rendered for, whatever a script has written on it since. */
  const acts = new WeakMap<Element, string>();
  /** The layer that stands by this file's hand, until it is pressed or the core shows its own. */
  let resting = '';

  /** The notice may stand in the page already, declared in its HTML. */
  const host = dom.querySelector<HTMLElement>('avow-consent') ?? dom.createElement('avow-consent');

  /** What the notice that stands was rendered under: the page may declare another. */
  let standing = (handed && host.dataset['avow']) || under;
  // A framework may have put another body in the place of one that declared the notice.
  new MutationObserver(() => resting && !host.isConnected && raise(host)).observe(
    dom.documentElement,
    { childList: true },
  );

  const notices = once(
    async (): Promise<Notices> =>
      baked.notices?.['language'] === language
        ? baked.notices
        : json<Notices>(`notices.${language}`),
  );

  const nonce = tag?.nonce ?? '';
  const module = (name: string) => modulePart(name, nonce);
  const extras: Partial<Record<ExtraName, () => Promise<Extra>>> = {};
  const more: More = (name) =>
    (extras[name] ??= once(async () =>
      ((await module(name)) as { start: (options: Options & Others & Announcing) => Extra }).start({
        gate: gate(),
        run: (script, type) => run(script, more, type),
        press: framed,
        // With what weighs a press: who presses and leaves at once has pressed.
        covers: () =>
          Promise.all([json<never>(`frames.${language}`), weigh()]).then(([all]) => all),
        rules: vouching(),
        report,
        bytes,
        module,
      }),
    ))().catch(report);

  /** A press on the placeholder of a frame; whether it was carried out. */
  const framed = (purpose: string, act: string, event: Event): Promise<unknown> =>
    answered(act, event.isTrusted, event.target as Element, 'frame', purpose);

  /** There is nothing to let through until something is allowed: the notice is drawn first. */
  let made = handed?.gate;
  const gate = (): Gate => (made ??= gateOf(nonce, more));

  const withCore = async <T>(use: (c: Consent) => T | Promise<T>): Promise<T> => use(await core());

  /** Hears of presses on what stands in this root now. */
  function listen(root: ShadowRoot): void {
    for (const control of root.querySelectorAll<HTMLElement>('[data-act]'))
      acts.set(control, control.dataset['act']!);
    root.addEventListener('click', onPress);
  }

  /** Shows a layer without the core. */
  async function show(layer: 'first' | 'door' | 'fallback', withdrawable?: boolean): Promise<void> {
    // What the page declares was rendered by the same build, for the regime that holds everywhere:
    // it waits for nothing, since the visitor may be pressing it.
    const declared =
      handed &&
      host.dataset['avow'] === under &&
      host.shadowRoot?.querySelector(`[data-layer=${layer}]`);
    const built = declared
      ? null
      : await notices().catch((error) => {
          // Better in another language than not at all.
          if (layer === 'fallback' && baked.notices) return baked.notices;
          throw error;
        });
    // What stands already is not put there again under the visitor's pointer.
    if (loaded || pressed || resting === layer) return;
    resting = layer;
    raise(host); // still empty: what it holds is styled once, when the browser next draws
    if (built) {
      if (handed) standing = under;
      fill(host, shown(built, layer, regime), built['css']!);
    }
    const root = host.shadowRoot!;
    if (layer === 'door') host.setAttribute('answered', withdrawable ? 'yes' : '');
    const withdraw = root.querySelector<HTMLElement>('[data-act=withdraw]');
    if (withdraw) withdraw.hidden = !withdrawable;
    listen(root);
    // What a press needs, and room for it; that it did not come is said when it is pressed. Under
    // the door the page's last lines matter to who scrolls.
    const clear = () =>
      Promise.all([weigh(), notices()])
        .then(([{ keepClear }]) => keepClear(root))
        .catch(() => {});
    if (layer === 'first') drawn().then(clear);
    else addEventListener('scroll', clear, { capture: true, once: true });
  }

  function onPress(event: Event): void {
    const act = acts.get(controlOf(event.target as Element)!);
    // the element has taken over
    if (!act || (host as Partial<AvowConsentElement>).shownLayer) return;
    answered(act, event.isTrusted, event.target as Element);
  }

  /** A press on a control that stands here. */
  const answered = (
    act: string,
    trusted: boolean,
    control: Element,
    layer = resting.replace('fallback', ''), // which is no layer of the core's
    ...selected: string[]
  ): Promise<unknown> =>
    (act === 'open'
      ? avow.open()
      : act === 'choose'
        ? withCore((c) => c.open('choices', ...selected))
        : press(act as Pending['control'], layer, 'notice', trusted, control, ...selected)
    ).catch(report);

  /** A press is remembered before anything else, so that leaving the page does not lose it. */
  async function press(
    control: Pending['control'],
    layer = '',
    via: Pending['via'] = 'script',
    trusted = false,
    on?: Element,
    ...selected: string[]
  ): Promise<Choices> {
    const no = reduces({ control });
    const pending = pressNow({
      control,
      layer,
      via,
      trusted,
      selected,
      under: layer && (handed && layer !== 'frame' ? standing : under),
      // It stands until it has been measured; a no does not wait.
      ...(!no && on
        ? {
            stood: (await weigh()).stood(
              controlOf(on)!,
              control,
              handed && (await handed.made(notices, regime)),
            ),
          }
        : {}),
    });
    if (no) memory.remove(stored.verdict); // first: a full storage has room for the press then
    // A scripted yes is worth nothing, and does not wait.
    const kept = (no || trusted) && keepPress(name, pending);
    if (no || (trusted && layer)) {
      pressed = true;
      resting = '';
      if (layer !== 'frame') host.remove();
    }
    if (no) announce({ ...choices, ask: false, granted: free }, 'change');
    return withCore((c) => c.carryOut(pending, kept));
  }

  /** Without a core nothing can be granted, but no must still be sayable, and be remembered. */
  async function offerRefusal(): Promise<void> {
    if (
      refuses(memory.get(stored.pending)) ||
      readVerdict(memory.get(stored.verdict))?.withdrawable === false
    )
      return;
    pressed = false;
    await show('fallback').catch(() => {});
  }

  /** What weighs a press. */
  const weigh = once(() => module('press') as Promise<typeof import('../page/press.js')>);

  /** What the core is made of, fetched once; all of it travels at the same time. */
  const material = once(() =>
    Promise.all([
      module('core') as Promise<typeof import('../consent/start.js')>,
      bytes('wasm'),
      bytes('facts'),
      bytes(`texts.${language}`),
      notices(),
      weigh(),
    ]),
  );

  /** Starts what decides, once. */
  const core = once(async () => {
    const started = (async () => {
      const [consent, wasm, facts, texts, notices, weighing] = await material();
      const page = {
        name,
        language,
        place,
        under,
        regime,
        gpc: gpc(),
        facts,
        texts,
        notices,
        wasm,
        baked,
      };
      return consent.start({
        page,
        host,
        choices,
        announce,
        markup: { fill, dress, raise, ...weighing },
        bytes,
        json,
        module,
        negotiate,
        more,
        rows: gate().rows,
      });
    })();
    try {
      loaded = await started;
    } catch (error) {
      await offerRefusal();
      throw error instanceof AvowError ? error : new AvowError('core-unavailable', String(error));
    }
    if (transport) loaded.deliverWith(transport);
    return loaded;
  });

  /** What the gate lets run reads the choices that let it: the event may come later. */
  function announce(next: Choices, kind?: 'ready' | 'change' | false): void {
    choices = next;
    gate().apply(next.granted);
    if (kind) dom.dispatchEvent(new CustomEvent(`avow-${kind}`, { detail: next }));
  }

  const deny = (kind?: 'change'): void => announce({ ...choices, granted: free }, kind);

  const whenIdle: (work: () => void) => unknown = globalThis.requestIdleCallback ?? setTimeout;

  /**
   * Another tab answered, or this page comes back from the cache: what was applied may hold no
   * longer.
   */
  function recheck({ key, persisted }: { key?: string | null; persisted?: boolean }): void {
    // the core looks after itself
    if (loaded || (key !== stored.verdict && key !== null && !persisted)) return;
    if (memory.get(stored.verdict) === null) deny();
    withCore((c) => c.resume()).catch((error) => {
      deny('change');
      report(error);
    });
  }

  async function begin(): Promise<Choices> {
    // what this page presses meanwhile is carried out as it is pressed
    const waiting = memory.get(stored.pending);
    const verdict = readVerdict(found);
    if (!waiting && verdict && holds(verdict, policy, place)) {
      const { granted, number, withdrawable } = verdict;
      show('door', withdrawable).catch(report);
      const left = memory.get(stored.waiting) as Delivery;
      const shelved = /^(shelved|unerased)$/.test(left); // null reads as "null"
      const delivery = shelved ? left : left ? 'waiting' : number === null ? 'none' : 'delivered';
      const known: Choices = { ask: false, granted, number, delivery };
      // What the page knows already may have been taken back since, on another page.
      if (!handed?.gate) announce(known, 'ready');
      else if (granted.join() === handed.granted.join()) announce(known);
      else {
        announce(known, 'change');
        withCore((c) => c.resume()).catch(report); // and ends what was taken back
      }
      if (left && !shelved) whenIdle(() => withCore((c) => c.resume()).catch(report));
      return choices;
    }
    const layer = baked.layers[regime + (gpc() ? ' gpc' : '')]!;
    if (waiting || found !== null) {
      deny();
      return withCore((c) => c.begin(waiting, 'ready'));
    }
    // Nobody has answered here, as far as this file can see. A stored answer that it cannot see is
    // found by the core, and so is a default that opens the gate.
    await Promise.all([
      layer !== 'none' &&
        show(layer).catch(async (error) => {
          await offerRefusal();
          throw error;
        }),
      drawn(), // what the visitor sees comes first
    ]);
    // What was answered meanwhile stands.
    if (!loaded && !pressed) choices = { ...choices, ask: layer === 'first' };
    announce(choices, regime === 'opt-in' && 'ready');
    if (regime !== 'opt-in') return withCore((c) => c.begin(null, 'ready'));
    const decide = () => {
      if (!loaded && !pressed) withCore((c) => c.begin(null, 'change')).catch(report);
    };
    if (layer !== 'none')
      weigh().then(
        ({ attend }) => attend({ host, name, decide, gather: () => material().catch(decide) }),
        decide,
      );
    return choices;
  }

  const told = new Set<unknown>();
  function report(error: unknown): undefined {
    // anything can be thrown, null too
    const { code = 'core-unavailable', message } = Object(error) as Partial<AvowError>;
    const denied = /unavailable$/.test(code) ? 'Consent is denied: ' : '';
    // Several may wait for the one thing that failed.
    if (!told.has(message)) console.error(`avow: ${code}: ${message} ${denied}docs/INTEGRATION.md`);
    told.add(message);
  }

  const avow: Avow = {
    ready: begin().catch((error: unknown) => {
      report(error);
      announce(choices, 'ready');
      return choices;
    }),
    get choices() {
      return choices;
    },
    open: () => withCore((c) => c.open()),
    refuse: () => press('refuse'),
    withdraw: () => press('withdraw'),
    grant: async (purposes, event) => {
      const last = clicked;
      // To the script of head.html it was passed on when that asked for this file, or later.
      const asked = handed && event === handed.clicked[0] && performance.getEntriesByName(FILE)[0];
      const now = asked ? asked.startTime : performance.now();
      const trusted = (await weigh()).freshClick(event, last, now);
      return press('grant', '', 'host', trusted, undefined, ...[purposes].flat());
    },
    identify: (subject) => withCore((c) => c.identify(subject)),
    export: () => withCore((c) => c.export()),
    erase: () => withCore((c) => c.open('yours')),
    deliverWith: (own) => {
      transport = own;
      loaded?.deliverWith(own);
    },
  };
  (globalThis as { avow?: Avow }).avow = avow;

  // What the page declares can be pressed before it is known what has to stand here.
  if (handed && host.shadowRoot) listen(host.shadowRoot);
  if (baked.announces?.[language]) whenIdle(() => more(`announce.${language}`));
  // To hear of storage, a browser has to open more of it: not before the notice is drawn.
  drawn().then(() => {
    addEventListener('storage', recheck);
    if (!pressed && memory.get(stored.verdict) !== found) recheck({ key: null });
  });
  addEventListener('pageshow', recheck);
  addEventListener(
    'click',
    (event) => {
      const path = pathOf(event);
      clicked = [event, path];
      if (opens(event, path)) avow.open().catch(report);
    },
    true,
  );
  return { avow, answered, more };
}
