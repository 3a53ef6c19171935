// The core cannot be had: everything stays denied, the page lives, the developer is told once, and
// no can still be said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  answered,
  fillLocalStorage,
  granted,
  inEachEngine,
  kNeedless,
  kPatience,
  layer,
  moveOn,
  press,
  ready,
  runs,
  seen,
  sent,
  shows,
  tick,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

const kWasm = 'core.wasm';
const kGlue = 'core.js';
const kWays = {
  'the wasm is missing': [kWasm, { status: 404 }],
  'the wasm is a page of the host’s, 200': [
    kWasm,
    {
      body: () => '<!doctype html><title>Not found</title>',
      headers: { 'content-type': 'text/html' },
    },
  ],
  'the wasm is corrupt': [
    kWasm,
    {
      body: (bytes) =>
        Buffer.concat([bytes.subarray(0, 4_000), Buffer.alloc(bytes.length - 4_000, 0xff)]),
    },
  ],
  'the wasm is cut off': [kWasm, { body: (bytes) => bytes.subarray(0, bytes.length / 2) }],
  'the wasm is blocked': [kWasm, { lost: true }],
  'the module is missing': [kGlue, { status: 404 }],
  'the module is broken': [kGlue, { body: (bytes) => String(bytes).slice(0, 9_000) }],
};
const fallback = () => {
  const root = document.querySelector('avow-consent')?.shadowRoot;
  return root
    ? {
        text: root.textContent,
        acts: [...root.querySelectorAll('[data-act]')].map((one) => one.dataset.act),
      }
    : null;
};

