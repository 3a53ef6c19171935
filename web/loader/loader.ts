// The one line a page embeds.

import { start } from './run.js';

export { AvowError } from '../public/error.js';
export type * from '../public/types.js';

export const { avow } = start([...document.scripts].find((one) => one.src === import.meta.url));
