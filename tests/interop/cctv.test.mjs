// The age project's own test vectors (C2SP/CCTV), from npm's cctv-age.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { avow, file, vectors as vectorKeys } from './native.mjs';

/** Which of our codes is the failure that a vector expects. */
const CODES = {
  'no match': ['seal-no-match', 'seal-passphrase'],
  'HMAC failure': ['seal-mac'],
  'header failure': ['seal-header', 'seal-stanza'],
  'payload failure': ['seal-payload'],
};

function read(bytes) {
  const end = Buffer.from(bytes).indexOf('\n\n');
  const fields = { identity: [], passphrase: [] };
  for (const line of Buffer.from(bytes).subarray(0, end).toString().split('\n')) {
    const [, key, value] = /^([^:]+): (.*)$/s.exec(line);
    if (key in { identity: 0, passphrase: 0 }) fields[key].push(value);
    else fields[key] = value;
  }
  const body = Buffer.from(bytes).subarray(end + 2);
  return { ...fields, body: fields.compressed === 'zlib' ? inflateSync(body) : body };
}

function notApplicable({ armored, identity }) {
  if (armored === 'yes') return 'armor: records are binary';
  if (identity.some((key) => key.startsWith('AGE-SECRET-KEY-PQ-')))
    return 'post-quantum identity: not in avow/v1';
}

const left = {};
let applied = 0;
const all = Object.entries(vectors).filter(([, value]) => value instanceof Uint8Array);
for (const [name, bytes] of all) {
  const vector = read(bytes);
  const reason = notApplicable(vector);
  if (reason) {
    left[reason] = (left[reason] ?? 0) + 1;
    continue;
  }
  ++applied;
  test(name, () => {
    const { expect, identity, passphrase, payload, body } = vector;
    // With several ways in, the one that goes furthest counts.
    const results = passphrase.map((words) => avow(['open-passphrase', words], body));
    if (identity.length > 0) results.push(avow(['open', file(identity.join('\n'))], body));
    // any key: it is refused before
    if (results.length === 0) results.push(avow(['open', `${vectorKeys}company.key`], body));
    const result =
      results.find(({ ok }) => ok) ??
      results.find(({ code }) => !CODES['no match'].includes(code)) ??
      results[0];
    if (expect === 'success') {
      assert.equal(result.error, '');
      assert.equal(createHash('sha256').update(result.out).digest('hex'), payload);
      return;
    }
    assert.equal(result.ok, false, `opened, though it is a ${expect}`);
    assert.ok(CODES[expect].includes(result.code), `${expect}, but we say ${result.error}`);
    assert.equal(result.out.length, 0, 'plaintext came out of a file that was refused');
  });
}

test('none is left out unnamed', () => {
  console.log(`cctv-age: ${all.length} vectors, ${applied} applicable`);
  for (const [reason, count] of Object.entries(left))
    console.log(`  ${count} not applicable (${reason})`);
  assert.ok(applied >= 90, `only ${applied} were applicable`);
  assert.equal(applied + Object.values(left).reduce((a, b) => a + b, 0), all.length);
});
