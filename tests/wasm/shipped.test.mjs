// The module that browsers get, not the tests' own build of the core: the same vectors, bytes for
// bytes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { called, made } from './called.mjs';
import { compiled } from './compiled.mjs';
import factory from '../../build/wasm/wasm/avow-core-wasm.mjs';

const root = new URL('../..', import.meta.url).pathname;
const read = (path) => readFileSync(`${root}${path}`, 'utf8');
const { facts: sample, texts } = compiled('tests/vectors/policy/sample.json');

async function loaded(facts = sample, language = 'en') {
  const wasm = called(await made(factory, 'avow-core-wasm'));
  return [wasm, JSON.parse(wasm.load(facts, texts(language)))];
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

const bad = readdirSync(`${root}tests/vectors/policy/bad`).filter((name) => name.endsWith('.json'));
test(`${bad.length} bad policies, and facts bent in every member, are refused with their places`, async () => {
  assert.ok(bad.length > 30);
  const good = JSON.parse(sample);
  const [, { policy }] = await loaded();
  const bent = Object.keys(good).flatMap((key) =>
    [undefined, null, 7, 'x', [], {}, [7], [{}], [null]].map((value) => ({
      ...good,
      [key]: value,
    })),
  );
  for (const text of [
    ...bad.map((name) => readFileSync(`${root}tests/vectors/policy/bad/${name}`, 'utf8')),
    ...bent.map((facts) => JSON.stringify(facts)),
  ]) {
    const [, answer] = await loaded(text);
    // Facts without a member that may be absent are facts too, of another policy.
    if (answer.ok) assert.notEqual(answer.policy, policy, text.slice(0, 200));
    else assert.ok(answer.errors.every(({ code }) => /^[a-z]+(-[a-z0-9]+)+$/.test(code)));
  }
});

test('texts of another policy, another language or altered ones are refused', async () => {
  const wasm = called(await made(factory, 'avow-core-wasm'));
  const other = compiled('tests/vectors/policy/hostile.json');
  const altered = texts('en').replace('Accept', 'Agree');
  for (const text of [other.texts('en'), altered, `${texts('en')} `, '', '{}', 'null'])
    assert.equal(JSON.parse(wasm.load(sample, text)).ok, false);
  assert.match(wasm.load(sample, altered), /texts-mismatch/);
  assert.equal(JSON.parse(wasm.load(sample, texts('zh-CN'))).ok, true);
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
        '"facts":2',
        `"facts":2,"x":{${Array.from({ length: 900 }, (_, i) => `"x${i}":"${'y'.repeat(80)}"`).join()}}`,
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
    assert.equal(JSON.parse(wasm.load(sample, texts('en'))).ok, true, 'and the module goes on');
  }
});

test('the notice has the bytes of the vectors', async () => {
  const places = { 'opt-in': 'CN', 'opt-out': 'US-CA', 'notice-only': 'SG' };
  let got = '';
  for (const language of ['en', 'zh-CN']) {
    const [wasm] = await loaded(sample, language);
    for (const [regime, place] of Object.entries(places)) {
      assert.equal(JSON.parse(wasm.decide(visit({ place, language }))).regime, regime);
      for (const layer of ['first', 'choices', 'yours', 'door', 'frame']) {
        const { notice } = JSON.parse(
          wasm.view(visit({ place, language, layer, purpose: 'video', delivery: 'none' })),
        );
        got += `${language} ${regime} ${layer} ${notice}\n`;
      }
    }
  }
  // What stands where there is no core is none of the core's.
  const vectors = read('tests/vectors/notice/ids.txt').replace(/^.* fallback .*\n/gm, '');
  assert.equal(got, vectors);
});

test('stored state that is no such thing grants nothing, and is reported', async () => {
  const [wasm] = await loaded();
  const needless = JSON.parse(wasm.decide(visit())).granted;
  for (const stored of [
    '?',
    [],
    7,
    true,
    'x'.repeat(65_000),
    '律'.repeat(21_000),
    { v: 1 },
    { v: 9_007_199_254_740_991 },
    { [`${'x'.repeat(200)}`]: Array(1_100).fill(0) },
    { v: 1, answers: [] },
    { v: 1, answers: {} },
  ]) {
    for (const [member, where] of [
      ['held', '/held'],
      ['chain', '/chain'],
    ]) {
      const answer = JSON.parse(wasm.decide(visit({ [member]: stored })));
      const what = `${member} ${JSON.stringify(stored).slice(0, 40)}`;
      assert.equal(answer.ok, true, what);
      assert.deepEqual([answer.granted, answer.ask], [needless, true], what);
      assert.ok(answer.warnings[0].where.startsWith(where), what);
    }
  }
});
