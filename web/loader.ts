// The one line a page embeds. It denies by default, applies the verdict that the core wrote earlier
// while all its inputs still hold, and fetches the core only when there is something to ask, to
// carry out or to deliver.

import type { Consent } from './consent.js';
import type { AvowConsentElement } from './element.js';
import { Gate } from './gate.js';
import { actOf, fill } from './markup.js';
import {
  gpc,
  keepPress,
  keys,
  memory,
  negotiate,
  parsed,
  pressNow,
  reduces,
  seconds,
  type Page,
  type Pending,
  type Verdict,
} from './page.js';
import { AvowError, type Avow, type Choices, type Transport } from './types.js';

export { AvowError };
export type * from './types.js';

const tag = document.querySelector<HTMLScriptElement>('script[data-policy]');
const name = tag?.dataset['store'] ?? 'avow';
const place = tag?.dataset['place'] ?? '';
const stored = keys(name);

let choices: Choices = { ask: true, granted: [], number: null, delivery: 'none' };
let loaded: Consent | undefined;
let transport: Transport | undefined;
let under: string | undefined;
const host = document.createElement('avow-consent');

const gate = new Gate((purpose, act, event) => {
  if (act === 'frame') press('frame', 'frame', 'notice', event.isTrusted, purpose).catch(report);
  else withCore((c) => c.open('choices')).catch(report);
});

const withCore = async <T>(use: (c: Consent) => T | Promise<T>): Promise<T> => use(await core());

/** A press is remembered before anything else, so that leaving the page does not lose it. */
function press(
  control: Pending['control'],
  layer = '',
  via: Pending['via'] = 'script',
  trusted = false,
  ...selected: string[]
): Promise<Choices> {
  const pending = pressNow({ control, layer, via, trusted, selected, under });
  const no = reduces(pending);
  if (no) memory.remove(stored.verdict); // first: a full storage has room for the press then
  // A scripted yes is worth nothing, and does not wait.
  const kept = (no || trusted) && keepPress(name, pending);
  if (no) {
    gate.apply([]);
    host.remove();
    announce({ ...choices, ask: false, granted: [] }, 'change');
  }
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

async function text(url: URL | string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok)
    throw new AvowError('policy-unavailable', `${url} answered ${response.status}.`);
  return response.text();
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  // What failed is tried again when it is asked for again: networks come back.
  return () => {
    made ??= make();
    made.catch(() => (made = undefined));
    return made;
  };
};

const policy = once(async () => {
  if (!tag) throw new AvowError('policy-unavailable', 'No data-policy.');
  return text(tag.dataset['policy']!);
});

/** The policy's language nearest to the page's. */
function spoken(policy: string): string {
  const offered = parsed<{ languages?: unknown }>(policy)?.languages;
  const wanted = [
    tag!.dataset['lang'],
    document.documentElement.lang,
    ...navigator.languages,
  ].filter(Boolean) as string[];
  return negotiate(
    wanted,
    [offered].flat().filter((o): o is string => typeof o === 'string'),
  );
}

/** The interface texts in that language. */
const catalog = once(async () => {
  const language = spoken(await policy());
  return {
    language,
    texts: await text(new URL(`./catalogs/${encodeURIComponent(language)}.json`, import.meta.url)),
  };
});

async function load(): Promise<Page> {
  const { language, texts } = await catalog();
  return {
    name,
    policy: await policy(),
    language,
    catalog: texts,
    place,
    gpc: gpc(),
    wasm: tag!.dataset['wasm'],
  };
}

/** Fetches what decides, once. Both halves travel at the same time. */
const core = once(async () => {
  const module = import('./define.js');
  module.catch(() => {}); // reported below, after the page's own failures
  const page = await load();
  try {
    loaded = await (await module).start({ page, gate, host, choices, announce, fill });
  } catch (error) {
    if (error instanceof AvowError) throw error;
    throw new AvowError('core-unavailable', String(error));
  }
  under = loaded.under;
  if (transport) loaded.deliverWith(transport);
  return loaded;
});

function announce(next: Choices, kind: 'ready' | 'change'): void {
  choices = next;
  document.dispatchEvent(new CustomEvent(`avow-${kind}`, { detail: next }));
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)),
  );
  return Array.from(bytes, (b) => (b + 256).toString(16).slice(1)).join('');
}

