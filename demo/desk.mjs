// The company's desk in the demo: a program apart from the collector, with the key that the
// collector does not have. It opens each record as it comes, with `avow open`, for the page:
//
//   node desk.mjs URL TOKEN KEY AVOW WWW
//
// URL is the collector's, TOKEN the file of its export token, KEY the company's key file, AVOW the
// tool, WWW the folder that is served. It writes WWW/opened/ID.json, which only who knows the id
// finds, and WWW/desk.json, the first digits of the ids that are there. What is erased goes again.
// It ends when its standard input does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const kPause = 400; // milliseconds
const kKept = 200; // records that stay open

const [url, token, key, avow, www] = process.argv.slice(2);
const folder = join(www, 'opened');
const path = (id) => join(folder, `${id}.json`);
mkdirSync(folder, { recursive: true });

/** A reader finds the whole file or the one before. */
function replace(file, text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** What the collector has now, one line of JSON a record; empty until it answers. */
async function lines() {
  try {
    const authorization = `Bearer ${readFileSync(token, 'utf8').trim()}`;
    const response = await fetch(`${url}v1/records`, { headers: { authorization } });
    return response.ok ? (await response.text()).split('\n').filter(Boolean) : undefined;
  } catch {
    return undefined;
  }
}

/** The records of these lines, opened. */
async function open(some) {
  const tool = spawn(avow, ['open', '-i', key, '-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  tool.stdin.end(`${some.join('\n')}\n`);
  let out = '';
  tool.stdout.on('data', (piece) => (out += piece));
  await once(tool, 'close');
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const known = new Set();
async function look() {
  const all = await lines();
  if (all === undefined) return;
  const here = new Map(all.slice(-kKept).map((line) => [JSON.parse(line).id, line]));
  const gone = [...known.keys()].filter((id) => !here.has(id));
  for (const id of gone) {
    known.delete(id);
    rmSync(path(id), { force: true });
  }
  const fresh = [...here].filter(([id]) => !known.has(id));
  if (fresh.length > 0) {
    for (const record of await open(fresh.map(([, line]) => line)))
      if (record.payload) replace(path(record.id), JSON.stringify(record));
    for (const [id] of fresh) known.add(id);
  }
  if (gone.length + fresh.length > 0) tell();
}

const tell = () =>
  replace(
    join(www, 'desk.json'),
    JSON.stringify({ numbers: [...known.keys()].map((id) => id.slice(0, 10)) }),
  );

process.stdin.resume().on('end', () => process.exit());
tell();
for (;;) {
  await look();
  await sleep(kPause);
}
