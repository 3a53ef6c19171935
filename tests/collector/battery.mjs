// What docs/PROTOCOL.md demands of any backend: one battery, run over every implementation.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  closed,
  eraseBySecret,
  inParallel,
  makeRecords,
  put,
  scratch,
  sha256,
} from './backends.mjs';

const acknowledged = async (answer, record, ...statuses) => {
  const text = await answer.text();
  assert.ok(statuses.includes(answer.status), `${answer.status}, want ${statuses}: ${text}`);
  assert.deepEqual(JSON.parse(text), { stored: sha256(record.bytes).toString('hex') });
};
const refused = async (answer, status) => {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.ok(problem.detail.length > 10);
};
const flipped = (bytes, at) => {
  const copy = Buffer.from(bytes);
  copy[at] ^= 1;
  return copy;
};
/** Whether 24 bytes of the record stand anywhere in the directory's files. */
export function leftovers(directory, record) {
  const end = record.bytes.indexOf(10);
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
  const found = [];
  for (let at = 0; at + 24 <= record.bytes.length; at += 24) {
    // Another device's record has the same member names and the same first line of its age file:
    // only what is this record's own counts.
    const sealed = end + 90;
    if (at <= end || (at + 24 > sealed && at < sealed + 34)) continue;
    const part = record.bytes.subarray(at, at + 24);
    if (files.some((file) => file.includes(part))) found.push(at);
  }
  const device = Buffer.from(record.device, 'hex');
  if (files.some((file) => file.includes(record.device) || file.includes(device)))
    found.push('device');
  return found;
}

export function battery(name, start) {
  const it = (what, body) =>
    test(`${name}: ${what}`, async (t) => {
      const data = scratch(t);
      await body(t, (await start(t, data)).url, data);
    });

  it('stores a record and acknowledges it with the hash of its bytes', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    await acknowledged(await put(url, record), record, 201);
  });

  it('outlives an upload that breaks off', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    const { hostname, port } = new URL(url);
    for (let i = 0; i < 5; ++i) {
      const socket = connect(Number(port), hostname).on('error', () => {});
      await once(socket, 'connect');
      socket.write(
        `PUT /v1/records/${record.id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${record.bytes.length}\r\n\r\n`,
      );
      socket.write(record.bytes.subarray(0, 100));
      await new Promise((done) => setTimeout(done, 50));
      socket.resetAndDestroy();
      await closed(socket);
    }
    await acknowledged(await put(url, record), record, 201);
  });

  it('takes a record again as often as it comes', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    await acknowledged(await put(url, record), record, 201);
    for (let i = 0; i < 5; ++i) await acknowledged(await put(url, record), record, 200);
  });

  it('takes the same record from many tabs at once, once', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    const answers = await Promise.all(Array.from({ length: 16 }, () => put(url, record)));
    const statuses = answers.map((answer) => answer.status).sort();
    assert.deepEqual(statuses, [...Array(15).fill(200), 201]);
    for (const answer of answers) await acknowledged(answer, record, 200, 201);
  });

  it('keeps two records with one prev', async (_t, url) => {
    const records = makeRecords(1, 3, '--fork');
    for (const record of records) await acknowledged(await put(url, record), record, 201);
    for (const record of records) await acknowledged(await put(url, record), record, 200);
  });

  it('takes records out of order and with gaps', async (_t, url) => {
    const records = makeRecords(1, 4);
    for (const at of [3, 0, 2]) await acknowledged(await put(url, records[at]), records[at], 201);
  });

  it('takes many devices at once', async (_t, url) => {
    await inParallel(16, makeRecords(50, 4), async (record) =>
      acknowledged(await put(url, record), record, 201),
    );
  });

  it('refuses other bytes under a known id, and leaves the known ones', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    await acknowledged(await put(url, record), record, 201);
    await refused(await put(url, record, flipped(record.bytes, record.bytes.length - 1)), 422);
    await acknowledged(await put(url, record), record, 200);
  });

  it('refuses a record under another id', async (_t, url) => {
    const [one, two] = makeRecords(1, 2);
    await refused(await put(url, one, two.bytes), 422);
  });

  it('refuses what does not verify, wherever it was changed', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    const end = record.bytes.indexOf(10);
    for (const at of [
      0,
      end - 2,
      end,
      end + 5,
      end + 88,
      end + 89,
      end + 90,
      record.bytes.length - 1,
    ]) {
      await refused(await put(url, record, flipped(record.bytes, at)), 422);
    }
    for (const size of [0, 1, end, end + 40, end + 90])
      await refused(await put(url, record, record.bytes.subarray(0, size)), 422);
    await refused(await put(url, record, Buffer.concat([record.bytes, Buffer.from([0])])), 422);
    await acknowledged(await put(url, record), record, 201);
  });

  it('refuses a body that is too large', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    await refused(await put(url, record, Buffer.alloc(65537)), 413);
  });

  it('answers 404 where nothing is', async (_t, url) => {
    await refused(await fetch(`${url}/v1/nothing`), 404);
  });

  it('erases with the secret of the receipt, for good, and nobody else', async (_t, url, data) => {
    const records = makeRecords(2, 3);
    const [first, second] = [records.slice(0, 3), records.slice(3)];
    for (const record of records) await acknowledged(await put(url, record), record, 201);
    assert.ok(leftovers(data, first[0]).length > 0, 'the search for leftovers finds what is there');

    await refused(await eraseBySecret(url, first[0].device, second[0].secret), 403);
    const answer = await eraseBySecret(url, first[0].device, first[0].secret);
    assert.deepEqual([answer.status, await answer.json()], [200, { erased: 3 }]);
    const again = await eraseBySecret(url, first[0].device, first[0].secret);
    assert.deepEqual([again.status, await again.json()], [200, { erased: 0 }]);
    for (const record of first) await refused(await put(url, record), 410);
    for (const record of second) await acknowledged(await put(url, record), record, 200);
    for (const record of first) assert.deepEqual(leftovers(data, record), []);
    const later = makeRecords(2, 9).slice(0, 9);
    await refused(await put(url, later[8]), 410);
  });

  it('answers 404 to the erasing of a device it never saw', async (_t, url) => {
    const [record] = makeRecords(1, 1);
    await refused(await eraseBySecret(url, record.device, record.secret), 404);
  });

  it('refuses an erasing that is no such thing', async (_t, url) => {
    for (const body of [
      '',
      '[]',
      '{}',
      '{"device":1,"secret":2}',
      '{"device":"00","secret":"11"}',
    ]) {
      const answer = await fetch(`${url}/v1/erase`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      assert.ok([404, 422].includes(answer.status), `${answer.status} for ${body}`);
      await answer.text();
    }
  });

  it('erases by a signed record up to its place in the chain', async (_t, url, data) => {
    const all = makeRecords(2, 3, '--erase', '--fork');
    const [first, second] = [
      all.filter((r) => r.device === all[0].device),
      all.filter((r) => r.device !== all[0].device),
    ];
    const erasing = first.at(-1);
    assert.equal(erasing.op, 'erase');
    for (const record of [...first.slice(0, -1), ...second.slice(0, -1)])
      await acknowledged(await put(url, record), record, 201);
    await acknowledged(await put(url, erasing), erasing, 200);
    for (const record of first) await refused(await put(url, record), 410);
    for (const record of first) assert.deepEqual(leftovers(data, record), []);
    for (const record of second.slice(0, -1))
      await acknowledged(await put(url, record), record, 200);
  });

  it('an erasing that comes first keeps what it covers from coming back', async (_t, url) => {
    const [one, two, erasing] = makeRecords(1, 2, '--erase');
    await acknowledged(await put(url, erasing), erasing, 200);
    await refused(await put(url, one), 410);
    await refused(await put(url, two), 410);
  });

  it('a forged erasing does nothing', async (_t, url) => {
    const [one, erasing] = makeRecords(1, 1, '--erase');
    await acknowledged(await put(url, one), one, 201);
    await refused(await put(url, erasing, flipped(erasing.bytes, erasing.bytes.length - 1)), 422);
    await acknowledged(await put(url, one), one, 200);
  });
}

