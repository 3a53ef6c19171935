// How many durable writes a second the collector acknowledges: real records, real binary, real
// disk. Prints figures, asserts none.   node bench/collector_load.mjs [RECORDS=20000]
// [CONNECTIONS…=1 64 256]
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRecords, startProgram, collectorProgram } from '../tests/collector/backends.mjs';

const [count = 20_000, ...widths] = process.argv.slice(2).map(Number);
// On the build's own file system: a temporary directory may be memory, where syncing costs nothing.
const place =
  process.env.AVOW_BENCH_DIR ?? join(dirname(fileURLToPath(import.meta.url)), '../build');
const cleanups = [];
const t = { after: (work) => cleanups.push(work) };

/** One keep-alive connection; the next request goes out when the answer to the last has come. */
function drive(port, next, times) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay().on('error', reject).on('close', resolve);
    let began;
    let answer = '';
    const send = () => {
      const message = next();
      if (!message) return socket.end();
      began = performance.now();
      answer = '';
      socket.write(message);
    };
    socket.on('connect', send).on('data', (data) => {
      answer += data.toString('latin1');
      if (!answer.endsWith('}')) return; // the acknowledgement's last byte
      if (!answer.startsWith('HTTP/1.1 201')) return reject(new Error(answer));
      times.push(performance.now() - began);
      send();
    });
  });
}

const percentile = (sorted, p) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
try {
  console.log('connections  records  puts/s   p50 ms   p99 ms  records/commit');
  for (const width of widths.length ? widths : [1, 64, 256]) {
    const records = makeRecords(
      Math.ceil((width === 1 ? count / 4 : count) / 4),
      4,
      '--seed',
      `bench ${width}`,
    );
    const messages = records.map((r) =>
      Buffer.concat([
        Buffer.from(
          `PUT /v1/records/${r.id} HTTP/1.1\r\nHost: bench\r\n` +
            `Content-Type: application/octet-stream\r\nContent-Length: ${r.bytes.length}\r\n\r\n`,
        ),
        r.bytes,
      ]),
    );
    const data = mkdtempSync(join(place, 'bench-collector-'));
    cleanups.push(() => rmSync(data, { recursive: true, force: true }));
    const collector = await startProgram(t, collectorProgram, [
      '--data',
      data,
      '--port',
      '0',
      '--rate',
      '0',
      '--once-ready',
    ]);
    const times = [];
    let at = 0;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: width }, () => drive(collector.port, () => messages[at++], times)),
    );
    const seconds = (performance.now() - began) / 1000;
    const metrics = await (await fetch(`${collector.url}/metrics`)).text();
    const figure = (name) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(metrics)[1]);
    times.sort((a, b) => a - b);
    console.log(
      `${String(width).padStart(11)}  ${String(times.length).padStart(7)}  ${(times.length / seconds).toFixed(0).padStart(6)}  ` +
        `${percentile(times, 0.5).toFixed(2).padStart(7)}  ${percentile(times, 0.99).toFixed(2).padStart(7)}  ` +
        `${(figure('avow_commit_batch_size_sum') / figure('avow_commit_batch_size_count')).toFixed(1).padStart(14)}`,
    );
    await collector.kill('SIGTERM');
  }
} finally {
  for (const work of cleanups) await work();
}
