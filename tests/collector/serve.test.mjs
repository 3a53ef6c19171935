// The demo's side: a directory as a site, and counted hits.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { closed, scratch, startCollector } from './backends.mjs';

function site(t) {
  const root = scratch(t);
  const outside = scratch(t);
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  mkdirSync(join(root, 'sub'));
  for (const [name, text] of Object.entries({
    'index.html': '<p>home',
    'sub/index.html': '<p>sub',
    'a.js': '1',
    'a.mjs': '2',
    'core.wasm': '\0asm',
    'a b.css': 'x',
    '.hidden': 'secret',
  })) {
    writeFileSync(join(root, name), text);
  }
  writeFileSync(join(root, 'a.js.br'), brotliCompressSync('1'));
  symlinkSync(join(outside, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(join(outside, 'secret.txt'), join(root, 'a.mjs.br'));
  return root;
}

/** fetch tidies paths up; a socket does not. */
async function raw(port, path) {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await closed(socket);
  return answer;
}

test('files with their types, validators, headers and smaller twins', async (t) => {
  const csp = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  const { url } = await startCollector(t, scratch(t), [
    '--serve',
    site(t),
    '--header',
    `Content-Security-Policy: ${csp}`,
    '--header',
    'X-Two: 2',
  ]);
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/sub/', 'text/html; charset=utf-8'],
    ['/a.js', 'text/javascript; charset=utf-8'],
    ['/a.mjs', 'text/javascript; charset=utf-8'],
    ['/core.wasm', 'application/wasm'],
    ['/a%20b.css', 'text/css; charset=utf-8'],
  ]) {
    const answer = await fetch(url + path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get('content-type'), type);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.equal(answer.headers.get('content-security-policy'), csp);
    assert.equal(answer.headers.get('x-two'), '2');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const again = await fetch(url + path, {
      headers: { 'if-none-match': answer.headers.get('etag') },
    });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  }
  const small = await fetch(`${url}/a.js`, { headers: { 'accept-encoding': 'gzip, br' } });
  assert.deepEqual(
    [small.headers.get('content-encoding'), small.headers.get('vary'), await small.text()],
    ['br', 'Accept-Encoding', '1'],
  );
  const plain = await fetch(`${url}/a.js`, { headers: { 'accept-encoding': 'gzip' } });
  assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, '1']);
  assert.notEqual(small.headers.get('etag'), plain.headers.get('etag'));
  const redirect = await fetch(`${url}/sub`, { redirect: 'manual' });
  assert.deepEqual([redirect.status, redirect.headers.get('location')], [308, '/sub/']);
  assert.equal((await fetch(`${url}/`, { method: 'POST' })).status, 405);
});

test('a smaller twin that leads outside is refused like a file that does', async (t) => {
  const { url } = await startCollector(t, scratch(t), ['--serve', site(t)]);
  const answer = await fetch(`${url}/a.mjs`, { headers: { 'accept-encoding': 'br' } });
  assert.deepEqual([answer.headers.get('content-encoding'), await answer.text()], [null, '2']);
});

test('a changed file is served as it is now', async (t) => {
  const root = site(t);
  const { url } = await startCollector(t, scratch(t), ['--serve', root]);
  assert.equal(await (await fetch(`${url}/a.mjs`)).text(), '2');
  writeFileSync(join(root, 'a.mjs'), 'longer');
  assert.equal(await (await fetch(`${url}/a.mjs`)).text(), 'longer');
});

test('nothing outside the directory, nothing hidden', async (t) => {
  const { port } = await startCollector(t, scratch(t), ['--serve', site(t)]);
  for (const path of [
    '/../secret.txt',
    '/sub/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/.hidden',
    '/%2ehidden',
    '//etc/passwd',
    '/sub//index.html',
    '/link.txt',
    '/%00',
    '/a.js%00.html',
    '/..\\secret.txt',
    '/%',
    '/%zz',
    '/sub/%2e/index.html',
    '/a.js/',
  ]) {
    const answer = await raw(port, path);
    assert.match(answer, /^HTTP\/1\.1 404 /, path);
    assert.ok(!answer.includes('secret\n') && !answer.endsWith('secret'), path);
  }
});

test('hits are counted by name, and only when asked for', async (t) => {
  const { url } = await startCollector(t, scratch(t), ['--count-hits']);
  assert.equal(
    await (await fetch(`${url}/hits/ad.js`)).text(),
    '/* ad */ (globalThis.__hits ??= []).push("ad");\n',
  );
  assert.match(await (await fetch(`${url}/hits/frame.html`)).text(), /<!doctype html>/);
  assert.equal((await fetch(`${url}/hits/pixel`, { method: 'POST', body: 'x' })).status, 204);
  await fetch(`${url}/hits/ad.js`);
  await fetch(`${url}/hits/ad.js`, { method: 'HEAD' });
  for (const bad of ['A', 'a_b', 'a'.repeat(33), '', 'a.css'])
    assert.equal((await fetch(`${url}/hits/${bad}`)).status, 404);
  assert.deepEqual(await (await fetch(`${url}/hits`)).json(), { ad: 2, frame: 1, pixel: 1 });
  for (let i = 0; i < 61; ++i) assert.equal((await fetch(`${url}/hits/n${i}`)).status, 204);
  assert.equal((await fetch(`${url}/hits/one-too-many`)).status, 404);
  assert.equal((await fetch(`${url}/hits/ad`)).status, 204);
  const silent = await startCollector(t, scratch(t));
  assert.equal((await fetch(`${silent.url}/hits`)).status, 404);
});
