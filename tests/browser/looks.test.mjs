// How much of the screen the notice takes, that it can be used however small the screen, and that
// no layout of a policy's tells yes from no, from either side of the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { inEachEngine, press, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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

/** Which controls cannot be pressed where they are. */
const hidden = (page, ...acts) =>
  page.evaluate((wanted) => {
    const root = document.querySelector('avow-consent').shadowRoot;
    return wanted.filter((act) => {
      const { left, top, width, height } = root
        .querySelector(`[data-act=${act}]`)
        .getBoundingClientRect();
      const at = root.elementFromPoint(left + width / 2, top + height / 2);
      return !at?.closest(`[data-act=${act}]`);
    });
  }, acts);

const pair = (page) =>
  page.evaluate(() =>
    ['refuse', 'accept'].map((act) => {
      const element = document
        .querySelector('avow-consent')
        .shadowRoot.querySelector(`[data-act=${act}]`);
      const { width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, borderColor, font } = getComputedStyle(element);
      return [width, height, color, backgroundColor, borderColor, font].join();
    }),
  );

/** A site whose pages are in this language, under this policy. */
async function siteIn(t, language, change = () => {}) {
  const site = await startSite(t, {
    policy(authored) {
      if (!authored.languages.includes(language)) {
        authored.languages.push(language);
        authored.fallbacks = { [language]: 'en' };
      }
      change(authored);
    },
  });
  const html = (await (await fetch(`${site.url}/pages/host.html`)).text()).replace(
    '<html lang="en">',
    `<html lang="${language}">`,
  );
  site.change('/pages/host.html', {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: () => html,
  });
  return site;
}

inEachEngine(({ name, visit }) => {
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
    const site = await siteIn(t, 'en', (authored) => {
      const long = (length) => 'so many words '.repeat(30).slice(0, length);
      authored.controller.name = long(200);
      for (const purpose of authored.purposes) purpose.title = long(100);
    });
    for (const size of [kPhone, { width: 1280, height: 800 }, { width: 320, height: 256 }]) {
      const page = await visit(t, `${site.url}/pages/host.html`, size);
      await shows(page, 'first');
      if (size.height > 300) assert.ok((await share(page)) <= 40, `${await share(page)} %`);
      assert.deepEqual(await hidden(page, 'refuse', 'accept', 'choose'), [], JSON.stringify(size));
    }
  });

  test('at 400 % zoom the choices can be read and answered', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/en/`, { width: 320, height: 256 });
    await shows(page, 'first');
    assert.deepEqual(await hidden(page, 'refuse', 'accept', 'choose'), []);
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

  if (name !== 'chromium') return;
  for (const layout of ['card', 'bar', 'corner', 'center']) {
    test(`laid out as a ${layout}, yes and no are alike and axe-core finds nothing`, async (t) => {
      for (const language of ['en', 'ar']) {
        const site = await siteIn(t, language, (authored) => {
          authored.look = { layout, density: layout === 'corner' ? 'compact' : 'comfortable' };
        });
        for (const dark of [false, true]) {
          for (const width of [320, 1280]) {
            const size = { width, height: 700, dark, javascript: [kAxe] };
            const page = await visit(t, `${site.url}/pages/host.html`, size);
            const where = `${layout}, ${language}, ${width} px, ${dark ? 'dark' : 'light'}`;
            await shows(page, 'first');
            assert.deepEqual(await hidden(page, 'refuse', 'accept', 'choose'), [], where);
            const [no, yes] = await pair(page);
            assert.equal(no, yes, where);
            for (const layer of ['first', 'choices']) {
              if (layer === 'choices') {
                await press(page, 'choose');
                await shows(page, 'choices');
                await page.evaluate(() =>
                  Promise.all(document.getAnimations().map(({ finished }) => finished)),
                );
              }
              const wrong = await page.evaluate(async () => {
                const { violations } = await axe.run({ include: [['avow-consent']] });
                return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
              });
              assert.deepEqual(wrong, [], `${where}, ${layer}`);
              const wide = await page.evaluate(() => {
                const root = document.querySelector('avow-consent').shadowRoot;
                return [...root.querySelectorAll('*')]
                  .map((one) => [one.localName, one.getBoundingClientRect()])
                  .filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5)
                  .map(([tag, box]) => `${tag} from ${box.left} to ${box.right}`);
              });
              assert.deepEqual(wide, [], `${where}, ${layer}`);
            }
          }
        }
      }
    });
  }
});
