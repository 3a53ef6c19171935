// What went wrong, for the page's developer.

import { AvowError } from '../public/error.js';

const warned = new Set<string>();

/** What was stored and cannot be read: each once a page, however often it is met. */
export function warn(text: string): void {
  if (!warned.has(text)) console.error(`avow: ${text}`);
  warned.add(text);
}

export function report(error: unknown): void {
  console.error(error instanceof AvowError ? `avow: ${error.code}: ${error.message}` : error);
}
