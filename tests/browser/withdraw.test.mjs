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
  const element = document.querySelector('iframe[data-avow]');
  const cover = document.querySelector('avow-frame');
  return {
    src: element.getAttribute('src'),
    loaded: element.contentDocument?.querySelector('p')?.textContent ?? null,
    hidden: getComputedStyle(element).display === 'none',
    covered: cover ? cover.shadowRoot.querySelector('[data-act=frame]') !== null : false,
    frames: document.querySelectorAll('iframe').length,
  };
};
const kOpen = {
  src: '/hits/video.html',
  loaded: 'video',
  hidden: false,
  covered: false,
  frames: 1,
};
const kShut = { src: null, loaded: null, hidden: true, covered: true, frames: 1 };
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
      assert.deepEqual(await page.evaluate(frame), kShut);
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
      assert.deepEqual(await page.evaluate(frame), kShut);
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
      page.evaluate(() =>
        (document.querySelector('avow-frame') ?? document.querySelector('iframe'))
          .getBoundingClientRect()
          .toJSON(),
      );
    const covered = await box();
    await page.click('[data-act=frame]', { inShadowOf: 'avow-frame', ...kPatience });
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
