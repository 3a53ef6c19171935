// Signatures that only an attacker makes, and on whose acceptance Ed25519's verifiers differ: one
// battery over everything here that verifies. A record that one of them took and another refused
// would be evidence for one party alone.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { put, scratch, startCollector, startNodeBackend } from '../collector/backends.mjs';
import { avow, vectors } from './native.mjs';
import { verifyRecord } from './stranger.mjs';

const read = (kind) =>
  readdirSync(`${vectors}signatures/${kind}`).map((name) => ({
    name,
    bytes: readFileSync(`${vectors}signatures/${kind}/${name}`),
  }));
const accepted = read('accepted');
const refused = read('refused');

/** The id that FORMAT.md gives the record, so that a refusal is never for a wrong id. */
function idOf(record) {
  const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const end = record.indexOf(10);
  const signature = Buffer.from(record.subarray(end + 1, end + 89).toString('latin1'), 'base64');
  const hashes = [sha256(record.subarray(0, end)), sha256(record.subarray(end + 90))];
  return sha256(Buffer.from('avow/v1 id\0'), ...hashes, signature).toString('hex');
}

/** Runs `verdict` over every vector: 'accepted', or why not. */
async function battery(reason, verdict) {
  assert.ok(accepted.length > 1 && refused.length > 10);
  for (const { name, bytes } of accepted) assert.equal(await verdict(bytes), 'accepted', name);
  for (const { name, bytes } of refused) assert.match(await verdict(bytes), reason, name);
}

test('the core', () =>
  battery(/^record-signature$/, (bytes) => {
    const described = avow(['describe-record'], bytes);
    return described.ok ? 'accepted' : described.code;
  }));

test('the stranger', () =>
  battery(/^signature: /, (bytes) => {
    try {
      verifyRecord(bytes);
      return 'accepted';
    } catch (error) {
      return error.message;
    }
  }));

for (const [name, start] of [
  ['backend.mjs', startNodeBackend],
  ['avow-collector', startCollector],
]) {
  test(name, async (t) => {
    const { url } = await start(t, scratch(t));
    await battery(/^422 /, async (bytes) => {
      const answer = await put(url, { id: idOf(bytes), bytes });
      return answer.status === 201 ? 'accepted' : `${answer.status} ${await answer.text()}`;
    });
  });
}