/** What is stored survives the process, however it ends. */
export function survivalBattery(name, start, kills) {
  test(`${name}: ${kills} kills under load lose nothing that was acknowledged`, async (t) => {
    const data = scratch(t);
    const records = makeRecords(kills * 10, 20);
    const done = new Map();
    let next = 0;
    let sent = 0;
    for (let kill = 0; kill < kills; ++kill) {
      const backend = await start(t, data);
      let dead = false;
      const enough = done.size + 40 + 7 * (kill % 11); // never at the same place in the work
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          while (!dead && next < records.length) {
            const record = records[next++];
            sent++;
            try {
              const answer = await put(backend.url, record);
              const text = await answer.text();
              assert.ok([200, 201].includes(answer.status), text);
              assert.equal(JSON.parse(text).stored, sha256(record.bytes).toString('hex'));
              done.set(record.id, record);
            } catch (error) {
              if (error.code === 'ERR_ASSERTION') throw error;
              dead = true; // the connection broke: nothing was promised for this one
            }
            if (done.size >= enough && !dead) {
              dead = true;
              backend.child.kill('SIGKILL');
            }
          }
        }),
      );
      assert.equal((await backend.kill()).signal, 'SIGKILL');
    }
    const backend = await start(t, data);
    await inParallel(16, done.values(), async (record) => {
      const answer = await put(backend.url, record);
      assert.equal(answer.status, 200, `acknowledged before, now ${answer.status}: ${record.id}`);
      assert.equal((await answer.json()).stored, sha256(record.bytes).toString('hex'));
    });
    t.diagnostic(`${kills} kills, ${sent} sent, ${done.size} acknowledged, 0 lost`);
    assert.ok(done.size >= kills * 40);
  });
}
