// A marked script, run as the browser would have run it.

/**
 * What a browser runs and tells the end of; a legacy script (`nomodule`) or a type that is somebody
 * else's it never ends.
 */
const ENDS = /^$|^module|java|ecma/;

/**
 * Runs a copy of a marked script in its place, and waits for it where order asks for that. A copy,
 * since a script that came through innerHTML never starts.
 */
export function run(marked: HTMLScriptElement): Promise<void> {
  const live = document.createElement('script');
  for (const { name, value } of marked.attributes) live.setAttribute(name, value);
  live.nonce = marked.nonce; // hidden from getAttribute by the browser
  live.text = marked.text;
  live.type = marked.dataset['type'] ?? '';
  // Set, since a script that no parser started is asynchronous unless told otherwise.
  live.async = marked.hasAttribute('async');
  return new Promise<void>((resolve) => {
    const waits = live.src && !live.async && !live.noModule && ENDS.test(live.type);
    // beside the page's own onload
    for (const end of ['load', 'error']) live.addEventListener(end, resolve as () => void);
    marked.replaceWith(live);
    if (!waits) resolve();
  });
}
