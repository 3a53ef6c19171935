// Frameworks as npm has them, with marks in what they look after: hydration finds what the server
// sent, each script runs once, nothing is left behind by a route or a page that went, the app is
// never blanked, and a no holds wherever the visitor goes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { client, kWatch, packaged, server, startApp, startBuilt } from './frameworks/app.mjs';
import { answered, inEachEngine, kPatience, press, ready, runs, seen, shows } from './notice.mjs';

const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8">
  <title>App</title><meta name="viewport" content="width=device-width">
  <script type="module" src="/avow/avow.js"></script>${head}</head><body>${body}</body></html>`;

/** The routes of an app that was hydrated. */
const at = (page, route) =>
  page.waitFor(
    (wanted) =>
      document.querySelector('main[data-stands=true]')?.dataset.at === wanted &&
      document.querySelector('h1').textContent.toLowerCase() === wanted &&
      document.querySelector('#end').textContent === 'The end',
    { ...kPatience, args: [route] },
  );
const live = (page, count) =>
  page.waitFor(
    (wanted) =>
      [...document.querySelectorAll('avow-embed')].filter((one) =>
        one.frame?.contentDocument?.querySelector('p'),
      ).length === wanted,
    { ...kPatience, args: [count] },
  );
const covered = (page, count) =>
  page.waitFor(
    (wanted) =>
      [...document.querySelectorAll('avow-embed')].filter((one) =>
        one.shadowRoot?.querySelector('[data-act=frame]'),
      ).length === wanted,
    { ...kPatience, args: [count] },
  );
/** Waits until a hydrated app's hook says so. */
const follows = (page, granted) =>
  page.waitFor(
    (wanted) => document.querySelector('main').dataset.granted.includes('video') === wanted,
    { ...kPatience, args: [granted] },
  );

/** Nothing has been told that a developer would have to look at. */
async function silent(page) {
  const { errors, uncaught } = await seen(page);
  assert.deepEqual([errors, uncaught], [[], []]);
  assert.deepEqual(
    (page.console() ?? []).filter(
      ({ type, text }) => /warn|error/.test(type) && /hydrat|mismatch/i.test(text),
    ),
    [],
  );
}
/** What a route left in the app when it went: nothing that is seen, loads, or can run. */
const left = (page) =>
  page.evaluate(() => ({
    embeds: document.querySelectorAll('main avow-embed, main iframe').length,
    marks: document.querySelectorAll('main [data-avow]').length,
    alive: [...document.querySelectorAll('main script')].filter((one) => one.type !== 'text/plain')
      .length,
  }));
const kNothing = { embeds: 0, marks: 0, alive: 0 };

const hydrated = {
  react: ['react/server.jsx', 'react/client.jsx'],
  vue: ['vue/server.js', 'vue/client.js'],
  svelte: ['svelte/server.js', 'svelte/client.js'],
};
/** What is essential is shown in every engine, the rest in one. */
const kEssential = ['react', 'turbo'];

inEachEngine(({ visit, name: engine }) => {
  const here = ([name]) => engine === 'chromium' || kEssential.includes(name);

  for (const [name, [onServer, inBrowser]] of Object.entries(hydrated).filter(here)) {
    const start = async (t) => {
      const { html } = await server(onServer);
      return startApp(t, {
        'index.html': page(
          `<div id="root">${await html()}</div><script type="module" src="/app/app.js"></script>`,
        ),
        'app.js': await client(inBrowser),
      });
    };

    test(`${name}: a route that goes takes all with it, and comes back as the answer is`, async (t) => {
      const site = await start(t);
      const page = await visit(t, site.app, kWatch);
      await at(page, 'film');
      await covered(page, 2);
      // Not asked yet.
      await page.click('#home');
      await at(page, 'home');
      assert.deepEqual(await left(page), kNothing);
      await page.click('#film');
      await at(page, 'film');
      await covered(page, 2);
      assert.deepEqual(await site.settledHits(), {});

      await press(page, 'accept');
      await follows(page, true);
      await live(page, 2);
      await page.waitFor(() => ran.length === 1 && __hits.length === 1, kPatience);
      assert.deepEqual(await site.settledHits(), { route: 1, frame: 1, embed: 1 });
      assert.deepEqual(await page.evaluate(() => films), ['A film']);
      await page.click('#home');
      await at(page, 'home');
      assert.deepEqual(await left(page), kNothing);
      await page.evaluate(() => history.back());
      await at(page, 'film');
      await live(page, 2);
      await page.waitFor(() => ran.length === 2 && __hits.length === 2, kPatience);
      assert.deepEqual(await site.settledHits(), { route: 2, frame: 2, embed: 2 });

      // Taken back: on this route, and on each that comes.
      await press(page, 'withdraw');
      await follows(page, false);
      await covered(page, 2);
      await page.click('#home');
      await at(page, 'home');
      assert.deepEqual(await left(page), kNothing);
      await page.evaluate(() => history.back());
      await at(page, 'film');
      await covered(page, 2);
      assert.deepEqual(await site.settledHits(), { route: 2, frame: 2, embed: 2 });
      assert.equal(await page.evaluate(() => ran.length), 2);
      await silent(page);
    });

    test(`${name}: who has answered is hydrated in silence, and each script runs once`, async (t) => {
      const site = await start(t);
      const page = await visit(t, `${site.url}/pages/host.html`, kWatch);
      await answered(site, page, 'accept');
      const before = await site.settledHits();
      await page.goto(site.app);
      await at(page, 'film');
      await ready(page);
      await follows(page, true);
      await live(page, 2);
      await page.waitFor(() => ran.length === 1 && __hits.length === 1, kPatience);
      const hits = { ...before, route: 1, frame: 1, embed: 1 };
      assert.deepEqual(await site.settledHits(), hits);
      assert.equal(await page.evaluate(() => ran.length), 1);
      await silent(page);
    });
  }

  if (here(['turbo']))
    test('turbo: another body keeps the notice, and a restored one runs nothing by itself', async (t) => {
      // A preview runs the page's scripts, and then the page does: our marks are no different.
      const head = `<script type="module" src="/app/turbo.js"></script>
        <meta name="turbo-cache-control" content="no-preview">`;
      const body = (
        here,
        there,
      ) => `<h1>${here}</h1><a id="go" href="/app/${there}.html">${there}</a>
        <script>(globalThis.plain ??= []).push('${here}');</script>
        <script type="text/plain" data-avow="analytics">(globalThis.ran ??= []).push('${here}');</script>
        <script type="text/plain" data-avow="analytics" src="/hits/${here}.js"></script>
        <iframe data-avow="video" data-avow-src="/hits/frame-${here}.html" title="A frame"></iframe>
        <avow-embed purpose="video" src="/hits/embed-${here}.html" title="A film"></avow-embed>`;
      const site = await startApp(t, {
        'one.html': page(body('one', 'two'), head),
        'two.html': page(body('two', 'three'), head),
        'three.html': page(body('three', 'one'), head),
        'turbo.js': packaged('@hotwired/turbo/dist/turbo.es2017-esm.js'),
      });
      const tab = await visit(t, `${site.app}one.html`, kWatch);
      const stands = (name) =>
        tab.waitFor(
          (wanted) =>
            document.querySelector('h1').textContent === wanted &&
            plain.at(-1) === wanted &&
            document.querySelectorAll('avow-consent').length === 1,
          { ...kPatience, args: [name] },
        );
      const back = () => tab.evaluate(() => history.back());
      /** Marked scripts ran as often as the page's own did since the answer. */
      const alike = (...wanted) =>
        tab.waitFor((all) => globalThis.ran.join() === all && __hits.join() === all, {
          ...kPatience,
          args: [wanted.join()],
        });

      await shows(tab, 'first');
      await covered(tab, 2);
      await tab.click('#go');
      await stands('two');
      await shows(tab, 'first');
      await covered(tab, 2);
      await back();
      await stands('one');
      await covered(tab, 2);
      assert.deepEqual(await site.settledHits(), {});

      await press(tab, 'accept');
      await alike('one');
      await live(tab, 2);
      await tab.click('#go');
      await stands('two');
      await alike('one', 'two');
      await live(tab, 2);
      await back();
      await stands('one');
      await alike('one', 'two', 'one');
      await live(tab, 2);
      assert.deepEqual(await tab.evaluate(() => plain.slice(-3)), ['one', 'two', 'one']);
      const hits = {
        one: 2,
        two: 1,
        'frame-one': 2,
        'embed-one': 2,
        'frame-two': 1,
        'embed-two': 1,
      };
      assert.deepEqual(await site.settledHits(), hits);

      // Taken back, here and in what Turbo keeps of the pages before.
      await press(tab, 'withdraw');
      await runs(tab);
      await covered(tab, 2);
      await tab.evaluate(() => history.forward());
      await stands('two');
      await covered(tab, 2);
      await tab.click('#go');
      await stands('three');
      await covered(tab, 2);
      await back();
      await stands('two');
      await covered(tab, 2);
      assert.deepEqual(await site.settledHits(), hits);
      assert.equal(await tab.evaluate(() => ran.length), 3);
      await shows(tab, 'door');
      await silent(tab);
    });

  if (here(['bootstrap']))
    test('bootstrap: the notice opens over a modal, and can be used there', async (t) => {
      const site = await startApp(t, {
        'index.html': page(
          `<button id="show" data-bs-toggle="modal" data-bs-target="#modal">Show</button>
           <div class="modal" id="modal" tabindex="-1"><div class="modal-dialog">
           <div class="modal-content"><input id="name"><button id="choices" data-avow-open>Privacy</button>
           </div></div></div>`,
          `<link rel="stylesheet" href="/app/bootstrap.css"><script defer src="/app/bootstrap.js"></script>`,
        ),
        'bootstrap.css': packaged('bootstrap/dist/css/bootstrap.min.css'),
        'bootstrap.js': packaged('bootstrap/dist/js/bootstrap.bundle.min.js'),
      });
      const tab = await visit(t, site.app, kWatch);
      await shows(tab, 'first');
      await tab.click('#show');
      await tab.waitFor(() => document.activeElement?.id === 'modal', kPatience);
      await tab.click('#choices');
      // The question that is still open, in a dialog: the modal keeps the focus from anything else.
      const focused = () =>
        tab.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName ?? null);
      await shows(tab, 'choices');
      for (const _ of [1, 2, 3]) {
        assert.notEqual(await focused(), null);
        await tab.key('Tab');
      }
      await tab.key('Escape');
      await shows(tab, 'first');
      await tab.click('#choices');
      await shows(tab, 'choices');
      await press(tab, 'accept');
      await runs(tab, 'analytics', 'marketing', 'video');
      await shows(tab, 'door');
      assert.ok(await tab.evaluate(() => document.querySelector('#modal.show') !== null));
      await tab.click('#choices');
      await shows(tab, 'yours');
      assert.notEqual(await focused(), null);
      await tab.key('Tab');
      assert.notEqual(await focused(), null);
      await press(tab, 'withdraw');
      await runs(tab);
      await silent(tab);
    });

  test('a modal of the browser’s own: the open question comes over it', async (t) => {
    const site = await startApp(t, {
      'index.html': page(`<dialog id="native"><button id="choices" data-avow-open>Privacy</button>
        </dialog>`),
    });
    const tab = await visit(t, site.app, kWatch);
    await shows(tab, 'first');
    await tab.evaluate(() => document.querySelector('#native').showModal());
    await tab.click('#choices');
    await shows(tab, 'choices');
    await press(tab, 'refuse');
    await shows(tab, 'door');
    assert.ok(await tab.evaluate(() => document.querySelector('#native').open));
    assert.ok(await tab.evaluate(() => !avow.choices.ask));
  });

  if (here(['astro']))
    test('astro: its router exchanges pages, and runs no mark again', async (t) => {
      const site = await startBuilt(t, 'astro', 'astro/bin/astro.mjs', ['build'], 'dist');
      const tab = await visit(t, `${site.app}one.html`, kWatch);
      const stands = (name) =>
        tab.waitFor(
          (wanted) =>
            document.querySelector('h1').textContent === wanted &&
            document.querySelectorAll('avow-consent').length === 1,
          { ...kPatience, args: [name] },
        );
      const back = () => tab.evaluate(() => history.back());
      await tab.evaluate(() => (globalThis.same = true)); // as long as no page is loaded anew
      await shows(tab, 'first');
      await covered(tab, 2);
      await tab.click('#go');
      await stands('two');
      await shows(tab, 'first');
      await covered(tab, 2);
      assert.deepEqual(await site.settledHits(), {});

      await press(tab, 'accept');
      await live(tab, 2);
      await tab.waitFor(() => ran.join() === 'two' && __hits.join() === 'two', kPatience);
      await tab.click('#go');
      await stands('three');
      await live(tab, 2);
      await tab.waitFor(() => ran.join() === 'two,three', kPatience);
      await back();
      await stands('two');
      await live(tab, 2);
      await tab.waitFor(() => ran.join() === 'two,three,two', kPatience);
      const hits = {
        ...{ two: 2, 'frame-two': 2, 'embed-two': 2 },
        ...{ three: 1, 'frame-three': 1, 'embed-three': 1 },
      };
      assert.deepEqual(await site.settledHits(), hits);

      await press(tab, 'withdraw');
      await runs(tab);
      await covered(tab, 2);
      await back();
      await stands('one');
      await covered(tab, 2);
      await tab.evaluate(() => history.forward());
      await stands('two');
      await covered(tab, 2);
      await shows(tab, 'door');
      assert.deepEqual(await site.settledHits(), hits);
      assert.equal(await tab.evaluate(() => same && ran.length), 3);
      await silent(tab);
    });

  if (here(['next']))
    test('next: its output is hydrated in silence, and its routes come and go', async (t) => {
      const words = ['build', '--webpack'];
      const site = await startBuilt(t, 'next', 'next/dist/bin/next', words, 'out');
      const page = await visit(t, `${site.app}film.html`, kWatch);
      await at(page, 'film');
      await covered(page, 1);
      assert.deepEqual(await site.settledHits(), {});
      await press(page, 'accept');
      await follows(page, true);
      await live(page, 1);
      assert.deepEqual(await site.settledHits(), { route: 1, embed: 1 });
      await page.evaluate(() => (globalThis.same = true));
      await page.click('#home');
      await at(page, 'home');
      assert.deepEqual(await left(page), kNothing);
      await page.click('#film');
      await at(page, 'film');
      await live(page, 1);
      assert.deepEqual(await site.settledHits(), { route: 1, embed: 2 });
      await silent(page);

      // Who has answered already when the page is hydrated.
      await site.arrived(1);
      await page.goto(`${site.app}film.html`);
      await at(page, 'film');
      await follows(page, true);
      await live(page, 1);
      assert.deepEqual(await site.settledHits(), { route: 2, embed: 3 });
      await page.evaluate(() => (globalThis.same = true));
      await press(page, 'withdraw');
      await follows(page, false);
      await page.click('#home');
      await at(page, 'home');
      await page.evaluate(() => history.back());
      await at(page, 'film');
      await covered(page, 1);
      assert.deepEqual(await site.settledHits(), { route: 2, embed: 3 });
      assert.ok(await page.evaluate(() => same)); // no page was loaded anew
      await silent(page);
    });
});
