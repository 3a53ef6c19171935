// The pictures of the documents, taken of the running demo by one command:
// node docs/pictures/make.mjs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runDemo } from '../../tests/browser/demo.mjs';
import { launch } from '../../tests/browser/engine.mjs';
import { kPatience, press, shows } from '../../tests/browser/notice.mjs';
import { rests } from '../../tests/browser/rests.mjs';
import { startSite } from '../../tests/browser/site.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const kDesktop = { lang: 'en', width: 1280, height: 800 };
const kPhone = { lang: 'en', width: 390, height: 844 };

const to = (page, selector, block = 'start') =>
  page.evaluate(
    (wanted, where) =>
      document.querySelector(wanted).scrollIntoView({ block: where, behavior: 'instant' }),
    selector,
    block,
  );

const first = (page) => shows(page, 'first');
async function choices(page) {
  await press(page, 'choose');
  await shows(page, 'choices');
}
async function accepted(page) {
  await press(page, 'accept');
  await shows(page, 'door');
}
async function opened(page) {
  await accepted(page);
  await page.waitFor(
    () => document.querySelector('[data-box=opened]').dataset.is === 'opened',
    kPatience,
  );
  await to(page, '.calls');
  await page.evaluate(() => scrollBy(0, -100));
}
async function layer(page) {
  await page.waitFor(
    () =>
      document
        .querySelector('#preview')
        .contentDocument.querySelector('avow-preview')
        ?.shadowRoot?.querySelector('[data-layer]'),
    kPatience,
  );
  await press(page, 'refuse'); // so that one notice is to be seen
  await shows(page, 'door');
  await page.reload();
}

/** On the day on which the change holds, who answered before it. */
async function changed(page) {
  await accepted(page);
  await page.waitFor(() => avow.choices.delivery === 'delivered', kPatience);
  await page.goto(`${demo.url}en/change.since.html`);
  await page.waitFor(
    () =>
      document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-slot=changed]')
        ?.textContent,
    kPatience,
  );
}
/** On the day on which it is announced, all of it. */
async function announced(page) {
  await accepted(page);
  await page.waitFor(() => avow.choices.delivery === 'delivered', kPatience);
  await page.goto(`${demo.url}en/change.coming.html`);
  await page.waitFor(() => document.querySelector('avow-announcement')?.isConnected, kPatience);
  await page.click('[data-act=whole]', { inShadowOf: 'avow-announcement', ...kPatience });
}

// name: [path, how the visitor's browser is, what they do there]
const kPictures = {
  notice: ['en/', kDesktop, first],
  'notice-dark': ['en/', { ...kDesktop, dark: true }, first],
  'notice-phone': ['en/', kPhone, first],
  choices: ['en/', kDesktop, choices],
  'choices-phone': ['en/', kPhone, choices],
  placeholder: ['en/', kDesktop, (page) => first(page).then(() => to(page, '.film', 'center'))],
  journey: ['en/', { ...kDesktop, height: 1120 }, opened],
  theme: ['en/theme.html', { ...kDesktop, height: 1110 }, layer],
  announced: ['en/change.html', { ...kDesktop, height: 900 }, announced],
  changed: ['en/change.html', { ...kDesktop, height: 900 }, changed],
  languages: ['en/languages.html', { ...kDesktop, height: 1000 }, layer],
};
// The notice of the same page, laid out otherwise.
const kLayouts = ['bar', 'corner', 'center'];

const only = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), 'avow-pictures-'));
const demo = await runDemo(data);
const chromium = await launch('chromium');
try {
  for (const [name, [path, options, act]] of Object.entries(kPictures)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const page = await chromium.open(demo.url + path, options);
    await first(page);
    await act(page);
    await page.hover(0, 0);
    await rests(page);
    const file = join(here, `${name}.png`);
    await page.screenshot(file);
    await page.context.close();
    console.log(file);
  }
  for (const layout of kLayouts) {
    const name = `layout-${layout}`;
    if (only.length > 0 && !only.includes(name)) continue;
    const ends = [];
    const site = await startSite(
      { after: (end) => ends.push(end) },
      { policy: (authored) => Object.assign(authored, { look: { layout } }) },
    );
    try {
      const page = await chromium.open(`${site.url}/en/`, kDesktop);
      await first(page);
      await rests(page);
      const file = join(here, `${name}.png`);
      await page.screenshot(file);
      await page.context.close();
      console.log(file);
    } finally {
      for (const end of ends.toReversed()) await end();
    }
  }
} finally {
  await chromium.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
