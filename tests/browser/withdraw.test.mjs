// Taking back is as easy as giving, and takes effect.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  granted,
  inEachEngine,
  kPatience,
  moveOn,
  press,
  reaches,
  runs,
  seen,
  shows,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

// Run in the page.
const frame = () => {
  const own = document.querySelector('iframe[data-avow]');
  const embed = document.querySelector('avow-embed');
  return {
    // The page's own frame stays as it was, and empty.
    own: [own.hasAttribute('src'), own.hasAttribute('style'), own.contentDocument.URL].join(),
    seen: getComputedStyle(own).display !== 'none',
    loaded: embed?.frame?.contentDocument?.querySelector('p')?.textContent ?? null,
    live: embed?.frame?.isConnected ?? false,
    covered: !!embed?.shadowRoot.querySelector('[data-act=frame]'),
    embeds: document.querySelectorAll('avow-embed').length,
  };
};
const kEmpty = { own: 'false,false,about:blank', seen: false, embeds: 1 };
const kSorted = ['own', 'seen', 'loaded', 'live', 'covered', 'embeds'];
const sorted = (of) => Object.fromEntries(kSorted.map((name) => [name, of[name]]));
const kOpen = sorted({ ...kEmpty, loaded: 'video', live: true, covered: false });
const kShut = sorted({ ...kEmpty, loaded: null, live: false, covered: true });
const framed = (page, wanted) =>
  page.waitFor((source, text) => JSON.stringify(eval(`(${source})()`)) === text, {
    ...kPatience,
    args: [String(frame), JSON.stringify(wanted)],
  });

inEachEngine(({ visit }) => {
  for (const [when, between] of [
    ['at once', async () => {}],
    [
      'on a later page, where the core was not loaded',
      async (page, site) => moveOn(page, `${site.url}/pages/host.html`),
    ],
  ]) {
    test(`one press gives, one press takes back ${when}`, async (t) => {
      const site = await startSite(t);
      const page = await visit(t, `${site.url}/pages/host.html`);
      await shows(page, 'first');
      await framed(page, kShut);
      await press(page, 'accept');
      await framed(page, kOpen);
      await reaches(page, 'delivered');
      await between(page, site);
      await framed(page, kOpen);

      await press(page, 'withdraw');
      await framed(page, kShut);
      await runs(page);
      const records = await site.arrived(2);
      assert.deepEqual(said(records[0].payload), {
        control: 'accept',
        layer: 'first',
        via: 'notice',
        yes: ['analytics', 'marketing', 'video'],
        no: ['crm'],
      });
      assert.deepEqual(said(records[1].payload), {
        control: 'withdraw',
        layer: 'door',
        via: 'notice',
        yes: [],
        no: ['analytics', 'marketing', 'video', 'crm'],
      });

      const before = await site.settledHits();
      await moveOn(page, `${site.url}/pages/host.html`);
      await sleep(400);
      assert.deepEqual(site.hits(), before);
      await framed(page, kShut);
      assert.deepEqual(await page.evaluate(() => globalThis.__hits ?? []), []);
      // With nothing granted there is nothing to take back.
      assert.equal(
        await page.evaluate(
          () =>
            document.querySelector('avow-consent').shadowRoot.querySelector('[data-act=withdraw]')
              .hidden,
        ),
        true,
      );
      assert.deepEqual((await seen(page)).errors, []);
    });
  }

  test('the video’s own placeholder allows the video, and nothing else', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    const box = () =>
      page.evaluate(() => document.querySelector('avow-embed').getBoundingClientRect().toJSON());
    await framed(page, kShut);
    const covered = await box();
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await framed(page, kOpen);
    assert.deepEqual(await granted(page), ['video']);
    const { width, height, x, y } = await box();
    assert.ok(
      Math.abs(width - covered.width) < 1 &&
        Math.abs(height - covered.height) < 8 &&
        x === covered.x &&
        y === covered.y,
      JSON.stringify([await box(), covered]),
    );
    assert.deepEqual(site.hits(), { video: 1 });
    const [record] = await site.arrived(1);
    assert.deepEqual(said(record.payload), {
      control: 'frame',
      layer: 'frame',
      via: 'notice',
      yes: ['video'],
      no: [],
    });
    assert.equal(
      record.payload.notice,
      site.company.render('--id', '--lang', 'en', '--layer', 'frame', '--purpose', 'video').trim(),
    );
    // The rest is still asked.
    await shows(page, 'first');
    await moveOn(page, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await framed(page, kOpen);
    assert.deepEqual(site.hits(), { video: 2 });
  });
});
