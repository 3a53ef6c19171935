// What a page remembers and speaks before any core: presses that wait, the stored verdict, the
// language.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { packed, Shelf } from './packed.mjs';

const pending = await packed('page/pending.ts');
const { negotiate } = await packed('page/language.ts');
const { readVerdict, holds } = await packed('page/verdict.ts');

const shelf = new Shelf();
globalThis.localStorage = shelf;
beforeEach(() => Object.assign(shelf, { items: new Map(), full: false, blocked: false }));

const act = (control, more = {}) =>
  pending.pressNow({
    control,
    layer: 'first',
    via: 'notice',
    trusted: true,
    selected: [],
    ...more,
  });
const waiting = () => pending.waitingPresses(shelf.getItem('avow:pending') ?? '');

test('presses wait in the order they were made, and leave one by one', () => {
  const presses = [
    act('accept'),
    act('frame', { selected: ['video'] }),
    act('grant', { selected: ['a'] }),
  ];
  for (const press of presses) assert.equal(pending.keepPress('avow', press), true);
  assert.deepEqual(waiting(), presses);
  pending.dropPress('avow', presses[1]);
  assert.deepEqual(waiting(), [presses[0], presses[2]]);
  assert.equal(pending.pressWaits('avow', presses[1]), false);
  assert.equal(pending.pressWaits('avow', presses[2]), true);
  pending.dropPress('avow', presses[0]);
  pending.dropPress('avow', presses[2]);
  assert.equal(shelf.getItem('avow:pending'), null);
});

test('what answers everything takes the place of what was said before it', () => {
  for (const control of ['refuse', 'withdraw', 'save']) {
    pending.keepPress('avow', act('accept'));
    const last = act(control);
    pending.keepPress('avow', last);
    assert.deepEqual(waiting(), [last]);
  }
  const yes = act('accept'); // and a later yes does not take a no away
  pending.keepPress('avow', act('refuse'));
  pending.keepPress('avow', yes);
  assert.deepEqual(
    waiting().map(({ control }) => control),
    ['refuse', 'accept'],
  );
});

test('a no waits as long as it must, a yes an hour, and one from the future not at all', () => {
  const old = (control, seconds) => ({
    ...act(control),
    at: Math.floor(Date.now() / 1000) - seconds,
  });
  for (const [press, stays] of [
    [old('accept', 3_599), true],
    [old('accept', 3_601), false],
    [old('accept', -60), false],
    [old('refuse', 100_000_000), true],
    [old('withdraw', -60), true],
  ]) {
    shelf.items.set('avow:pending', `${JSON.stringify(press)}\n`);
    assert.equal(waiting().length, stays ? 1 : 0, JSON.stringify(press));
  }
});

test('a no that waits holds, but not against itself', () => {
  assert.equal(pending.refusalWaits('avow'), false);
  const no = act('withdraw');
  pending.keepPress('avow', no);
  assert.equal(pending.refusalWaits('avow'), true);
  assert.equal(pending.refusalWaits('avow', no.mark), false);
  pending.keepPress('avow', act('accept'));
  assert.equal(pending.refusalWaits('avow', 0.5), true);
});

test('storage is anybody’s: rubbish is no press, and a full or blocked one is survived', () => {
  const one = act('accept');
  for (const text of [
    '',
    'null',
    '7',
    '[]',
    '{}',
    '{"control":"accept"}',
    '\u0000',
    '{"selected":7}',
  ])
    assert.deepEqual(pending.waitingPresses(text), [], text);
  assert.deepEqual(pending.waitingPresses(`{\n${JSON.stringify(one)}\n[`), [one]);
  shelf.full = true;
  assert.equal(pending.keepPress('avow', one), false);
  shelf.blocked = true;
  assert.equal(pending.keepPress('avow', act('refuse')), false);
  assert.equal(pending.refusalWaits('avow'), false);
  pending.dropPress('avow', one);
});

test('the language: by the whole tag, else by its beginning, else the policy’s first', () => {
  const spoken = { zh: 'zh-CN', 'zh-hant': 'zh-TW', 'zh-hk': 'zh-HK', en: 'en', pt: 'pt-BR' };
  for (const [wanted, found] of [
    [['en'], 'en'],
    [['EN-gb'], 'en'],
    [['fr', 'pt'], 'pt-BR'],
    [['zh-Hans-SG'], 'zh-CN'],
    [['zh-Hant-MO'], 'zh-TW'],
    [['zh-HK-u-nu-hanidec'], 'zh-HK'],
    [['constructor', 'en'], 'en'],
    [['fr'], 'zh-CN'],
    [[], 'zh-CN'],
  ])
    assert.equal(negotiate(wanted, spoken), found, String(wanted));
});

test('a verdict counts in the very form that the core gave it, and while all of it holds', () => {
  const now = Math.floor(Date.now() / 1000);
  const verdict = {
    gpc: false,
    granted: ['service', 'video'],
    not_before: now - 10,
    number: 'K7QF2-M9T',
    place: 'US-CA',
    policy: 'ab'.repeat(32),
    regime: 'opt-out',
    until: now + 10,
    v: 2,
    withdrawable: true,
  };
  assert.deepEqual(readVerdict(JSON.stringify(verdict)), verdict);
  assert.equal(holds(verdict, verdict.policy, 'US-CA'), true);
  assert.equal(holds(verdict, 'cd'.repeat(32), 'US-CA'), false);
  assert.equal(holds(verdict, verdict.policy, ''), false);
  assert.equal(holds({ ...verdict, until: now }, verdict.policy, 'US-CA'), false);
  assert.equal(holds({ ...verdict, not_before: now + 1 }, verdict.policy, 'US-CA'), false);
  assert.equal(holds({ ...verdict, gpc: true }, verdict.policy, 'US-CA'), false);
  for (const bent of [
    { until: '9e99' },
    { granted: ['<img>'] },
    { granted: 'video' },
    { v: 1 },
    { withdrawable: 1 },
    { number: '"><b>' },
    { policy: 'AB'.repeat(32) },
    { policy: '<b>' },
    { place: 'US"' },
    { more: 1 },
  ]) {
    const text = JSON.stringify({ ...verdict, ...bent });
    assert.equal(readVerdict(text), null, text);
  }
  for (const nothing of [` ${JSON.stringify(verdict)}`, '', null])
    assert.equal(readVerdict(nothing), null);
});
