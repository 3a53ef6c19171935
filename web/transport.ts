// Carrying a record: HTTP as docs/PROTOCOL.md says, or any function of the host's own.

import type { Answer, Transport } from './types.js';

/** What `fetch` may still send while a page goes away (64 KiB for all requests together, with room for headers). */
export const KEEPALIVE_BYTES = 60_000;
const TIMEOUT = 30_000;

/** PUT {base}/{id}. An answer that cannot be read, or none within 30 s, has status 0. */
export function http(base: string): Transport {
  const url = (id: string) => `${new URL(base, document.baseURI).href.replace(/\/$/, '')}/${id}`;
  return async ({ id, bytes }): Promise<Answer> => {
    try {
      const response = await fetch(url(id), {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes as Uint8Array<ArrayBuffer>,
        credentials: 'omit',
        cache: 'no-store',
        keepalive: bytes.length <= KEEPALIVE_BYTES,
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const after = response.headers.get('retry-after');
      return { status: response.status, body: await response.text(), ...(after && /^\d+$/.test(after) ? { retryAfter: Number(after) } : {}) };
    } catch {
      return { status: 0 };
    }
  };
}
