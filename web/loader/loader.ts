// The one line a page embeds.

import { start } from './run.js';
import { dom } from '../page/dom.js';

export { AvowError } from '../public/error.js';
export type * from '../public/types.js';

const tags = [...dom.scripts].filter(({ src }) => src === import.meta.url);
const [tag] = tags;
// Markup that somebody put into the page must not choose the place, or the nonce that vouches for
// marked scripts.
if (!tags.every((one) => one.isEqualNode(tag!) && one.nonce === tag!.nonce))
  throw 'avow: tags differ';

export const { avow } = start(tag);
