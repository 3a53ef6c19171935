// The process killed at any moment: what was acknowledged is there afterwards, byte for byte.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportAll, inParallel, makeRecords, put, scratch, startCollector } from './backends.mjs';
import { survivalBattery } from './battery.mjs';

survivalBattery('avow-collector', startCollector, 25);

const integrity = (data) =>
  execFileSync('sqlite3', ['-readonly', join(data, 'collector.sqlite'), 'PRAGMA integrity_check'])
    .toString()
    .trim();

test('after each kill the database is whole, and the export gives the acknowledged bytes', async (t) => {
  const data = scratch(t);
  const records = makeRecords(60, 20);
  const acknowledged = new Map();
  for (let kill = 0; kill < 6; ++kill) {
    const backend = await startCollector(t, data);
    const mine = records.slice(kill * 200, (kill + 1) * 200);
    let count = 0;
    await inParallel(16, mine, async (record) => {
      try {
        const answer = await put(backend.url, record);
        await answer.text();
        if (answer.status === 201) acknowledged.set(record.id, record.bytes);
      } catch {
        return; // killed meanwhile
      }
      if (++count === 60 + 13 * kill) backend.child.kill('SIGKILL');
    });
    await backend.kill();
    assert.equal(integrity(data), 'ok');
  }
  const backend = await startCollector(t, data);
  const exported = new Map(
    (await exportAll(backend.url, data)).map((line) => [
      line.id,
      Buffer.from(line.record, 'base64'),
    ]),
  );
  for (const [id, bytes] of acknowledged)
    assert.ok(exported.get(id)?.equals(bytes), `record ${id}`);
  t.diagnostic(`${acknowledged.size} acknowledged, ${exported.size} exported`);
});
