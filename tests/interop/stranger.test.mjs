// A record of ours in a stranger's hands: opened by docs/FORMAT.md, by a shell, and refused when it
// was altered.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { avow, file, must, some, text, vectors } from './native.mjs';
import { openRecord, verifyRecord } from './stranger.mjs';

const company = await generateX25519Identity();
const visitor = await generateX25519Identity();
const recipients = [await identityToRecipient(company), await identityToRecipient(visitor)];
const content = {
  kind: 'choice',
  answers: [
    {
      purpose: 'measure',
      granted: true,
      terms: '0'.repeat(64),
      control: 'tick',
      retention_days: 180,
    },
  ],
  // Names that sort otherwise by bytes than by UTF-16, and everything that JSON escapes.
  '\uFB33': 1,
  '\u{1F600}': 2,
  '\u20ac': 3,
  subject: 'a"b\\c\b\t\n\f\r\u001f/\u007f\u2028é你\u{1F642}',
};
const make = () => must(avow(['make-record', '1024', ...recipients], JSON.stringify(content)));

test('a stranger opens it, and finds what we find', async () => {
  for (let round = 0; round < 20; ++round) {
    const record = make();
    for (const identity of [company, visitor]) {
      const opened = await openRecord(record, identity);
      const { binds, device, v, ...own } = opened.payload;
      assert.deepEqual(own, content);
      assert.equal(v, 'avow/v1');
      assert.equal(device, opened.header.device);
      assert.equal(opened.padded, 1024);
      const [id, number, line] = must(avow(['describe-record'], record))
        .toString()
        .split('\n');
      assert.equal(opened.id, id);
      assert.equal(opened.number, number);
      assert.deepEqual(opened.header, JSON.parse(line));
      assert.deepEqual(
        opened.payload,
        JSON.parse(must(avow(['open-record', file(identity)], record))),
      );
    }
    await assert.rejects(openRecord(record, await generateX25519Identity()));
  }
});

test('the worked example of docs/FORMAT.md is what it says', async () => {
  const format = text(new URL('../../docs/FORMAT.md', import.meta.url));
  const record = readFileSync(`${vectors}record.avow`);
  const identity = /^AGE-SECRET-KEY-1\w+$/m.exec(text(`${vectors}company.key`))[0];
  const opened = await openRecord(record, identity);
  for (const said of [
    opened.id,
    opened.number,
    opened.payload.binds,
    `${record.length.toLocaleString('en')} bytes`,
  ]) {
    assert.ok(format.includes(said), `${said} is not in FORMAT.md`);
  }
  assert.equal(opened.padded, 512);
});

test('three lines of shell open it too', () => {
  // The very lines of docs/FORMAT.md.
  const format = text(new URL('../../docs/FORMAT.md', import.meta.url));
  const [show, open, bind] = /```\n(head[^`]+)```/.exec(format)[1].trim().split('\n');
  const shell = (line) =>
    execFileSync('bash', ['-o', 'pipefail', '-c', line], { cwd: vectors }).toString();
  const header = JSON.parse(shell(show));
  const payload = JSON.parse(shell(open));
  assert.equal(payload.device, header.device);
  assert.equal(payload.kind, 'choice');
  assert.equal(shell(bind).slice(0, 64), payload.binds);
});

test('altered anywhere, nobody takes it', () => {
  const record = make();
  for (let i = 0; i < record.length; ++i) {
    const altered = Buffer.from(record);
    altered[i] ^= 1 << (i % 8);
    assert.throws(() => verifyRecord(altered), `byte ${i}, by the stranger`);
    assert.equal(avow(['describe-record'], altered).ok, false, `byte ${i}, by us`);
  }
  assert.throws(() => verifyRecord(Buffer.concat([record, Buffer.from([0])])));
  assert.throws(() => verifyRecord(record.subarray(0, -1)));
  assert.throws(() => verifyRecord(some(2000)));
});

test('a seal of one record in another is seen', async () => {
  const [one, other] = [make(), make()];
  const sealedAt = (record) => record.indexOf(10) + 90;
  const mixed = Buffer.concat([one.subarray(0, sealedAt(one)), other.subarray(sealedAt(other))]);
  assert.throws(() => verifyRecord(mixed), /signature/);
  assert.equal(avow(['describe-record'], mixed).code, 'record-signature');
});
