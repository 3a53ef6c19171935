// What both of Avow's pages share.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { gated, purposes } from './site.mjs';

/** Every file that `avow build` wrote, under the address at which it is served. */
export function folder(path) {
  const files = {};
  for (const name of readdirSync(path, { recursive: true })) {
    const file = join(path, name);
    if (statSync(file).isFile()) files[`/avow/${name}`] = readFileSync(file);
  }
  return files;
}

/** In the page: until Avow knows what may run. Its core's files are waited for as all files are. */
export const ready = async () => void (await globalThis.avow?.ready);

/** The gated scripts, marked with the ids that the policy gives to statistics and marketing. */
export const gatedAs = (...ids) =>
  purposes
    .map(({ id }, i) => `<script type="text/plain" data-avow="${ids[i]}">${gated(id)}</script>`)
    .join('\n');
