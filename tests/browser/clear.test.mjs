// What the policy says that a purpose keeps on the device is deleted once it is denied, and
// nothing else is.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inEachEngine, kPatience, press, runs, shows, tick } from './notice.mjs';
import { startSite } from './site.mjs';

const policy = (authored) => {
  authored.stored = [
    {
      purpose: 'analytics',
      cookies: ['_st', '_st_*', 'shared'],
      local_storage: ['stats:*', '*avow*'],
      session_storage: ['stats-tab'],
      databases: ['stats-*', 'avow*'],
      caches: ['stats'],
    },
    { purpose: 'marketing', cookies: ['ads.(1)', 'shared'] },
  ];
};

/** Keeps what two tags and the site itself would keep; cookies at every path of the page. */
const keepAll = (page) =>
  page.evaluate(async () => {
    for (const cookie of ['_st=1;path=/', '_st_ab1=2;path=/pages', '_st_ab1=3;path=/pages/'])
      document.cookie = cookie;
    for (const cookie of ['ads.(1)=4', 'shared=5;path=/', 'login=6;path=/', '_stay=7;path=/'])
      document.cookie = cookie;
    for (const key of ['stats:id', 'stats:x', 'cart']) localStorage.setItem(key, '1');
    for (const key of ['stats-tab', 'form']) sessionStorage.setItem(key, '1');
    for (const name of ['stats-1', 'shop'])
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result.close());
        opening.onerror = reject;
      });
    for (const name of ['stats', 'offline']) await caches.open(name);
  });

const kept = (page) =>
  page.evaluate(async () => ({
    cookies: [...new Set(document.cookie.split('; ').map((one) => one.split('=')[0]))].sort(),
    local: Object.keys(localStorage)
      .filter((key) => !key.startsWith('avow'))
      .sort(),
    session: Object.keys(sessionStorage).sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
    caches: (await caches.keys()).sort(),
  }));
const until = (page, cookies) =>
  page.waitFor(
    (wanted) =>
      [...new Set(document.cookie.split('; ').map((one) => one.split('=')[0]))].sort().join() ===
      wanted,
    { ...kPatience, args: [cookies.join()] },
  );

