// Presses that wait: for the core, or for the next page. A press is remembered before anything
// else, so that leaving the page does not lose it.

import type { Stood } from '../consent/wire.js';
import { keys } from './keys.js';
import * as memory from './memory.js';
import { parsed } from './memory.js';
import { seconds } from './signals.js';

/** A press that waits for the core, or for the next page. */
export interface Pending {
  readonly control: 'accept' | 'refuse' | 'save' | 'withdraw' | 'frame' | 'show-once' | 'grant';
  readonly layer: string;
  readonly via: 'notice' | 'host' | 'script';
  readonly trusted: boolean;
  readonly at: number;
  readonly selected: readonly string[];
  /** A random number: tells a press from every other, and says nothing of it. */
  readonly mark: number;
  /** The policy, language and regime of the notice that was pressed, where one was. */
  readonly under?: string | undefined;
  /** How the notice stood, where one was pressed to say yes. */
  readonly stood?: Stood;
  /** The notice told of a change because of which it asks. */
  readonly told?: boolean;
}

/** Whether the press can only take away: such a press waits as long as it must, a yes does not. */
export const reduces = (press: Pick<Pending, 'control'>): boolean =>
  /^(refuse|withdraw)$/.test(press.control);

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

const lines = (kept: string | null): string[] =>
  (kept ?? '').split('\n').filter((line) => line !== '');
const waitingLines = (name: string): string[] => lines(memory.get(keys(name).pending));

/** Whether there is a no among presses that wait. It holds before it is carried out. */
export const refuses = (waiting: string | null): boolean =>
  /"control":"(refuse|withdraw)"/.test(waiting!); // null reads as "null"

/** Whether a no waits, other than the one with this mark. */
export const refusalWaits = (name: string, but?: number): boolean =>
  waitingLines(name).some(
    (line) => refuses(line) && (but === undefined || parsed<Pending>(line)?.mark !== but),
  );

/**
 * A yes that waited longer than this is asked for again: what it answered may no longer be what is
 * shown.
 */
const YES_WAITS = 3_600;

/**
 * The presses in a text that `keepPress` made; what is not one, or is a yes too old, is left out.
 * So is what is spelled otherwise: nothing could drop it again, and each page would try it.
 */
export function waitingPresses(kept: string): Pending[] {
  const now = seconds();
  const all = lines(kept);
  const sound = (one: Pending | null, i: number): one is Pending =>
    JSON.stringify(one) === all[i] &&
    Array.isArray(one?.selected) &&
    (reduces(one) || (one.at <= now && now - one.at < YES_WAITS));
  return all.map((line) => parsed<Pending>(line)).filter(sound);
}

export const pressWaits = (name: string, press: Pending): boolean =>
  waitingLines(name).includes(JSON.stringify(press));

/** Each leaves by itself, so that none goes with another. */
export function dropPress(name: string, press: Pending): void {
  const left = waitingLines(name).filter((line) => line !== JSON.stringify(press));
  if (left.length > 0) memory.set(keys(name).pending, `${left.join('\n')}\n`);
  else memory.remove(keys(name).pending);
}
