// Avow with its notice in the page: what `avow build` wrote for <head> and for the start of <body>.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { folder, gatedAs, ready } from '../avow_files.mjs';
import { document } from '../site.mjs';

export const label = 'Avow, inline';
export const accept = ['avow-consent', '[data-act=accept]'];
export { ready };

export function make({ avow }) {
  const part = (name) => readFileSync(join(avow, name), 'utf8').trim();
  return {
    html: document({
      head: part('head.html'),
      first: part('inline.en.html'),
      last: gatedAs('analytics', 'marketing'),
    }),
    files: folder(avow),
  };
}
