// What the page says about itself: the embedding tag, the language, the signals; and what is
// remembered without the core.

/** A press that waits for the core, or for the next page. */
export interface Pending {
  readonly control: 'accept' | 'refuse' | 'save' | 'withdraw' | 'frame' | 'grant';
  readonly layer: string;
  readonly via: 'notice' | 'host' | 'script';
  readonly trusted: boolean;
  readonly at: number;
  readonly selected: readonly string[];
  /** A random number: tells a press from every other, and says nothing of it. */
  readonly mark: number;
  /**
   * SHA-256 of the policy's text and the language of what was pressed, where the loader showed it.
   */
  readonly under?: string | undefined;
}

/** What the core wrote for the loader; `verdict` in session.h. */
export interface Verdict {
  readonly v: 1;
  readonly policy: string;
  readonly place: string;
  readonly gpc: boolean;
  readonly not_before: number;
  readonly until: number;
  /** Of `entry` and `frames`; written beside what the core wrote. */
  readonly language: string;
  readonly granted: readonly string[];
  readonly withdrawable: boolean;
  readonly number: string | null;
  readonly entry: string;
  readonly frames: Readonly<Record<string, string>>;
  readonly css: string;
}

export interface Page {
  /** Prefix of all that is stored: one notice an origin, unless `data-store` names another. */
  readonly name: string;
  readonly policy: string;
  readonly language: string;
  readonly catalog: string;
  readonly place: string;
  readonly gpc: boolean;
  /** Explicit address of the core's .wasm, or undefined for the one beside the module. */
  readonly wasm: string | undefined;
}

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** `navigator.globalPrivacyControl` (w3c/gpc): only `true` is a signal. */
export const gpc = (): boolean =>
  (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;

/**
 * localStorage that may be blocked, full or absent: reads give null, writes tell whether they were
 * kept.
 */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): boolean {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing is kept, so nothing has to go.
    }
  },
};

/** JSON that somebody else may have written: an object, or null. */
export function parsed<T>(text: string | null): T | null {
  try {
    const value: unknown = JSON.parse(text!); // null reads as "null"
    return typeof value === 'object' ? (value as T) : null;
  } catch {
    return null;
  }
}

export const keys = (name: string) => ({
  verdict: `${name}:verdict`,
  pending: `${name}:pending`,
  waiting: `${name}:waiting`,
});

/** Whether the press can only take away: such a press waits as long as it must, a yes does not. */
export const reduces = (press: Pick<Pending, 'control'>): boolean =>
  press.control === 'refuse' || press.control === 'withdraw';

/** A press that is made now. */
export const pressNow = (act: Omit<Pending, 'at' | 'mark'>): Pending => ({
  ...act,
  at: seconds(),
  mark: Math.random(),
});

/**
 * Remembers a press until it is carried out, one a line in the order they were made. What answers
 * for every purpose takes the place of all that was said before it. Whether it could be remembered.
 */
export function keepPress(name: string, press: Pending): boolean {
  const { pending } = keys(name);
  const before = reduces(press) || press.control === 'save' ? null : memory.get(pending);
  return memory.set(pending, `${before ?? ''}${JSON.stringify(press)}\n`);
}

/** Whether a no waits. It holds before it is carried out. */
export const refusalWaits = (name: string): boolean =>
  /"control":"(refuse|withdraw)"/.test(memory.get(keys(name).pending) ?? '');

const lines = (kept: string | null): string[] =>
  (kept ?? '').split('\n').filter((line) => line !== '');
const waitingLines = (name: string): string[] => lines(memory.get(keys(name).pending));

/**
 * A yes that waited longer than this is asked for again: what it answered may no longer be what is
 * shown.
 */
const YES_WAITS = 3_600;

/**
 * The presses in a text that `keepPress` made; what is not one, or is a yes too old, is left out.
 */
export function waitingPresses(kept: string): Pending[] {
  const now = seconds();
  const sound = (one: Partial<Pending> | null): one is Pending =>
    Array.isArray(one?.selected) &&
    (reduces(one as Pending) || (one.at! <= now && now - one.at! < YES_WAITS));
  return lines(kept)
    .map((line) => parsed<Pending>(line))
    .filter(sound);
}

export const pressWaits = (name: string, press: Pending): boolean =>
  waitingLines(name).includes(JSON.stringify(press));

/** Each leaves by itself, so that none goes with another. */
export function dropPress(name: string, press: Pending): void {
  const left = waitingLines(name).filter((line) => line !== JSON.stringify(press));
  if (left.length > 0) memory.set(keys(name).pending, `${left.join('\n')}\n`);
  else memory.remove(keys(name).pending);
}

/**
 * The policy's language nearest to the page's: the same tag, the same language, else the policy's
 * first.
 */
export function negotiate(wanted: readonly string[], offered: readonly string[]): string {
  const lower = (tag: string) => tag.toLowerCase();
  const primary = (tag: string) => lower(tag).split('-')[0]!;
  for (const tag of wanted) {
    const found =
      offered.find((o) => lower(o) === lower(tag)) ??
      offered.find((o) => primary(o) === primary(tag));
    if (found) return found;
  }
  return offered[0] ?? 'en';
}
