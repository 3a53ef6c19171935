// Ten thousand requests that are wrong in some way: no crash, no 5xx, no growing memory, and a good
// one still works.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { closed, inParallel, makeRecords, put, scratch, startCollector } from './backends.mjs';

const kRequests = 10_000;

/** mulberry32: the same seed, the same campaign. */
function generator(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return {
    below,
    pick: (list) => list[below(list.length)],
    bytes: (n) => Buffer.from(Array.from({ length: n }, () => below(256))),
  };
}

const request = (method, path, fields, body = '') =>
  Buffer.concat([
    Buffer.from(
      `${method} ${path} HTTP/1.1\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`,
      'latin1',
    ),
    Buffer.from(body),
  ]);

/** The ways to be wrong; each takes the generator and a valid record. */
const mutations = {
  noise: (g) => g.bytes(1 + g.below(600)),
  noiseInBody: (g, r) => {
    const body = g.bytes(g.below(3000));
    return request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Content-Type: application/octet-stream', `Content-Length: ${body.length}`],
      body,
    );
  },
  flippedRequest: (g, r) => {
    const whole = request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Content-Type: application/octet-stream', `Content-Length: ${r.bytes.length}`],
      r.bytes,
    );
    for (let i = 0; i <= g.below(4); ++i) whole[g.below(whole.length)] = g.below(256);
    return whole;
  },
  flippedHead: (g, r) => {
    const whole = request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Content-Type: application/octet-stream', 'Content-Length: 5'],
      'hello',
    );
    whole[g.below(whole.length)] = g.below(256);
    return whole;
  },
  cutShort: (g, r) => {
    const whole = request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', `Content-Length: ${r.bytes.length}`],
      r.bytes,
    );
    return whole.subarray(0, g.below(whole.length));
  },
  recordCut: (g, r) => {
    const body = r.bytes.subarray(0, g.below(r.bytes.length));
    return request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Content-Type: application/octet-stream', `Content-Length: ${body.length}`],
      body,
    );
  },
  headerLine: (g, r) => {
    const end = r.bytes.indexOf(10);
    const line = r.bytes
      .toString('latin1', 0, end)
      .replace(
        g.pick(['"seq":1', '"op":"set"', '"v":"avow/v1"', '"prev":null', 'shop.example']),
        g.pick([
          '"seq":-1',
          '"seq":99999999999999999999',
          '"seq":1e999',
          '"op":null',
          '"op":{"a":[[[[[[]]]]]]}',
          '"v":2',
          '"prev":"00"',
          '\u0000',
          '"x":1,"x":2',
          '\\ud800',
          '',
        ]),
      );
    const body = Buffer.concat([Buffer.from(line, 'latin1'), r.bytes.subarray(end)]);
    return request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Content-Type: application/octet-stream', `Content-Length: ${body.length}`],
      body,
    );
  },
  length: (g, r) =>
    request(
      'PUT',
      `/v1/records/${r.id}`,
      [
        'Host: x',
        `Content-Length: ${g.pick(['-1', '18446744073709551616', '99999999999', 'x', '0x10', '+5', '5, 5', '', '65537'])}`,
      ],
      'hello',
    ),
  chunks: (g, r) =>
    request(
      'PUT',
      `/v1/records/${r.id}`,
      ['Host: x', 'Transfer-Encoding: chunked'],
      g.pick([
        '-1\r\n',
        'ffffffffffffffffff\r\nx',
        '5\r\nhelloX',
        '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
        ';\r\n',
        '5;ext=\u0001\r\nhello\r\n0\r\n\r\n',
      ]),
    ),
  smuggling: (g, r) =>
    request(
      'PUT',
      `/v1/records/${r.id}`,
      [
        'Host: x',
        'Content-Length: 5',
        g.pick([
          'Transfer-Encoding: chunked',
          'Content-Length: 6',
          'Transfer-Encoding: chunked, identity',
          'Transfer-Encoding : chunked',
        ]),
      ],
      '0\r\n\r\nGET /v1/records HTTP/1.1\r\n\r\n',
    ),
  fields: (g) =>
    request('GET', '/healthz', [
      'Host: x',
      ...Array.from(
        { length: g.below(300) },
        () => `X-${g.below(1e9)}: ${'y'.repeat(g.below(200))}`,
      ),
    ]),
  longLine: (g) => Buffer.from(`GET /${'a'.repeat(g.below(70_000))}`),
  path: (g) =>
    request(
      g.pick(['GET', 'PUT', 'POST', 'OPTIONS', 'HEAD']),
      g.pick([
        '/v1/records/',
        '/v1/records/..',
        `/v1/records/${'f'.repeat(65)}`,
        `/v1/records/${'F'.repeat(64)}`,
        '/%00',
        '//',
        '*',
        '/v1/records?after=%',
        '/v1/erase/',
        'http://[',
        '/\u00ff',
        '?',
        '/../../etc/passwd',
        '/%2e%2e/%2e%2e/etc/passwd',
      ]),
      ['Host: x', 'Content-Length: 0'],
    ),
  method: (g) =>
    request(g.pick(['get', 'BREW', 'PUTT', 'CONNECT', 'TRACE', 'A'.repeat(200), 'PRI']), '/', [
      'Host: x',
    ]),
  version: (g) =>
    Buffer.from(`GET / HTTP/${g.pick(['0.9', '1.2', '2.0', '9.9', '11', ''])}\r\n\r\n`),
  host: (g) => request('GET', '/healthz', g.pick([[], ['Host: a', 'Host: b']])),
  erase: (g) => {
    const body = g.pick([
      '',
      '{',
      '[]',
      'null',
      '{"device":1}',
      `{"device":"${'0'.repeat(64)}"}`,
      `{"device":"${'0'.repeat(64)}","secret":"${'Z'.repeat(64)}"}`,
      `${'['.repeat(5000)}`,
      '{"device":"\\ud800","secret":""}',
      '\u00ff\u00fe',
      `{"device":"${'0'.repeat(64)}","secret":"${'0'.repeat(64)}","more":1}`,
    ]);
    return request(
      'POST',
      '/v1/erase',
      ['Host: x', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
      body,
    );
  },
  bearer: (g) =>
    request('GET', '/v1/records', [
      'Host: x',
      `Authorization: ${g.pick(['Bearer', 'bearer x', `Bearer ${'a'.repeat(5000)}`, 'Bearer \u0001', 'Basic eDp4'])}`,
    ]),
};

