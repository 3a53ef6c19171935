// A visitor who comes back: the stored verdict is applied while it holds, and the core is asked
// when it does not.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
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
  sent,
  shows,
  slot,
} from './notice.mjs';
import { said, startDemo, startSite } from './site.mjs';

const fetched = (page) =>
  page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
  );
const loadedCore = async (page) =>
  (await fetched(page)).some((path) => path.startsWith('/avow/core.'));
const ran = (page) => page.waitFor(() => ran.length >= 8 && ran, kPatience);
const inCalifornia = {
  body: (html) =>
    String(html).replace(/<script type="module" src="\/avow[^"]*"/, '$& data-place="US-CA"'),
};
const inChina = {
  body: (html) =>
    String(html).replace(/<script type="module" src="\/avow[^"]*"/, '$& data-place="CN"'),
};

inEachEngine(({ name, visit }) => {
  for (const [answer, runs] of [
    ['accept', ['analytics', 'marketing']],
    ['refuse', []],
  ]) {
    test(`after ${answer}: no core is fetched, and the question never shows`, async (t) => {
      const site = await startDemo(t);
      const page = await visit(t, `${site.url}/en/`);
      await press(page, answer);
      await site.arrived(1);
      await sent(page);
      for (const again of [
        () => page.reload(),
        () => page.goto(`${site.url}/en/privacy.html`),
        () => page.goto(`${site.url}/en/`),
      ]) {
        await again();
        const { ask, granted: now } = await ready(page);
        assert.deepEqual([ask, now.filter((one) => runs.includes(one))], [false, runs]);
        await shows(page, 'door');
        await sleep(500);
        // Engines may list a file twice, as it was preloaded and as it ran.
        const paths = [...new Set(await fetched(page))];
        // One file, whatever the policy holds: the door is in it. What few pages need comes where
        // a page needs it.
        const framed = await page.evaluate(() => document.querySelector('iframe') !== null);
        assert.deepEqual(
          paths
            .filter((path) => path.startsWith('/avow/'))
            .map((path) => path.replace(/\.[0-9a-f]{16}/, ''))
            .toSorted(), // WebKit lists them in the order in which they arrive
          [
            '/avow/avow.en.js',
            ...(framed ? ['/avow/parts.en.json', '/avow/embed.js', '/avow/beside.js'] : []),
            ...(framed && answer === 'refuse' ? ['/avow/frames.en.json', '/avow/press.js'] : []),
          ].toSorted(),
        );
        assert.deepEqual(
          await seen(page).then(({ layers, painted, errors }) => ({ layers, painted, errors })),
          { layers: ['door'], painted: false, errors: [] },
        );
      }
      assert.deepEqual(await page.evaluate(() => globalThis.__hits ?? []), runs);
      assert.equal((await site.opened()).length, 1);
    });
  }

  test('who comes back can reach the page’s last lines under the door', async (t) => {
    const site = await startSite(t);
    const corner =
      '<p id="law" style="position:absolute;bottom:0;left:0;margin:0;line-height:48px">Legal notice</p>';
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace(
          '</body>',
          `<div style="position:relative;height:200vh">${corner}</div></body>`,
        ),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'refuse');
    await site.arrived(1);
    await sent(page);
    await moveOn(page, `${site.url}/pages/host.html`);
    await shows(page, 'door');
    const covered = () =>
      page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight);
        const { left, top, height } = document.querySelector('#law').getBoundingClientRect();
        return document.elementFromPoint(left + 20, top + height / 2)?.id !== 'law';
      });
    assert.equal(await covered(), true, 'until somebody comes there');
    for (let tries = 0; (await covered()) && tries < 100; tries++) await sleep(100);
    assert.equal(await covered(), false);
    assert.equal(await loadedCore(page), false);
  });

  test('the first visit does show the question, and does fetch the core', async (t) => {
    const site = await startDemo(t); // what the test above relies on
    const page = await visit(t, `${site.url}/en/`);
    await shows(page, 'first');
    // The core leaves the page its time: where nobody stirs, it comes two seconds after it.
    const waited = await page.waitFor(() => {
      const core = performance
        .getEntriesByType('resource')
        .find(({ name }) => /\/core\./.test(name));
      const [{ loadEventEnd }] = performance.getEntriesByType('navigation');
      return core && core.startTime - loadEventEnd;
    }, kPatience);
    assert.ok(waited > 1_900, `${waited} ms`);
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    assert.deepEqual(await seen(page).then(({ layers, painted }) => ({ layers, painted })), {
      layers: ['first'],
      painted: true,
    });
  });

  test('marked scripts run in the order of the document, the first time and later', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/order.html`);
    await shows(page, 'first');
    assert.deepEqual(await page.evaluate(() => ran), []);
    // Each purpose in the order of its own: no purpose waits for another's scripts.
    const order = [
      ['classic-1', 'inline-1', 'inline-2 classic scope', 'inline-3 last', 'module-1', 'module-3'],
      ['classic-2', 'module-2'],
    ];
    const rows = (all) => {
      const second = all.filter((one) => /2$/.test(one));
      return [all.filter((one) => !second.includes(one)), second];
    };
    await press(page, 'accept');
    assert.deepEqual(rows(await ran(page)), order);
    await reaches(page, 'delivered');
    site.change('/pages/order/classic-1.js', { delay: 400 }); // a slow one does not lose its place
    site.change('/pages/order/module-1.js', { delay: 400 });
    await page.reload();
    assert.deepEqual(rows(await ran(page)), order);
    await sleep(300);
    assert.deepEqual(rows(await page.evaluate(() => ran)), order); // nothing runs twice
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('scripts that come later run too, and none holds up those behind it for ever', async (t) => {
    const site = await startSite(t);
    site.change('/pages/order/classic-2.js', { delay: 5_000 });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.evaluate(() => {
      globalThis.ran = [];
      const holder = document.createElement('div');
      // As a framework would: through innerHTML, which never starts a script.
      holder.innerHTML = `
        <script type="text/plain" data-avow="analytics" src="/pages/order/classic-2.js" async></script>
        <script type="text/plain" data-avow="analytics" src="/pages/order/classic-1.js" nomodule></script>
        <script type="text/plain" data-avow="analytics" data-type="text/elsewhere" src="/pages/order/classic-1.js"></script>
        <script type="text/plain" data-avow="crm">ran.push('crm');</script>
        <script type="text/plain" data-avow="analytics">ran.push('inline');</script>
        <script type="text/plain" data-avow="analytics" src="/pages/order/classic-1.js"></script>
        <script type="text/plain" data-avow="analytics" data-type="module" src="/pages/order/module-1.js"></script>`;
      document.body.append(holder);
    });
    await page.waitFor(() => ran.length === 3, kPatience);
    assert.deepEqual(await page.evaluate(() => ran), ['inline', 'classic-1', 'module-1']);
  });

  test('another policy: terms that changed are asked again, anything else is not', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'delivered');

    site.company.publish((policy) => {
      policy.version = '2026-12';
      policy.controller.phone = '400-000-0001';
    });
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), true);
    assert.deepEqual(
      [await layer(page), await granted(page)],
      ['door', ['analytics', 'marketing', 'video']],
    );
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), false);

    site.company.publish((policy) => {
      policy.purposes.find((one) => one.id === 'analytics').categories.push('contact');
    });
    // this page's own, which still may
    await page.waitFor(() => globalThis.__hits?.includes('analytics'), kPatience);
    const before = await site.settledHits();
    await moveOn(page, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.deepEqual(await granted(page), ['marketing', 'video']);
    await sleep(300);
    assert.equal(site.hits().analytics, before.analytics);
    await press(page, 'refuse');
    const [, record] = await site.arrived(2);
    assert.deepEqual(said(record.payload).no, ['analytics', 'marketing', 'video', 'crm']);
  });

  test('another place: the core decides, and a grant under a looser law does not cross into a stricter one', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', inCalifornia);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    // the law there lets these run until refused
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    assert.equal((await site.opened())[0].payload.regime, 'opt-out');
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), false);

    site.change('/pages/host.html', inChina);
    await sleep(300);
    const before = await site.settledHits();
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), true);
    await shows(page, 'first');
    assert.deepEqual(await granted(page), []);
    await sleep(300);
    assert.deepEqual(site.hits(), before);
    await press(page, 'accept');
    await site.arrived(2);
    // Said under the stricter law, it holds under the looser one; the core says so, not the loader.
    site.change('/pages/host.html', inCalifornia);
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), true);
    assert.deepEqual(
      [await layer(page), await granted(page)],
      ['door', ['analytics', 'marketing', 'video']],
    );
    assert.deepEqual(
      (await site.opened()).map(({ payload }) => [payload.place, payload.regime]),
      [
        ['US-CA', 'opt-out'],
        ['CN', 'opt-in'],
      ],
    );
  });

  test('a purpose that is asked first where others run until a no', async (t) => {
    const site = await startSite(t, {
      policy: (policy) => {
        policy.jurisdictions[0].exceptions = [{ purpose: 'analytics', regime: 'opt-in' }];
        policy.rights.push({
          type: 'opt-out-sale',
          channel: '/privacy',
          procedure: { en: 'Say no here.', 'zh-CN': '在此拒绝。' },
        });
      },
    });
    site.change('/pages/host.html', inCalifornia);
    const page = await visit(t, `${site.url}/pages/host.html`, { width: 390 });
    await shows(page, 'first');
    assert.deepEqual(await granted(page), ['marketing', 'video']);
    const words = await page.evaluate(() =>
      [...document.querySelector('avow-consent').shadowRoot.querySelectorAll('[part=text]')].map(
        (one) => one.textContent,
      ),
    );
    assert.equal(words.length, 2, words.join('\n'));
    assert.match(words[0], /uses your data for: .*You can refuse now/);
    assert.match(words[1], /^If you agree, .* Visit statistics\. Change/);
    assert.equal(/statistics/.test(words[0]), false);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const { payload } = (await site.opened())[0];
    assert.deepEqual([payload.place, payload.regime], ['US-CA', 'opt-out']);
    assert.ok(
      existsSync(join(site.company.archive, 'notices', `${payload.notice}.html`)),
      'the record names the notice that was shown',
    );
    const door = () =>
      page.evaluate(
        () =>
          document.querySelector('avow-consent').shadowRoot.querySelector('.door button')
            .textContent,
      );
    assert.match(await door(), /^Do not sell or share my personal information/);
    const [left, right] = await page.evaluate(() => {
      const box = document.querySelector('avow-consent').shadowRoot.querySelector('.door');
      const { left, right } = box.getBoundingClientRect();
      return [left, document.documentElement.clientWidth - right];
    });
    assert.ok(left >= 12 && right >= 12, `${left} and ${right} px are left beside it`);
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), false, 'the verdict names the place and its exceptions');
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);
    assert.match(await door(), /^Do not sell or share my personal information/);

    // What was asked first stands where all is; the rest is asked again there.
    site.change('/pages/host.html', inChina);
    await moveOn(page, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.deepEqual(await granted(page), ['analytics']);
  });

  test('pages that bring the notice along have the door of the place, and name what was shown', async (t) => {
    const site = await startSite(t, {
      policy: (policy) =>
        policy.rights.push({
          type: 'opt-out-sale',
          channel: '/privacy',
          procedure: { en: 'Say no here.', 'zh-CN': '在此拒绝。' },
        }),
    });
    site.declare(' data-place=" us-ca "'); // as some servers write it
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await ready(page);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const named = /^Do not sell or share my personal information/;
    const door = () =>
      page.waitFor(
        () =>
          document
            .querySelector('avow-consent')
            .shadowRoot.querySelector('.door [data-act=open]:not(:has(svg))')?.textContent,
        kPatience,
      );
    assert.match(await door(), named);
    // Who comes back finds it too, though the page declares the ordinary one.
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.match(await door(), named);
    await press(page, 'withdraw');
    await site.arrived(2);
    for (const { payload } of await site.opened())
      assert.ok(
        payload.notice === null ||
          existsSync(join(site.company.archive, 'notices', `${payload.notice}.html`)),
      );
  });

  test('GPC turned on later beats a grant from an opt-out place', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', inCalifornia);
    // One profile in which the signal can be switched, before any script of a page: the visitor's
    // setting.
    const switched = () =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {
        configurable: true,
        get: () => localStorage.getItem('test-signal') === 'on',
      });
    const page = await visit(t, `${site.url}/pages/host.html`, { javascript: [switched] });
    await press(page, 'accept');
    await reaches(page, 'delivered');
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);

    await page.evaluate(() => localStorage.setItem('test-signal', 'on'));
    const before = await site.settledHits();
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await loadedCore(page), true);
    assert.equal((await granted(page)).includes('marketing'), false);
    // the signal is the answer; no pestering
    assert.deepEqual([(await choices(page)).ask, await layer(page)], [false, 'door']);
    await sleep(300);
    assert.equal(site.hits().marketing, before.marketing);
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal((await granted(page)).includes('marketing'), false);
    await press(page, 'open');
    await shows(page, 'yours');
    assert.equal(await slot(page, 'answer-marketing'), 'Off: opt-out request honored');
    assert.equal(await slot(page, 'answer-analytics'), 'On');
  });

  test('GPC from the start: what it refuses never runs, where the law makes it an answer', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', inCalifornia);
    const page = await visit(t, `${site.url}/pages/host.html`, { gpc: true });
    await ready(page);
    assert.equal(await page.evaluate(() => navigator.globalPrivacyControl), true);
    assert.equal((await granted(page)).includes('marketing'), false);
    await page.evaluate(() => avow.refuse());
    assert.deepEqual((await site.arrived(1))[0].payload.signals, { gpc: true });
    await sleep(200);
    assert.equal(site.hits().marketing, undefined);
  });
});
