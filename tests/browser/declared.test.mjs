// The notice in the page's own HTML: it stands before any script, without one, and is what a press
// names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  granted,
  inEachEngine,
  kPatience,
  layer,
  moveOn,
  press,
  runs,
  seen,
  sent,
  shows,
} from './notice.mjs';
import { said, sha256, startSite } from './site.mjs';

const visible = () => {
  const root = document.querySelector('avow-consent')?.shadowRoot;
  const stands = (one) => one.getClientRects().length > 0;
  return [...(root?.querySelectorAll('[data-layer]') ?? [])]
    .filter(stands)
    .map((one) => one.dataset.layer);
};

inEachEngine(({ visit }) => {
  test('it stands before anything else of ours, and a press on it names its very bytes', async (t) => {
    const site = await startSite(t);
    site.declare();
    const rest = site.hold(site.path('rest.js'));
    const page = await visit(t, `${site.url}/pages/blank.html`);
    await page.goto(`${site.url}/pages/host.html`);
    await page.waitFor(
      () => document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-layer=first]'),
      kPatience,
    );
    assert.deepEqual(await page.evaluate(visible), ['first']);
    const bytes = await page.evaluate(
      () =>
        document.querySelector('avow-consent').shadowRoot.querySelector('[data-layer=first]')
          .outerHTML,
    );
    assert.equal(bytes, site.company.render('--lang', 'en').trimEnd());
    await press(page, 'accept'); // before the rest is there, and long before the core
    rest();
    await runs(page, 'analytics', 'marketing', 'video');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.notice, sha256(bytes));
    assert.equal(payload.policy, site.company.manifest.policy);
    const { control, layer: where, via } = said(payload);
    assert.deepEqual([control, where, via], ['accept', 'first', 'notice']);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('elements named as the document’s own members break nothing', async (t) => {
    const names = 'querySelector body scripts head documentElement createElement readyState cookie';
    const more =
      'addEventListener dispatchEvent querySelectorAll activeElement currentScript adoptedStyleSheets';
    const site = await startSite(t, {
      policy: (authored) => {
        authored.stored = [{ purpose: 'analytics', cookies: ['_st'] }];
      },
    });
    const images = `${names} ${more}`
      .split(' ')
      .map((one) => `<img name="${one}" alt=""><form name="${one}"></form>`)
      .join('');
    site.change('/pages/named.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Named</title>
        <script src="/pages/watch.js"></script>${site.made('head.html')}</head>
        <body>${site.made('inline.en.html')}<p style="height:300vh">Long</p>${images}
        <script type="text/plain" data-avow="analytics">analytics = 1;</script></body></html>`,
    });
    const page = await visit(t, `${site.url}/pages/named.html`);
    // By the document's own members, and not what stands there under their names.
    const own = (act) =>
      page.waitFor(
        (wanted) => {
          const host = Document.prototype.querySelector.call(document, 'avow-consent');
          const boxes = [...(host?.shadowRoot?.querySelectorAll(`[data-act=${wanted}]`) ?? [])].map(
            (one) => one.getBoundingClientRect(),
          );
          const { x, y, width, height } = boxes.find((box) => box.width > 0) ?? {};
          return width && globalThis.avow && [x + width / 2, y + height / 2];
        },
        { ...kPatience, args: [act] },
      );
    const cookies = () =>
      Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document);
    await page.waitFor(() => globalThis.avow, kPatience);
    assert.deepEqual(
      await page.evaluate(() => [document.cookie, document.body].map((one) => typeof one.length)),
      ['number', 'number'],
      'two elements of a name are a list',
    );
    // The page keeps room for it, by a style sheet of its own.
    await page.waitFor(
      () =>
        parseFloat(
          getComputedStyle(
            Object.getOwnPropertyDescriptor(Document.prototype, 'documentElement').get.call(
              document,
            ),
          ).paddingBottom,
        ) > 0,
      kPatience,
    );
    await page.clickAt(...(await own('accept')));
    await page.waitFor(() => globalThis.analytics === 1, kPatience);
    await page.evaluate(() =>
      Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document, '_st=1'),
    );
    assert.equal(await page.evaluate(cookies), '_st=1');
    await page.waitFor(() => avow.choices.delivery === 'delivered', kPatience);
    // The next page too, with the verdict that the script of head.html applies.
    await page.reload();
    await page.waitFor(() => globalThis.analytics === 1, kPatience);
    await page.clickAt(...(await own('withdraw')));
    await runs(page);
    await page.waitFor(
      () => !Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document),
      kPatience,
    );
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('who has answered sees the door at once, and loads no core', async (t) => {
    const site = await startSite(t);
    site.declare();
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await sent(page);
    await moveOn(page, `${site.url}/pages/host.html`);
    await runs(page, 'analytics', 'marketing', 'video');
    await page.waitFor(
      (file) => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(file)),
      { ...kPatience, args: [site.path('beside.js')] },
    );
    await sleep(500); // and nothing more
    const files = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.startsWith('/avow/')),
    );
    // The rest for the frame on this page, and nothing for the notice.
    assert.deepEqual(
      [...new Set(files)].toSorted(),
      ['beside.js', 'embed.js', 'parts.json', 'rest.js'].map((file) => site.path(file)),
    );
    assert.deepEqual(await page.evaluate(visible), ['door']);
    // In the top layer, where a body that filters or clips does not reach it.
    assert.equal(
      await page.evaluate(() => document.querySelector('avow-consent').matches(':popover-open')),
      true,
    );
    // The first layer never showed, not for a frame.
    assert.equal((await seen(page)).painted, false);
    await press(page, 'withdraw');
    await runs(page);
    const records = await site.arrived(2);
    assert.equal(records[1].payload.press.control, 'withdraw');
  });

  test('where the rest cannot be had, a no holds and is carried out later', async (t) => {
    for (const via of ['notice', 'script']) {
      const site = await startSite(t);
      site.declare();
      site.change(site.path('rest.js'), {
        body: (bytes) => Buffer.concat([bytes, Buffer.from(' ')]),
      });
      const page = await visit(t, `${site.url}/pages/host.html`);
      await page.waitFor(() => globalThis.avow, kPatience);
      await page.evaluate(() => {
        globalThis.told = [];
        document.addEventListener('avow-change', ({ detail }) => told.push(detail.ask));
      });
      if (via === 'notice') await press(page, 'refuse');
      else assert.equal(await page.evaluate(() => avow.refuse().then(({ ask }) => ask)), false);
      await page.waitFor(() => !document.querySelector('avow-consent'), kPatience);
      assert.deepEqual(await page.evaluate(() => [told, avow.choices.ask]), [[false], false]);
      assert.deepEqual(site.hits(), {});
      site.restore(site.path('rest.js'));
      await moveOn(page, `${site.url}/pages/host.html`);
      const [{ payload }] = await site.arrived(1);
      assert.deepEqual([payload.press.control, payload.press.via], ['refuse', via]);
      assert.deepEqual(await granted(page), []);
    }
  });

  test('two tabs, neither with the rest: one withdraws, the other closes and tells its page', async (t) => {
    const site = await startSite(t);
    site.declare();
    const first = await visit(t, `${site.url}/pages/host.html`);
    await press(first, 'accept');
    await site.arrived(1);
    await sent(first);
    await moveOn(first, `${site.url}/pages/host.html`);
    await runs(first, 'analytics', 'marketing', 'video');
    const second = await first.newTab(`${site.url}/pages/host.html`);
    await runs(second, 'analytics', 'marketing', 'video');
    await second.evaluate(() => {
      globalThis.changes = [];
      document.addEventListener('avow-change', ({ detail }) => changes.push(detail.granted.length));
    });
    await press(first, 'withdraw');
    await site.arrived(2);
    await second.waitFor(() => changes.length > 0, kPatience);
    await runs(second);
    // What is marked from then on does not run.
    await second.evaluate(() => {
      const script = Object.assign(document.createElement('script'), {
        type: 'text/plain',
        text: 'globalThis.late = 1;',
      });
      script.dataset.avow = 'analytics';
      document.body.append(script);
    });
    await second.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await second.evaluate(() => globalThis.late), undefined);
  });

  test('a press between the rest and the core is heard, under an earlier policy too', async (t) => {
    const site = await startSite(t);
    site.declare();
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await sent(page);
    await page.evaluate(() => {
      const verdict = JSON.parse(localStorage.getItem('avow:verdict'));
      localStorage.setItem('avow:verdict', JSON.stringify({ ...verdict, policy: '0'.repeat(64) }));
    });
    const core = site.hold('core.wasm');
    await page.goto(`${site.url}/pages/host.html`);
    // The rest has come, and asks the core whether the answer still holds.
    for (let tries = 0; !site.asked.includes(site.path('core.wasm')) && tries < 400; tries++)
      await sleep(50);
    await page.waitFor(() => globalThis.avow?.choices.granted.length >= 0, kPatience);
    await press(page, 'open');
    core();
    await shows(page, 'yours');
  });

  test('its script twice in a page runs once', async (t) => {
    const site = await startSite(t);
    site.change('/pages/twice.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Twice</title>
        <script>globalThis.told = []; addEventListener('error', ({ message }) => told.push(message));
        globalThis.times = 0;</script>${site.made('head.html')}${site.made('head.html')}</head>
        <body>${site.made('inline.en.html')}<p>Text</p>
        <script type="text/plain" data-avow="analytics">globalThis.times++;</script></body></html>`,
    });
    const page = await visit(t, `${site.url}/pages/twice.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await moveOn(page, `${site.url}/pages/twice.html`);
    await page.waitFor(() => times > 0, kPatience);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.deepEqual(await page.evaluate(() => [times, told.length]), [1, 1]);
    assert.equal((await site.arrived(1)).length, 1);
  });

  test('a page that asks before its notice is there waits for it', async (t) => {
    const site = await startSite(t);
    let asked;
    const rest = new Promise((resolve) => (asked = resolve));
    site.change(site.path('rest.js'), { body: (bytes) => (asked(), bytes) });
    site.change('/pages/slow.html', {
      answer: async (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.write(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slow</title>
          ${site.made('head.html')}<script>avow.deliverWith(undefined);</script></head>`);
        await rest; // it is on its way before the notice
        await sleep(500);
        response.end(`<body>${site.made('inline.en.html')}<p>Text</p></body></html>`);
      },
    });
    const page = await visit(t, `${site.url}/pages/slow.html`);
    await press(page, 'refuse');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.press.control, 'refuse');
    assert.equal(await page.evaluate(() => document.querySelectorAll('avow-consent').length), 1);
  });

  test('a notice of an earlier build is replaced before it can be answered', async (t) => {
    const site = await startSite(t);
    const old = site.made('inline.en.html');
    site.company.publish((policy) => {
      policy.version = '2026-12';
      policy.purposes.find(({ id }) => id === 'analytics').title.en = 'counting visits';
    });
    const head = site.made('head.html');
    site.change('/pages/host.html', {
      body: (html) =>
        String(html)
          .replace(/<script type="module" src="\/avow[^>]*><\/script>/, () => head)
          .replace('<body>', `<body>${old}`),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.waitFor(
      () =>
        document.querySelector('avow-consent').shadowRoot.textContent.includes('counting visits'),
      kPatience,
    );
    await press(page, 'accept');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.notice, site.company.render('--lang', 'en', '--id').trimEnd());
  });

  test('one tag: the first layer stands while the core is kept back, and a press names its bytes', async (t) => {
    const site = await startSite(t);
    const release = site.hold('core.wasm');
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await press(page, 'accept');
    await page.waitFor(() => !document.querySelector('avow-consent'), kPatience);
    assert.deepEqual(site.hits(), {});
    release();
    await shows(page, 'door');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.notice, site.company.render('--lang', 'en', '--id').trimEnd());
    assert.equal(await layer(page), 'door');
  });
});