/** Sends, closes its side, and gives the statuses that came back. */
async function exchange(port, bytes) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const answer = [];
  socket.on('data', (data) => answer.push(data));
  socket.on('end', () => socket.destroy());
  socket.end(bytes);
  await closed(socket);
  const text = Buffer.concat(answer).toString('latin1');
  return {
    text,
    statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
  };
}

const residentMiB = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

test(`${kRequests} malformed requests`, async (t) => {
  const backend = await startCollector(t, scratch(t));
  const records = makeRecords(20, 1);
  const kinds = Object.entries(mutations);
  const g = generator(20261122);
  const seen = {};
  const campaign = (count) =>
    inParallel(
      32,
      Array.from({ length: count }, (_, at) => at),
      async (at) => {
        const [kind, mutate] = kinds[at % kinds.length];
        const bytes = mutate(g, g.pick(records));
        const { text, statuses } = await exchange(backend.port, bytes);
        for (const status of statuses) {
          assert.ok(
            status < 500,
            `${kind}: ${status} to ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`,
          );
          seen[status] = (seen[status] ?? 0) + 1;
        }
        if (
          statuses.length === 1 &&
          statuses[0] >= 400 &&
          !bytes.subarray(0, 4).equals(Buffer.from('HEAD'))
        ) {
          const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
          assert.equal(body.status, statuses[0], kind);
          assert.ok(body.detail.length > 10, kind);
          assert.match(text, /Content-Type: application\/problem\+json/);
        }
      },
    );
  await campaign(1000); // buffers and allocator at their working size
  const resident = [residentMiB(backend.child.pid)];
  for (let part = 0; part < 3; ++part) {
    await campaign((kRequests - 1000) / 3);
    resident.push(residentMiB(backend.child.pid));
  }
  t.diagnostic(
    `answers: ${JSON.stringify(seen)}; resident memory ${resident.map((one) => one.toFixed(1)).join(' → ')} MiB`,
  );
  // Flat: a leak would show in every part, an allocator's step in one.
  assert.ok(
    Math.min(...[1, 2, 3].map((part) => resident[part] - resident[part - 1])) < 1,
    `${resident}`,
  );
  assert.ok(resident[3] - resident[0] < 10, `${resident}`);
  assert.equal(backend.child.exitCode, null);
  for (const status of [400, 401, 404, 405, 413, 415, 422, 431])
    assert.ok(seen[status] > 0, `no ${status} among the answers`);
  for (const record of records)
    assert.ok([200, 201].includes((await put(backend.url, record)).status));
});

test('a header line without an end is cut off, not kept', async (t) => {
  const backend = await startCollector(t, scratch(t));
  const before = residentMiB(backend.child.pid);
  const socket = connect(backend.port, '127.0.0.1')
    .on('error', () => {})
    .resume();
  let open = true;
  const end = closed(socket).then(() => {
    open = false;
  });
  socket.write('GET / HTTP/1.1\r\nX: ');
  let sent = 0;
  for (const piece = Buffer.alloc(65_536, 'a'); open && sent < 64 << 20; sent += piece.length) {
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => {}), end]);
  }
  assert.ok(!open, '64 MiB of header were taken');
  assert.ok(residentMiB(backend.child.pid) - before < 5);
});
