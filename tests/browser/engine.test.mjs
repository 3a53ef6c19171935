// What the drivers promise, in each engine.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { launch, names } from './engine.mjs';

const kStrict = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";

const kPages = {
  '/': `<!doctype html><html lang="en"><head><title>plain</title></head><body>
    <input id="first"><button id="second">second</button><div style="height:3000px"></div><button id="far">far</button>
    <script>
      window.seen = [];
      for (const type of ['click', 'keydown']) addEventListener(type, (event) => seen.push([type, event.composedPath()[0].id, event.isTrusted, event.key ?? '']));
    </script></body></html>`,
  '/shadow': `<!doctype html><html lang="en"><head><title>shadow</title></head><body><x-outer></x-outer>
    <script>
      window.seen = [];
      const outer = document.querySelector('x-outer').attachShadow({ mode: 'open' });
      outer.innerHTML = '<style>:host { display: contents }</style><button id="no">no</button><x-inner></x-inner>';
      const inner = outer.querySelector('x-inner').attachShadow({ mode: 'open' });
      inner.innerHTML = '<button id="deep">deep</button><button id="covered">covered</button>' +
        '<div style="position:fixed;inset:200px 0 0"></div>';
      inner.querySelector('#covered').style = 'position:absolute;top:300px';
      addEventListener('click', (event) => seen.push([event.composedPath()[0].id, event.isTrusted]));
    </script></body></html>`,
  '/strict':
    '<!doctype html><html lang="en"><head><title>strict</title><script src="/strict.js"></script></head><body><p>text</p><script>window.inline = true</script></body></html>',
  '/first':
    '<!doctype html><html lang="en"><head><title>first</title><script>window.found = window.planted</script></head><body></body></html>',
};
const kScript = `const sheet = new CSSStyleSheet();
sheet.replaceSync('p { color: rgb(1, 2, 3) }');
document.adoptedStyleSheets = [sheet];
console.log('strict page');`;

let server, origin, scratch;
const languages = [];
before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'avow-engine-'));
  server = createServer((request, response) => {
    if (kPages[request.url]) {
      languages.push(request.headers['accept-language']);
      const policy = request.url === '/strict' ? { 'Content-Security-Policy': kStrict } : {};
      response
        .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...policy })
        .end(kPages[request.url]);
    } else if (request.url === '/strict.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(kScript);
    } else {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(scratch, { recursive: true });
});

