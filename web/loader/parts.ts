// The other files of a build. Each is named by its content, and loaded with the integrity that the
// chain of hashes gives it: the tag vouches for the loader, the loader for the list of parts, the
// list for the rest. What was altered on its way does not arrive.

import { once } from '../page/once.js';
import { AvowError } from '../public/error.js';
import { baked, type Part } from './baked.js';
import { address, runModule } from './module.js';

type List = Readonly<Record<string, Part>>;

async function load([file, integrity]: Part): Promise<Response> {
  const response = await fetch(address(file), { integrity });
  if (!response.ok) throw new Error(`${file} answered ${response.status}.`);
  return response;
}

const list = once(async (): Promise<List> => (await load(baked.parts)).json());

/** What went wrong on the way of a part, under a code of ours: programs are the core's. */
const failed = (code: 'core-unavailable' | 'policy-unavailable') => (error: unknown) => {
  throw new AvowError(code, String(error));
};

/** A part as a response whose bytes are the ones that were built. */
export const part = (name: string): Promise<Response> =>
  list()
    .then((all) => load(all[name]!))
    .catch(failed(/wasm/.test(name) ? 'core-unavailable' : 'policy-unavailable'));

/** A part that is a module: run by an element that checks its integrity, then imported. */
export const modulePart = (name: string, nonce: string): Promise<unknown> =>
  list()
    .then((all) => runModule(all[name]!, nonce))
    .catch(failed('core-unavailable'));
