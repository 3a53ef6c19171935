// Erased means: the bytes are in no file of the collector any more, among many other records and
// after a kill too.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  collectorProgram,
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

/** What is locked, by its own token. */
async function locked(url, data) {
  const token = readFileSync(join(data, 'locked-token'), 'utf8').trim();
  const answer = await fetch(`${url}/v1/locked`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  return answer.text();
}
const lines = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const sql = (data, command) =>
  execFileSync('sqlite3', [join(data, 'collector.sqlite'), command])
    .toString()
    .trim();

test('with --lock-erased: what is erased is proof for its time, and then its bytes are gone', async (t) => {
  const data = scratch(t);
  const records = makeRecords(2, 2, '--erase');
  const [a, b] = [0, 1].map((n) => records.filter((r) => r.device === records[n * 3].device));
  let backend = await startCollector(t, data, ['--lock-erased', 'P3Y']);
  for (const record of [...a.slice(0, 2), ...b.slice(0, 2)])
    assert.equal((await put(backend.url, record)).status, 201);
  const today = new Date().toISOString().slice(0, 10);
  const until = `${Number(today.slice(0, 4)) + 3}${today.slice(4)}`.replace('-02-29', '-02-28');
  const answer = await eraseBySecret(backend.url, a[0].device, a[0].secret);
  assert.deepEqual(await answer.json(), { erased: 0, locked: 2, until });
  assert.equal((await put(backend.url, b[2])).status, 200);

  // No longer what the company works with: in no export, and nothing brings it back.
  assert.deepEqual(await exportAll(backend.url, data), []);
  for (const record of [...a, ...b]) assert.equal((await put(backend.url, record)).status, 410);
  assert.equal((await fetch(`${backend.url}/v1/locked`)).status, 401);
  const daily = readFileSync(join(data, 'export-token'), 'utf8').trim();
  const asked = { headers: { authorization: `Bearer ${daily}` } };
  assert.equal((await fetch(`${backend.url}/v1/locked`, asked)).status, 401);
  const kept = lines(await locked(backend.url, data));
  assert.deepEqual(
    kept.map((line) => [line.id, line.record]),
    [...a.slice(0, 2), ...b.slice(0, 2)].map((r) => [r.id, r.bytes.toString('base64')]),
  );
  for (const line of kept)
    assert.deepEqual([line.erased_at.slice(0, 10), line.locked_until.slice(0, 10)], [today, until]);
  const metrics = await (await fetch(`${backend.url}/metrics`)).text();
  assert.match(metrics, /^avow_records_locked 4$/m);
  assert.match(metrics, /^avow_records 0$/m);
  assert.equal(
    sql(data, "SELECT name FROM pragma_table_info('locked') WHERE name LIKE 'dev%'"),
    '',
  );

  // Its time is over for one: the next start deletes it, whether it locks or not.
  await backend.kill('SIGTERM');
  sql(data, `UPDATE locked SET until = 1 WHERE id = x'${a[0].id}'`);
  backend = await startCollector(t, data);
  while (lines(await locked(backend.url, data)).length !== 3) await sleep(20);
  await backend.kill('SIGTERM');
  assert.equal(standing(data, [a[0].bytes.subarray(-64, -32)]), 0);
  assert.equal(standing(data, [a[1].bytes.subarray(-64, -32)]), 1);
});

test('a database of before there were locks is taken over, with all that is in it', async (t) => {
  const data = scratch(t);
  const [record, erasing] = makeRecords(1, 1, '--erase');
  let backend = await startCollector(t, data);
  assert.equal((await put(backend.url, record)).status, 201);
  await backend.kill('SIGTERM');
  sql(data, 'DROP TABLE locked; PRAGMA user_version=2');
  backend = await startCollector(t, data, ['--lock-erased', 'P90D']);
  assert.equal((await exportAll(backend.url, data)).length, 1);
  assert.equal((await put(backend.url, erasing)).status, 200);
  assert.equal(lines(await locked(backend.url, data)).length, 1);
});

test('--lock-erased of one site leaves the others to be deleted', async (t) => {
  const data = scratch(t);
  const [record, erasing] = makeRecords(1, 1, '--erase');
  const { site } = JSON.parse(record.bytes.subarray(0, record.bytes.indexOf(10)));
  for (const [lock, kept] of [
    [`other.example=P3Y`, 0],
    [`${site}=P3Y`, 1],
  ]) {
    const into = join(data, String(kept));
    const { url } = await startCollector(t, into, ['--lock-erased', lock]);
    assert.equal((await put(url, record)).status, 201);
    assert.equal((await put(url, erasing)).status, 200);
    assert.equal(lines(await locked(url, into)).length, kept);
  }
});

test('--lock-erased wants a period', (t) => {
  for (const wrong of ['3', '3Y', 'P0D', '', 'forever', 'a.example=', 'a.example=3']) {
    const options = ['--data', scratch(t), '--lock-erased', wrong];
    const { status, stderr } = spawnSync(collectorProgram, options, { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /--lock-erased wants a period of ISO 8601/);
  }
});
