// The other files of a build. Each is named by its content, and loaded with the integrity that the chain
// of hashes gives it: the tag vouches for the loader, the loader for the list of parts, the list for the
// rest. What was altered on its way does not arrive.

import { once } from '../page/once.js';
import { AvowError } from '../public/error.js';
import { baked, type Part } from './baked.js';
import { scriptUrl } from './markup.js';

type List = Readonly<Record<string, Part>>;

const address = (file: string): string => new URL(file, import.meta.url).href;

async function load([file, integrity]: Part): Promise<Response> {
  const response = await fetch(address(file), { integrity });
  if (!response.ok) throw new Error(`${file} answered ${response.status}.`);
  return response;
}

const list = once(async (): Promise<List> => (await load(baked.parts)).json());

/** What went wrong on the way of a part, under a code of ours. */
const failed = (code: string) => (error: unknown) => {
  throw new AvowError(code, String(error));
};

/** A part as a response whose bytes are the ones that were built. */
export const part = (name: string, code = 'core-unavailable'): Promise<Response> =>
  list()
    .then((all) => load(all[name]!))
    .catch(failed(code));

let failures = 0;

/** A part that is a module: run by an element that checks its integrity, then imported. */
export const modulePart = (name: string, nonce: string): Promise<unknown> =>
  list()
    .then((all) => run(all[name]!, nonce))
    .catch(failed('core-unavailable'));

async function run([file, integrity]: Part, nonce: string): Promise<unknown> {
  // Firefox remembers a module that failed by its address: another try needs another one.
  const src = address(file) + (failures ? `?${failures}` : '');
  const element = document.createElement('script');
  Object.assign(element, { type: 'module', integrity, nonce, src: scriptUrl(src) });
  await new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      failures++;
      reject(`${file} did not arrive as it was built.`);
    };
    document.head.append(element);
  });
  element.remove();
  // Only now: after a failed check, Chromium and WebKit would fetch it again, unchecked.
  return import(src);
}
