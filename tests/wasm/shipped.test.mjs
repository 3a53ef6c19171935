// The module that browsers get, not the tests' own build of the core: the same vectors, bytes for
// bytes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import factory from '../../build/wasm/wasm/avow-core-wasm.mjs';

const root = new URL('../..', import.meta.url).pathname;
const read = (path) => readFileSync(`${root}${path}`, 'utf8');
const wasmBinary = readFileSync(`${root}build/wasm/wasm/avow-core-wasm.wasm`);
const sample = read('tests/vectors/policy/sample.json');
const catalog = (language) => read(`locales/${language}.json`);

async function loaded(policy = sample, language = 'en') {
  const wasm = await factory({ wasmBinary });
  return [wasm, JSON.parse(wasm.load(policy, catalog(language)))];
}
const visit = (more) =>
  JSON.stringify({
    now: 1_800_000_000,
    language: 'en',
    place: 'CN',
    gpc: false,
    held: null,
    chain: null,
    ...more,
  });
const listed = (answer) =>
  answer.errors.map(({ code, where }) => `${code}${where ? ` ${where}` : ''}\n`).join('');

const bad = readdirSync(`${root}tests/vectors/policy/bad`).filter((name) => name.endsWith('.json'));
test(`${bad.length} bad policies are refused with every place`, async () => {
  assert.ok(bad.length > 30);
  for (const name of bad) {
    const bytes = readFileSync(`${root}tests/vectors/policy/bad/${name}`);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    // no browser hands over what is not UTF-8: its decoder has replaced it
    if (!Buffer.from(text).equals(bytes)) continue;
    const [, answer] = await loaded(text);
    assert.equal(answer.ok, false, name);
    assert.equal(
      listed(answer),
      read(`tests/vectors/policy/bad/${name.replace(/json$/, 'expected')}`),
      name,
    );
  }
});

test('a policy of a megabyte is refused in the time of a page', async () => {
  const members = (count) =>
    `{${Array.from({ length: count }, (_, i) => `"member ${i}":0`).join()}}`;
  for (const [text, code] of [
    [members(45_000), 'json-too-many'],
    [`[${'0.5,'.repeat(49_000)}0]`, 'json-not-integer'],
    ['['.repeat(1 << 20), 'json-too-deep'],
    [`{"avow":1,"purposes":[${`${members(700)},`.repeat(60)}{}]}`, undefined],
    [`"${'x'.repeat((1 << 20) - 2)}"`, 'wrong-type'],
    [' '.repeat((1 << 20) + 1), 'json-too-large'],
    [`{"${'k'.repeat(20_000)}":[${'0.5,'.repeat(1_000)}0]}`, 'json-too-large'],
    [`{${Array.from({ length: 999 }, (_, i) => `"${'k'.repeat(250)}${i}":0`).join()}}`, undefined],
    [
      sample.replace(
        /"title": \{/,
        `"title": {${Array.from({ length: 900 }, (_, i) => `"x${i}":"${'y'.repeat(80)}",`).join('')}`,
      ),
      undefined,
    ],
  ]) {
    const began = performance.now();
    const [wasm, answer] = await loaded(text);
    assert.equal(answer.ok, false);
    assert.ok(JSON.stringify(answer).length < 1 << 21);
    if (code) assert.equal(answer.errors[0].code, code);
    assert.ok(answer.errors.length <= 200);
    // 23 s, before members were counted
    assert.ok(performance.now() - began < 10_000, `${code}: ${performance.now() - began} ms`);
    assert.equal(JSON.parse(wasm.load(sample, catalog('en'))).ok, true, 'and the module goes on');
  }
});

test('the notice has the bytes of the vectors', async () => {
  const places = { 'opt-in': 'CN', 'opt-out': 'US-CA', 'notice-only': 'SG' };
  let got = '';
  for (const language of ['en', 'zh-CN']) {
    const [wasm] = await loaded(sample, language);
    for (const [regime, place] of Object.entries(places)) {
      assert.equal(JSON.parse(wasm.decide(visit({ place, language }))).regime, regime);
      for (const layer of ['first', 'choices', 'yours', 'entry', 'frame']) {
        const { notice } = JSON.parse(
          wasm.view(
            visit({ place, language, layer, purpose: 'video', delivery: 'none', utc_offset: 0 }),
          ),
        );
        got += `${language} ${regime} ${layer} ${notice}\n`;
      }
    }
  }
  assert.equal(got, read('tests/vectors/notice/ids.txt'));
});

test('stored state that is no such thing grants nothing, and is reported', async () => {
  const [wasm] = await loaded();
  const needless = JSON.parse(wasm.decide(visit())).granted;
  for (const text of [
    '?',
    '{',
    '[]',
    '7',
    '"x"',
    '{"v":1}',
    '['.repeat(200_000),
    `{"v":${'9'.repeat(400)}}`,
    `"${'x'.repeat(65_000)}"`,
    '律'.repeat(65_536),
    '\u0001'.repeat(65_536),
    `{"${'x'.repeat(20_000)}":[${'0.5,'.repeat(1_100)}0]}`,
    '{"v":1,"v":1}',
    '\u0000',
  ]) {
    for (const [member, where] of [
      ['held', '/held'],
      ['chain', '/chain'],
    ]) {
      const answer = JSON.parse(wasm.decide(visit({ [member]: text })));
      assert.equal(answer.ok, true, `${member} ${text.slice(0, 40)}`);
      assert.deepEqual([answer.granted, answer.ask], [needless, true]);
      assert.ok(answer.warnings[0].where.startsWith(where));
    }
  }
});
