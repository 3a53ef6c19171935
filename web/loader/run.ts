// What a page runs of Avow before and without the core: it denies by default, shows the notice that
// was built into it, applies the verdict that the core wrote earlier while all its inputs still
// hold, and fetches the core when the browser is idle or the visitor presses. It grants nothing of
// its own.

import type { Consent } from '../consent/consent.js';
import type { AvowConsentElement } from '../notice/element.js';
import { keys, memory } from '../page/memory.js';
import { negotiate } from '../page/language.js';
import { once } from '../page/once.js';
import { keepPress, pressNow, reduces, refusalWaits, type Pending } from '../page/pending.js';
import { gpc } from '../page/signals.js';
import { AvowError } from '../public/error.js';
import type { Avow, Choices, Transport } from '../public/types.js';
import { baked, type Notices } from './baked.js';
import type { Options } from './gate/embed.js';
import { Gate, type Extra, type ExtraName, type More } from './gate/gate.js';
import type { Others } from './gate/others.js';
import { run } from './gate/script.js';
import { actOf, dress, fill, vouching, type Rules } from './markup.js';
import { modulePart, part } from './parts.js';
import { holds, storedVerdict } from '../page/verdict.js';

/** What runs on a page, and what the lean loader hands over to it. */
export interface Running {
  readonly avow: Avow;
  /** A press on a control of the notice. */
  answered(act: string, layer: string, trusted: boolean): void;
  /** A press on the placeholder of a frame. */
  /** What the gate needs on few pages. */
  readonly more: More;
}

/** What the lean loader has made already. */
export interface Handed {
  /** A gate that a verdict has opened, and the page knows of it. */
  readonly gate: Gate | undefined;
  readonly rules: Rules | undefined;
}

