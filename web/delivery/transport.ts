// Carrying a record: HTTP as docs/PROTOCOL.md says, or any function of the host's own.

import type { Answer, Transport } from '../public/types.js';

/**
 * What `fetch` may still send while a page goes away (64 KiB for all requests together, with room
 * for headers).
 */
export const KEEPALIVE_BYTES = 60_000;
const TIMEOUT = 30_000;

/** Retry-After in seconds: a number of them, or a date (RFC 9110, section 10.2.3). */
function wait(after: string | null): { retryAfter?: number } {
  const seconds = /^\d+$/.test(after ?? '')
    ? Number(after)
    : Math.ceil((Date.parse(after ?? '') - Date.now()) / 1000);
  return seconds >= 0 ? { retryAfter: seconds } : {};
}

/** PUT {base}/{id}. An answer that cannot be read, or none within 30 s, has status 0. */
export function http(base: string): Transport {
  // The page's origin, and not what a <base> of it says.
  const url = (id: string) => `${new URL(base, location.origin).href.replace(/\/$/, '')}/${id}`;
  return async ({ id, bytes }): Promise<Answer> => {
    try {
      const response = await fetch(url(id), {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes as Uint8Array<ArrayBuffer>,
        credentials: 'omit',
        referrerPolicy: 'no-referrer', // a page's address can name who is on it
        redirect: 'error',
        cache: 'no-store',
        keepalive: bytes.length <= KEEPALIVE_BYTES,
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return {
        status: response.status,
        body: await response.text(),
        ...wait(response.headers.get('retry-after')),
      };
    } catch {
      return { status: 0 };
    }
  };
}
