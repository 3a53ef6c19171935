// After a press no secret and no answer is left in the core's memory: the page's scripts can read
// all of it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { called, made } from './called.mjs';
import { compiled, fair } from './compiled.mjs';
import factory from '../../build/wasm/wasm/avow-core-wasm.mjs';
import ownFactory from '../../build/wasm/wasm/avow-own-wasm.mjs';

const { facts, texts } = compiled('tests/vectors/policy/sample.json');
const KEYRING = 96;
async function load(make, name) {
  const wasm = called(await made(make, name));
  if (wasm.load) assert.equal(JSON.parse(wasm.load(facts, texts('en'))).ok, true);
  return wasm;
}

/** Lends the module a vault, as the page does, and takes the keyring out. */
function withVault(wasm, keyring, entropy, call) {
  const at = wasm.vaultAddress();
  const vault = wasm.HEAPU8.subarray(at, at + wasm.vaultSize());
  vault.set(keyring);
  vault.set(entropy, KEYRING);
  const answer = JSON.parse(call());
  const left = vault.slice(KEYRING);
  const out = vault.slice(0, KEYRING);
  vault.fill(0);
  return [answer, out, left];
}

const random = (size) => crypto.getRandomValues(new Uint8Array(size));
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
const press = (control, selected = []) => ({
  control,
  layer: 'choices',
  via: 'notice',
  trusted: true,
  selected,
  stood: fair,
});

/**
 * How many eights of the bytes stand in memory: short, since a clamped scalar differs from its
 * bytes at both ends.
 */
function found(wasm, secret) {
  const memory = Buffer.from(wasm.HEAPU8);
  let count = 0;
  for (let at = 0; at + 8 <= secret.length; at += 8)
    if (memory.includes(secret.subarray(at, at + 8))) count++;
  return count;
}

/** What signing makes of the seed (RFC 8032, 5.1.5). */
const expanded = (keyring) => createHash('sha512').update(keyring.subarray(0, 32)).digest();

test('the scan sees a secret that is there', async () => {
  const wasm = await load(factory, 'avow-core-wasm');
  const secret = Buffer.from(random(32));
  wasm.HEAPU8.set(secret, wasm.vaultAddress() + 100);
  assert.equal(found(wasm, secret), 4);
});

test('a press leaves neither entropy, nor keys, nor the answers behind', async () => {
  const wasm = await load(factory, 'avow-core-wasm');
  for (let round = 0; round < 50; round++) {
    const entropy = Buffer.from(random(wasm.vaultSize() - KEYRING));
    const subject = `customer-${Buffer.from(random(12)).toString('hex')}`;
    const [answer, keyring, left] = withVault(wasm, new Uint8Array(KEYRING), entropy, () =>
      wasm.press(visit({ press: press('save', ['video']), subject })),
    );
    assert.equal(answer.ok, true, JSON.stringify(answer.errors));
    assert.ok(
      left.every((byte) => byte === 0),
      'the random bytes were wiped by the core itself',
    );
    assert.equal(
      found(wasm, entropy),
      0,
      'seed, identity, erase secret, file key, ephemeral keys, nonce',
    );
    assert.equal(found(wasm, Buffer.from(keyring)), 0);
    assert.equal(found(wasm, expanded(keyring)), 0, 'the signing scalar and its prefix');
    const memory = Buffer.from(wasm.HEAPU8);
    assert.equal(memory.includes(Buffer.from(subject)), false, 'request and answer');
    assert.equal(memory.includes(Buffer.from('"control":"not-carried"')), false);
    assert.equal(
      memory.includes(Buffer.from(`"subject":"${subject}","until"`)),
      false,
      'the padded plaintext',
    );
    assert.equal(
      memory.includes(Buffer.from(' '.repeat(64))),
      false,
      'the padding of the plaintext',
    );
  }
});

test('a chained press and an erasure leave nothing either', async () => {
  const wasm = await load(factory, 'avow-core-wasm');
  const own = await load(ownFactory, 'avow-own-wasm');
  const [first, keyring] = withVault(
    wasm,
    new Uint8Array(KEYRING),
    random(wasm.vaultSize() - KEYRING),
    () => wasm.press(visit({ press: press('accept') })),
  );
  const state = { held: first.choice, chain: first.chain };
  for (const [module, call] of [
    [wasm, () => wasm.press(visit({ ...state, press: press('withdraw') }))],
    [own, () => own.erase(visit(state))],
  ]) {
    const entropy = Buffer.from(random(module.vaultSize() - KEYRING));
    const [answer] = withVault(module, keyring, entropy, call);
    assert.equal(answer.ok, true, JSON.stringify(answer.errors));
    assert.equal(found(module, entropy), 0);
    assert.equal(found(module, Buffer.from(keyring)), 0);
  }
});

test("the visitor's own copy is opened in a module of its own and leaves no key", async () => {
  const wasm = await load(factory, 'avow-core-wasm');
  const own = await load(ownFactory, 'avow-own-wasm');
  const [answer, keyring] = withVault(
    wasm,
    new Uint8Array(KEYRING),
    random(wasm.vaultSize() - KEYRING),
    () => wasm.press(visit({ press: press('save', ['video']) })),
  );
  const entropy = random(own.vaultSize() - KEYRING);
  const [copy] = withVault(own, keyring, entropy, () =>
    own.own(JSON.stringify({ records: [answer.record.bytes] })),
  );
  assert.equal(
    copy.export.records[0].opened.answers.find((a) => a.purpose === 'video').granted,
    true,
  );
  assert.equal(copy.export.records[0].id, answer.record.id);
  assert.equal(found(own, Buffer.from(keyring)), 0);
});
