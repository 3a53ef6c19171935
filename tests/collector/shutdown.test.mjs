// Stopping: nothing new, what has arrived is finished, exit code 0.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  closed,
  collectorProgram,
  inParallel,
  makeRecords,
  put,
  scratch,
  startCollector,
} from './backends.mjs';

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal}: what waits for the disk is stored and answered, idle connections are closed`, async (t) => {
    const data = scratch(t);
    const backend = await startCollector(t, data);
    const idle = connect(backend.port, '127.0.0.1').resume();
    await once(idle, 'connect');
    const records = makeRecords(1, 30);
    const holder = spawn('sqlite3', [join(data, 'collector.sqlite')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    t.after(() => holder.kill());
    holder.stdin.write('BEGIN IMMEDIATE; SELECT 1;\n');
    await once(holder.stdout, 'data');
    const answers = records.map((record) => put(backend.url, record));
    for (let waiting = 0; waiting < records.length; ) {
      // until the collector has taken every one of them
      const text = await (await fetch(`${backend.url}/metrics`)).text();
      waiting = Number(/^avow_queue_depth (\d+)$/m.exec(text)[1]);
    }
    backend.child.kill(signal);
    await closed(idle);
    holder.stdin.end('ROLLBACK;\n');
    for (const answer of answers) assert.equal((await answer).status, 201);
    assert.deepEqual(await backend.ended, { code: 0, signal: null });
    const again = await startCollector(t, data);
    await inParallel(4, records, async (record) =>
      assert.equal((await put(again.url, record)).status, 200),
    );
  });
}

test('a request that never finishes does not hold up the end', async (t) => {
  const backend = await startCollector(t, scratch(t));
  const slow = connect(backend.port, '127.0.0.1')
    .on('error', () => {})
    .resume();
  slow.write('GET / HTTP/1.1\r\n');
  await once(slow, 'connect');
  assert.equal((await fetch(`${backend.url}/healthz`)).status, 200);
  const began = Date.now();
  assert.deepEqual(await backend.kill('SIGTERM'), { code: 0, signal: null });
  assert.ok(Date.now() - began < 8000);
});

test('exit codes say what is wrong', async (t) => {
  const end = (...args) => spawnSync(collectorProgram, args, { encoding: 'utf8' });
  for (const args of [
    [],
    ['--data'],
    ['--data', scratch(t), '--nonsense'],
    ['--data', scratch(t), '--port', '70000'],
    ['--data', scratch(t), '--origin', 'https://a.example/'],
    ['--data', scratch(t), '--header', 'x'],
    ['--data', scratch(t), '--data', scratch(t)],
    ['--data', scratch(t), '--origin', 'https://a.example/path'],
    ['--data', scratch(t), '--origin', 'https://A.example'],
    ['--data', scratch(t), '--site', 'https://a.example'],
    ['--data', scratch(t), '--site', 'Shop.Example'],
    ['--data', scratch(t), '--proxy', '10.0.0.0/8'],
    ['--data', scratch(t), '--serve', join(scratch(t), 'nowhere')],
  ]) {
    const { status, stderr } = end(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, /--help/);
  }
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { status, stderr } = end('--data', scratch(t), '--port', String(taken.address().port));
  taken.close();
  assert.equal(status, 5, stderr);
  assert.equal(end('--data', scratch(t), '--address', 'nowhere').status, 5);
  assert.equal(end('--data', '/proc/nowhere').status, 3);
  const rubbish = scratch(t);
  writeFileSync(
    join(rubbish, 'collector.sqlite'),
    'This is no database, and somebody may want it back.\n'.repeat(100),
  );
  const refused = end('--data', rubbish);
  assert.equal(refused.status, 3);
  assert.match(refused.stderr, /collector\.sqlite is not an SQLite database\. .*--data/);
  assert.match(readFileSync(join(rubbish, 'collector.sqlite'), 'latin1'), /^This is no database/);
});
