// The tags of others are told what may run: in the queues that they document, before they come,
// and once for each decision. Under a strict content security policy with the hashes that
// `avow build` prints.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  inEachEngine,
  kPatience,
  moveOn,
  press,
  reaches,
  ready,
  runs,
  seen,
  sent,
  shows,
} from './notice.mjs';
import { kStrict, startSite } from './site.mjs';

const kSignals = [
  'ad_personalization',
  'ad_storage',
  'ad_user_data',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
];
/** All of Google's signals; those that are named are granted. */
const google = (...granted) =>
  Object.fromEntries(kSignals.map((one) => [one, granted.includes(one) ? 'granted' : 'denied']));
const kAds = ['ad_storage', 'ad_user_data', 'ad_personalization'];
const kNone = google('security_storage');
const kAll = google('security_storage', 'analytics_storage', ...kAds);

/**
 * A site whose policy names everybody. `page(made, tag)` gives what stands in the place of the
 * loader's tag: `made` reads a built file, `tag` stands for the first tag of somebody else.
 */
async function told(t, page = (made, tag) => made('head.html') + tag) {
  const site = await startSite(t, {
    policy: (authored) => {
      authored.outputs = {
        google: {
          ...Object.fromEntries(kAds.map((one) => [one, ['marketing']])),
          analytics_storage: ['analytics'],
          security_storage: ['security'],
          ads_data_redaction: true,
        },
        uet: { ad_storage: ['marketing'] },
        clarity: { ad_storage: ['marketing'], analytics_storage: ['analytics'] },
        data_layer: 'avow_choices',
      };
    },
  });
  const made = (file) => site.made(file);
  const { csp } = site.company.manifest;
  const [, hashes] = /^script-src (.*)$/.exec(csp['head.html']);
  const [, style] = /^style-src (.*)$/.exec(csp['inline.en.html']);
  site.headers = {
    'content-security-policy': kStrict
      .replace('script-src', `script-src ${hashes}`)
      .replace('style-src', `style-src ${style}`)
      .replace("connect-src 'self'", `connect-src 'self' ${site.collector.url}`),
  };
  // What the first tag of somebody else would find.
  site.change('/tag.js', {
    status: 200,
    headers: { 'content-type': 'text/javascript' },
    body: () =>
      'globalThis.found = { dataLayer: [...(globalThis.dataLayer ?? [])], uetq: [...(globalThis.uetq ?? [])], clarity: [...(globalThis.clarity?.q ?? [])] };',
  });
  site.place = '';
  site.change('/pages/host.html', {
    body: (html) =>
      String(html)
        .replace(/<script type="module" src="\/avow[^>]*><\/script>/, () =>
          page(made, '<script src="/tag.js"></script>'),
        )
        .replace(/(?= data-built| src="\/avow\/avow\.)/, site.place)
        .replace('<body>', `<body>${made('inline.en.html')}`),
  });
  return site;
}

/** What was pushed, call by call; Google's calls are `arguments` objects, and nothing else is. */
const plain = (name) => {
  const from = name === 'found' ? globalThis.found : globalThis;
  const read = (call) =>
    Object.prototype.toString.call(call) === '[object Arguments]' ? [...call] : { pushed: call };
  return JSON.parse(
    JSON.stringify({
      google: [...(from.dataLayer ?? [])].map(read),
      uet: [...(from.uetq ?? [])],
      clarity: [...(name === 'found' ? from.clarity : (from.clarity?.q ?? []))].map(read),
    }),
  );
};
const found = (page) => page.evaluate(plain, 'found');

/** What has been told since the tag came, in order. */
async function since(page) {
  const before = await found(page);
  const now = await page.evaluate(plain, 'now');
  return Object.fromEntries(
    Object.keys(now).map((name) => {
      assert.deepEqual(now[name].slice(0, before[name].length), before[name]);
      return [name, now[name].slice(before[name].length)];
    }),
  );
}
/** The same of Google's own calls. */
const updates = async (page) =>
  (await since(page)).google.filter(Array.isArray).map(([, kind, signals]) => [kind, signals]);
const events = async (page) =>
  (await since(page)).google.filter((one) => one.pushed).map(({ pushed }) => pushed);

/** Whatever is still to be told has been, once the gate is set and a task more has passed. */
const settled = async (page) => {
  await ready(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
};

/** Google has been told so many updates: the gate is set first, the tags hear of it after. */
const hears = (page, updates) =>
  page.waitFor((wanted) => dataLayer.filter((call) => call[1] === 'update').length >= wanted, {
    ...kPatience,
    args: [updates],
  });

async function quiet(page) {
  const { violations, errors, uncaught } = await seen(page);
  assert.deepEqual({ violations, errors, uncaught }, { violations: [], errors: [], uncaught: [] });
}

const here = (site) => `${site.url}/pages/host.html`;

inEachEngine(({ name, visit }) => {
  test('the defaults stand before any tag, and each region has its own', async (t) => {
    const site = await told(t);
    const page = await visit(t, here(site));
    const wait = { wait_for_update: 500 };
    assert.deepEqual(await found(page), {
      google: [
        ['consent', 'default', { ...kNone, ...wait }],
        ['consent', 'default', { ...kAll, ...wait, region: ['US-CA'] }],
        ['set', 'ads_data_redaction', true],
      ],
      uet: ['consent', 'default', { ad_storage: 'denied' }],
      clarity: [['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }]],
    });
    await settled(page);
    // Google may have found another place than the host: it is told. The others know already.
    assert.deepEqual(await updates(page), [['update', kNone]]);
    assert.deepEqual((await since(page)).uet, []);
    assert.deepEqual((await since(page)).clarity, []);
    await quiet(page);
  });

  test('one full update for accept, one for withdraw, none for what changes nothing', async (t) => {
    const site = await told(t);
    const page = await visit(t, here(site));
    await press(page, 'accept');
    await hears(page, 2);
    await reaches(page, 'delivered'); // several events of ours have come by then
    const granted = { ad_Storage: 'granted', analytics_Storage: 'granted' };
    assert.deepEqual(await updates(page), [
      ['update', kNone],
      ['update', kAll],
    ]);
    const { uet, clarity } = await since(page);
    assert.deepEqual(uet, ['consent', 'update', { ad_storage: 'granted' }]);
    assert.deepEqual(clarity, [['consentv2', granted]]);
    const [, { event, avow }] = await events(page);
    assert.equal(event, 'avow_choices');
    assert.deepEqual(
      [avow.service, avow.analytics, avow.marketing, avow.crm],
      ['granted', 'granted', 'granted', 'denied'],
    );

    await press(page, 'withdraw');
    await hears(page, 3);
    await site.arrived(2);
    await sent(page);
    await settled(page);
    assert.deepEqual((await updates(page)).slice(2), [['update', kNone]]);
    assert.deepEqual((await since(page)).uet.slice(3), [
      'consent',
      'update',
      { ad_storage: 'denied' },
    ]);
    assert.equal((await since(page)).clarity.length, 2);
    const [, , after, ...more] = await events(page);
    // Every purpose has its word: nothing of the event before stays in Tag Manager.
    assert.deepEqual(Object.keys(after.avow), Object.keys(avow));
    assert.deepEqual([after.avow.analytics, more], ['denied', []]);
    await quiet(page);
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('who comes back is told of once, and no place speaks for them before', async (t) => {
    const site = await told(t);
    const page = await visit(t, here(site));
    await press(page, 'accept');
    await site.arrived(1);
    await sent(page);
    await moveOn(page, here(site));
    await settled(page);
    const kinds = (await found(page)).google.map(([word, kind]) => `${word} ${kind}`);
    assert.deepEqual(kinds, ['consent default', 'set ads_data_redaction']);
    assert.deepEqual(await updates(page), [['update', kAll]]);
    assert.equal((await events(page)).length, 1);
    assert.deepEqual((await since(page)).uet, ['consent', 'update', { ad_storage: 'granted' }]);
    await quiet(page);
  });

  test('a refusal is told where the law lets things run until then', async (t) => {
    const site = await told(t);
    site.place = ' data-place=" us-ca "'; // as some servers write it
    const page = await visit(t, here(site));
    await shows(page, 'first');
    await runs(page, 'analytics', 'marketing', 'video');
    await press(page, 'refuse');
    await runs(page);
    await hears(page, 2);
    await settled(page);
    assert.deepEqual(await updates(page), [
      ['update', kAll],
      ['update', kNone],
    ]);
    assert.deepEqual((await since(page)).uet, [
      ...['consent', 'update', { ad_storage: 'granted' }],
      ...['consent', 'update', { ad_storage: 'denied' }],
    ]);
    await moveOn(page, here(site));
    await settled(page);
    assert.deepEqual(await updates(page), [['update', kNone]]);
    assert.deepEqual((await since(page)).uet, []);
    await quiet(page);
  });

  test('Global Privacy Control is in the defaults and in the update', async (t) => {
    const site = await told(t);
    site.place = ' data-place="US-CA"';
    const page = await visit(t, here(site), { gpc: true });
    const [, [, , regional]] = (await found(page)).google;
    const wanted = google('security_storage', 'analytics_storage');
    assert.deepEqual(regional, { ...wanted, wait_for_update: 500, region: ['US-CA'] });
    await settled(page);
    assert.deepEqual(await updates(page), [['update', wanted]]);
    assert.deepEqual((await since(page)).uet, []);
  });

  test('another tab is told of an answer too', async (t) => {
    const site = await told(t);
    const page = await visit(t, here(site));
    await settled(page);
    const other = await page.newTab(here(site));
    await press(other, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await hears(page, 2);
    assert.deepEqual((await updates(page)).slice(1), [['update', kAll]]);
    assert.deepEqual((await since(page)).clarity, [
      ['consentv2', { ad_Storage: 'granted', analytics_Storage: 'granted' }],
    ]);
  });

  test('one tag, and the loader was first: what it said before is told all the same', async (t) => {
    const site = await told(t, (made, tag) => {
      const [, inline, teller] = /^(<script>.*<\/script>)\n(.*)\n$/s.exec(made('outputs.html'));
      return `${inline}${tag}<script type="module" src="/avow/avow.js"></script>${teller}`;
    });
    const page = await visit(t, here(site));
    await press(page, 'accept');
    await site.arrived(1);
    await sent(page);
    await moveOn(page, here(site));
    await settled(page);
    assert.deepEqual(await updates(page), [['update', kAll]]);
    assert.equal((await events(page)).length, 1);
    await quiet(page);
  });
});
