// A marked script, run as the browser would have run it.

import { vouching } from '../markup.js';
import type { More } from './gate.js';
import { follow } from './released.js';
import { dom } from '../../page/dom.js';

/**
 * What a browser runs and tells the end of; a legacy script (`nomodule`) or a type that is somebody
 * else's it never ends.
 */
const ENDS = /^$|^module|java/;

/**
 * Runs a copy of a script in its place, and waits for it where order asks for that. A copy, since a
 * script that came through innerHTML never starts. It is on the page only for as long as it takes
 * to start: whoever takes this part up again (a snapshot, a router) must not run it again, and a
 * framework that hydrates it finds what its server sent.
 */
export function run(
  marked: HTMLScriptElement,
  more: More,
  type = marked.dataset['type'] ?? '',
): Promise<unknown> {
  const rules = vouching();
  const live = dom.createElement('script'); // no clone, which has run if the marked one cannot
  for (const { name, value } of marked.attributes)
    live.setAttribute(
      name,
      name === 'src' ? rules.createScriptURL(value) : rules.createScript(value),
    );
  live.nonce = marked.nonce; // hidden from getAttribute by the browser
  live.text = rules.createScript(marked.text);
  live.type = type;
  // Set, since a script that no parser started is asynchronous unless told otherwise.
  live.async = marked.hasAttribute('async');
  return new Promise((resolve) => {
    const end = follow(live, marked, more);
    // beside the page's own onload
    for (const name of ['load', 'error']) live.addEventListener(name, () => resolve(end()));
    marked.after(live);
    live.remove();
    if (!live.src) resolve(end());
    else if (live.async || live.noModule || !ENDS.test(type)) resolve(0); // nobody waits for it
  });
}