inEachEngine(({ name, visit }) => {
  test('all denied, the page alive, one error, and a refusal can be said', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/blank.html`);
    for (const [what, [path, how]] of Object.entries(kWays))
      await t.test(what, async () => {
        site.restore();
        site.change(path, how);
        const said = page.console()?.length;
        await page.goto(`${site.url}/pages/host.html`);
        const { ask, granted: none } = await ready(page);
        assert.deepEqual([ask, none], [true, kNeedless]);
        await shows(page, 'fallback');
        assert.deepEqual(site.hits(), {});
        assert.deepEqual(await page.evaluate(() => outcomes), []); // the page's own module has run
        const shown = await page.evaluate(fallback);
        assert.deepEqual(shown.acts, ['refuse']);
        assert.match(
          shown.text,
          /did not load, so nothing that needs your consent is running\. You can still refuse\./,
        );

        const { errors, uncaught } = await seen(page);
        assert.equal(errors.length, 1, JSON.stringify(errors));
        assert.match(
          errors[0],
          /^avow: core-unavailable: .*Consent is denied: docs\/INTEGRATION\.md/s,
        );
        assert.deepEqual(uncaught, []);
        // The console says so too, where the driver lets it be read (WebKit's does not).
        const messages = page
          .console()
          ?.slice(said)
          .filter(({ type, text }) => /avow:/.test(text) || type === 'uncaught')
          // what Firefox says of its own when a file was altered
          .filter(({ text }) => !/hashes in the integrity attribute/.test(text));
        if (messages) assert.equal(messages.length, 1, JSON.stringify(messages));
      });
  });

  test('a core that comes back on the same page: the notice as ever, in its own style', async (t) => {
    const site = await startSite(t);
    site.change(kWasm, { status: 404 });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'fallback');
    site.restore();
    await page.click('#settings');
    await shows(page, 'first');
    const looks = await page.evaluate(() => {
      const host = document.querySelector('avow-consent');
      const { position, bottom } = getComputedStyle(host.shadowRoot.querySelector('.banner'));
      return [position, bottom, host.matches(':popover-open'), host.getAttribute('role')];
    });
    assert.deepEqual(looks, ['fixed', '16px', true, null]);
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('a no said without a core, then a yes on the same page: the yes is the later one', async (t) => {
    const site = await startSite(t);
    site.change(kWasm, { status: 404 });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'fallback');
    await press(page, 'refuse');
    await page.waitFor(() => localStorage.getItem('avow:pending') !== null, kPatience);
    site.restore();
    await page.click('#settings');
    await shows(page, 'yours'); // the no has been carried out
    await press(page, 'change');
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);
    assert.deepEqual(
      (await site.arrived(2)).map(({ payload }) => payload.press.control),
      ['refuse', 'accept'],
    );
  });

  test('a withdrawal that waits for a core comes before the next press', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'choose');
    await tick(page, 'analytics');
    await press(page, 'save');
    await site.arrived(1);
    await sent(page);
    await moveOn(page, `${site.url}/pages/host.html`);
    await runs(page, 'analytics');
    site.change(kWasm, { status: 404 });
    await press(page, 'withdraw');
    await page.waitFor(() => localStorage.getItem('avow:pending') !== null, kPatience);
    await sleep(300);
    await moveOn(page, `${site.url}/pages/host.html`);
    const { analytics } = await site.settledHits();
    site.restore();
    await page.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<button id="video" onclick="">Video</button>'),
    );
    await page.evaluate(() =>
      document
        .querySelector('#video')
        .addEventListener('click', (event) => avow.grant('video', event)),
    );
    await page.click('#video');
    await runs(page, 'video');
    assert.deepEqual(
      (await site.arrived(3)).map(({ payload }) => payload.press.control),
      ['save', 'withdraw', 'grant'],
    );
    assert.equal(site.hits().analytics, analytics);
  });

  test('withdrawing without a core: the page is told at once', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    site.change(kWasm, { status: 404 });
    await page.evaluate(() =>
      document.addEventListener('avow-change', (event) => (globalThis.told = event.detail.granted)),
    );
    await press(page, 'withdraw');
    await page.waitFor(() => globalThis.told, kPatience);
    assert.deepEqual([await page.evaluate(() => told), await granted(page)], [kNeedless, []]);
  });

  for (const [path, code] of [
    [kWasm, 'core-unavailable'],
    [kGlue, 'core-unavailable'],
    ['facts.json', 'policy-unavailable'],
    ['texts.en.json', 'policy-unavailable'],
    ['notices.en.json', 'policy-unavailable'],
  ]) {
    test(`${path} is missing: a refusal is remembered, and carried out when it is back`, async (t) => {
      const site = await startSite(t);
      site.change(path, { status: 404 });
      const page = await visit(t, `${site.url}/pages/host.html`);
      await shows(page, 'fallback');
      // A yes cannot be had without the core, whoever asks for it.
      await page.click('#allow');
      await page.waitFor(() => outcomes.length === 1, kPatience);
      assert.equal(await page.evaluate(() => outcomes[0]), code);

      await press(page, 'refuse');
      await page.waitFor(() => !document.querySelector('avow-consent'), kPatience);
      await moveOn(page, `${site.url}/pages/host.html`);
      await sleep(300);
      assert.equal(await page.evaluate(fallback), null); // not asked again
      assert.deepEqual(site.hits(), {});

      site.restore();
      await moveOn(page, `${site.url}/pages/host.html`);
      await shows(page, 'door');
      assert.equal((await seen(page)).layers.includes('first'), false);
      const [record] = await site.arrived(1);
      assert.deepEqual(said(record.payload), {
        control: 'refuse',
        layer: null,
        via: 'notice',
        yes: [],
        no: ['analytics', 'marketing', 'video', 'crm'],
      });
      await moveOn(page, `${site.url}/pages/host.html`);
      assert.equal((await site.arrived(1)).length, 1);
      assert.deepEqual([await granted(page), site.hits()], [[], {}]);
    });
  }

  test('a visitor who has answered does not notice that the core is gone, and can still withdraw', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await sent(page);
    site.change(kWasm, { status: 404 });
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.deepEqual(
      [await layer(page), await granted(page)],
      ['door', ['analytics', 'marketing', 'video']],
    );
    assert.deepEqual((await seen(page)).errors, []);
    await press(page, 'withdraw');
    await page.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);
    const before = await site.settledHits();
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.deepEqual([await granted(page), site.hits()], [[], before]);
    site.restore();
    await moveOn(page, `${site.url}/pages/host.html`);
    const records = await site.arrived(2);
    assert.deepEqual(said(records[1].payload).control, 'withdraw');
    assert.deepEqual([await granted(page), site.hits()], [[], before]);
  });

  test('no core any more: who said no is left alone, who said yes can say no, also where localStorage is full', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'refuse');
    // Another policy: the stored verdict does not speak of it, and the core that could decide is
    // away.
    site.company.publish((policy) => (policy.version = '2026-11b'));
    site.change('parts.json', { status: 503 });
    await page.goto(`${site.url}/pages/host.html`);
    await ready(page);
    await sleep(300);
    assert.equal(await page.evaluate(fallback), null);
    site.restore();
    await page.goto(`${site.url}/pages/host.html`);
    await page.click('#settings');
    await shows(page, 'yours');
    await press(page, 'change');
    await press(page, 'accept');
    await site.arrived(2);
    await sent(page);
    site.company.publish((policy) => (policy.version = '2026-11c'));
    site.change('parts.json', { status: 503 });
    const hits = await site.settledHits();
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'fallback');
    await page.evaluate(fillLocalStorage);
    await press(page, 'refuse');
    site.restore();
    await page.goto(`${site.url}/pages/host.html`);
    await site.arrived(3);
    assert.deepEqual([await granted(page), site.hits()], [[], hits]);
  });

  test('a no whose transaction failed comes before the next yes', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    await page.evaluate(() => {
      const { transaction } = IDBDatabase.prototype;
      globalThis.fails = true;
      IDBDatabase.prototype.transaction = function (tables, mode, ...more) {
        if (fails && mode === 'readwrite')
          throw new DOMException('The disk does not answer.', 'UnknownError');
        return transaction.call(this, tables, mode, ...more);
      };
    });
    await page.evaluate(() => {
      globalThis.heard = [];
      document.addEventListener('avow-change', ({ detail }) => heard.push(detail.granted.join()));
    });
    await press(page, 'withdraw');
    await page.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);
    await page.waitFor(() => document.querySelector('avow-embed'), kPatience);
    await shows(page, 'door');
    // Another tab that comes and goes changes nothing of it.
    await page.evaluate(() => void dispatchEvent(new StorageEvent('storage', { key: null })));
    await sleep(300);
    assert.deepEqual(await granted(page), []);
    assert.deepEqual(
      [...new Set(await page.evaluate(() => heard))],
      [kNeedless.join()],
      'open again for a moment',
    );
    await page.evaluate(() => void (globalThis.fails = false));
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await page.waitFor(() => document.querySelector('avow-embed')?.frame?.src, kPatience);
    const records = await site.arrived(3);
    assert.deepEqual(
      records.map(({ payload }) => payload.press.control),
      ['accept', 'withdraw', 'frame'],
    );
    assert.deepEqual(said(records[2].payload).yes, ['video']);
    await sent(page);
    await page.goto(`${site.url}/pages/host.html`);
    await runs(page, 'video');
  });

  test('no WebAssembly at all (a lockdown mode): the same', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`, {
      javascript: ['delete globalThis.WebAssembly;'],
    });
    await page.evaluate(() => avow.open().catch(() => {})); // until it is wanted, nobody misses it
    await shows(page, 'fallback');
    await press(page, 'refuse');
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal(await page.evaluate(fallback), null);
    assert.deepEqual([await granted(page), site.hits()], [[], {}]);
  });
});