/** `tag`: the page's script element. */
export function start(tag: HTMLScriptElement | undefined, handed?: Handed): Running {
  vouching(handed?.rules);
  const name = tag?.dataset['store'] ?? 'avow';
  const place = tag?.dataset['place'] ?? '';
  const { free, policy, places } = baked;
  const regime =
    (place && (places[place] ?? places[place.split('-')[0]!] ?? places['*'])) || 'opt-in';
  const stored = keys(name);
  const language = negotiate(
    [
      tag?.dataset['lang'],
      document.querySelector<HTMLElement>('avow-consent')?.lang,
      document.documentElement.lang,
      ...navigator.languages,
    ].filter(Boolean) as string[],
    baked.languages,
  );
  /** What a visitor who presses here is shown. */
  const under = [policy, language, regime].join();

  let choices: Choices = { ask: true, granted: free, number: null, delivery: 'none' };
  let loaded: Consent | undefined;
  let transport: Transport | undefined;
  let pressed = false;
  /** The layer that stands by this file's hand, until it is pressed or the core shows its own. */
  let resting = '';

  /** The notice may stand in the page already, declared in its HTML. */
  const host = document.querySelector('avow-consent') ?? document.createElement('avow-consent');

  /** Puts away what `fill` cannot know: a body that a framework put in the place of the old one. */
  const stay = () => resting && !host.isConnected && document.body.append(host);
  new MutationObserver(stay).observe(document.documentElement, { childList: true });

  const notices = once(
    async (): Promise<Notices> =>
      baked.notices?.language === language
        ? baked.notices
        : ((await part(`notices.${language}`, 'policy-unavailable')).json() as Promise<Notices>),
  );

  const nonce = tag?.nonce ?? '';
  const extra = (name: ExtraName) =>
    once(async () =>
      ((await modulePart(name, nonce)) as { start: (options: Options & Others) => Extra }).start({
        gate,
        run: (script, type) => run(script, more, type),
        press: framed,
        covers: async () => (await part(`frames.${language}`, 'policy-unavailable')).json(),
        rules: vouching(),
        report,
      }),
    );
  const extras = { embed: extra('embed'), others: extra('others') };
  const more: More = (name) => extras[name]();

  /** A press on the placeholder of a frame. */
  function framed(purpose: string, act: string, trusted: boolean): void {
    if (act === 'frame') press('frame', 'frame', 'notice', trusted, purpose).catch(report);
    else withCore((c) => c.open('choices')).catch(report);
  }

  const gate = handed?.gate ?? new Gate(nonce, more);

  const withCore = async <T>(use: (c: Consent) => T | Promise<T>): Promise<T> => use(await core());

  /** Shows a layer without the core. */
  async function show(layer: 'first' | 'door' | 'fallback', withdrawable?: boolean): Promise<void> {
    const { first, css, ...others } = await notices().catch((error) => {
      // Better in another language than not at all.
      if (layer === 'fallback' && baked.notices) return baked.notices;
      throw error;
    });
    // What stands already is not put there again under the visitor's pointer.
    if (loaded || pressed || resting === layer) return;
    resting = layer;
    const declared = host.shadowRoot?.querySelector(`[data-layer=${layer}]`);
    // What the page declares was rendered by the same build, for the regime that holds everywhere.
    if (!declared || (host as HTMLElement).dataset['avow'] !== under)
      fill(host, layer === 'first' ? first[regime]! : others[layer], css);
    const root = host.shadowRoot!;
    if (layer === 'door') host.setAttribute('answered', withdrawable ? 'yes' : '');
    for (const control of root.querySelectorAll<HTMLElement>('[data-act=withdraw]'))
      control.hidden = !withdrawable;
    root.addEventListener('click', onPress);
    stay();
  }

  function onPress(event: Event): void {
    const act = actOf(event.target as Element);
    // the element has taken over
    if (!act || (host as Partial<AvowConsentElement>).shownLayer) return;
    const { layer } = (event.target as Element).closest<HTMLElement>('[data-layer]')!.dataset;
    answered(act, layer!, event.isTrusted);
  }

  /** A press on a control of the notice that stands here. */
  function answered(act: string, layer: string, trusted: boolean): void {
    if (act === 'open') avow.open().catch(report);
    else if (act === 'choose') withCore((c) => c.open('choices')).catch(report);
    else {
      const text = layer === 'fallback' ? '' : layer;
      press(act as Pending['control'], text, 'notice', trusted).catch(report);
    }
  }

  /** A press is remembered before anything else, so that leaving the page does not lose it. */
  function press(
    control: Pending['control'],
    layer = '',
    via: Pending['via'] = 'script',
    trusted = false,
    ...selected: string[]
  ): Promise<Choices> {
    const pending = pressNow({ control, layer, via, trusted, selected, under: layer && under });
    const no = reduces(pending);
    if (no) memory.remove(stored.verdict); // first: a full storage has room for the press then
    // A scripted yes is worth nothing, and does not wait.
    const kept = (no || trusted) && keepPress(name, pending);
    if (no) gate.apply(free);
    if (no || (trusted && layer)) {
      pressed = true;
      resting = '';
      if (layer !== 'frame') host.remove();
    }
    if (no) announce({ ...choices, ask: false, granted: free }, 'change');
    return withCore((c) => c.carryOut(pending, kept));
  }

  /**
   * Whether it is a visitor's own click: by what the browser says of it, which no property of the
   * host's own can cover.
   */
  function clicked(event: Event): boolean {
    try {
      // throws where it is no event
      return event.isTrusted && Reflect.get(Event.prototype, 'type', event) === 'click';
    } catch {
      return false;
    }
  }

  /** Without a core nothing can be granted, but no must still be sayable, and be remembered. */
  async function offerRefusal(): Promise<void> {
    if (refusalWaits(name) || storedVerdict(stored.verdict)?.withdrawable === false) return;
    pressed = false;
    await show('fallback').catch(() => {});
  }

  /** Fetches what decides, once. All of it travels at the same time. */
  const core = once(async () => {
    const started = (async () => {
      const [module, wasm, facts, texts, { css }] = await Promise.all([
        modulePart('core', nonce) as Promise<typeof import('../consent/start.js')>,
        part('wasm').then((response) => response.arrayBuffer()),
        part('facts', 'policy-unavailable').then((response) => response.text()),
        part(`texts.${language}`, 'policy-unavailable').then((response) => response.text()),
        notices(),
      ]);
      const page = { name, language, place, under, gpc: gpc(), facts, texts, css, wasm };
      return module.start({
        page,
        gate,
        host,
        choices,
        announce,
        markup: { fill, dress },
        own: ownModule,
        tellMarks: (known) => more('others').then((others) => others.tell!(known), report),
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

  /** What opens the visitor's own copy, fetched when they ask for it. */
  const ownModule = async () => ({
    module: (await modulePart('own', nonce)) as typeof import('../consent/own.js'),
    wasm: await (await part('own-wasm')).arrayBuffer(),
  });

  function announce(next: Choices, kind: 'ready' | 'change'): void {
    choices = next;
    document.dispatchEvent(new CustomEvent(`avow-${kind}`, { detail: next }));
  }

  const whenIdle = (work: () => void): unknown =>
    (globalThis.requestIdleCallback ?? setTimeout)(work);

  /**
   * Another tab answered, or this page comes back from the cache: what was applied may hold no
   * longer.
   */
  function recheck({ key, persisted }: { key?: string | null; persisted?: boolean }): void {
    // the core looks after itself
    if (loaded || (key !== stored.verdict && key !== null && !persisted)) return;
    if (memory.get(stored.verdict) === null) gate.apply(free);
    withCore((c) => c.resume()).catch((error) => {
      gate.apply(free);
      report(error);
    });
  }

  async function begin(): Promise<Choices> {
    // what this page presses meanwhile is carried out as it is pressed
    const waiting = memory.get(stored.pending);
    const verdict = storedVerdict(stored.verdict);
    if (!waiting && verdict && holds(verdict, policy, place)) {
      const { granted, number, withdrawable } = verdict;
      gate.apply(granted);
      show('door', withdrawable).catch(report);
      const left = memory.get(stored.waiting);
      const shelved = left === 'shelved' || left === 'unerased';
      const delivery = shelved ? left : left ? 'waiting' : number === null ? 'none' : 'delivered';
      const known: Choices = { ask: false, granted, number, delivery };
      if (handed?.gate) choices = known;
      else announce(known, 'ready');
      if (left && !shelved) whenIdle(() => withCore((c) => c.resume()).catch(report));
      return choices;
    }
    gate.apply(free);
    const layer = baked.layers[regime + (gpc() ? ' gpc' : '')]!;
    if (waiting || verdict || memory.get(stored.verdict) !== null)
      return withCore((c) => c.begin(waiting, 'ready'));
    // Nobody has answered here, as far as this file can see. A stored answer that it cannot see is
    // found by the core, and so is a default that opens the gate.
    if (layer !== 'none')
      await show(layer).catch(async (error) => {
        await offerRefusal();
        throw error;
      });
    if (regime !== 'opt-in') return withCore((c) => c.begin(null, 'ready'));
    announce({ ...choices, ask: layer === 'first' }, 'ready');
    const decide = () => {
      if (!loaded && !pressed) withCore((c) => c.begin(null, 'change')).catch(report);
    };
    if (layer !== 'none') {
      const soon = () => whenIdle(decide);
      if (document.readyState === 'complete') soon();
      else addEventListener('load', soon);
      for (const near of ['pointerover', 'focusin'])
        host.addEventListener(near, decide, { once: true });
    }
    return choices;
  }

  const told = new Set<string>();
  function report(error: unknown): void {
    // anything can be thrown, null too
    const { code = 'core-unavailable', message } = Object(error) as Partial<AvowError>;
    const denied = /unavailable$/.test(code) ? 'Nothing that needs consent runs: ' : '';
    const text = `avow: ${code}: ${message} ${denied}docs/INTEGRATION.md`;
    // Several may wait for the one thing that failed.
    if (!told.has(text)) console.error(text);
    told.add(text);
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
    grant: (purposes, event) =>
      press('grant', '', 'host', clicked(event), ...([purposes].flat() as string[])),
    identify: (subject) => withCore((c) => c.identify(subject)),
    export: () => withCore((c) => c.export()),
    erase: () => withCore((c) => c.erase()),
    deliverWith: (own) => {
      transport = own;
      loaded?.deliverWith(own);
    },
  };
  (globalThis as { avow?: Avow }).avow = avow;

  addEventListener('storage', recheck);
  addEventListener('pageshow', recheck);
  document.addEventListener('click', (event) => {
    if ((event.target as Element | null)?.closest?.('[data-avow-open]')) {
      event.preventDefault();
      void avow.open().catch(report);
    }
  });
  return { avow, answered, more };
}
