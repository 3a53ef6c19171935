// The first thing a newcomer runs: demo/run itself, from its ready line to the line that opens what
// was collected.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { inEachEngine, kPatience, press, reaches, shows } from './notice.mjs';
import { freePort, said } from './site.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts demo/run and waits for its ready line; `stop` is Ctrl-C. */
async function runDemo(t, data) {
  const port = await freePort();
  const demo = spawn('demo/run', ['--port', String(port), '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(demo, 'exit');
  let told = '';
  demo.stderr.on('data', (piece) => (told += piece));
  const stop = () => (demo.kill('SIGINT'), ended);
  t.after(stop);
  const ready = once(createInterface({ input: demo.stdout }), 'line').then(([line]) => line);
  const line = await Promise.race([
    ready,
    ended.then(([code]) => assert.fail(`demo/run ended with ${code}: ${told}`)),
  ]);
  assert.equal(line, `ready http://127.0.0.1:${port}/`);
  return { url: line.slice('ready '.length), stop };
}

const opened = async (url) => {
  const { open } = await (await fetch(`${url}demo.json`)).json();
  return execFileSync('bash', ['-c', open], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

inEachEngine(({ visit }) => {
  test('demo/run: a choice on its page opens with the line it shows, also after a restart', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'avow-demo-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const data = join(folder, 'what the demo keeps');
    const first = await runDemo(t, data);
    for (const name of ['collector.sqlite', 'export-token', 'daily.key', 'recovery.key']) {
      assert.equal(statSync(join(data, name)).mode & 0o077, 0, `${name} is the owner's alone`);
    }
    assert.match(readFileSync(join(data, 'daily.key'), 'utf8'), /^AGE-SECRET-KEY-1/m);
    const page = await visit(t, `${first.url}en/`);
    await shows(page, 'first');
    await page.waitFor(
      () => /^curl .*avow open -i /.test(document.querySelector('#open-line').textContent),
      kPatience,
    );
    assert.deepEqual(await (await fetch(`${first.url}hits`)).json(), {});
    await press(page, 'accept');
    await reaches(page, 'delivered');
    await page.waitFor(
      () => document.querySelector('[data-hits=analytics] .count').textContent === '1',
      kPatience,
    );
    const records = await opened(first.url);
    assert.deepEqual(
      records.map(({ payload }) => said(payload).control),
      ['accept'],
    );
    const [code] = await first.stop();
    assert.equal(code, 0);

    const second = await runDemo(t, data);
    assert.deepEqual(await opened(second.url), records);
    assert.deepEqual(
      readdirSync(data).filter((name) => /\.new$|^line$/.test(name)),
      [],
    );
  });
});
