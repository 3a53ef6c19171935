// Every view, in every layout, light and dark, from left to right and from right to left, wide and
// at 320 px: what axe-core and a ruler find.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { announceLonger, kAfter, kBefore } from './changing.mjs';
import { axeFinds, hidden, kAxe, overflow, pair, small } from './measures.mjs';
import { inEachEngine, kPatience, press, reaches, shows, unfoldAll } from './notice.mjs';
import { rests } from './rests.mjs';
import { siteIn } from './spoken.mjs';

const kLayouts = ['card', 'bar', 'corner', 'center'];
const kDirections = { ltr: 'en', rtl: 'ar' };
const kOurs = ['avow-consent', 'avow-embed', 'avow-announcement'];
const kWays = ['light', 'dark'].flatMap((scheme) =>
  [320, 1280].map((width) => ({ scheme, width })),
);

/** Two placeholders beside that of the page's frame: of a consent of its own, and a small one. */
const kEmbeds = `<avow-embed purpose="crm" src="/hits/file.html" title="A file" width="300"
  height="200"></avow-embed><avow-embed purpose="video" src="/hits/map.html" title="A map"
  width="200" height="150"></avow-embed>`;

const placeholders = (page) =>
  page.waitFor(
    () =>
      [...document.querySelectorAll('avow-embed')].filter((one) =>
        one.shadowRoot.querySelector('.frame'),
      ).length === 3,
    kPatience,
  );

