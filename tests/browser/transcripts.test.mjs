// Each layer as those hear it who do not see it: the accessibility tree, read from top to bottom
// and kept as a vector (tests/vectors/transcripts). With AVOW_UPDATE_VECTORS set, what is heard
// today is written down.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { announceLonger, kBefore } from './changing.mjs';
import { inEachEngine, kPatience, press, reaches, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const kVectors = new URL('../vectors/transcripts/', import.meta.url);

/** A line a thing: what it is, its name in quotes, and its state. */
function transcript(node, depth = 0) {
  const { role, name, description, level, checked, expanded, focused, children = [] } = node;
  const plain = role === 'StaticText' || role === 'text';
  const line = [
    plain ? '' : role,
    name ? JSON.stringify(name) : '',
    level ? `level ${level}` : '',
    checked === undefined ? '' : checked ? 'on' : 'off',
    expanded === undefined ? '' : expanded ? 'unfolded' : 'folded',
    focused ? 'focused' : '',
    description ? `(${JSON.stringify(description)})` : '',
  ];
  return [
    '  '.repeat(depth) + line.filter(Boolean).join(' '),
    ...children.flatMap((child) => transcript(child, depth + 1)),
  ];
}

const kSilent = new Set(['generic', 'none', 'paragraph', 'InlineTextBox']);

/** A whole tree without what is not spoken of, and without the words that a name says already. */
function spoken(node) {
  const children = (node.children ?? [])
    .flatMap(spoken)
    .filter(({ role, name }) => role !== 'StaticText' || name !== node.name);
  if (kSilent.has(node.role)) return children;
  return [{ ...node, children }];
}

/** What differs from visit to visit is not read out of a vector. */
const forgetTheVisit = (page) =>
  page.evaluate(() => {
    for (const name of ['when', 'text', 'number', 'delivery'])
      for (const slot of document
        .querySelector('avow-consent')
        .shadowRoot.querySelectorAll(`[data-slot=${name}]`))
        slot.textContent = '…';
  });

/** Compares what is heard of an element with the vector. */
async function heard(page, layer, language, host = 'avow-consent') {
  const whole = layer === 'frame'; // a group, of which a snapshot otherwise tells the first thing
  const trees = (await page.accessible(host, { whole })).flatMap(whole ? spoken : (one) => one);
  const words = `${trees.flatMap((tree) => transcript(tree)).join('\n')}\n`;
  const file = new URL(`${layer}.${language}.txt`, kVectors);
  if (process.env.AVOW_UPDATE_VECTORS) {
    mkdirSync(kVectors, { recursive: true });
    writeFileSync(file, words);
  }
  assert.equal(words, readFileSync(file, 'utf8'), `${layer} in ${language}`);
}

inEachEngine(({ name, visit }) => {
  // The tree is the browser's reading of the same bytes: one engine's is enough for a vector.
  if (name !== 'chromium') return;
  test('each layer says the same to who hears it as to who sees it', async (t) => {
    const site = await startSite(t);
    for (const [path, language] of [
      ['/en/', 'en'],
      ['/', 'zh-CN'],
    ]) {
      const page = await visit(t, `${site.url}${path}`);
      const hears = (layer, host) => heard(page, layer, language, host);
      await shows(page, 'first');
      await hears('first');
      await page.waitFor(() =>
        document.querySelector('avow-embed').shadowRoot.querySelector('[data-act]'),
      );
      await hears('frame', 'avow-embed >>> .frame');
      await press(page, 'choose');
      await shows(page, 'choices');
      await hears('choices');
      await press(page, 'close');
      await press(page, 'accept');
      await reaches(page, 'delivered');
      await page.waitFor(
        () =>
          document.querySelector('avow-consent').shadowRoot.querySelector('[role=status]')
            ?.textContent,
      );
      await hears('door');
      await press(page, 'open');
      await shows(page, 'yours');
      await forgetTheVisit(page);
      await hears('yours');
    }
  });

  test('and so does a change that is announced', async (t) => {
    const site = await startSite(t);
    const policy = announceLonger(site);
    policy.on(kBefore);
    for (const [path, language] of [
      ['/en/', 'en'],
      ['/', 'zh-CN'],
    ]) {
      const page = await visit(t, `${site.url}${path}`);
      await press(page, 'refuse');
      await reaches(page, 'delivered');
      await page.goto(`${site.url}${path}`);
      // Its live region has been told of it by then.
      await page.waitFor(
        () =>
          document.querySelector('avow-announcement')?.shadowRoot.querySelector('.heard')
            .textContent,
        kPatience,
      );
      await heard(page, 'card', language, 'avow-announcement >>> .card');
      await page.click('[data-act=whole]', { inShadowOf: 'avow-announcement', ...kPatience });
      await heard(page, 'whole', language, 'avow-announcement >>> .whole');
    }
  });
});
