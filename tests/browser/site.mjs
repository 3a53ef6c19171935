// What a test needs behind the browser: the demo company's site as demo/run assembles it, and the
// real collector.
//
//   startDemo(t)   the collector serves the site on its own origin, under the demo's strict CSP
//   startSite(t)   a plain server serves the site, and single answers can be changed, delayed or
//                  lost; the collector listens on a port of its own (CORS), and can be stopped and
//                  started again
//
// Both end with the test `t`. Each page gets one line more than the company wrote: pages/watch.js,
// which notes what happened.

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { writeRules } from '../../demo/rules.mjs';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const build = process.env.AVOW_BUILD ?? join(root, 'build/native');
const tool = join(build, 'cli/avow');
const collector = join(build, 'collector/avow-collector');
const module = process.env.AVOW_WEB ?? join(root, 'build/web');
for (const path of [tool, collector, join(module, 'loader.js')]) {
  if (!existsSync(path)) throw new Error(`${path} is not there: tests/run browser builds it`);
}

/** What a strict page allows itself. */
export const kStrict =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'";

const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};

export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

// ------------------------------------------------------------------------------------------- the
// company

/** A folder with the company's keys, its policy and its site. */
class Company {
  constructor(edit) {
    this.folder = mkdtempSync(join(tmpdir(), 'avow-site-'));
    this.www = join(this.folder, 'www');
    execFileSync(tool, ['keygen', '--plain', '--out', this.folder], { stdio: 'ignore' });
    cpSync(join(root, 'demo/site'), this.www, { recursive: true });
    cpSync(fileURLToPath(new URL('pages', import.meta.url)), join(this.www, 'pages'), {
      recursive: true,
    });
    for (const name of readdirSync(this.www, { recursive: true })) {
      if (!name.endsWith('.html')) continue;
      const file = join(this.www, name);
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(
          /<head>/,
          '<head>\n  <script src="/pages/watch.js"></script>',
        ),
      );
    }
    this.authored = JSON.parse(
      readFileSync(join(root, 'demo/policy.json'), 'utf8')
        .replace('DAILY_KEY', this.recipient('daily'))
        .replace('RECOVERY_KEY', this.recipient('recovery')),
    );
    // The demo's company stands under one law; the tests visit other places too.
    this.authored.jurisdictions.unshift({ place: 'US-CA', regime: 'opt-out' });
    this.publish(edit);
  }

  recipient(key) {
    return /^# public key: (age1\S+)$/m.exec(
      readFileSync(join(this.folder, `${key}.key`), 'utf8'),
    )[1];
  }

  /** Changes the authored policy, compiles it and puts what it makes where the pages fetch it. */
  publish(edit = () => {}, ...options) {
    edit(this.authored);
    this.policy = join(this.folder, 'policy.json');
    writeFileSync(this.policy, JSON.stringify(this.authored));
    this.out = join(this.www, 'avow');
    this.archive = join(this.folder, 'archive');
    execFileSync(
      tool,
      [
        ...['build', '--module', module, '--out', this.out, '--archive', this.archive],
        ...options,
        this.policy,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    writeRules(this.www, this.policy, tool);
    this.manifest = JSON.parse(readFileSync(join(this.out, 'manifest.json'), 'utf8'));
  }

  /**
   * Another policy takes the place of this one from a day on, and is announced: all that is
   * different, with a reason of one's own. `on(day)` builds what is served that day.
   */
  announce({ notify_from, feedback_until, effective_at }, edit) {
    const at = (name) => join(this.folder, name);
    writeFileSync(at('older.json'), JSON.stringify(this.authored));
    edit(this.authored);
    Object.assign(this.authored, { version: 'newer', effective_at });
    writeFileSync(at('policy.json'), JSON.stringify(this.authored));
    const draft = execFileSync(tool, ['change', at('older.json'), at('policy.json')]);
    const change = JSON.parse(draft);
    for (const one of change.changed) one.why = 'Why it changes.';
    Object.assign(change, {
      ...{ notify_from, feedback_until, meaning: 'What it means.', refuse: 'How to say no.' },
      ...{ feedback_to: 'privacy@hengtong.example', channels: ['notice', 'page'] },
      link: 'https://hengtong.example/change',
    });
    writeFileSync(at('change.json'), JSON.stringify(change));
    const told = ['--supersedes', at('older.json'), '--change', at('change.json')];
    return { on: (day) => this.publish(() => {}, ...told, '--on', day) };
  }

  /** Where a part is served: "core.wasm" is at "/avow/core.HASH.wasm". */
  path(name) {
    const [, stem, ending] = /^(.*)(\.\w+)$/.exec(name);
    const { file } = this.manifest.files.find(
      (one) =>
        one.file.startsWith(`${stem}.`) &&
        one.file.endsWith(ending) &&
        one.file.split('.').length === name.split('.').length + 1,
    );
    return `/avow/${file}`;
  }

  /** The notice's bytes as `avow render` makes them, or with `--id` their hash. */
  render(...options) {
    return execFileSync(tool, ['render', ...options, this.policy], { encoding: 'utf8' }).replace(
      /\n$/,
      options.includes('--id') ? '' : '\n',
    );
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// ----------------------------------------------------------------------------------------- the
// collector

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

class Collector {
  constructor(folder, port, options) {
    this.folder = join(folder, 'data');
    mkdirSync(this.folder, { recursive: true });
    this.port = port;
    this.options = options;
    this.url = `http://127.0.0.1:${port}`;
  }

  async start() {
    assert.equal(this.process, undefined);
    const words = [
      '--data',
      this.folder,
      '--port',
      String(this.port),
      '--once-ready',
      ...this.options,
    ];
    this.process = spawn(collector, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (piece) => (said += piece));
    const deadline = Date.now() + 20_000;
    while (!said.includes('ready ')) {
      assert.ok(
        this.process.exitCode === null && Date.now() < deadline,
        `the collector does not start: ${said}`,
      );
      await sleep(10);
    }
  }

  async stop() {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  /** The export's lines: [{id, received_at, record}]. */
  async exported() {
    const token = readFileSync(join(this.folder, 'export-token'), 'utf8').trim();
    const response = await fetch(`${this.url}/v1/records`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(response.status, 200);
    return (await response.text())
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

/** What both kinds of site offer. */
class Served {
  constructor(company, collector) {
    this.company = company;
    this.collector = collector;
  }

  /**
   * Where a part is served, by its name without the hash; a path that begins with "/" is itself.
   */
  path(name) {
    return name.startsWith('/') ? name : this.company.path(name);
  }

  /**
   * The records, opened by `avow open` with the company's daily key; each must be without a
   * problem.
   */
  async opened() {
    const lines = await this.collector.exported();
    if (lines.length === 0) return [];
    const file = join(this.company.folder, 'export.jsonl');
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const { stdout } = await run(tool, [
      'open',
      '-i',
      join(this.company.folder, 'daily.key'),
      file,
    ]);
    const all = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    for (const one of all) assert.deepEqual(one.problems, []);
    return all;
  }

  /** Waits until so many records are there, gives a straggler time to show, and opens them. */
  async arrived(count, { timeout = 20_000 } = {}) {
    const deadline = Date.now() + timeout;
    while ((await this.collector.exported()).length < count) {
      assert.ok(
        Date.now() < deadline,
        `waited ${timeout} ms for ${count} records, have ${(await this.collector.exported()).length}`,
      );
      await sleep(50);
    }
    await sleep(400);
    const opened = await this.opened();
    assert.equal(opened.length, count);
    return opened;
  }

  /** One exported line, opened by the stock tool: tail -n +3 RECORD | age -d -i KEY. */
  openWithAge(line, key = join(this.company.folder, 'daily.key')) {
    const file = join(this.company.folder, 'one.avow');
    writeFileSync(file, Buffer.from(line.record, 'base64'));
    const plain = execFileSync('sh', ['-c', 'tail -n +3 "$1" | age -d -i "$2"', 'sh', file, key], {
      encoding: 'utf8',
    });
    return { text: plain, payload: JSON.parse(plain) };
  }

  /** What was said, as the records hold it: {control, layer, via, yes: [...], no: [...]}. */
  async said() {
    return (await this.opened()).map(({ payload }) => said(payload));
  }
}

export function said({ press: { stood, ...press }, answers }) {
  const purposes = (granted) =>
    answers.filter((one) => one.granted === granted).map((one) => one.purpose);
  return { ...press, yes: purposes(true), no: purposes(false) };
}

/** The collector serves everything, as demo/run has it. */
export async function startDemo(t, { policy } = {}) {
  const company = new Company(policy);
  const served = new Collector(company.folder, await freePort(), [
    '--serve',
    company.www,
    '--count-hits',
    '--header',
    `Content-Security-Policy: ${kStrict}`,
  ]);
  t.after(async () => {
    await served.stop();
    company.remove();
  });
  await served.start();
  const site = new Served(company, served);
  site.url = served.url;
  site.hits = async () => (await fetch(`${served.url}/hits`)).json();
  return site;
}

// ------------------------------------------------------------------------------------------- apart
// from it

class Site extends Served {
  #changes = new Map();
  #hits = {};
  /** Paths asked for, in order. */
  asked = [];

  async begin({ policy, headers = {}, started = true, cors = true } = {}) {
    this.headers = headers;
    this.server = createServer(
      (request, response) => void this.#answer(request, response).catch(() => response.destroy()),
    );
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    const port = await freePort();
    this.company = new Company((authored) => {
      authored.collector.url = `http://127.0.0.1:${port}/v1/records`;
      policy?.(authored, this.url);
    });
    this.collector = new Collector(this.company.folder, port, cors ? ['--origin', this.url] : []);
    if (started) await this.collector.start();
  }

  async end() {
    this.server.closeAllConnections();
    this.server.close();
    await this.collector.stop();
    this.company.remove();
  }

  hits() {
    return { ...this.#hits };
  }

  /** The same, once what a page may still be fetching has arrived. */
  async settledHits() {
    for (let before = ''; ; ) {
      const now = JSON.stringify(this.#hits);
      if (now === before) return JSON.parse(now);
      before = now;
      await sleep(300);
    }
  }

  /**
   * Answers a path, or with a `*` at the end all in a folder, differently from now on:
   *   status    another one (404 …)
   *   body      (bytes, request) => other bytes
   *   headers   more of them
   *   delay     milliseconds, or a promise to wait for
   *   lost      the connection ends without an answer
   *   answer    (request, response) => void, for all the rest
   */
  change(path, how) {
    this.#changes.set(this.path(path), how);
  }

  /** What `avow build` wrote, for pages to bring along. */
  made(file) {
    return readFileSync(join(this.company.out, file), 'utf8');
  }

  /**
   * The host page as a company with a template would send it: head.html in its head, the notice
   * first in its body. `attributes`: of its script element.
   */
  declare(attributes = '') {
    const head = () => this.made('head.html').replace(/(?= data-built)/, attributes);
    this.change('/pages/host.html', {
      body: (html) =>
        String(html)
          .replace(/<script type="module" src="\/avow[^>]*><\/script>/, head)
          .replace('<body>', () => `<body>${this.made('inline.en.html')}`),
    });
  }

  /** Keeps the answers of a path back until the returned function is called. */
  hold(path) {
    let release;
    this.change(path, { delay: new Promise((resolve) => (release = resolve)) });
    return () => {
      this.#changes.delete(this.path(path));
      release();
    };
  }

  /** As it is on the disk again. */
  restore(...paths) {
    for (const path of paths.length > 0 ? paths : [...this.#changes.keys()])
      this.#changes.delete(this.path(path));
  }

  async #answer(request, response) {
    const path = new URL(request.url, this.url).pathname;
    this.asked.push(path);
    const how = this.#changes.get(path) ?? this.#changes.get(path.replace(/[^/]*$/, '*')) ?? {};
    if (how.answer) return how.answer(request, response);
    if (how.delay !== undefined)
      await (typeof how.delay === 'number' ? sleep(how.delay) : how.delay);
    if (how.lost) return response.destroy();
    const found = this.#found(path);
    const body = how.body ? await how.body(found.body, request) : found.body;
    response.writeHead(how.status ?? found.status, {
      'content-type': found.type,
      'cache-control': 'no-store',
      ...this.headers,
      ...how.headers,
    });
    response.end(body);
  }

  #found(path) {
    const hit = /^\/hits\/([a-z0-9-]+)(\.js|\.html)?$/.exec(path);
    if (hit) {
      const [, name, kind = ''] = hit;
      this.#hits[name] = (this.#hits[name] ?? 0) + 1;
      const script = `(globalThis.__hits ??= []).push(${JSON.stringify(name)});`;
      return {
        status: 200,
        type: kTypes[kind] ?? 'text/plain',
        body: kind === '.js' ? script : `<!doctype html><title>${name}</title><p>${name}</p>`,
      };
    }
    const file = join(this.company.www, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file) || !statSync(file).isFile())
      return { status: 404, type: 'text/plain', body: 'Nothing is here.' };
    return {
      status: 200,
      type: kTypes[extname(file)] ?? 'application/octet-stream',
      body: readFileSync(file),
    };
  }
}

/**
 * A server of the test's own for the site, and the collector on another port. `policy(authored,
 * url)` may edit the policy; `headers` go with every answer; `started: false` leaves the collector
 * down, `cors: false` does not tell it of the site.
 */
export async function startSite(t, options) {
  const site = new Site();
  t.after(() => site.end());
  await site.begin(options);
  return site;
}

/** Waits until nothing listens on a port. */
export async function untilDown(port) {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(
        () => false,
        () => false,
      ),
    ]).catch(() => false);
    socket.destroy();
    if (!open) return;
    await sleep(20);
  }
}