inEachEngine(({ name, visit }) => {
  // The same style sheet and the same markup: one engine's reading is enough.
  if (name !== 'chromium') return;

  /**
   * Looks at views of one page in two ways each: one light and one dark, one wide and one narrow.
   * Which two of the four alternates, so that two pages see each view in all of them.
   */
  function looker(page, where, { seen, wrong }, parity) {
    let turn = parity;
    return async (view, hosts = ['avow-consent']) => {
      const odd = turn++ % 2;
      for (const way of odd ? [kWays[0], kWays[3]] : [kWays[1], kWays[2]]) {
        await page.resize({ width: way.width, height: 700 });
        await page.emulate({ 'prefers-color-scheme': way.scheme });
        await rests(page); // contrast is not measured while something enters
        const at = [view, where, way.scheme, way.width].join(', ');
        const { violations, passes } = await page.evaluate(axeFinds, ...hosts);
        assert.ok(passes > 5, `${at}: axe-core looked at ${passes} things only`);
        const found = [
          ...violations,
          ...(await page.evaluate(small)),
          ...(await page.evaluate(overflow)),
        ];
        if (view.startsWith('first'))
          found.push(
            ...(await hidden(page, 'refuse', 'accept', 'choose')).map((one) => `no ${one}`),
          );
        if (/^(first|choices)/.test(view)) {
          const [no, yes] = await pair(page);
          if (no !== yes) found.push(`${no} is not ${yes}`);
        }
        wrong.push(...found.map((one) => `${at}: ${one}`));
        seen.push({ view, ...way });
      }
    };
  }

  for (const layout of kLayouts) {
    test(`laid out as a ${layout}: axe-core, 16 px, 44 px, nothing sideways, yes and no alike`, async (t) => {
      const found = { seen: [], wrong: [] };
      const { seen, wrong } = found;
      const { site, page: at } = await siteIn(t, Object.values(kDirections), (authored) => {
        authored.look = { layout, density: layout === 'corner' ? 'compact' : 'comfortable' };
      });
      for (const [direction, lang] of Object.entries(kDirections)) {
        site.change('core.wasm', { status: 404 });
        const page = await visit(t, at({ lang }), { javascript: [kAxe] });
        const look = looker(page, direction, found, direction === 'ltr' ? 0 : 1);
        await shows(page, 'fallback');
        await look('fallback');
        site.restore('core.wasm');
        await page.reload();
        await shows(page, 'first');
        await page.evaluate((more) => document.body.insertAdjacentHTML('beforeend', more), kEmbeds);
        await placeholders(page);
        await look('first, with placeholders', ['avow-consent', 'avow-embed']);
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
        await unfoldAll(page);
        await look('yours');
        await press(page, 'withdraw');
        await shows(page, 'door');
        await look('door, after a no');
        await press(page, 'open');
        await shows(page, 'yours');
        await unfoldAll(page);
        await look('yours, after a no');
      }
      assert.deepEqual(wrong, []);
      const views = new Set(seen.map(({ view }) => view));
      assert.equal(views.size, 7);
      for (const view of views)
        for (const { scheme, width } of kWays)
          assert.equal(
            seen.filter((one) => one.view === view && one.scheme === scheme && one.width === width)
              .length,
            1,
            `${view}, ${scheme}, ${width}`,
          );
    });
  }

  // What tells of a change stands in every layout, and from either side.
  for (const [layout, lang] of [
    ['card', 'en'],
    ['bar', 'ar'],
    ['corner', 'en'],
    ['center', 'ar'],
  ]) {
    test(`a change that is announced, and asked about, in a ${layout}: the same`, async (t) => {
      const found = { seen: [], wrong: [] };
      const { site, page: at } = await siteIn(t, [lang], (authored) => {
        authored.look = { layout };
      });
      const policy = announceLonger(site);
      policy.on(kBefore);
      const page = await visit(t, at({ lang }), { javascript: [kAxe] });
      const look = looker(page, lang, found, layout === 'card' || layout === 'bar' ? 0 : 1);
      await shows(page, 'first');
      await look('first, which says that it comes');
      await press(page, 'accept');
      await reaches(page, 'delivered');
      await page.goto(at({ lang }));
      await page.waitFor(() => document.querySelector('avow-announcement')?.isConnected, kPatience);
      await look('card', kOurs);
      await page.click('[data-act=whole]', { inShadowOf: 'avow-announcement', ...kPatience });
      await look('whole', kOurs);
      policy.on(kAfter);
      await page.goto(at({ lang }));
      await shows(page, 'first');
      await page.waitFor(
        () =>
          document.querySelector('avow-consent').shadowRoot.querySelector('[data-slot=changed]')
            .textContent,
        kPatience,
      );
      await look('first, with what changed');
      await press(page, 'choose');
      await shows(page, 'choices');
      await look('choices, with what changed');
      assert.deepEqual(found.wrong, []);
      assert.equal(found.seen.length, 10);
    });
  }

  test('a policy that says everything: every link has its 44 px, folded and unfolded', async (t) => {
    const { site, page: at } = await siteIn(t, [], (authored) => {
      const { keys, collector } = authored;
      const {
        subdomains: _,
        draft: __,
        ...everything
      } = JSON.parse(
        readFileSync(new URL('../vectors/policy/everything.json', import.meta.url), 'utf8'),
      );
      for (const key of Object.keys(authored)) delete authored[key];
      Object.assign(authored, everything, { keys, collector });
    });
    for (const lang of ['en', 'zh-CN']) {
      const page = await visit(t, at({ lang }));
      await shows(page, 'first');
      const look = async (view) => {
        for (const open of [false, true]) {
          if (open) await unfoldAll(page);
          for (const width of [1280, 320]) {
            await page.resize({ width, height: 700 });
            await rests(page);
            const found = [...(await page.evaluate(small)), ...(await page.evaluate(overflow))];
            assert.deepEqual(found, [], `${view}, ${lang}, ${width}${open ? ', unfolded' : ''}`);
          }
        }
      };
      await look('first');
      await press(page, 'choose');
      await shows(page, 'choices');
      await look('choices');
      await press(page, 'save');
      await shows(page, 'door');
      await look('door');
      await press(page, 'open');
      await shows(page, 'yours');
      await look('yours');
    }
    assert.ok(site.company.render('--layer', 'choices').match(/<a /g).length > 20);
  });
});
