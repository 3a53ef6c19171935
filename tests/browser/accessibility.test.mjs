// No is as easy as yes, to the eye and to the hand; and every layer holds up to axe-core.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { axeFinds, kAxe, overflow, small } from './measures.mjs';
import { inEachEngine, press, reaches, ready, seen, shows, unfoldAll } from './notice.mjs';
import { rests } from './rests.mjs';
import { startSite } from './site.mjs';

/** Brings the page to each layer in turn. */
async function eachLayer(page, look) {
  await shows(page, 'first');
  await look('first');
  await press(page, 'choose');
  await shows(page, 'choices');
  await unfoldAll(page);
  await look('choices');
  await press(page, 'close');
  await shows(page, 'first');
  await press(page, 'accept');
  await shows(page, 'door');
  await reaches(page, 'delivered');
  await look('door');
  await press(page, 'open');
  await shows(page, 'yours');
  await look('yours');
}

// Run in the page.
const looks = (selector) => {
  const element = document.querySelector('avow-consent').shadowRoot.querySelector(selector);
  const style = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const out = {
    width: Math.round(width),
    height: Math.round(height),
    name: element.localName,
    classes: element.className,
    part: element.part.value,
  };
  for (const property of style) {
    // Where it stands differs; how it looks must not.
    if (
      !/^(inset|left|right|top|bottom|-webkit-|perspective-origin|transform-origin)/.test(property)
    )
      out[property] = style.getPropertyValue(property);
  }
  return out;
};

inEachEngine(({ name, visit }) => {
  // The demo's own page and its theme; every layout and direction: views.test.mjs.
  if (name === 'chromium') {
    test('axe-core finds nothing in any layer of the demo, in both its languages', async (t) => {
      const site = await startSite(t);
      for (const [path, dark] of [
        ['/en/', true],
        ['/', false],
      ]) {
        const page = await visit(t, `${site.url}${path}`, { dark, javascript: [kAxe] });
        const layers = [];
        const wrong = [];
        await eachLayer(page, async (layer) => {
          await rests(page); // contrast is not measured while something enters
          layers.push(layer);
          const { violations, passes } = await page.evaluate(
            axeFinds,
            'avow-consent',
            'avow-embed',
          );
          wrong.push(...violations.map((one) => `${path} ${layer}: ${one}`));
          assert.ok(passes > 5, `axe-core looked at ${passes} things only`);
        });
        assert.deepEqual(wrong, []);
        assert.deepEqual(layers, ['first', 'choices', 'door', 'yours']);
      }
    });
  }

  test('accept and refuse look the same, on each layer that has them, wide and narrow, light and dark', async (t) => {
    const site = await startSite(t);
    for (const options of [{}, { width: 390, height: 844, dark: true }]) {
      const page = await visit(t, `${site.url}/en/`, options);
      await shows(page, 'first');
      assert.deepEqual(
        await page.evaluate(looks, '[data-act=accept]'),
        await page.evaluate(looks, '[data-act=refuse]'),
      );
      await press(page, 'choose');
      await shows(page, 'choices');
      assert.deepEqual(
        await page.evaluate(looks, '[data-act=accept]'),
        await page.evaluate(looks, '[data-act=refuse]'),
      );
    }
  });

  test('text of 16 px, controls of 44 px, and nothing sideways at 320 px, on each layer', async (t) => {
    const site = await startSite(t);
    for (const [path, width] of [
      ['/en/', 1280],
      ['/en/', 320],
      ['/', 320],
    ]) {
      const page = await visit(t, `${site.url}${path}`, { width, height: 700 });
      await eachLayer(page, async (layer) => {
        await rests(page);
        assert.deepEqual(await page.evaluate(small), [], `${layer} at ${width}`);
        assert.deepEqual(await page.evaluate(overflow), [], `${layer} at ${width}`);
      });
    }
  });

  test('the first layer has at most 60 words, and leaves the page in reach', async (t) => {
    const site = await startSite(t);
    for (const path of ['/en/', '/']) {
      const page = await visit(t, `${site.url}${path}`);
      await shows(page, 'first');
      const words = await page.evaluate(() => {
        const { textContent } = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('.words');
        return [
          ...new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' }).segment(
            textContent,
          ),
        ].filter((one) => one.isWordLike).length;
      });
      assert.ok(words > 5 && words <= 60, `${words} words`);
      // Not modal: what is beside the banner can be used.
      assert.equal(
        await page.evaluate(() =>
          document.querySelector('avow-consent').shadowRoot.querySelector('dialog'),
        ),
        null,
      );
      await page.click('.brand');
      await ready(page);
    }
  });

  test('nothing on the page moves because of the notice', async (t) => {
    const site = await startSite(t);
    const boxes = () =>
      ['header', 'h1', '#steps', '.film', 'footer'].map((one) => {
        const { x, y, width, height } = document.querySelector(one).getBoundingClientRect();
        return [one, x, y + scrollY, width, height].join(' ');
      });
    const release = site.hold('core.wasm');
    const page = await visit(t, `${site.url}/en/`);
    await sleep(200);
    const before = await page.evaluate(boxes);
    release();
    await shows(page, 'first');
    await sleep(300);
    assert.deepEqual(await page.evaluate(boxes), before);
    await press(page, 'accept');
    await shows(page, 'door');
    await sleep(300);
    assert.deepEqual(await page.evaluate(boxes), before);
    await press(page, 'withdraw');
    await sleep(300);
    assert.deepEqual(await page.evaluate(boxes), before);
    // Chromium also measures it itself, from the first frame; the others do not, so the boxes speak
    // for them.
    if (name === 'chromium') {
      assert.ok(
        await page.evaluate(() => PerformanceObserver.supportedEntryTypes.includes('layout-shift')),
      );
      assert.deepEqual((await seen(page)).shifts, []);
      await page.reload();
      await shows(page, 'door');
      await sleep(300);
      assert.deepEqual((await seen(page)).shifts, []);
    }
  });

  // A page is painted while it still arrives, on a slow line or a busy machine: what comes later
  // pushes nothing aside.
  if (name === 'chromium') {
    test('nothing on the page moves while it arrives', async (t) => {
      const site = await startSite(t);
      for (const path of ['/', '/en/']) {
        const html = await (await fetch(site.url + path)).text();
        for (const mark of ['<nav', '</nav>', '<h1', '<svg', '</svg>', '<section', '<footer']) {
          const cut = html.indexOf(mark);
          assert.notEqual(cut, -1, mark);
          site.change(path, {
            async answer(_, response) {
              response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
              response.write(html.slice(0, cut));
              await sleep(250);
              response.end(html.slice(cut));
            },
          });
          const page = await visit(t, site.url + path);
          await shows(page, 'first');
          await sleep(100);
          assert.deepEqual((await seen(page)).shifts, [], `${path} halted before ${mark}`);
        }
      }
    });
  }
});
