// The layers of all forty languages, as they are built for a policy, on small screens and in the
// text size that a visitor has set: every answer in view, nothing cut off, no word in pieces.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { hidden, overflow } from './measures.mjs';
import { inEachEngine, kPatience, press, shows } from './notice.mjs';
import { siteIn } from './spoken.mjs';

const kLocales = new URL('../../locales/', import.meta.url);
const kLanguages = readdirSync(kLocales).map((file) => file.replace('.json', ''));

/** The longest that may stand in each slot; what a visit has of its own, as long as it gets. */
function slots(language) {
  const { texts } = JSON.parse(readFileSync(new URL(`${language}.json`, kLocales), 'utf8'));
  const longest = (keys) =>
    Object.entries(texts)
      .filter(([key]) => keys.test(key))
      .map(([, text]) => text)
      .toSorted((a, b) => b.length - a.length)[0];
  return {
    summary: longest(/^yours\.(none|refused|withdrawn|erased|erased-here|answered|anonymous)$/),
    answer: longest(/^yours\.(yes|no|default|gpc|unanswered)$/),
    delivery: longest(/^delivery\./),
    status: longest(/^(said|delivery)\./),
    said: longest(/^said\./),
    failed: texts['yours.failed'],
    number: texts['yours.no-number'],
    when: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      Date.UTC(2026, 10, 25, 20, 56),
    ),
    text: '2026-11-25 · 0123456789abcdef',
  };
}

/** Run in a page: puts each layer into it and tells what of it cannot be read or pressed. */
const unfit = (css, layers, font) => {
  const out = [];
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  const { innerWidth, innerHeight } = window;
  const inWindow = ({ left, top, right, bottom }) =>
    left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
  for (const { where, html, slots } of layers) {
    const tell = (what) => out.push(`${where}: ${what}`);
    root.innerHTML = html;
    // Six times as large as most see it, a window holds what is told of an answer, and no more.
    const tiny = innerHeight < 300 && font > 16;
    for (const slot of root.querySelectorAll('[data-slot]')) {
      const name = slot.dataset.slot.replace(/-.*/, '');
      slot.textContent = slots[tiny && name === 'status' ? 'said' : name] ?? '';
    }
    const layer = root.firstElementChild;
    if (layer.localName === 'dialog') layer.showModal();
    const { width: room } = layer.getBoundingClientRect();
    for (const fold of root.querySelectorAll('details')) fold.open = true;
    if (getComputedStyle(layer).fontSize !== `${font}px`) tell(getComputedStyle(layer).fontSize);

    // What answers can be pressed where it is.
    for (const one of root.querySelectorAll(
      '.banner button, .banner a, .door button, .door output',
    )) {
      const box = one.getBoundingClientRect();
      if (tiny && one.matches('.banner .quiet')) continue; // they are scrolled to
      if (!inWindow(box)) tell(`${one.dataset.act ?? one.localName} is out of the window`);
      else if (
        one.localName !== 'output' &&
        !one.contains(root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))
      )
        tell(`${one.dataset.act ?? one.localName} is covered`);
    }
    const words = root.querySelector('.banner .words');
    if (words && words.clientHeight < 1.3 * font) tell(`${words.clientHeight}px of words`);
    // A sheet scrolls as a whole, or keeps its answers at its foot.
    const foot = root.querySelector('.foot');
    if (foot && getComputedStyle(layer).overflowY !== 'auto') {
      if (!inWindow(foot.getBoundingClientRect())) tell('its foot is out of the window');
      const { clientHeight } = root.querySelector('.body');
      if (clientHeight < 4 * font) tell(`${clientHeight}px between head and foot`);
    }
    for (const one of root.querySelectorAll('*')) {
      const box = one.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.left < -0.5 || box.right > innerWidth + 0.5) tell(`${one.localName} is too wide`);
      const { overflowX } = getComputedStyle(one);
      if (overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)
        tell(`${one.localName}.${one.className} scrolls sideways`);
      if (one.matches('button, a.quiet') && one.scrollHeight > one.clientHeight + 1)
        tell(`${one.dataset.act} is cut off`);
    }
    // Chinese, Japanese and Thai part their lines within what a reader would call a word.
    if (/^(zh|ja|th)/.test(layer.lang)) continue;
    const texts = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{M}\p{N}’'\u00ad]+/gu)) {
        // An address has no other place to part.
        const [before] = /\S*$/.exec(text.data.slice(0, index));
        if (/[@/]|\.$/.test(before)) continue;
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const boxes = [...range.getClientRects()];
        if (new Set(boxes.map(({ top }) => Math.round(top))).size < 2) continue;
        // One that fills a line of the whole layer has to part somewhere.
        if (boxes.reduce((sum, { width }) => sum + width, 0) < room - 6 * 16)
          tell(`${text.parentElement.localName}: ${word}`);
      }
    }
  }
  host.remove();
  return [...new Set(out)];
};

