// What a visitor downloads, in brotli bytes. The budgets stand below; a change that breaks one
// breaks the build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

const root = new URL('../..', import.meta.url).pathname;
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;
const size = (file) => brotli(readFileSync(`${root}build/web/${file}`));
const policy = brotli(
  execFileSync(`${root}build/native/cli/avow`, [
    'public',
    `${root}tests/vectors/policy/sample.json`,
  ]),
);

// What opens the visitor's own copy (avow-own) is fetched when somebody asks for it, and has no
// budget.
const files = [
  'avow.js',
  'avow-core.js',
  'avow-core-wasm.wasm',
  'catalogs/en.json',
  'catalogs/zh-CN.json',
  'avow-own.js',
  'avow-own-wasm.wasm',
];
for (const file of files) console.log(`${String(size(file)).padStart(7)}  ${file}`);
console.log(`${String(policy).padStart(7)}  policy.json (sample: nine purposes, two languages)`);

test('the loader is at most 3.5 KB', () =>
  assert.ok(size('avow.js') <= 3_584, `${size('avow.js')} bytes`));

test('everything a first visit loads is at most 95 KB', () => {
  const first =
    size('avow.js') +
    size('avow-core.js') +
    size('avow-core-wasm.wasm') +
    size('catalogs/zh-CN.json') +
    policy;
  console.log(`${String(first).padStart(7)}  first visit`);
  assert.ok(first <= 95 * 1024, `${first} bytes`);
});

test('a returning visitor loads at most 6 KB, and no core', () => {
  const again = size('avow.js') + policy;
  console.log(`${String(again).padStart(7)}  returning visitor`);
  assert.ok(again <= 6 * 1024, `${again} bytes`);
});
