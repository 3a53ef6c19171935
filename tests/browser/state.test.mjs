// What a device or a server hands over may be anything: nothing of it opens the gate, hides the
// question, or loses records.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  answered,
  erase,
  everythingStored,
  fillLocalStorage,
  granted,
  inEachEngine,
  kNeedless,
  kPatience,
  moveOn,
  press,
  reaches,
  ready,
  runs,
  seen,
  sent,
  shows,
  slotSays,
} from './notice.mjs';
import { startSite } from './site.mjs';

// Run on a page of the site that has no notice.
const setLocal = (key, value) => localStorage.setItem(key, value);
const setKept = (kept) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('avow', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('state');
      opening.result.createObjectStore('records', { keyPath: 'id' });
      opening.result.createObjectStore('outbox', { keyPath: 'id' });
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction(['state', 'records', 'outbox'], 'readwrite');
      const { outbox = [], records = [], ...rest } = kept;
      if ('now' in rest)
        writing
          .objectStore('state')
          .put(
            typeof rest.now === 'object' && rest.now?.keyring
              ? { ...rest.now, keyring: new Uint8Array(rest.now.keyring) }
              : rest.now,
            'now',
          );
      for (const one of outbox) writing.objectStore('outbox').put(one);
      for (const one of records) writing.objectStore('records').put(one);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      writing.onabort = () => reject(writing.error);
    };
  });

/**
 * Every value at every place: text that is no JSON, JSON of other types, values that are far too
 * large, and forgeries.
 */
const kGarbage = [
  '',
  'null',
  'true',
  '0',
  '"text"',
  '[]',
  '{}',
  '{"v":1}',
  '{',
  '\u0000\uffff',
  '[[[[[[',
  '{"__proto__":{"granted":["analytics"]}}',
];
const kHuge = `{"v":1,"granted":["analytics"],"x":"${'x'.repeat(1_000_000)}"}`;

