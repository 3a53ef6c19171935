// The one line a page embeds.

import { start } from './run.js';
import { dom } from '../page/dom.js';

export { AvowError } from '../public/error.js';
export type * from '../public/types.js';

export const { avow } = start([...dom.scripts].find((one) => one.src === import.meta.url));
