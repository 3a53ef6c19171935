// A press before the core has arrived: remembered at once, carried out when it can be, and once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  answered,
  granted,
  inEachEngine,
  kPatience,
  layer,
  moveOn,
  press,
  reaches,
  runs,
  seen,
  sent,
  shows,
  tick,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

const kCore = 'core.wasm';
const kAll = ['analytics', 'marketing', 'video', 'crm'];
const emptied = (page) =>
  page.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);

/** An answer withdrawn on a page whose core is still to come: what is returned lets it come. */
async function withdrawnWithoutCore(site, page) {
  await answered(site, page, 'accept');
  const release = site.hold(kCore);
  await press(page, 'withdraw');
  await emptied(page);
  return release;
}

inEachEngine(({ name, visit }) => {
  test('who refuses as soon as the notice is there is not told later that the question is open', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', {
      body: (html) =>
        String(html)
          .replace('/avow/avow.js', '/avow/avow.en.js') // which has the notice in it
          .replace(
            '<head>',
            `<head><script>
            globalThis.heard = [];
            for (const kind of ['ready', 'change'])
              document.addEventListener('avow-' + kind, ({ detail }) => heard.push(detail.ask));
            (function look() {
              const root = document.querySelector('avow-consent')?.shadowRoot;
              const refuse = root?.querySelector('[data-layer=first] [data-act=refuse]');
              if (refuse) refuse.click();
              else setTimeout(look);
            })();
          </script>`,
          ),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.press.control, 'refuse');
    await page.waitFor(() => heard.length > 1, kPatience);
    const heard = await page.evaluate(() => globalThis.heard);
    assert.ok(!heard.slice(heard.indexOf(false)).includes(true), heard.join());
    assert.equal(await page.evaluate(() => avow.choices.ask), false);
  });

  test('withdraw on the entry, and away at once: carried out on the next page, once', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    const release = await withdrawnWithoutCore(site, page); // reducing needs none
    assert.equal(await page.evaluate(() => document.querySelector('avow-consent')), null);
    const pressed = Date.now();
    await page.goto(`${site.url}/pages/host.html`);
    await sleep(500);
    assert.equal(
      await page.evaluate(() => document.querySelector('avow-embed')?.frame?.src ?? null),
      null,
    ); // nor here, while it waits
    assert.equal(await layer(page), null);
    const before = await site.settledHits();
    await sleep(1_600); // so that the time of the press can be told from the time of carrying out
    release();
    await shows(page, 'door');
    const records = await site.arrived(2);
    assert.deepEqual(said(records[1].payload), {
      control: 'withdraw',
      layer: 'door',
      via: 'notice',
      yes: [],
      no: kAll,
    });
    assert.ok(Date.parse(records[1].payload.created_at) <= pressed, records[1].payload.created_at);
    assert.deepEqual(await granted(page), []);
    assert.deepEqual(site.hits(), before);
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.equal((await site.opened()).length, 2);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('avow.refuse() on a first visit, and away at once: the next page does not ask, one record', async (t) => {
    const site = await startSite(t);
    const release = site.hold(kCore);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.waitFor(() => globalThis.avow !== undefined, kPatience);
    await page.evaluate(() => void avow.refuse().catch(() => {}));
    await page.goto(`${site.url}/pages/host.html`);
    await sleep(300);
    assert.equal(await layer(page), null);
    release();
    await shows(page, 'door');
    assert.equal((await seen(page)).layers.includes('first'), false); // never asked
    const [record] = await site.arrived(1);
    assert.deepEqual(said(record.payload), {
      control: 'refuse',
      layer: null,
      via: 'script',
      yes: [],
      no: kAll,
    });
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.equal((await site.opened()).length, 1);
  });

  test('a press on the video’s placeholder, and away at once: it plays on the next page', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'refuse');
    const release = site.hold(kCore);
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await page.goto(`${site.url}/pages/host.html`);
    await sleep(300);
    assert.deepEqual(site.hits(), {}); // a yes waits for the core
    release();
    await runs(page, 'video');
    const records = await site.arrived(2);
    assert.deepEqual(said(records[1].payload), {
      control: 'frame',
      layer: 'frame',
      via: 'notice',
      yes: ['video'],
      no: ['analytics', 'marketing', 'crm'],
    });
    assert.deepEqual(site.hits(), { video: 1 });
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('a yes to what was shown in another language, or by another policy, is asked again', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'refuse');
    await site.arrived(1);
    for (const change of ['language', 'policy']) {
      await sent(page);
      await moveOn(page, `${site.url}/pages/host.html`);
      const release = site.hold(kCore);
      await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
      if (change === 'language')
        site.change('/pages/host.html', {
          body: (html) => String(html).replace('lang="en"', 'lang="zh-CN"'),
        });
      else site.company.publish((policy) => (policy.version = '2026-11b'));
      await page.goto(`${site.url}/pages/host.html`);
      release();
      await page.waitFor(() => localStorage.getItem('avow:pending') === null, kPatience);
      await shows(page, 'door');
      await sleep(300);
      assert.deepEqual(await granted(page), []);
      assert.equal((await site.opened()).length, 1);
    }
    // Shown as it is now, it is answered as ever.
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await runs(page, 'video');
  });

  test('a withdrawal that waited while the policy changed is carried out, and names no text that was not shown', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    const release = await withdrawnWithoutCore(site, page);
    site.company.publish((policy) => (policy.version = '2026-11b'));
    await page.goto(`${site.url}/pages/host.html`);
    release();
    const records = await site.arrived(2);
    assert.deepEqual(said(records[1].payload), {
      control: 'withdraw',
      layer: null,
      via: 'notice',
      yes: [],
      no: kAll,
    });
    assert.equal(records[1].payload.notice, null);
    assert.deepEqual(await granted(page), []);
  });

  test('the core comes while the visitor waits on the same page: one record too', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    const release = await withdrawnWithoutCore(site, page);
    // A second tab finds the press waiting as well.
    const other = await page.newTab(`${site.url}/pages/host.html`);
    await sleep(300);
    release();
    for (const tab of [page, other]) await shows(tab, 'door');
    assert.equal((await site.arrived(2)).length, 2);
    assert.equal(await page.evaluate(() => localStorage.getItem('avow:pending')), null);
    for (const tab of [page, other]) assert.deepEqual(await granted(tab), []);
  });

  test('a page that ended between carrying a press out and saying so: it is not carried out again', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await reaches(page, 'delivered');
    await page.evaluate(async () => {
      const deed = JSON.stringify({
        control: 'withdraw',
        layer: 'door',
        via: 'notice',
        trusted: true,
        selected: [],
        at: Math.floor(Date.now() / 1000),
        mark: 0.5,
      });
      const asked = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await asked(indexedDB.open('avow'));
      await asked(
        database.transaction('state', 'readwrite').objectStore('state').put(true, 'done 0.5'),
      );
      database.close();
      localStorage.setItem('avow:pending', `${deed}\n`);
    });
    await page.goto(`${site.url}/pages/host.html`);
    await page.waitFor(() => localStorage.getItem('avow:pending') === null, kPatience);
    await shows(page, 'door');
    await sleep(300);
    assert.equal((await site.opened()).length, 1);
  });

  test('a yes that could not be carried out comes before a later answer to everything, and not back after it', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'refuse');
    site.change(kCore, { status: 404 });
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await page.waitFor(() => localStorage.getItem('avow:pending') !== null, kPatience);
    await sleep(300);
    site.restore();
    await page.click('#settings');
    await shows(page, 'yours');
    await press(page, 'change');
    await tick(page, 'video'); // it shows as ticked
    await tick(page, 'analytics');
    await press(page, 'save');
    await runs(page, 'analytics');
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    assert.deepEqual(await granted(page), ['analytics']);
    assert.deepEqual(
      (await site.arrived(3)).map(({ payload }) => payload.press.control),
      ['refuse', 'frame', 'save'],
    );
  });
});
