// A module beside the loader, run only where its bytes are the ones that were built.

import type { Part } from './baked.js';
import { vouching } from './markup.js';
import { dom } from '../page/dom.js';

export const address = (file: string): string => new URL(file, import.meta.url).href;

let failures = '';

/** Runs it by an element that checks its integrity, then imports it. */
export async function runModule([file, integrity]: Part, nonce: string): Promise<unknown> {
  // Firefox remembers a module that failed by its address: another try needs another one.
  const src = address(file) + failures;
  const element = dom.createElement('script');
  Object.assign(element, {
    type: 'module',
    integrity,
    nonce,
    src: vouching().createScriptURL(src),
  });
  await new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      failures += '?';
      reject(`${file} did not come as built.`);
    };
    dom.head.append(element);
  });
  element.remove();
  // Only now: after a failed check, Chromium and WebKit would fetch it again, unchecked.
  return import(src);
}
