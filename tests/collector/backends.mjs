// Starts and stops the backends under test, each as its own process on a free port, and makes
// records for them.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const build = process.env.AVOW_BUILD ?? join(root, 'build/native');

/** Where the build put a program; throws where it did not. */
export function built(path) {
  const program = join(build, path);
  if (!existsSync(program))
    throw new Error(`${program} is missing: build first (cmake --build --preset native).`);
  return program;
}
export const collectorProgram = built('collector/avow-collector');
const recordsProgram = built('tests/collector/avow-records');

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/**
 * Valid records: {id, device, seq, op, secret, bytes}. The same arguments give the same records.
 */
export function makeRecords(devices, each, ...options) {
  const out = execFileSync(recordsProgram, [String(devices), String(each), ...options], {
    maxBuffer: 1 << 30,
  });
  return out
    .toString()
    .trim()
    .split('\n')
    .map((line) => {
      const { record, ...rest } = JSON.parse(line);
      return { ...rest, bytes: Buffer.from(record, 'base64') };
    });
}

/** When the socket is closed, however it is: a reset that came first is an end like any other. */
export const closed = (socket) =>
  new Promise((resolve) => {
    socket.on('error', () => {}).once('close', resolve);
  });

/** A directory that is gone when the test is over. */
export function scratch(t) {
  const directory = mkdtempSync(join(tmpdir(), 'avow-collector-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs a program until it says "ready URL"; rejects with what it said if it ends before. */
export async function startProgram(t, program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  t.after(async () => {
    child.kill('SIGKILL');
    const { code, signal } = await ended;
    if (signal !== 'SIGKILL' && code !== 0)
      throw new Error(`the backend died: ${signal ?? code}: ${complaints}`);
  });
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice(6).replace(/\/$/, ''));
    });
    child.on('close', (code) =>
      reject(Object.assign(new Error(`ended with ${code}: ${complaints}`), { code, complaints })),
    );
  });
  return {
    url,
    child,
    ended,
    port: Number(new URL(url).port),
    complaints: () => complaints,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}

/** The reference backend. No rate limit unless the test sets one. */
export function startCollector(t, data, options = []) {
  const rate = options.includes('--rate') ? [] : ['--rate', '0'];
  return startProgram(t, collectorProgram, [
    '--data',
    data,
    '--port',
    '0',
    '--once-ready',
    ...rate,
    ...options,
  ]);
}

/** The one in Node. */
export function startNodeBackend(t, data) {
  return startProgram(t, process.execPath, [join(root, 'demo/backend.mjs'), data, '0']);
}

export const put = (url, record, bytes = record.bytes, headers = {}) =>
  fetch(`${url}/v1/records/${record.id}`, {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });

export const eraseBySecret = (url, device, secret) =>
  fetch(`${url}/v1/erase`, {
    method: 'POST',
    body: JSON.stringify({ device, secret }),
    headers: { 'content-type': 'application/json' },
  });

/** Every line of the export after `after`. */
export async function exportAll(url, data, query = '') {
  const token = readFileSync(join(data, 'export-token'), 'utf8').trim();
  const answer = await fetch(`${url}/v1/records${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`export: ${answer.status} ${text}`);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Runs `work` over the items, `width` at a time. */
export async function inParallel(width, items, work) {
  const left = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
