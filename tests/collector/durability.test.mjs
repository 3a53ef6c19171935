// A kill does not lose what the kernel holds; a power cut does. So the system calls are watched:
// the log must be synced between a record's arrival and its answer. And the watch itself is
// watched: of a collector that does not sync it must say so.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  built,
  collectorProgram,
  makeRecords,
  put,
  scratch,
  startCollector,
  startProgram,
} from './backends.mjs';

/** The same collector, on a machine whose sync calls do nothing (unsynced.cpp). */
const unsyncedProgram = built('tests/collector/avow-collector-unsynced');
/** The same collector, whose SQLite does not sync although it is told to (misled.cpp). */
const misledProgram = built('tests/collector/avow-collector-misled');

/**
 * For each acknowledged record or erasure of a trace: was the log synced after its last write and
 * before the answer went out?
 */
function answersWithoutSync(trace) {
  const pending = new Map(); // thread → the call it is in
  let dirty = true; // the log has bytes that no completed sync covers
  let answers = 0;
  let bad = 0;
  for (const line of trace.split('\n')) {
    const [, thread, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!thread) continue;
    const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest);
    const call = resumed ? pending.get(thread) : rest;
    if (call === undefined) continue;
    if (rest.endsWith('<unfinished ...>')) {
      pending.set(thread, rest);
      // a write counts from its beginning
      if (!/^(pwrite64|write|send|sendto|sendmsg|writev)\(/.test(rest)) continue;
    } else if (resumed) {
      pending.delete(thread);
      if (!/^f(data)?sync\(/.test(call)) continue; // a sync counts from its end
    }
    if (/^(pwrite64|write)\(\d+<[^>]*-wal>/.test(call)) dirty = true;
    else if (/^f(data)?sync\(\d+<[^>]*-wal>/.test(call) && /= 0$/.test(rest)) dirty = false;
    else if (/^(sendmsg|sendto|write|writev)\(.*HTTP\/1\.1 20[01]/.test(call)) {
      answers++;
      if (dirty) bad++;
    }
  }
  return { answers, bad };
}

async function traced(t, program) {
  const data = scratch(t);
  const log = join(scratch(t), 'trace');
  const calls = 'trace=pwrite64,write,writev,sendmsg,sendto,fsync,fdatasync';
  const strace = [
    '-f',
    '-y',
    '-s',
    '64',
    '-e',
    calls,
    '-o',
    log,
    program,
    '--data',
    data,
    '--port',
    '0',
    '--once-ready',
    '--rate',
    '0',
  ];
  const backend = await startProgram(t, 'strace', strace);
  // One at a time, so that every answer has a commit of its own.
  const records = makeRecords(5, 4, '--erase');
  for (const record of records)
    assert.equal((await put(backend.url, record)).status, record.op === 'erase' ? 200 : 201);
  const collector = Number(
    readFileSync(`/proc/${backend.child.pid}/task/${backend.child.pid}/children`, 'utf8')
      .trim()
      .split(' ')[0],
  );
  process.kill(collector, 'SIGTERM');
  await backend.ended;
  return answersWithoutSync(readFileSync(log, 'utf8'));
}

test('every answer comes after its sync', async (t) => {
  const seen = await traced(t, collectorProgram);
  assert.deepEqual(seen, { answers: 25, bad: 0 }); // twenty records, five erasures
});

test('the check above catches a collector that does not sync', async (t) => {
  const seen = await traced(t, unsyncedProgram);
  assert.equal(seen.answers, 25);
  assert.equal(seen.bad, 25);
});

const start = (data, program = collectorProgram) =>
  spawnSync(program, ['--data', data, '--port', '0'], { encoding: 'utf8' });

test('a database that does not sync is refused at start, and says what it found', (t) => {
  const { status, stderr } = start(scratch(t), misledProgram);
  assert.equal(status, 3);
  assert.match(stderr, /synchronous=0, not 2/);
});

test("another program's database and a broken one are refused", (t) => {
  const foreign = scratch(t);
  execFileSync('sqlite3', [join(foreign, 'collector.sqlite'), 'CREATE TABLE mine (x)']);
  assert.equal(start(foreign).status, 3);
  const broken = scratch(t);
  writeFileSync(
    join(broken, 'collector.sqlite'),
    'this is not a database, though it is long enough for one'.repeat(40),
  );
  assert.equal(start(broken).status, 3);
  assert.match(readFileSync(join(broken, 'collector.sqlite'), 'utf8'), /^this is not/);
});

test('a second collector on the same directory is refused, and the first goes on', async (t) => {
  const data = scratch(t);
  const first = await startCollector(t, data);
  const { status, stderr } = start(data);
  assert.equal(status, 4);
  assert.match(stderr, /Another collector/);
  const [record] = makeRecords(1, 1);
  assert.equal((await put(first.url, record)).status, 201);
  assert.ok(existsSync(join(data, 'collector.lock')));
});