// Run in the page.
const seen = () => window.seen;
const store = async (value) => {
  localStorage.setItem('key', value);
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('test', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('things');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  await new Promise((resolve, reject) => {
    const writing = database.transaction('things', 'readwrite');
    writing.objectStore('things').put(value, 'key');
    writing.oncomplete = resolve;
    writing.onabort = () => reject(writing.error);
  });
  database.close();
};
const stored = async () => {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('test', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('things');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const value = await new Promise((resolve) => {
    const reading = database.transaction('things').objectStore('things').get('key');
    reading.onsuccess = () => resolve(reading.result ?? null);
  });
  database.close();
  return [localStorage.getItem('key'), value];
};

/**
 * Ids of live processes that descend from this one. A zombie has ended: only its parent has not
 * looked yet.
 */
function descendants() {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .map(([, pid, parent, state, args]) => ({
      pid: Number(pid),
      parent: Number(parent),
      state,
      args,
    }));
  const found = [];
  for (const queue = [process.pid]; queue.length > 0; ) {
    const parent = queue.shift();
    for (const row of rows.filter((one) => one.parent === parent)) {
      queue.push(row.pid);
      if (!row.state.startsWith('Z') && !row.args.startsWith('ps ')) found.push(row);
    }
  }
  return found;
}
function alive({ pid, args }) {
  try {
    const [, line, state] = /^\s*(\S+)\s+(.*)$/.exec(
      execFileSync('ps', ['-o', 'stat=,args=', '-p', String(pid)], { encoding: 'utf8' }),
    );
    return !line.startsWith('Z') && state === args;
  } catch {
    return false;
  }
}

for (const name of names) {
  describe(name, () => {
    let engine;
    before(async () => {
      engine = await launch(name);
    });
    after(async () => {
      const started = descendants();
      assert.ok(started.length > 0);
      await engine.close();
      let left = started;
      for (let tries = 0; tries < 50 && left.length > 0; ++tries) {
        left = left.filter(alive);
        await sleep(100);
      }
      assert.deepEqual(left, [], 'processes are left behind');
    });

    test('mouse and keyboard are trusted, a scripted click is not', async () => {
      const page = await engine.open(`${origin}/`);
      await page.click('#first');
      assert.deepEqual(await page.evaluate(seen), [['click', 'first', true, '']]);
      await page.evaluate(() => {
        window.seen = [];
        document.querySelector('#second').click();
      });
      assert.deepEqual(await page.evaluate(seen), [['click', 'second', false, '']]);

      await page.evaluate(() => void (window.seen = []));
      await page.key('a');
      await page.key('Tab');
      await page.key('Enter');
      await page.key(' ');
      await page.key('Escape');
      await page.key('Shift+Tab');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'first');
      const events = await page.evaluate(seen);
      assert.ok(
        events.every(([, , trusted]) => trusted),
        JSON.stringify(events),
      );
      // WebKit names Shift+Tab "Unidentified", so what came before it is compared.
      assert.deepEqual(
        events
          .filter(([type]) => type === 'keydown')
          .map(([, , , key]) => key)
          .slice(0, 5),
        ['a', 'Tab', 'Enter', ' ', 'Escape'],
      );
      assert.deepEqual(
        events.filter(([type]) => type === 'click').map(([, id]) => id),
        ['second', 'second'],
      );
      assert.equal(await page.evaluate(() => document.querySelector('#first').value), 'a');
      await page.context.close();
    });

    test('clicks scroll to their target', async () => {
      const page = await engine.open(`${origin}/`);
      await page.click('#far');
      assert.deepEqual(await page.evaluate(seen), [['click', 'far', true, '']]);
      await page.context.close();
    });

    test('clicks reach into open shadow roots, and not through what covers', async () => {
      const page = await engine.open(`${origin}/shadow`);
      await page.click('#no', { inShadowOf: 'x-outer' });
      await page.click('#deep', { inShadowOf: ['x-outer', 'x-inner'] });
      assert.deepEqual(await page.evaluate(seen), [
        ['no', true],
        ['deep', true],
      ]);
      await assert.rejects(
        page.click('#covered', { inShadowOf: ['x-outer', 'x-inner'], timeout: 300 }),
        /at its place is <div/,
      );
      await assert.rejects(page.click('#absent', { timeout: 300 }), /nothing matches/);
      await page.context.close();
    });

    test('evaluate passes JSON both ways, awaits promises, and tells errors', async () => {
      const page = await engine.open(`${origin}/`);
      const value = { text: 'é 中文 \u2028 "', list: [1, null, true, { deep: -0.5 }] };
      assert.deepEqual(await page.evaluate((a, b) => Promise.resolve({ a, b }), value, 2), {
        a: value,
        b: 2,
      });
      assert.equal(await page.evaluate(() => undefined), undefined);
      await assert.rejects(
        page.evaluate(() => Promise.reject(new TypeError('sad'))),
        /TypeError: sad/,
      );
      assert.equal(
        await page.waitFor((want) => new Promise((done) => setTimeout(done, 50, want)), {
          args: ['yes'],
        }),
        'yes',
      );
      await assert.rejects(
        page.waitFor(() => false, { timeout: 200 }),
        /stayed falsy/,
      );
      await page.context.close();
    });

    test('storage outlives a tab, and belongs to one context', async () => {
      const page = await engine.open(`${origin}/`);
      await page.evaluate(store, 'kept');
      const other = await page.newTab(`${origin}/first`);
      assert.deepEqual(await other.evaluate(stored), ['kept', 'kept']);
      await page.close();
      await other.close();
      const again = await page.context.open(`${origin}/`);
      assert.deepEqual(await again.evaluate(stored), ['kept', 'kept']);
      await again.reload();
      assert.deepEqual(await again.evaluate(stored), ['kept', 'kept']);
      const stranger = await engine.open(`${origin}/`);
      assert.deepEqual(await stranger.evaluate(stored), [null, null]);
      await again.context.close();
      await stranger.context.close();
    });

    test('every open tab is alive: visible, and with animation frames', async () => {
      const page = await engine.open(`${origin}/`);
      const other = await page.newTab(`${origin}/`);
      for (const tab of [page, other, page]) {
        await tab.click('#second');
        assert.equal(
          await tab.evaluate(
            () =>
              new Promise((done) => requestAnimationFrame(() => done(document.visibilityState))),
          ),
          'visible',
        );
      }
      assert.equal((await page.evaluate(seen)).length, 2);
      assert.equal((await other.evaluate(seen)).length, 1);
      await page.context.close();
    });

    test('a strict content security policy holds, and adopted style sheets work under it', async () => {
      const page = await engine.open(`${origin}/strict`);
      assert.equal(
        await page.evaluate(() => getComputedStyle(document.querySelector('p')).color),
        'rgb(1, 2, 3)',
      );
      assert.equal(await page.evaluate(() => 'inline' in window), false);
      const messages = page.console();
      if (messages)
        assert.ok(
          messages.some(({ type, text }) => type === 'log' && text === 'strict page'),
          JSON.stringify(messages),
        );
      await page.context.close();
    });

    test('what a context asks for comes before the page', async () => {
      languages.length = 0;
      const page = await engine.open(`${origin}/first`, {
        lang: 'zh-CN',
        gpc: true,
        dark: true,
        width: 390,
        height: 844,
        javascript: [
          () => void (window.planted = 'early'),
          "const local = '</script>'; window.local = local;",
        ],
      });
      const facts = () => ({
        found: window.found,
        local: window.local,
        language: navigator.language,
        gpc: navigator.globalPrivacyControl,
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        size: [innerWidth, innerHeight],
        scripts: document.scripts.length,
      });
      const want = {
        found: 'early',
        local: '</script>',
        language: 'zh-CN',
        gpc: true,
        dark: true,
        size: [390, 844],
        scripts: 1,
      };
      assert.deepEqual(await page.evaluate(facts), want);
      await page.reload();
      assert.deepEqual(await page.evaluate(facts), want);
      assert.deepEqual(
        languages.map((value) => value.split(/[,;]/)[0]),
        ['zh-CN', 'zh-CN'],
      );
      await page.goto(`${origin}/strict`);
      assert.deepEqual(await page.evaluate(() => [window.planted, 'inline' in window]), [
        'early',
        false,
      ]);
      await page.context.close();

      const plain = await engine.open(`${origin}/first`);
      assert.deepEqual(
        await plain.evaluate(() => [
          window.planted ?? null,
          navigator.language,
          matchMedia('(prefers-color-scheme: dark)').matches,
          innerWidth,
          innerHeight,
        ]),
        [null, 'en-US', false, 1280, 800],
      );
      await plain.context.close();
    });

    test('screenshots show the page', async () => {
      const page = await engine.open(`${origin}/`, { width: 600, height: 400 });
      const path = join(scratch, `${name}.png`);
      const light = await page.screenshot(path);
      assert.deepEqual(await readFile(path), Buffer.from(light));
      assert.equal(Buffer.from(light.subarray(1, 4)).toString(), 'PNG');
      assert.deepEqual(
        [Buffer.from(light).readUInt32BE(16), Buffer.from(light).readUInt32BE(20)],
        [600, 400],
      );
      await page.evaluate(() => void (document.body.style.background = 'teal'));
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
      assert.notEqual(hash(await page.screenshot()), hash(light));
      await page.context.close();
    });
  });
}
