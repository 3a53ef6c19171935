// Delivery, step by step, with the real core and a transport of the test's own: no browser is
// needed for it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compiled, fair } from '../wasm/compiled.mjs';
import { packed, Shelf } from './packed.mjs';

const root = new URL('../..', import.meta.url).pathname;
const sample = compiled('tests/vectors/policy/sample.json');
const [facts, texts] = [sample.facts, sample.texts('en')].map(
  (text) => new TextEncoder().encode(text).buffer,
);
const { buffer: wasm } = Uint8Array.from(readFileSync(`${root}build/web/core.wasm`));

globalThis.localStorage = new Shelf();
globalThis.Document = class {
  visibilityState = 'visible';
  addEventListener() {}
};
globalThis.document = new Document();
globalThis.addEventListener = () => {};
// The next try comes by chance; here never so soon that one run makes two of them.
const draw = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (of) => (of instanceof Uint32Array ? of.fill(2 ** 31) : draw(of));
// A wait that nobody needs any more does not keep this process.
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (...all) => wait(...all).unref();

const { Core } = await packed('consent/core.ts');
const { Device, changeOf } = await packed('consent/device.ts');
const { TransientStore } = await packed('store/transient.ts');
const { Delivery } = await packed('delivery/delivery.ts');
const { reached } = await packed('delivery/reached.ts');

const page = {
  name: 'avow',
  language: 'en',
  place: 'CN',
  gpc: false,
  facts,
  texts,
  wasm,
  baked: {},
};
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const echo = (bytes) => ({ status: 200, body: JSON.stringify({ stored: sha256(bytes) }) });

/** A store with the record of one accepted notice in its outbox. */
async function pressed() {
  const core = await Core.load(page);
  const store = new TransientStore(false);
  const device = new Device(page, store);
  const press = {
    ...{ control: 'accept', layer: 'first', via: 'notice', trusted: true, selected: [] },
    at: Math.floor(Date.now() / 1000),
    stood: fair,
  };
  let record;
  await store.transact((kept) => {
    const [answer, keyring] = core.press({ ...device.visit(kept), press }, kept.keyring);
    record = answer.record;
    return changeOf(answer, keyring);
  });
  return { core, store, id: record.id };
}

/** Runs the outbox once against a transport; gives what was sent. */
async function run({ core, store }, transport) {
  const sent = [];
  const delivery = new Delivery(
    core,
    store,
    'avow',
    () => {},
    async ({ id, bytes }) => {
      sent.push(id);
      return transport(bytes, sent.length);
    },
  );
  await delivery.run('start');
  return sent;
}

test('a record leaves the outbox by the acknowledgement that repeats its hash, and by no other', async () => {
  for (const answer of [
    { status: 200 },
    { status: 200, body: '<html>Welcome to the airport</html>' },
    { status: 200, body: JSON.stringify({ stored: sha256('something else') }) },
    { status: 503 },
    { status: 0 },
  ]) {
    const given = await pressed();
    assert.deepEqual(await run(given, () => answer), [given.id]);
    const [entry] = await given.store.outbox();
    assert.equal(entry.state, 'waiting', JSON.stringify(answer));
  }
  const given = await pressed();
  assert.deepEqual(await run(given, echo), [given.id]);
  assert.deepEqual(await given.store.outbox(), []);
  assert.deepEqual(await run(given, echo), [], 'nothing is left to send');
  assert.equal((await given.store.records()).length, 1, 'the visitor keeps the record');
});

test('a transport that throws, or answers nonsense, is a try like any other', async () => {
  const nonsense = [
    () => Promise.reject(new Error('offline')),
    () => undefined,
    () => ({ status: 'ok', body: 7, retryAfter: -1 }),
    () => ({ status: 2e9 }),
  ];
  for (const transport of nonsense) {
    const given = await pressed();
    assert.deepEqual(await run(given, transport), [given.id]);
    assert.equal((await given.store.outbox()).length, 1);
  }
});

test('what a backend refuses goes to the shelf, and is not sent again', async () => {
  const given = await pressed();
  await run(given, () => ({ status: 422 }));
  const [entry] = await given.store.outbox();
  assert.deepEqual([entry.state, entry.reason], ['shelved', 'refused']);
  assert.deepEqual(await run(given, echo), []);
});

test('how far a record has come is told from what is left', () => {
  const entry = (more) => ({ id: 'a', op: 'set', state: 'waiting', reason: 'none', ...more });
  for (const [left, durable, before, told] of [
    [[], true, 'saved', 'delivered'],
    [[], false, 'unsaved', 'unsaved'],
    [[entry()], true, 'saved', 'waiting'],
    [[entry({ state: 'shelved' })], true, 'waiting', 'shelved'],
    [[entry({ id: 'another' })], true, 'saved', 'delivered'],
    [[entry({ op: 'erase' })], true, 'erasing', 'erasing'],
    [[entry({ op: 'erase', state: 'shelved' })], true, 'erasing', 'unerased'],
    [[], true, 'erasing', 'erased'],
  ])
    assert.equal(reached(left, durable, before, 'a'), told, JSON.stringify([left, before]));
});
