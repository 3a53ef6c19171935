// The files that a visitor is handed: pages to read, to print and to keep, in their language.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inEachEngine, kPatience, press, reaches, shows, tick, unfold } from './notice.mjs';
import { rests } from './rests.mjs';
import { startSite } from './site.mjs';

/** What is handed over, instead of being written to the disk. */
const caught = () => {
  globalThis.handed = [];
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => globalThis.handed.push({ type: blob.type, text }));
    return createObjectURL.call(URL, blob);
  };
};

inEachEngine(({ name, visit }) => {
  test('the receipt says what was chosen, when, and under which notice; the key file is another', async (t) => {
    const site = await startSite(t);
    for (const [path, language, statistics] of [
      ['/en/', 'en', 'Visit statistics'],
      ['/', 'zh-CN', '访问统计'],
    ]) {
      const { texts } = JSON.parse(
        readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
      );
      const page = await visit(t, `${site.url}${path}`, { javascript: [caught] });
      await shows(page, 'first');
      await press(page, 'choose');
      await shows(page, 'choices');
      await tick(page, 'analytics');
      await press(page, 'save');
      await reaches(page, 'delivered');
      await press(page, 'open');
      await shows(page, 'yours');
      await unfold(page, 'receipt');
      await press(page, 'receipt');
      const [{ type, text }] = await page.waitFor(
        () => globalThis.handed.length > 0 && globalThis.handed,
        kPatience,
      );
      assert.equal(type, 'text/html');
      const { payload, id } = (await site.opened()).at(-1);
      const read = await page.evaluate((html) => {
        const receipt = new DOMParser().parseFromString(html, 'text/html');
        return {
          lang: receipt.documentElement.lang,
          title: receipt.title,
          heading: receipt.querySelector('h1').textContent,
          sections: receipt.querySelectorAll('section').length,
          answers: [...receipt.querySelectorAll('li')].map((one) =>
            [...one.children].map((part) => part.textContent),
          ),
          facts: receipt.querySelector('dl').textContent,
          loads: receipt.querySelectorAll('script,link,img,iframe').length,
        };
      }, text);
      const [heading, yes, no] = ['receipt.title', 'yours.yes', 'yours.no'].map(
        (key) => texts[key],
      );
      assert.deepEqual(
        [read.lang, read.title, read.heading, read.sections, read.loads],
        [language, heading, heading, 1, 0],
      );
      assert.equal(read.answers.length, payload.answers.length);
      assert.deepEqual(read.answers[0], [statistics, yes]);
      assert.deepEqual(
        read.answers.slice(1).map(([, answer]) => answer),
        Array.from({ length: read.answers.length - 1 }, () => no),
      );
      assert.ok(read.facts.includes(id) && read.facts.includes(payload.notice), read.facts);
      assert.equal(text.includes('AGE-SECRET-KEY'), false, 'what opens and erases is elsewhere');
      if (name !== 'chromium') continue;

      await press(page, 'key');
      const key = await page.waitFor(() => globalThis.handed[1], kPatience);
      assert.equal(key.type, 'application/json');
      const data = JSON.parse(key.text);
      assert.match(data.identity, /^AGE-SECRET-KEY-1/);
      assert.equal(data.records[0].id, id);
    }
  });

  test('the lists of the choices are handed over as a document that says the same and prints', async (t) => {
    const site = await startSite(t);
    for (const [path, language] of [
      ['/en/', 'en'],
      ['/', 'zh-CN'],
    ]) {
      const page = await visit(t, `${site.url}${path}`, { javascript: [caught] });
      await shows(page, 'first');
      await press(page, 'choose');
      await shows(page, 'choices');
      await press(page, 'lists');
      const [{ type, text }] = await page.waitFor(
        () => globalThis.handed.length > 0 && globalThis.handed,
        kPatience,
      );
      assert.equal(type, 'text/html');
      const [shown, read] = await page.evaluate((html) => {
        const sheet = document.querySelector('avow-consent').shadowRoot;
        const whole = new DOMParser().parseFromString(html, 'text/html');
        const lists = (root) => [...root.querySelectorAll('.list')].map((one) => one.innerHTML);
        return [
          {
            lists: lists(sheet),
            still: sheet.querySelector('[data-layer]').dataset.layer,
          },
          {
            lists: lists(whole),
            lang: whole.documentElement.lang,
            dir: whole.documentElement.dir,
            title: whole.title,
            words: whole.body.textContent,
            loads: whole.querySelectorAll('script,link,img,iframe').length,
          },
        ];
      }, text);
      assert.equal(shown.still, 'choices', 'what was open stays open');
      assert.equal(shown.lists.length, 2);
      assert.deepEqual(read.lists, shown.lists);
      assert.deepEqual([read.lang, read.dir, read.loads], [language, 'ltr', 0]);
      const { controller, version, effective_at } = site.company.authored;
      assert.ok(read.title.startsWith(controller.name[language]), read.title);
      for (const said of [controller.name[language], version, controller.email])
        assert.ok(read.words.includes(said), `${said}: ${read.words}`);
      assert.ok(text.includes(`<time datetime="${effective_at}">`));

      // As a page of its own, on a phone and on paper.
      site.change(path, { body: () => text });
      const kept = await visit(t, `${site.url}${path}`, { width: 390, height: 844 });
      const seen = () =>
        kept.evaluate(() => ({
          wide: document.documentElement.scrollWidth > innerWidth,
          headings: [...document.querySelectorAll('h1,h2')].filter((one) => one.checkVisibility())
            .length,
          items: [...document.querySelectorAll('.list>li')].every(
            (one) => one.getBoundingClientRect().height > 20,
          ),
        }));
      const whole = { wide: false, headings: 3, items: true };
      assert.deepEqual(await seen(), whole);
      if (name !== 'chromium') continue;
      await kept.emulate({ media: 'print' });
      await rests(kept);
      assert.deepEqual(await seen(), whole);
    }
  });
});