inEachEngine(({ name: engine, visit }) => {
  async function asksAndDenies(site, page) {
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.deepEqual(await granted(page), []);
    assert.deepEqual(site.hits(), {});
    assert.deepEqual((await seen(page)).uncaught, []);
  }

  test('garbage in localStorage: the gate stays shut and the question is asked', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/blank.html`);
    for (const value of [...kGarbage, kHuge]) {
      await page.evaluate(
        (one) =>
          ['verdict', 'pending', 'waiting'].forEach((key) =>
            localStorage.setItem(`avow:${key}`, one),
          ),
        value,
      );
      await t.test(value.slice(0, 40) || 'empty', () => asksAndDenies(site, page));
    }
    await press(page, 'refuse');
    await shows(page, 'door');
    assert.equal((await site.arrived(1))[0].payload.press.control, 'refuse');
  });

  test('verdicts that nearly hold: of another shape than the core writes, they are not applied', async (t) => {
    const site = await startSite(t);
    const now = Math.floor(Date.now() / 1000);
    const like = {
      gpc: false,
      granted: kNeedless,
      not_before: now - 60,
      number: null,
      place: '',
      policy: site.company.manifest.policy,
      regime: 'opt-in',
      until: now + 60,
      v: 2,
      withdrawable: false,
    };
    const bent = [
      { policy: '0'.repeat(64) },
      { place: 'US-CA' },
      { gpc: true },
      { v: 1 },
      { v: '2' },
      { not_before: now + 60 },
      { until: now - 1 },
      { until: null },
      { until: 'never' },
      { not_before: null, until: null },
      { granted: 'analytics' },
      { granted: { 0: 'analytics', length: 1 } },
      { granted: null },
      { until: '9e99' },
      { until: 9e99 },
      { not_before: -1 },
      { granted: ['analytics', '<b>'] },
      { number: '<b>' },
      { regime: 'lax' },
      { withdrawable: 'yes' },
      { css: '' },
      { entry: '<nav></nav>' },
    ];
    const page = await visit(t, `${site.url}/pages/blank.html`);
    for (const change of bent) {
      await t.test(JSON.stringify(change), async () => {
        await page.evaluate(
          setLocal,
          'avow:verdict',
          JSON.stringify({ ...like, granted: [...kNeedless, 'analytics'], ...change }),
        );
        await asksAndDenies(site, page);
      });
    }
  });

  test('presses that nobody made: only what may be said without a visitor is carried out', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/blank.html`);
    const now = Math.floor(Date.now() / 1000);
    const yes = {
      control: 'accept',
      layer: 'first',
      via: 'script',
      trusted: false,
      at: now,
      selected: [],
    };
    const presses = [
      yes,
      { ...yes, control: 'grant', selected: ['analytics'] },
      { ...yes, control: 'frame', selected: ['video'], layer: 'frame' },
      { ...yes, control: 'save', selected: ['analytics', 'crm'] },
      { ...yes, trusted: 'yes' },
      { ...yes, trusted: 1 },
      { ...yes, control: 'everything', trusted: true },
      { ...yes, selected: ['unknown'], control: 'grant', trusted: true },
      { ...yes, control: 'frame', trusted: true, selected: ['analytics', 'crm'] },
      { ...yes, control: 'toString', trusted: true },
      { ...yes, at: 'now', trusted: true },
      { ...yes, layer: 7, trusted: true },
    ];
    for (const one of presses) {
      await t.test(JSON.stringify(one), async () => {
        await page.evaluate(setLocal, 'avow:pending', `${JSON.stringify(one)}\n`);
        await asksAndDenies(site, page);
        // it is over, and does not come again
        assert.equal(await page.evaluate(() => localStorage.getItem('avow:pending')), null);
      });
    }
    assert.deepEqual(await site.opened(), []);
  });

  test('garbage in the database: the gate stays shut, the question is asked, and refusing works', async (t) => {
    const site = await startSite(t);
    const kept = [
      null,
      7,
      'text',
      [],
      {},
      { held: 7, chain: 7, keyring: null },
      { held: '{', chain: '{', keyring: null },
      { held: '{"v":1}', chain: '{"v":1}', keyring: null },
      { held: null, chain: null, keyring: Array(500).fill(1) },
      { held: null, chain: null, keyring: [1, 2, 3] },
      { held: 'x'.repeat(400_000), chain: null, keyring: null },
      { held: '['.repeat(5_000), chain: null, keyring: null },
      { held: 'x'.repeat(3 << 20), chain: null, keyring: null },
      { held: '{"v":"\ud800"}', chain: '\udfff', keyring: null },
      { held: {}, chain: {}, keyring: null },
      { held: '', chain: '', keyring: null },
    ];
    const page = await visit(t, `${site.url}/pages/blank.html`);
    for (const [i, now] of kept.entries()) {
      await t.test(JSON.stringify(now).slice(0, 80), async () => {
        await page.goto(`${site.url}/pages/blank.html`);
        await page.evaluate(() => localStorage.clear());
        await page.evaluate(setKept, { now });
        await asksAndDenies(site, page);
        await press(page, 'refuse');
        await shows(page, 'door');
        await site.arrived(i + 1);
        await sent(page);
        await moveOn(page, `${site.url}/pages/host.html`);
        assert.deepEqual([(await ready(page)).ask, await granted(page)], [false, []]);
      });
    }
  });

  // What follows is the same in every engine, and takes its time.
  if (engine !== 'chromium') return;

  test('garbage in the outbox and among the records: good records are still delivered and kept', async (t) => {
    const site = await startSite(t);
    await site.collector.stop();
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'waiting');
    const { number } = await page.evaluate(() => avow.choices);
    await page.goto(`${site.url}/pages/blank.html`);
    await page.evaluate(setKept, {
      outbox: [
        // What no JSON of the core's can carry would take the good ones along.
        { id: '3'.repeat(64), seq: 0.5 },
        { id: '\ud800' },
        { id: '4'.repeat(64), deep: JSON.parse('['.repeat(40) + ']'.repeat(40)) },
        ...Array.from({ length: 2_500 }, (_, i) => ({
          device: '0'.repeat(64),
          digest: '0'.repeat(64),
          id: String(i).padStart(64, 'f'),
          not_before: 0,
          op: 'set',
          reason: 'refused',
          seq: i + 1,
          state: 'shelved',
          status: 422,
          tries: 1,
        })),
        { id: 'x' },
        { id: '0'.repeat(64) },
        { id: '1'.repeat(64), digest: 7, device: {}, seq: 'one', state: 'waiting' },
        { id: [1, 2], state: 'shelved' },
      ],
      records: [
        { id: 'x', bytes: 'text', keep: true },
        { id: '2'.repeat(64), keep: true },
        { id: '0'.repeat(64), bytes: [], keep: 'yes' },
      ],
    });
    await site.collector.start();
    await page.goto(`${site.url}/pages/host.html`);
    await runs(page, 'analytics', 'marketing', 'video');
    const [record] = await site.arrived(1);
    assert.equal(record.number, number);
    const mine = (await everythingStored(page)).databases.avow.records.filter(
      ([id]) => id === record.id,
    );
    assert.equal(mine.length, 1);
    const { records } = await page.evaluate(() => avow.export());
    assert.equal(records.filter((one) => one.number === number && one.opened).length, 1);
  });

  test('a state that cannot be read does not lose the records beside it', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    const [record] = await site.arrived(1);
    await reaches(page, 'delivered');
    await page.goto(`${site.url}/pages/blank.html`);
    const before = (await everythingStored(page)).databases.avow.records;
    await page.evaluate(() => localStorage.clear());
    const unreadable = { held: { v: 9 }, chain: { v: 9 }, keyring: Array(96).fill(7) };
    await page.evaluate(setKept, { now: unreadable });
    const hits = await site.settledHits();
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.deepEqual([await granted(page), site.hits()], [[], hits]);
    assert.deepEqual((await everythingStored(page)).databases.avow.records, before);
    assert.equal(before[0][0], record.id);

    // An answer starts a new chain; what could not be read, a later version may.
    await press(page, 'accept');
    await site.arrived(2);
    await sent(page);
    const after = await site.settledHits();
    const { records, state } = (await everythingStored(page)).databases.avow;
    assert.deepEqual(
      records.find(([id]) => id === record.id),
      before[0],
    );
    assert.deepEqual(
      state.filter(([key]) => key.startsWith('unreadable')).map(([, { chain }]) => chain),
      [unreadable.chain],
    );
    await page.goto(`${site.url}/pages/blank.html`);
    await page.evaluate(() => localStorage.clear());
    await page.evaluate(setKept, { now: unreadable });
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'first');

    // Who asks for it to go is obeyed here, and the console says that nobody else could be told.
    await erase(page);
    assert.deepEqual(
      (await everythingStored(page)).databases.avow.records.filter(([id]) => id === record.id),
      [],
    );
    assert.deepEqual(
      (await everythingStored(page)).databases.avow.state.filter(([key]) =>
        key.startsWith('unreadable'),
      ),
      [],
    );
    assert.deepEqual([await granted(page), site.hits()], [[], after]);
  });

  test('localStorage is full: a withdrawal is not undone by the verdict that stood there', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    await page.evaluate(fillLocalStorage);
    await press(page, 'open');
    await shows(page, 'yours');
    await press(page, 'withdraw');
    await runs(page);
    const hits = await site.settledHits();
    await moveOn(page, `${site.url}/pages/host.html`);
    await runs(page);
    await sleep(300);
    assert.deepEqual([await granted(page), site.hits()], [[], hits]);
    assert.equal((await site.arrived(2))[1].payload.press.control, 'withdraw');
  });

  test('no database: a no that the loader remembers is not forgotten for opening the choices, nor for a yes of one page', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace(/<script type="module" src="\/avow[^"]*"/, '$& data-place="US-CA"'),
    }); // opt-out
    const page = await visit(t, `${site.url}/pages/host.html`, {
      javascript: ['Object.defineProperty(globalThis, "indexedDB", { value: undefined });'],
    });
    await site.collector.stop();
    await press(page, 'refuse');
    await runs(page);
    // another tab cleared everything
    await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: null })));
    await sleep(200);
    assert.equal(await page.evaluate(() => avow.choices.delivery), 'unsaved');
    await site.collector.start();
    await moveOn(page, `${site.url}/pages/host.html`);
    await runs(page);
    const hits = await site.settledHits();
    await page.click('#settings');
    await shows(page, 'yours');
    await slotSays(page, 'answer-analytics', 'Off');
    await runs(page);
    await moveOn(page, `${site.url}/pages/host.html`);
    await runs(page);
    assert.deepEqual(site.hits(), hits);
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await runs(page, 'video');
    await moveOn(page, `${site.url}/pages/host.html`);
    await sleep(300);
    await runs(page);
  });

  test('no storage at all: refusing works, and says for how long', async (t) => {
    const site = await startSite(t);
    const blocked = () => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(globalThis, name, {
          configurable: true,
          get() {
            throw new DOMException('Access is denied.', 'SecurityError');
          },
        });
      }
    };
    const page = await visit(t, `${site.url}/pages/host.html`, { javascript: [blocked] });
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    assert.equal((await page.evaluate(() => avow.choices)).granted.length, 6);
    await site.arrived(1);
    await press(page, 'withdraw');
    await runs(page);
    await site.arrived(2);
    await sleep(200);
    await slotSays(
      page,
      'status',
      'Valid on this page only: this browser does not let us store it',
    );
    const hits = await site.settledHits();
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'first');
    await sleep(200);
    assert.deepEqual([await granted(page), site.hits()], [[], hits]);
  });

  test('a database that answers too late: what was taken back meanwhile stays taken back', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await reaches(page, 'delivered');
    await page.goto(`${site.url}/pages/blank.html`);
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace('<head>', '<head><script>indexedDB.open = () => ({});</script>'),
    });
    await page.goto(`${site.url}/pages/host.html`);
    await runs(page, 'analytics', 'marketing', 'video');
    await press(page, 'withdraw');
    await runs(page);
    // stood in for by the page's own memory
    await page.waitFor(() => avow.choices.delivery !== 'none', kPatience);
    await site.arrived(2);
    await page.goto(`${site.url}/pages/blank.html`);
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'door');
    await runs(page);
    await sleep(300);
    assert.equal((await site.opened()).length, 2); // no record for each page until it answers
    site.restore();
    await page.goto(`${site.url}/pages/blank.html`);
    await page.goto(`${site.url}/pages/host.html`);
    await page.waitFor(() => localStorage.getItem('avow:pending') === null, kPatience);
    const records = await site.arrived(3);
    assert.deepEqual(
      records
        .filter(({ header }) => header.prev !== null)
        .map(({ payload }) => payload.press.control),
      ['withdraw'],
    );
    await page.evaluate(() => localStorage.clear()); // the database alone says so too
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'door');
    await runs(page);
  });

  const kAltered = {
    'one byte more': (bytes) => Buffer.concat([bytes, Buffer.from(' ')]),
    'cut off': (bytes) => bytes.subarray(0, bytes.length / 2),
    'a page': () => '<!doctype html><title>Sign in</title>',
    'something else of ours': (_, site) => readFileSync(join(site.company.out, 'manifest.json')),
  };
  for (const [name, code] of [
    ['parts.json', 'policy-unavailable|core-unavailable'],
    ['facts.json', 'policy-unavailable'],
    ['texts.en.json', 'policy-unavailable'],
    ['notices.en.json', 'policy-unavailable'],
    ['core.js', 'core-unavailable'],
    ['core.wasm', 'core-unavailable'],
  ]) {
    test(`${name}, altered on its way: refused, one error, and no can be said`, async (t) => {
      const site = await startSite(t);
      const page = await visit(t, `${site.url}/pages/blank.html`);
      // All of it in Chromium, the essential in the others.
      const ways = Object.entries(kAltered).slice(0, engine === 'chromium' ? undefined : 1);
      for (const [what, bend] of ways) {
        await t.test(what, async () => {
          site.change(name, { body: (bytes) => bend(bytes, site) });
          await page.goto(`${site.url}/pages/host.html`);
          await shows(page, 'fallback');
          await page.waitFor(() => globalThis.seen.errors.length > 0, kPatience);
          await sleep(100);
          const { errors, uncaught } = await seen(page);
          assert.equal(errors.length, 1, JSON.stringify(errors).slice(0, 2_000));
          assert.match(errors[0], RegExp(`^avow: (${code}): .*Consent is denied:`, 's'));
          assert.deepEqual([uncaught, site.hits()], [[], {}]);
        });
      }
      await press(page, 'refuse');
      site.restore();
      await moveOn(page, `${site.url}/pages/host.html`);
      const [{ payload }] = await site.arrived(1);
      assert.equal(payload.press.control, 'refuse');
    });
  }

  test('an altered loader does not run where its tag has the integrity of the build', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace(
          /<script type="module" src="\/avow[^>]*><\/script>/,
          site.company.manifest.tags['avow.js'],
        ),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    site.change('/avow/avow.js', { body: (bytes) => Buffer.concat([bytes, Buffer.from(' ')]) });
    await page.goto(`${site.url}/pages/host.html`);
    await sleep(500);
    assert.equal(await page.evaluate(() => typeof globalThis.avow), 'undefined');
    assert.deepEqual(site.hits(), {});
  });

  test('who has answered depends on the loader alone', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await sent(page);
    for (const name of ['facts.json', 'texts.en.json', 'core.js', 'core.wasm'])
      site.change(name, { status: 500 });
    await page.goto(`${site.url}/pages/host.html`);
    await runs(page, 'analytics', 'marketing', 'video');
    await shows(page, 'door');
    assert.deepEqual((await seen(page)).errors, []);
  });
});
