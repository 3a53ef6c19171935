// Erased means: the bytes are in no file of the collector any more, among many other records and
// after a kill too.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  eraseBySecret,
  exportAll,
  inParallel,
  makeRecords,
  put,
  scratch,
  sha256,
  startCollector,
} from './backends.mjs';

/**
 * Which of the needles (Buffers of at least 16 bytes) stand in the directory's files: one pass over
 * every offset.
 */
function standing(directory, needles) {
  const byStart = new Map(needles.map((needle) => [needle.readUIntBE(0, 6), needle]));
  const found = new Set();
  for (const name of readdirSync(directory)) {
    const bytes = readFileSync(join(directory, name));
    for (let at = 0; at + 16 <= bytes.length; ++at) {
      const needle = byStart.get(bytes.readUIntBE(at, 6));
      if (needle && bytes.subarray(at, at + needle.length).equals(needle)) found.add(needle);
    }
  }
  return found.size;
}

/**
 * What is only this record's: parts of its signature and of its seal, its device key and its id.
 */
function needles(record) {
  const end = record.bytes.indexOf(10);
  const parts = [
    record.bytes.subarray(end + 1, end + 33),
    record.bytes.subarray(end + 40, end + 72),
  ];
  for (let at = end + 90 + 40; at + 32 <= record.bytes.length; at += 32)
    parts.push(record.bytes.subarray(at, at + 32));
  return [...parts, Buffer.from(record.device), Buffer.from(record.device, 'hex')];
}

test('the bytes of 150 erased devices are gone, those of 150 others are not', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  const groups = Map.groupBy?.(makeRecords(300, 5, '--erase'), (r) => r.device) ?? new Map();
  if (groups.size === 0)
    for (const r of makeRecords(300, 5, '--erase'))
      groups.set(r.device, [...(groups.get(r.device) ?? []), r]);
  const devices = [...groups.values()];
  // Interleaved, as visitors come: a device's records lie pages apart.
  for (let seq = 0; seq < 5; ++seq)
    await inParallel(16, devices, async (of) =>
      assert.equal((await put(url, of[seq])).status, 201),
    );
  const erased = devices.filter((_, at) => at % 2 === 0);
  const kept = devices.filter((_, at) => at % 2 === 1);
  const gone = erased.flatMap((of) => of.slice(0, 5).flatMap(needles));
  assert.ok(standing(data, gone) > gone.length * 0.9, 'the search finds what is there');

  await inParallel(8, erased.entries(), async ([at, of]) => {
    const answer = await (at % 2
      ? eraseBySecret(url, of[0].device, of[0].secret)
      : put(url, of[5]));
    assert.equal(answer.status, 200, await answer.text());
  });
  assert.equal(standing(data, gone), 0);
  assert.equal(statSync(join(data, 'collector.sqlite-wal')).size, 0);
  const left = await exportAll(url, data);
  assert.deepEqual(
    left.map((line) => line.id).sort(),
    kept.flatMap((of) => of.slice(0, 5).map((r) => r.id)).sort(),
  );
  for (const of of erased)
    for (const record of of) assert.equal((await put(url, record)).status, 410);
  for (const of of kept) assert.equal((await put(url, of[0])).status, 200);
  assert.equal(standing(data, gone), 0, 'replays bring nothing back');
});

test('whether a secret erases is found by an index: a wrong one costs no walk through a device', async (t) => {
  const data = scratch(t);
  const { url } = await startCollector(t, data);
  assert.equal((await put(url, makeRecords(1, 1)[0])).status, 201);
  const source = readFileSync(new URL('../../collector/sqlite_writer.h', import.meta.url), 'utf8');
  const [, door] = /kDoor =\s+"([^;]*)";/.exec(source);
  const plan = execFileSync('sqlite3', [
    ...['-readonly', join(data, 'collector.sqlite')],
    `EXPLAIN QUERY PLAN ${door.replace(/"\s+"/g, '')}`,
  ]).toString();
  assert.match(plan, /SEARCH record USING (COVERING )?INDEX record_door/);
});

test('a kill right after an erasing: the next start has removed the bytes', async (t) => {
  const data = scratch(t);
  const records = makeRecords(1, 40, '--erase');
  let backend = await startCollector(t, data);
  for (const record of records.slice(0, -1))
    assert.equal((await put(backend.url, record)).status, 201);
  assert.equal((await put(backend.url, records.at(-1))).status, 200);
  await backend.kill();
  backend = await startCollector(t, data);
  assert.equal(standing(data, records.slice(0, -1).flatMap(needles)), 0);
  assert.equal((await put(backend.url, records[0])).status, 410);
});

test('an erasing is answered once its bytes are gone, and others do not wait for it', async (t) => {
  const data = scratch(t);
  const records = makeRecords(1, 3, '--erase');
  const gone = records.slice(0, -1).flatMap(needles);
  const { url } = await startCollector(t, data);
  for (const record of records.slice(0, -1)) assert.equal((await put(url, record)).status, 201);
  // A backup that has the database open, in the middle of reading.
  const reader = spawn('sqlite3', ['-readonly', join(data, 'collector.sqlite')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => reader.kill());
  reader.stdin.write('BEGIN; SELECT count(*) FROM record;\n');
  await once(reader.stdout, 'data');
  const erasing = put(url, records.at(-1));
  const began = Date.now();
  for (const other of makeRecords(10, 1, '--seed', 'other'))
    assert.equal((await put(url, other)).status, 201);
  assert.ok(Date.now() - began < 2000, 'other writes do not wait for the reader');
  const later = await erasing;
  assert.equal(later.status, 503, 'nobody is told that bytes are gone which are there');
  assert.ok(Number(later.headers.get('retry-after')) >= 1);
  assert.ok(standing(data, gone) > 0);
  const again = put(url, records.at(-1));
  reader.stdin.end('COMMIT;\n');
  assert.equal((await again).status, 410, 'it erased itself, and now that is true of the bytes');
  assert.equal(standing(data, gone), 0);
});

test('a tombstone names nobody', async (t) => {
  const data = scratch(t);
  const [record, erasing] = makeRecords(1, 1, '--erase');
  const { url, kill } = await startCollector(t, data);
  assert.equal((await put(url, record)).status, 201);
  assert.equal((await put(url, erasing)).status, 200);
  await kill('SIGTERM');
  const row = execFileSync('sqlite3', [
    '-readonly',
    join(data, 'collector.sqlite'),
    'SELECT hex(device), cut_off FROM tombstone',
  ])
    .toString()
    .trim();
  assert.equal(row, `${sha256(Buffer.from(record.device, 'hex')).toString('hex').toUpperCase()}|2`);
});
