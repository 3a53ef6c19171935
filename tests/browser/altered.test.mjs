// Each file of a build, altered on its way: the browser refuses it, nothing of it runs, and no can
// be said all the same. Which files there are, the build's manifest says.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { inEachEngine, kPatience, press, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const policy = (authored) => {
  authored.stored = [{ purpose: 'analytics', cookies: ['_st'] }];
  authored.outputs = { data_layer: 'choices' };
};

const html = (head, body) => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Altered</title>
    <script src="/pages/watch.js"></script>${head}</head><body>${body}</body></html>`,
});
const kTag = '<script type="module" src="/avow/avow.js"></script>';
const accept = (page) => press(page, 'accept');
/** Waits until a control stands in the notice, and presses it as a script may. */
const script = (page, act) =>
  page.waitFor(
    (wanted) => {
      const control = document
        .querySelector('avow-consent')
        ?.shadowRoot?.querySelector(`[data-act=${wanted}]`);
      control?.click();
      return control;
    },
    { ...kPatience, args: [act] },
  );
const own = async (page, act) => {
  await accept(page);
  await shows(page, 'door');
  await page.evaluate(() => avow.open());
  await shows(page, 'yours');
  await page.evaluate(
    (wanted) =>
      document
        .querySelector('avow-consent')
        .shadowRoot.querySelector(`details:has([data-act=${wanted}])`)
        ?.setAttribute('open', ''),
    act,
  );
  await press(page, act);
};

/**
 * By the name of the file without language and hash: the page (host.html unless given), and what
 * the visitor does there to come by the file.
 */
const kWays = {
  'avow.js': { head: ({ company }) => company.manifest.tags['avow.js'], loads: false },
  'parts.json': {},
  'core.js': {},
  'core.wasm': {},
  'facts.json': {},
  'texts.json': {},
  'notices.json': {},
  'press.js': {},
  'embed.js': { body: '<avow-embed purpose="video" src="/hits/film.html"></avow-embed>' },
  'beside.js': { body: '<iframe data-avow="video" data-avow-src="/hits/film.html"></iframe>' },
  'frames.json': { body: '<avow-embed purpose="video" src="/hits/film.html"></avow-embed>' },
  'others.js': { body: '<img data-avow="marketing" data-avow-src="/hits/pixel" alt="">' },
  'sheets.json': { visitor: (page) => script(page, 'choose') },
  'own.js': { visitor: (page) => own(page, 'key') },
  'own.wasm': { visitor: (page) => own(page, 'key') },
  'clear.js': { visitor: (page) => accept(page) },
  'transient.js': {
    visit: {
      javascript: () =>
        delete globalThis.indexedDB && Object.assign(globalThis, { indexedDB: undefined }),
    },
  },
  'rest.js': {
    head: (site) => site.made('head.html'),
    body: (site) => site.made('inline.en.html'),
  },
  'outputs.js': { head: (site) => `${site.made('outputs.html')}${kTag}` },
};
/** What pages bring along in their HTML, or never load. */
const kNotLoaded = /^(head|inline|outputs)\b.*\.html$|^manifest\.json$/;

inEachEngine(({ name, visit }) => {
  // What refuses is the same everywhere: the browser's own check of a file's integrity.
  if (name !== 'chromium') return;
  const tried = new Set();
  let listed = [];
  const unhashed = (file) => file.replace(/\.[0-9a-f]{16}/, '');

  for (const [kind, { head, body = '', visitor, visit: options, loads = true }] of Object.entries(
    kWays,
  ))
    test(`${kind}: what was altered on its way does nothing, and no can be said`, async (t) => {
      const site = await startSite(t, { policy });
      const { files } = site.company.manifest;
      listed = files.map(({ file }) => file).filter((file) => !kNotLoaded.test(file));
      const of = (text) => (typeof text === 'function' ? text(site) : text);
      site.change('/pages/altered.html', html(head ? of(head) : kTag, of(body)));
      const [stem, ending] = kind.split('.');
      const altered = listed.filter(
        (file) => file.startsWith(`${stem}.`) && file.endsWith(`.${ending}`),
      );
      assert.ok(altered.length > 0, 'the build has no such file');
      const paths = altered.map((file) => `/avow/${file}`);
      for (const path of paths)
        site.change(path, {
          body: (bytes) =>
            Buffer.concat([bytes, Buffer.from(ending === 'js' ? ';globalThis.altered=1;' : ' ')]),
        });
      for (const file of altered) tried.add(unhashed(file));
      const page = await visit(t, `${site.url}/pages/altered.html`, options);
      if (loads) {
        await page.waitFor(() => globalThis.avow?.ready, kPatience);
        // What comes later comes now.
        if (visitor) await visitor(page);
        else await page.evaluate(() => void avow.open().catch(() => {}));
      }
      for (let tries = 0; !site.asked.some((path) => paths.includes(path)); tries++) {
        assert.ok(tries < 400, `nobody asks for ${kind}`);
        await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      }
      const refused = () =>
        page.console().some(({ text }) => /integrity|altered|avow: [a-z]+-unavailable/i.test(text));
      for (let tries = 0; !refused(); tries++) {
        assert.ok(tries < 400, JSON.stringify(page.console()));
        await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      }
      if (loads) {
        // A no, by the control that the visitor has before them. What says that something did not
        // come may take the first layer's place just then: who pressed that presses again.
        const said = () =>
          avow.choices.granted.every((one) => /service|security|records/.test(one)) &&
          (/"(refuse|withdraw)"/.test(localStorage.getItem('avow:pending')) || !avow.choices.ask);
        for (let tries = 0; !(await page.evaluate(said)); tries++) {
          assert.ok(tries < 20, 'no cannot be said');
          const no = await page.waitFor(() => {
            const root = document.querySelector('avow-consent')?.shadowRoot;
            const acts = ['refuse', 'withdraw'];
            return acts.find((act) => root?.querySelector(`[data-act=${act}]:not([hidden])`));
          }, kPatience);
          await press(page, no);
          await page.waitFor(said, { timeout: 5_000 }).catch(() => {});
        }
      }
      assert.equal(await page.evaluate(() => globalThis.altered), undefined);
      assert.equal(
        await page.evaluate(() => typeof globalThis.avow),
        loads ? 'object' : 'undefined',
      );
    });

  after(() => {
    if (process.execArgv.some((one) => one.startsWith('--test-name-pattern'))) return;
    assert.deepEqual([...tried].toSorted(), listed.map(unhashed).toSorted(), 'each file was tried');
  });
});