/**
 * Whether everything the verdict rests on still is as it was. Throws where that cannot be told (no
 * crypto.subtle on http:).
 */
async function holds(verdict: Verdict, policy: string): Promise<boolean> {
  const now = seconds();
  if (verdict.v !== 1 || verdict.place !== place || verdict.gpc !== gpc()) return false;
  if (!(verdict.not_before <= now && now < verdict.until) || verdict.language !== spoken(policy))
    return false;
  return (await digest(policy)) === verdict.policy;
}

/** The door back to the choices, without the core: it is fetched when the door is used. */
function showEntry(verdict: Verdict): void {
  const root = fill(host, verdict.entry, verdict.css);
  root.querySelector<HTMLElement>('[data-act=withdraw]')!.hidden = !verdict.withdrawable;
  root.addEventListener('click', (event) => {
    const act = actOf(event);
    if ((host as Partial<AvowConsentElement>).shownLayer) return; // the element has taken over
    if (act === 'withdraw') press('withdraw', 'entry', 'notice', event.isTrusted).catch(report);
    else if (act === 'open') avow.open().catch(report);
  });
  document.body.append(host);
  // Sites that change pages by putting another body in place (Turbo and the like) keep their
  // notice.
  new MutationObserver(() => host.isConnected || document.body.append(host)).observe(
    document.documentElement,
    { childList: true },
  );
}

/** Whether the stored verdict was applied: read, checked, and still what is stored. */
async function applied(): Promise<boolean> {
  const text = memory.get(stored.verdict);
  const verdict = parsed<Verdict>(text);
  if (!verdict || !(await holds(verdict, await policy()))) return false;
  // Checking took a while: the visitor may have said no meanwhile, here or in another tab, which
  // takes the verdict away.
  if (loaded || text !== memory.get(stored.verdict)) return false;
  under = verdict.policy + verdict.language;
  gate.cover(verdict.frames, verdict.css);
  showEntry(verdict);
  gate.apply(verdict.granted);
  const left = memory.get(stored.waiting);
  const shelved = left === 'shelved' || left === 'unerased';
  const delivery = shelved
    ? left
    : left
      ? 'waiting'
      : verdict.number === null
        ? 'none'
        : 'delivered';
  announce({ ask: false, granted: verdict.granted, number: verdict.number, delivery }, 'ready');
  if (left && !shelved)
    (globalThis.requestIdleCallback ?? setTimeout)(
      () => void withCore((c) => c.resume()).catch(report),
    );
  return true;
}

/**
 * Another tab answered, or this page comes back from the cache: what was applied may hold no
 * longer. The core looks after itself.
 */
function recheck({ key, persisted }: { key?: string | null; persisted?: boolean }): void {
  if (loaded || (key !== stored.verdict && key !== null && !persisted)) return;
  if (memory.get(stored.verdict) === null) gate.apply([]);
  withCore((c) => c.resume()).catch((error) => {
    gate.apply([]);
    report(error);
  });
}

async function begin(): Promise<Choices> {
  // what this page presses meanwhile is carried out as it is pressed
  const waiting = memory.get(stored.pending);
  // the failure is reported where it is awaited
  if (waiting || memory.get(stored.verdict) === null) void core().catch(() => {});
  try {
    // A stored verdict that cannot be applied is no reason to show nothing.
    if (!waiting && (await applied().catch(() => false))) return choices;
    return await withCore((c) => c.begin(waiting));
  } catch (error) {
    // Without a core nothing can be granted, but no must still be sayable, and be remembered.
    const words = catalog()
      .then((c) => c.texts)
      .catch(() => '');
    await import('./fallback.js')
      .then(async (f) => f.showRefusal(host, name, await words))
      .catch(() => {});
    throw error;
  }
}

function report(error: unknown): void {
  // anything can be thrown, null too
  const { code = 'core-unavailable', message } = Object(error) as Partial<AvowError>;
  console.error(`avow: ${code}: ${message} Nothing that needs consent runs: docs/POLICY.md`);
}

export const avow: Avow = {
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
