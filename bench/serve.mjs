// One competitor's site on a port of its own: its page, its files, and a collector that says it has
// stored what it was sent. Everything is compressed beforehand with brotli's best, and counted.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export const compressed = (data) =>
  brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(data),
    },
  });

/** Serves until `close`; `take` gives what went over the wire since it was last asked. */
export async function serve({ html, files }) {
  const stored = new Map();
  const empty = '<!doctype html><link rel="icon" href="data:,">';
  for (const [path, data] of Object.entries({ ...files, '/': html, '/empty': empty })) {
    const type = types[extname(path) || '.html'] ?? 'application/octet-stream';
    stored.set(path, { type, body: compressed(data) });
  }

  let traffic = { loaded: [], sent: 0, missing: [] };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://bench').pathname;
    if (request.method === 'PUT' && path.startsWith('/v1/records/')) {
      const hash = createHash('sha256');
      for await (const piece of request) {
        traffic.sent += piece.length;
        hash.update(piece);
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ stored: hash.digest('hex') }));
      return;
    }
    const file = request.method === 'GET' && stored.get(path);
    if (!file) {
      traffic.missing.push(`${request.method} ${path}`);
      response.writeHead(404).end();
      return;
    }
    const page = path === '/' || path === '/empty';
    if (!page) traffic.loaded.push({ path, bytes: file.body.length });
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': 'br',
      'content-length': file.body.length,
      'cache-control': page ? 'no-cache' : 'public, max-age=31536000, immutable',
    });
    response.end(file.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    take() {
      const taken = traffic;
      traffic = { loaded: [], sent: 0, missing: [] };
      return taken;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