inEachEngine(({ name, visit }) => {
  test('after a withdrawal its names are gone, and all others stay', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.evaluate(() => {
      globalThis.told = [];
      document.addEventListener('avow-withdrawn', ({ detail }) => globalThis.told.push(detail));
    });
    await keepAll(page);
    await press(page, 'withdraw');
    await until(page, ['_stay', 'login']);
    await page.waitFor(
      async () => (await indexedDB.databases()).every((one) => one.name !== 'stats-1'),
      kPatience,
    );
    await page.waitFor(async () => !(await caches.has('stats')), kPatience);
    assert.deepEqual(await kept(page), {
      cookies: ['_stay', 'login'],
      local: ['cart'],
      session: ['form'],
      databases: ['avow', 'shop'],
      caches: ['offline'],
    });
    // Avow's own stand, though a pattern has their names: the answer is remembered.
    await page.reload();
    await shows(page, 'door');
    assert.equal(await page.evaluate(() => avow.choices.ask), false);
  });

  test('a withdrawal in another tab ends it here too, with head.html', async (t) => {
    const site = await startSite(t, { policy });
    // Nothing stands on it that would have the rest come before the other tab speaks.
    site.change('/pages/bare.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
        ${site.made('head.html')}</head><body>${site.made('inline.en.html')}
        <script type="text/plain" data-avow="analytics">ran = 1;</script></body></html>`,
    });
    const page = await visit(t, `${site.url}/pages/bare.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.waitFor(() => avow.choices.delivery === 'delivered', kPatience);
    const other = await page.newTab(`${site.url}/pages/bare.html`);
    await runs(other, 'analytics', 'marketing', 'video');
    await other.evaluate(() => {
      sessionStorage.setItem('stats-tab', '1');
      globalThis.told = [];
      document.addEventListener('avow-withdrawn', ({ detail }) => globalThis.told.push(detail));
    });
    // All of it is over, and sent, when this tab comes to look.
    const rest = site.hold('rest.js');
    await press(page, 'withdraw');
    await runs(page);
    await page.waitFor(() => localStorage.getItem('avow:waiting') === null, kPatience);
    await page.waitFor(() => localStorage.getItem('avow:pending') === null, kPatience);
    await site.arrived(2);
    rest();
    await runs(other);
    await other.waitFor(() => sessionStorage.getItem('stats-tab') === null, kPatience);
    assert.deepEqual(await other.evaluate(() => globalThis.told), [{ running: ['analytics'] }]);
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('a yes asks the server for the same files as a no', async (t) => {
    const site = await startSite(t, {
      policy: (authored) => {
        policy(authored);
        // A separate consent stays denied by a yes to all others.
        authored.purposes = authored.purposes.filter(({ separate }) => !separate);
        authored.services = authored.services.filter(({ purposes }) => !purposes.includes('crm'));
      },
    });
    // Nothing that is marked stands on it: what is allowed asks for files of others' own.
    site.change('/pages/bare.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>
        <script type="module" src="/avow/avow.js"></script><p>Text`,
    });
    const asked = {};
    for (const act of ['accept', 'refuse']) {
      const page = await visit(t, `${site.url}/pages/blank.html`);
      site.asked.length = 0;
      await page.goto(`${site.url}/pages/bare.html`);
      await shows(page, 'first');
      await page.waitFor(() => globalThis.avow, kPatience);
      assert.ok(!site.asked.includes(site.path('clear.js')), 'nobody has answered');
      await press(page, act);
      await shows(page, 'door');
      for (let tries = 0; tries < 100 && !site.asked.includes(site.path('clear.js')); tries++)
        await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      asked[act] = site.asked.filter((path) => path.startsWith('/avow/')).toSorted();
    }
    assert.ok(asked.refuse.includes(site.path('clear.js')));
    assert.deepEqual(asked.accept, asked.refuse);
  });

  test('scripts that have run are told of, once', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.evaluate(() => {
      globalThis.told = [];
      document.addEventListener('avow-withdrawn', ({ detail }) => globalThis.told.push(detail));
    });
    await press(page, 'withdraw');
    await page.waitFor(() => globalThis.told.length > 0, kPatience);
    const [{ running }, ...more] = await page.evaluate(() => globalThis.told);
    // The page has scripts of one of the purposes that were taken back.
    assert.deepEqual(running, ['analytics']);
    assert.deepEqual(more, []);
  });

  test('scripts of templates are told of too, and those that the page has taken away', async (t) => {
    const site = await startSite(t, { policy });
    site.change('/pages/gone.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gone</title>
        <script type="module" src="/avow/avow.js"></script><body>
        <template data-avow="marketing"><p><script>ran = 1;</script></p></template>
        <template data-avow="video"><p>A film.</p></template>
        <div id="route"><script type="text/plain" data-avow="analytics" async>
          ran2 = 1;</script></div>`,
    });
    const page = await visit(t, `${site.url}/pages/gone.html`);
    await press(page, 'accept');
    await page.waitFor(() => globalThis.ran && globalThis.ran2, kPatience);
    await page.evaluate(() => {
      document.querySelector('#route').remove();
      globalThis.told = [];
      document.addEventListener('avow-withdrawn', ({ detail }) => globalThis.told.push(detail));
    });
    const told = (count) =>
      page.waitFor((wanted) => globalThis.told.length === wanted && globalThis.told, {
        ...kPatience,
        args: [count],
      });
    await press(page, 'withdraw');
    assert.deepEqual(await told(1), [{ running: ['analytics', 'marketing'] }]);
    // Allowed and taken back once more: they have been going on all the time.
    await press(page, 'open');
    await press(page, 'change');
    await press(page, 'accept');
    await page.waitFor(() => avow.choices.granted.includes('marketing'), kPatience);
    await press(page, 'withdraw');
    assert.deepEqual((await told(2))[1], { running: ['analytics', 'marketing'] });
  });

  test('a first refusal clears what was there before; what one allowed purpose has stays', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await keepAll(page);
    await press(page, 'choose');
    await tick(page, 'marketing');
    await press(page, 'save');
    await until(page, ['_stay', 'ads.(1)', 'login', 'shared']);
    await page.evaluate(() => avow.refuse());
    await until(page, ['_stay', 'login']);
  });

  // Firefox and WebKit take no cookies for a name under localhost.
  if (name === 'chromium')
    test('cookies of every level of the domain are ended', async (t) => {
      const site = await startSite(t, { policy });
      const url = new URL('/pages/host.html', site.url);
      url.hostname = 'www.shop.localhost';
      const page = await visit(t, url.href);
      await shows(page, 'first');
      await page.evaluate(() => {
        document.cookie = '_st=1;path=/;domain=shop.localhost';
        document.cookie = '_st_2=1;path=/;domain=www.shop.localhost';
        document.cookie = '_st_3=1';
        document.cookie = 'login=1;domain=shop.localhost';
      });
      await until(page, ['_st', '_st_2', '_st_3', 'login']);
      await press(page, 'refuse');
      await until(page, ['login']);
    });
});
