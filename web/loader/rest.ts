// What the script of head.html fetches when there is more to do than to apply a verdict.

import { fill } from './markup.js';
import { shown } from '../page/notices.js';
import { start as run, type Handed, type Running } from './run.js';
import { dom } from '../page/dom.js';

export const start = (tag: HTMLScriptElement | undefined, handed: Omit<Handed, 'made'>): Running =>
  run(tag, {
    ...handed,
    made: async (notices, regime) => {
      const built = await notices();
      return fill(dom.createElement('p'), shown(built, 'first', regime), built['css']!)
        .firstElementChild;
    },
  });
