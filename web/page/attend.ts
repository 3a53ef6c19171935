// When the core comes to a visitor who has not answered: not before the page has loaded, for it
// takes of its main thread and its line.

import { dom } from './dom.js';

/** Milliseconds after the page has loaded, by which the files come that a press needs. */
const AT_LATEST = 2_000;

export interface Attended {
  /** The notice. */
  readonly host: EventTarget;
  /** Of the database in which an answer may stand that the loader cannot see. */
  readonly name: string;
  /** Fetches the core's files. */
  readonly gather: () => unknown;
  /** Starts the core. */
  readonly decide: () => unknown;
}

/** Whether the browser has a database of this name: rejects where it does not say. */
const stands = async (database: string): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === database);

/**
 * The core's files come at the visitor's first sign, or a while after the page. To start them takes
 * more: that is done when the visitor comes near, or for an answer that only the database
 * remembers.
 */
export function attend({ host, name, gather, decide }: Attended): void {
  for (const sign of ['pointermove', 'keydown', 'scroll'])
    addEventListener(sign, gather, { capture: true, once: true });
  const rest = () => {
    setTimeout(gather, AT_LATEST);
    const look = () => stands(name).then((known) => known && decide(), decide);
    (globalThis.requestIdleCallback ?? setTimeout)(look);
  };
  if (dom.readyState === 'complete') rest();
  else addEventListener('load', rest);
  for (const near of ['pointerover', 'focusin'])
    host.addEventListener(near, decide, { once: true });
}
