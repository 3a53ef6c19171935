// What went wrong, for the page's developer.

import { AvowError } from './types.js';

export function report(error: unknown): void {
  console.error(error instanceof AvowError ? `avow: ${error.code}: ${error.message}` : error);
}