inEachEngine(({ name, visit }) => {
  // The same style sheet, laid out by one engine.
  if (name !== 'chromium') return;

  test('in every language, at every size of screen and text: answers in view, no word in pieces', async (t) => {
    const site = await siteIn(t, kLanguages);
    const document = site.company.render('--document', '--layer', 'choices');
    const [, css] = /<style>(.*?)<\/style>/s.exec(document);
    const files = readdirSync(site.company.out);
    const part = (stem) => {
      const file = files.find((one) => one.startsWith(`${stem}.`) && one.endsWith('.json'));
      return JSON.parse(readFileSync(`${site.company.out}/${file}`, 'utf8'));
    };
    const layers = kLanguages.flatMap((language) => {
      const { 'first opt-in': first, door, fallback } = part(`notices.${language}`);
      const { choices, yours } = part(`sheets.${language}`);
      return Object.entries({ first, door, fallback, choices, yours }).map(([layer, html]) => ({
        ...{ where: `${language}, ${layer}`, html, slots: slots(language) },
      }));
    });
    assert.equal(layers.length, 5 * 40);
    assert.ok(layers.every(({ html }) => html));
    const page = await visit(t, `${site.site.url}/pages/blank.html`);
    // What enters is not yet in its place.
    await page.emulate({ 'prefers-reduced-motion': 'reduce' });
    const wrong = [];
    for (const [width, height, font] of [
      [1280, 800, 16],
      [320, 700, 16],
      [320, 256, 16],
      [390, 844, 24],
      [320, 700, 24],
      [320, 256, 24],
    ]) {
      await page.resize({ width, height, font });
      const found = await page.evaluate(unfit, css, layers, font);
      wrong.push(...found.map((one) => `${width} × ${height}, ${font} px, ${one}`));
    }
    assert.deepEqual(wrong, []);
  });

  test('the notice, its placeholder and its sheets have the text size of the visitor', async (t) => {
    const site = await siteIn(t, []);
    const page = await visit(t, site.page());
    for (const [width, height] of [
      [320, 700],
      [320, 256],
    ]) {
      await page.resize({ width, height, font: 24 });
      await page.goto(site.page());
      const look = async (view, ...acts) => {
        assert.deepEqual(await page.evaluate(overflow), [], view);
        assert.deepEqual(await hidden(page, ...acts), [], view);
        const sizes = await page.evaluate(() =>
          [...document.querySelectorAll('avow-consent, avow-embed')].map(
            ({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector('[data-layer]')).fontSize,
          ),
        );
        assert.deepEqual(sizes, ['24px', '24px'], view);
      };
      await shows(page, 'first');
      await page.waitFor(
        () => document.querySelector('avow-embed')?.shadowRoot.querySelector('[data-layer]'),
        kPatience,
      );
      await look('first', 'refuse', 'accept', ...(height < 300 ? [] : ['choose']));
      await press(page, 'choose');
      await shows(page, 'choices');
      await look('choices');
    }
  });
});
