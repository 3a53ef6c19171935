// Between the press and the company: nothing is lost, nothing arrives twice, and nobody but the
// collector says “stored”.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  answered,
  choices,
  granted,
  inEachEngine,
  kPatience,
  layer,
  moveOn,
  press,
  reaches,
  ready,
  runs,
  seen,
  shows,
  slot,
  slotSays,
  tick,
} from './notice.mjs';
import { said, sha256, startSite } from './site.mjs';

const kWaiting = 'Saved on this device; will be sent later';

/** The policy's collector is a path of the site's own, and the test says what stands there. */
const through = { policy: (authored, url) => void (authored.collector.url = `${url}/v1/records`) };
const body = async (request) => Buffer.concat(await request.toArray());
const takes = (bytes, response) =>
  response
    .writeHead(201, { 'content-type': 'application/json' })
    .end(JSON.stringify({ stored: sha256(bytes) }));

inEachEngine(({ name, visit }) => {
  test('what goes to a collector says nothing of the page: no address, no cookie', async (t) => {
    const site = await startSite(t, {
      policy: (authored) => void (authored.collector.url = '/v1/records'),
    });
    const heads = [];
    site.change('/v1/records/*', {
      answer: async (request, response) => {
        heads.push(request.headers);
        takes(await body(request), response);
      },
    });
    // A <base> of somebody else's does not lead it away either.
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace('</head>', '<base href="https://elsewhere.example/a/"></head>'),
    });
    const page = await visit(t, `${site.url}/pages/host.html?patient=17#ward`);
    await page.evaluate(() => void (document.cookie = 'session=secret'));
    await press(page, 'refuse');
    await reaches(page, 'delivered');
    assert.equal(heads.length, 1);
    const [{ referer, cookie, origin }] = heads;
    assert.deepEqual({ referer, cookie }, { referer: undefined, cookie: undefined });
    assert.ok([undefined, 'null', site.url].includes(origin), origin);
  });

  test('collector down at the press, tab closed, collector up, new tab: delivered, once', async (t) => {
    const site = await startSite(t);
    await site.collector.stop();
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    // what was allowed runs without waiting for anybody
    await runs(page, 'analytics', 'marketing', 'video');
    await reaches(page, 'waiting');
    const { number } = await choices(page);
    await press(page, 'open');
    await slotSays(page, 'delivery', kWaiting);
    assert.equal(await slot(page, 'number'), number);
    const keeper = await page.newTab(`${site.url}/pages/blank.html`); // the browser stays
    await page.close();

    const later = await keeper.newTab(`${site.url}/pages/host.html`); // still down
    await ready(later);
    await slotSays(later, 'status', kWaiting); // the entry tells it by itself
    await press(later, 'open');
    await slotSays(later, 'delivery', kWaiting);
    await later.close();

    await site.collector.start();
    const last = await keeper.newTab(`${site.url}/pages/host.html`);
    await reaches(last, 'delivered');
    const [record] = await site.arrived(1);
    assert.equal(record.number, number);
    assert.deepEqual(said(record.payload).yes, ['analytics', 'marketing', 'video']);
    await press(last, 'open');
    await slotSays(last, 'delivery', 'Saved');
    await moveOn(last, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.equal((await site.opened()).length, 1);
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('the notice’s status follows while the visitor looks at it', async (t) => {
    const site = await startSite(t);
    await site.collector.stop();
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'waiting');
    await press(page, 'open');
    await slotSays(page, 'delivery', kWaiting);
    await site.collector.start();
    await slotSays(page, 'delivery', 'Saved'); // by its own backoff, no reload
    assert.equal((await site.arrived(1)).length, 1);
  });

  test('answers that acknowledge nothing do not count: an HTML page, an empty 204, another body’s hash', async (t) => {
    const site = await startSite(t, through);
    const puts = [];
    const answers = [
      (response) =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><title>Welcome</title><p>Please sign in to this network.'),
      (response) => response.writeHead(204).end(),
      (response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ stored: '0'.repeat(64) })),
      (response) =>
        response
          .writeHead(201, { 'content-type': 'application/json' })
          .end(JSON.stringify({ stored: puts.at(-1).hash })),
    ];
    site.change('/v1/records/*', {
      answer: async (request, response) => {
        const bytes = await body(request);
        puts.push({ hash: sha256(bytes), path: request.url });
        answers[Math.min(puts.length, answers.length) - 1](response);
      },
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    for (let had = 1; had < answers.length; ++had) {
      await page.waitFor(() => avow.choices.delivery === 'waiting', kPatience);
      const deadline = Date.now() + 20_000;
      while (puts.length <= had) {
        assert.ok(Date.now() < deadline, `only ${puts.length} attempts`);
        assert.notEqual((await choices(page)).delivery, 'delivered');
        await sleep(20);
      }
    }
    await reaches(page, 'delivered');
    await sleep(300);
    assert.equal(puts.length, answers.length);
    assert.equal(new Set(puts.map(({ path }) => path)).size, 1);
    // the same bytes under the same name
    assert.equal(new Set(puts.map(({ hash }) => hash)).size, 1);
  });

  for (const [how, after] of [
    ['in seconds', () => '3'],
    ['as a date', () => new Date(Date.now() + 4_000).toUTCString()],
  ])
    test(`503 with Retry-After ${how}: not before, also by a new tab`, async (t) => {
      const site = await startSite(t, through);
      const times = [];
      site.change('/v1/records/*', {
        answer: async (request, response) => {
          const bytes = await body(request);
          times.push(Date.now());
          if (times.length === 1)
            response
              .writeHead(503, { 'retry-after': after(), 'content-type': 'text/plain' })
              .end('Later.');
          else takes(bytes, response);
        },
      });
      const page = await visit(t, `${site.url}/pages/host.html`);
      await press(page, 'accept');
      await reaches(page, 'waiting');
      // Closing a tab in which a record is unacknowledged sends it once more; it is not that
      // attempt which is looked at here.
      const other = await page.newTab(`${site.url}/pages/host.html`);
      await reaches(other, 'delivered');
      assert.equal(times.length, 2);
      assert.ok(times[1] - times[0] >= 2_950, `${times[1] - times[0]} ms`);
    });

  test('a refusal of the backend goes to the shelf: visible, exportable, and never silent', async (t) => {
    const site = await startSite(t, through);
    let puts = 0;
    site.change('/v1/records/*', {
      answer: async (request, response) => (
        await body(request), ++puts, response.writeHead(422).end('No.')
      ),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'shelved');
    await press(page, 'open');
    await slotSays(
      page,
      'delivery',
      'Saved on this device; the server did not take it. You can download it.',
    );
    assert.equal((await page.evaluate(() => avow.export())).records.length, 1);
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(500);
    assert.equal(puts, 1);
    // Nothing can be sent, so nothing is fetched for it; the page is told all the same.
    assert.equal(
      (
        await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
      ).some((name) => name.includes('core')),
      false,
    );
    await reaches(page, 'shelved');

    // The next answer goes its own way.
    site.change('/v1/records/*', {
      answer: async (request, response) => takes(await body(request), response),
    });
    await press(page, 'withdraw');
    await reaches(page, 'delivered');
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal((await choices(page)).delivery, 'delivered');
    await press(page, 'open');
    await slotSays(page, 'delivery', 'Saved');
  });

  test('a lock that is never given back holds up nothing for good', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/blank.html`);
    await page.evaluate(
      () =>
        new Promise(
          (held) =>
            void navigator.locks.request('avow:delivery', () => (held(), new Promise(() => {}))),
        ),
    );
    const tab = await page.newTab(`${site.url}/pages/host.html`);
    await press(tab, 'accept');
    await reaches(tab, 'delivered');
    assert.equal((await site.arrived(1)).length, 1);
  });

  test('two tabs: one record, and the other tab follows the answer both ways', async (t) => {
    const site = await startSite(t);
    const first = await visit(t, `${site.url}/pages/host.html`);
    const second = await first.newTab(`${site.url}/pages/host.html`);
    for (const tab of [first, second]) await shows(tab, 'first');
    await press(first, 'accept');
    await runs(second, 'analytics', 'marketing', 'video');
    await second.waitFor(() => document.querySelector('avow-embed')?.frame?.src, kPatience);
    await shows(second, 'door');
    await site.arrived(1);
    await press(second, 'withdraw');
    await runs(first);
    await first.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);
    const records = await site.arrived(2);
    assert.deepEqual(
      records.map(({ payload }) => payload.press.control),
      ['accept', 'withdraw'],
    );
    for (const tab of [first, second]) assert.deepEqual((await seen(tab)).errors, []);
  });

  test('an answer in another tab closes nothing that the visitor has open here', async (t) => {
    const site = await startSite(t);
    const here = await visit(t, `${site.url}/pages/host.html`);
    await press(here, 'accept');
    const there = await here.newTab(`${site.url}/pages/host.html`);
    await runs(there, 'analytics', 'marketing', 'video');
    await press(here, 'open');
    await there.evaluate(() => avow.withdraw());
    await slotSays(here, 'answer-analytics', 'Off');
    assert.equal(await layer(here), 'yours');
    await press(here, 'change');
    await tick(here, 'video');
    await there.evaluate(() => avow.refuse());
    await site.arrived(3);
    assert.equal(await layer(here), 'choices');
    await here.evaluate(() => avow.identify('customer-42')); // nor does what the page itself does
    assert.equal(await layer(here), 'choices');
    await press(here, 'save');
    await shows(here, 'door');
    assert.deepEqual(await granted(here), ['video']);
  });

  test('two tabs of a returning visitor, neither with a core: one withdraws, the other follows', async (t) => {
    const site = await startSite(t);
    const first = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, first, 'accept');
    const second = await first.newTab(`${site.url}/pages/host.html`);
    await runs(second, 'analytics', 'marketing', 'video');
    await press(first, 'withdraw');
    await runs(first);
    await second.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);
    await runs(second);
    assert.deepEqual(await granted(second), []);
    assert.equal((await site.arrived(2)).length, 2);
  });

  test('two tabs in two languages come to rest, each in its own language', async (t) => {
    const site = await startSite(t);
    const english = await visit(t, `${site.url}/en/`);
    const chinese = await english.newTab(`${site.url}/`);
    for (const tab of [english, chinese]) await shows(tab, 'first');
    await english.evaluate(() =>
      addEventListener('storage', () => (globalThis.told = (globalThis.told ?? 0) + 1)),
    );
    await press(english, 'accept');
    for (const tab of [english, chinese]) await runs(tab, 'analytics', 'marketing', 'video');
    await site.arrived(1);
    await sleep(1_500);
    assert.ok(
      ((await english.evaluate(() => globalThis.told)) ?? 0) < 10,
      `${await english.evaluate(() => globalThis.told)} storage events`,
    );
    const language = (tab) =>
      tab.evaluate(
        () => document.querySelector('avow-consent').shadowRoot.querySelector('[data-layer]').lang,
      );
    for (const again of [async () => {}, () => english.reload(), () => chinese.reload()]) {
      await again();
      for (const tab of [english, chinese]) await shows(tab, 'door');
      assert.deepEqual([await language(english), await language(chinese)], ['en', 'zh-CN']);
    }
  });
});
