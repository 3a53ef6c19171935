// A marked script, run as the browser would have run it.

import { scriptUrl, vouching } from '../markup.js';
import type { More } from './gate.js';
import { follow } from './released.js';
import { dom } from '../../page/dom.js';

/**
 * What a browser runs and tells the end of; a legacy script (`nomodule`) or a type that is somebody
 * else's it never ends.
 */
const ENDS = /^$|^module|java/;

/** The marked element keeps these: an id is one element's, and a copy with the mark is gated. */
const KEPT = /^(id|data-avow)$/;

/**
 * Runs a copy of a script beside it, and waits for it where order asks for that. A copy, since a
 * script that came through innerHTML never starts; beside it, since the element belongs to the page
 * and to whatever framework looks after it.
 */
export function run(
  marked: HTMLScriptElement,
  more: More,
  type = marked.dataset['type'] ?? '',
): Promise<unknown> | undefined {
  const live = dom.createElement('script');
  const code = (text: string) => vouching().createScript(text);
  for (const { name, value } of marked.attributes)
    if (!KEPT.test(name)) live.setAttribute(name, name === 'src' ? scriptUrl(value) : code(value));
  live.nonce = marked.nonce; // hidden from getAttribute by the browser
  live.text = code(marked.text);
  live.type = type;
  // Set, since a script that no parser started is asynchronous unless told otherwise.
  live.async = marked.hasAttribute('async');
  const ended = new Promise<unknown>((resolve) => {
    const end = follow(live, more);
    // beside the page's own onload
    for (const name of ['load', 'error']) live.addEventListener(name, () => resolve(end()));
    marked.after(live);
    // Whoever takes this part of the page up again (a snapshot, a router) must not run it again.
    live.type = 'text/plain';
    if (!live.src) resolve(end());
  });
  return live.src && (live.async || live.noModule || !ENDS.test(type)) ? undefined : ended;
}
