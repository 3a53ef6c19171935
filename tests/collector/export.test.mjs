// The export gives every record once, in order of arrival, also while more arrive.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  eraseBySecret,
  exportAll,
  inParallel,
  makeRecords,
  put,
  scratch,
  startCollector,
} from './backends.mjs';

test('lines hold id, time of arrival and the very bytes, in order', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  const records = makeRecords(10, 20);
  const before = Math.floor(Date.now() / 1000);
  for (const record of records) assert.equal((await put(url, record)).status, 201);
  const lines = await exportAll(url, data);
  assert.deepEqual(
    lines.map((line) => line.id),
    records.map((record) => record.id),
  );
  for (const [at, line] of lines.entries()) {
    assert.deepEqual(Object.keys(line), ['id', 'received_at', 'record']);
    assert.ok(Buffer.from(line.record, 'base64').equals(records[at].bytes));
    assert.match(line.received_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(
      Date.parse(line.received_at) / 1000 >= before && Date.parse(line.received_at) <= Date.now(),
    );
  }
});

test('pages under concurrent writes miss nothing and repeat nothing', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  const records = makeRecords(100, 15);
  let writing = true;
  const writer = inParallel(8, records, async (record) =>
    assert.equal((await put(url, record)).status, 201),
  ).finally(() => {
    writing = false;
  });
  const seen = [];
  let after = '';
  for (let last = false; !last; ) {
    last = !writing; // one more page after the last write
    for (
      let page;
      (page = await exportAll(url, data, `?after=${after}&limit=70`)).length > 0;
      after = seen.at(-1)
    ) {
      assert.ok(page.length <= 70);
      seen.push(...page.map((line) => line.id));
    }
  }
  await writer;
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    seen.toSorted?.() ?? [...seen].sort(),
    records.map((record) => record.id).sort(),
  );
});

test('a token is made for the owner alone, and nothing is shown without it', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  const token = readFileSync(join(data, 'export-token'), 'utf8').trim();
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.equal(statSync(join(data, 'export-token')).mode & 0o777, 0o600);
  for (const authorization of [
    undefined,
    'Bearer',
    'Bearer ',
    `Bearer ${token.slice(1)}`,
    `Bearer ${token}0`,
    token,
    `Basic ${token}`,
    `Bearer ${'0'.repeat(64)}`,
  ]) {
    const answer = await fetch(`${url}/v1/records`, {
      headers: authorization ? { authorization } : {},
    });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('www-authenticate'), /^Bearer /);
    assert.equal((await answer.json()).status, 401);
  }
});

test('a cursor that is not known says what to do; bad queries too', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  const records = makeRecords(2, 2);
  for (const record of records) await put(url, record);
  assert.equal((await eraseBySecret(url, records[3].device, records[3].secret)).status, 200);
  for (const query of [
    `?after=${records[3].id}`,
    '?after=x',
    '?limit=0',
    '?limit=-1',
    '?limit=1x',
    '?limit=99999999999999999999',
    '?before=1',
    '?after',
  ]) {
    await assert.rejects(exportAll(url, data, query), /400 .*detail/);
  }
  assert.equal((await exportAll(url, data, `?after=${records[0].id}`)).length, 1);
  assert.equal((await exportAll(url, data, `?after=${records[1].id}`)).length, 0);
  const head = await fetch(`${url}/v1/records`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${readFileSync(join(data, 'export-token'), 'utf8').trim()}` },
  });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
});
