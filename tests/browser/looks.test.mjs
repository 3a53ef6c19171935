// How much of the screen the notice takes, that it can be used however small the screen, and that
// no layout of a policy's tells yes from no, from either side of the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hidden, pair } from './measures.mjs';
import { inEachEngine, press, shows } from './notice.mjs';
import { startSite } from './site.mjs';
import { siteIn } from './spoken.mjs';

const kPhone = { width: 390, height: 844 };

/** The first layer's share of the window, in percent. */
const share = (page) =>
  page.evaluate(() => {
    const { width, height } = document
      .querySelector('avow-consent')
      .shadowRoot.querySelector('.banner')
      .getBoundingClientRect();
    return (100 * width * height) / (innerWidth * innerHeight);
  });

/** Run in a page: lays a rule of the page's upon a part of the notice. */
const restyle = (part, rule) => {
  const id = `laid-upon-${part}`;
  const style = document.getElementById(id) ?? document.createElement('style');
  style.id = id;
  style.textContent = `avow-consent::part(${part}){${rule}}`;
  document.head.append(style);
};

/** What the first layer is painted on. */
const paper = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('avow-consent').shadowRoot;
    return getComputedStyle(root.querySelector('.banner')).backgroundColor;
  });

inEachEngine(({ name, visit }) => {
  test('at 400 % zoom the choices can be read and answered', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/en/`, { width: 320, height: 256 });
    await shows(page, 'first');
    assert.deepEqual(await hidden(page, 'refuse', 'accept', 'choose'), []);
    const seen = await page.evaluate(() => {
      const root = document.querySelector('avow-consent').shadowRoot;
      const words = root.querySelector('.words');
      const { bottom } = words.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(words);
      const lines = [...range.getClientRects()].filter((line) => line.bottom <= bottom + 0.5);
      const rows = [...root.querySelectorAll('.answers > *')].map((one) => one.offsetTop);
      return {
        lines: new Set(lines.map((line) => Math.round(line.bottom))).size,
        rows: new Set(rows).size,
      };
    });
    assert.ok(seen.lines >= 3, `${seen.lines} lines are in view`);
    assert.equal(seen.rows, 2);
    await press(page, 'choose');
    await shows(page, 'choices');
    // All of it scrolls: no head and foot that leave a line and a half between them.
    const scrolls = await page.evaluate(() => {
      const sheet = document.querySelector('avow-consent').shadowRoot.querySelector('dialog');
      const { overflowY } = getComputedStyle(sheet);
      const foot = sheet.querySelector('.foot').getBoundingClientRect();
      return { overflowY, below: foot.top > innerHeight };
    });
    assert.deepEqual(scrolls, { overflowY: 'auto', below: true });
    await press(page, 'save');
    await shows(page, 'door');
  });

  test('what a page lays upon its answers stretches neither of them alone', async (t) => {
    const site = await siteIn(t, []);
    for (const width of [320, 1280]) {
      const page = await visit(t, site.page(), { width, height: 700 });
      for (const layer of ['first', 'choices']) {
        if (layer === 'choices') await press(page, 'choose');
        await shows(page, layer);
        for (const rule of [
          'grid-template-columns:4fr 5fr',
          'display:grid;grid-template-columns:4fr 5fr',
          'display:grid;grid-template-columns:4fr 5fr;justify-items:start',
          'display:flex;flex-flow:column;align-items:start',
          'display:block',
        ]) {
          await page.evaluate(restyle, 'answers', rule);
          await page.evaluate(restyle, 'foot', rule);
          const [no, yes] = await pair(page);
          assert.equal(no, yes, `${rule}, ${width} px, ${layer}`);
        }
      }
    }
  });

  test('the news is in view wherever the door stands, and with no door at all', async (t) => {
    for (const entry of ['icon', 'text', 'none']) {
      const site = await siteIn(t, [], (authored) => {
        authored.look = { entry };
      });
      const page = await visit(t, site.page(), { width: 320, height: 700 });
      await press(page, 'accept');
      await shows(page, 'door');
      await page.waitFor(
        () =>
          document.querySelector('avow-consent').shadowRoot.querySelector('output')?.textContent,
      );
      for (const rule of [
        '',
        'inset-inline:auto 12px',
        'inset:12px auto auto 12px',
        'inset:12px 12px auto auto',
      ]) {
        await page.evaluate(restyle, 'door', rule);
        const [door, news] = await page.evaluate(() => {
          const root = document.querySelector('avow-consent').shadowRoot;
          return ['.door', 'output'].map((one) => {
            const { left, top, right, bottom } = root.querySelector(one).getBoundingClientRect();
            return { left, top, right, bottom };
          });
        });
        const where = `${entry}, ${rule || 'where it stands'}: ${JSON.stringify({ door, news })}`;
        assert.ok(news.right - news.left > 60 && news.bottom - news.top > 20, where);
        for (const { left, top, right, bottom } of [news, door])
          assert.ok(left >= 0 && right <= 320 && top >= 0 && bottom <= 700, where);
        if (entry === 'none') assert.equal(door.right - door.left, 0, where);
        else assert.ok(news.bottom <= door.top || news.top >= door.bottom, where);
      }
    }
  });

  // Sizes and colours: the same style sheet, laid out by one engine.
  if (name !== 'chromium') return;
  test('the first layer takes less than a third of a phone, and a fifth of a desktop', async (t) => {
    const site = await startSite(t);
    for (const path of ['/en/', '/']) {
      const phone = await visit(t, `${site.url}${path}`, kPhone);
      await shows(phone, 'first');
      const taken = await share(phone);
      assert.ok(taken <= 30, `${path}: ${taken} % of a phone`);
      const desktop = await visit(t, `${site.url}${path}`);
      await shows(desktop, 'first');
      assert.ok((await share(desktop)) <= 20, `${path}: ${await share(desktop)} % of a desktop`);
    }
  });

  test('with the longest words it scrolls inside, and its answers stay in view', async (t) => {
    const site = await siteIn(t, [], (authored) => {
      const long = (length) => 'so many words '.repeat(30).slice(0, length);
      authored.controller.name = long(200);
      for (const purpose of authored.purposes) purpose.title = long(100);
    });
    for (const size of [kPhone, { width: 1280, height: 800 }, { width: 320, height: 256 }]) {
      const page = await visit(t, site.page(), size);
      await shows(page, 'first');
      if (size.height > 300) assert.ok((await share(page)) <= 40, `${await share(page)} %`);
      assert.deepEqual(await hidden(page, 'refuse', 'accept', 'choose'), [], JSON.stringify(size));
    }
  });

  test('every purpose of the demo is in view at once, with its switch', async (t) => {
    const site = await startSite(t);
    for (const path of ['/en/', '/']) {
      const page = await visit(t, `${site.url}${path}`);
      await press(page, 'choose');
      await shows(page, 'choices');
      const below = await page.evaluate(() => {
        const root = document.querySelector('avow-consent').shadowRoot;
        const { bottom } = root.querySelector('.body').getBoundingClientRect();
        return [...root.querySelectorAll('input')]
          .filter((one) => one.getBoundingClientRect().bottom > bottom)
          .map((one) => one.dataset.purpose);
      });
      assert.deepEqual(below, [], path);
    }
  });

  test('it is dark where the page is, and light where the page says so', async (t) => {
    const site = await siteIn(t, []);
    const painted = async (scheme, dark) => {
      const page = await visit(t, site.page({ scheme }), { dark });
      await shows(page, 'first');
      return paper(page);
    };
    const light = await painted('light dark', false);
    assert.notEqual(await painted('light dark', true), light);
    assert.equal(await painted('light', true), light);
  });
});
