// Every view of the notice on one contact sheet: node tests/browser/sheet.mjs [--help]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { alsoSpeak, words } from '../../demo/speak.mjs';
import { announceLonger, kAfter, kBefore, kUntold } from './changing.mjs';
import { launch } from './engine.mjs';
import { kPatience, press, reaches, shows, unfoldAll } from './notice.mjs';
import { rests } from './rests.mjs';
import { startSite } from './site.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    out: { type: 'string', default: join(root, 'build/sheet') },
    engine: { type: 'string', default: 'chromium' },
    languages: { type: 'string', default: 'zh-CN,en,ar,de' },
    sizes: { type: 'string', default: '390x844,1280x800,320x256' },
    schemes: { type: 'string', default: 'light,dark' },
  },
});
if (options.help) {
  console.log(`usage: node tests/browser/sheet.mjs [OPTION...]

Drives the demo company's site and takes every view of the notice: in each language, at each size,
light and dark. Writes the pictures, index.html with all of them, and a PNG of each language and
size. A language that has no catalog yet is named and left out.

  --out DIR         where to (build/sheet)
  --engine NAME     chromium (default), firefox or webkit
  --languages LIST  ${'zh-CN,en,ar,de'} unless said otherwise
  --sizes LIST      ${'390x844,1280x800,320x256'} unless said otherwise
  --schemes LIST    ${'light,dark'} unless said otherwise

It wants build/native and build/web, as the browser's tests do. Exit code 1: a view was not reached;
its place on the sheet says why.`);
  process.exit(0);
}
const list = (text) => text.split(',').filter(Boolean);

// ------------------------------------------------------------------------------------ the company

const catalogs = readdirSync(join(root, 'locales')).map((name) => name.replace(/\.json$/, ''));
const wanted = list(options.languages);
for (const one of wanted.filter((each) => !catalogs.includes(each)))
  console.error(`sheet: ${one} has no catalog in locales/ and is left out`);
const languages = wanted.filter((one) => catalogs.includes(one));

/** The English page, in another language's frame, and with a small embed beside the film. */
function page(company, language) {
  const english = readFileSync(join(company.www, 'en/index.html'), 'utf8');
  const { direction } = JSON.parse(readFileSync(join(root, 'locales', `${language}.json`)));
  const source =
    language === 'zh-CN' ? readFileSync(join(company.www, 'index.html'), 'utf8') : english;
  return source
    .replace(/<html lang="[^"]*"/, `<html lang="${language}" dir="${direction}"`)
    .replace(/\/avow\/avow[^"/]*\.js/, `/avow/avow.${language}.js`)
    .replace(
      /<footer>/,
      `<p class="wrap"><avow-embed id="small" purpose="video" src="/hits/map.html" width="200"
        height="150" title="${words[language]?.map ?? 'A map'}"></avow-embed></p>$&`,
    );
}

// -------------------------------------------------------------------------------------- the views

const unfold = (tab) =>
  tab.click('[data-layer=choices] details summary', { inShadowOf: 'avow-consent', ...kPatience });

async function openYours(tab) {
  await press(tab, 'open');
  await shows(tab, 'yours');
}

/** Scrolls to an embed and waits for its placeholder. */
async function placeholder(tab, selector) {
  await tab.waitFor(
    (wanted) => {
      const found = document.querySelector(wanted);
      const embed = found?.matches('avow-embed') ? found : found?.querySelector('avow-embed');
      embed?.scrollIntoView({ block: 'center', behavior: 'instant' });
      return embed?.shadowRoot?.querySelector('[data-layer=frame]');
    },
    { ...kPatience, args: [selector] },
  );
}

/** Waits until the first layer says what has changed. */
const told = (tab) =>
  tab.waitFor(
    () =>
      document.querySelector('avow-consent').shadowRoot.querySelector('[data-slot=changed]')
        ?.textContent,
    kPatience,
  );

/**
 * Visits, each of a visitor nobody has seen; the steps of a visit follow each other, and each is
 * one picture. `on`: the day on which they come; a step may have another come (`days.on`).
 */
const kVisits = [
  {
    without: 'core.wasm',
    steps: { fallback: (tab) => shows(tab, 'fallback') },
  },
  {
    steps: {
      first: (tab) => shows(tab, 'first'),
      choices: (tab) => press(tab, 'choose').then(() => shows(tab, 'choices')),
      'choices, one unfolded': unfold,
      'door with news, after accept': async (tab) => {
        await press(tab, 'accept');
        await shows(tab, 'door');
        await reaches(tab, 'delivered');
      },
      'yours, after accept': openYours,
      'yours, all unfolded': unfoldAll,
      door: async (tab) => {
        await tab.reload();
        await shows(tab, 'door');
      },
    },
  },
  {
    steps: {
      'door with news, after refuse': async (tab) => {
        await shows(tab, 'first');
        await press(tab, 'refuse');
        await shows(tab, 'door');
        await reaches(tab, 'delivered');
      },
      'yours, after refuse': openYours,
      'placeholder, large': async (tab) => {
        await tab.reload();
        await shows(tab, 'door');
        await placeholder(tab, '.film');
      },
      'placeholder, small': (tab) => placeholder(tab, '#small'),
    },
  },
  {
    on: kBefore,
    steps: {
      'first, a change is coming': (tab) => shows(tab, 'first'),
      'announcement, card': async (tab) => {
        await press(tab, 'accept');
        await reaches(tab, 'delivered');
        await tab.reload();
        await tab.waitFor(
          () => document.querySelector('avow-announcement')?.isConnected,
          kPatience,
        );
      },
      'announcement, whole': (tab) =>
        tab.click('[data-act=whole]', { inShadowOf: 'avow-announcement', ...kPatience }),
      'first, asked again': async (tab, days) => {
        days.on(kAfter);
        await tab.reload();
        await shows(tab, 'first');
        await told(tab);
      },
      'choices, what changed': async (tab) => {
        await press(tab, 'choose');
        await shows(tab, 'choices');
      },
    },
  },
];
const kOrder = [
  'first',
  'choices',
  'choices, one unfolded',
  'door with news, after accept',
  'yours, after accept',
  'yours, all unfolded',
  'door',
  'door with news, after refuse',
  'yours, after refuse',
  'placeholder, large',
  'placeholder, small',
  'fallback',
  'first, a change is coming',
  'announcement, card',
  'announcement, whole',
  'first, asked again',
  'choices, what changed',
];

/** Takes the pictures of one language, size and scheme: [{view, file} or {view, trouble}]. */
async function take(engine, site, days, { language, size, scheme }) {
  const [width, height] = size.split('x').map(Number);
  const taken = [];
  for (const { steps, without, on = kUntold } of kVisits) {
    days.on(on);
    site.restore(); // also the pages of earlier languages
    site.change('/sheet.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => page(site.company, language),
    });
    if (without) site.change(without, { status: 404 });
    const context = await engine.context({
      lang: language,
      dark: scheme === 'dark',
      width,
      height,
    });
    try {
      const tab = await context.open(`${site.url}/sheet.html`);
      for (const [view, step] of Object.entries(steps)) {
        try {
          await step(tab, days);
          await tab.hover(0, 0);
          await rests(tab);
          const name = [view.replace(/\W+/g, '-'), size, scheme, language].join('.');
          writeFileSync(join(options.out, `${name}.png`), await tab.screenshot());
          taken.push({ view, file: `${name}.png` });
        } catch (error) {
          const told = (tab.console() ?? []).filter(({ text }) => /avow:/.test(text));
          taken.push({
            view,
            trouble: [...told.map(({ text }) => text), error.message].join('\n'),
          });
        }
      }
    } finally {
      await context.close();
    }
  }
  return taken.toSorted((a, b) => kOrder.indexOf(a.view) - kOrder.indexOf(b.view));
}

// -------------------------------------------------------------------------------------- the sheet

const escaped = (text) => text.replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One section of the sheet: a language and a size, a grid for each scheme. */
function section({ language, size, rows }) {
  const [width, height] = size.split('x').map(Number);
  const [across, scale] = width > 800 ? [4, 0.375] : width > 350 ? [9, 0.5] : [6, 1];
  const box = `width:${width * scale}px;height:${height * scale}px`;
  const tiles = ({ scheme, taken }) =>
    taken.map(({ view, file, trouble }) => {
      const what = file
        ? `<a href="${encodeURIComponent(file)}"><img alt="" style="${box}" src="${encodeURIComponent(file)}"></a>`
        : `<p style="${box}">${escaped(trouble)}</p>`;
      return `<figure><figcaption>${escaped(view)}, ${scheme}</figcaption>${what}</figure>`;
    });
  const grid = (row) =>
    `<div style="grid-template-columns:repeat(${across},max-content)">${tiles(row).join('\n')}</div>`;
  return `<section><h2>${language}, ${size}</h2>${rows.map(grid).join('\n')}</section>`;
}

const document_ = (sections) => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>Every view of the notice</title><style>
body{margin:0;padding:12px;width:max-content;font:13px/1.4 sans-serif;background:#777;color:#fff}
h2{margin:8px 0;font-size:17px}div{display:grid;gap:12px 10px;margin-bottom:18px}figure{margin:0}
img{display:block}p{margin:0;overflow:hidden;background:#a00}
</style>${sections.join('\n')}</html>\n`;

/** A section as one PNG, as large as it is. */
async function picture(engine, site, one, name) {
  const html = document_([section(one)]);
  writeFileSync(join(options.out, 'section.html'), html);
  site.change('/sheet/*', {
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: (_, request) =>
      readFileSync(join(options.out, decodeURIComponent(request.url.split('/').at(-1)))),
  });
  site.change('/sheet/section.html', {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: () => html,
  });
  const measure = await engine.open(`${site.url}/sheet/section.html`, { width: 4000 });
  const [width, height] = await measure.evaluate(() => [
    document.body.offsetWidth,
    document.body.offsetHeight,
  ]);
  await measure.context.close();
  const tab = await engine.open(`${site.url}/sheet/section.html`, { width, height });
  await tab.screenshot(join(options.out, `${name}.png`));
  await tab.context.close();
  rmSync(join(options.out, 'section.html'));
}

const ends = [];
const site = await startSite(
  { after: (end) => ends.push(end) },
  {
    policy: (authored) => {
      for (const language of languages) alsoSpeak(authored, language);
    },
  },
);
const days = announceLonger(site);
const engine = await launch(options.engine);
ends.push(() => engine.close());
let missed = 0;
try {
  rmSync(options.out, { recursive: true, force: true });
  mkdirSync(options.out, { recursive: true });
  const sections = [];
  for (const language of languages) {
    for (const size of list(options.sizes)) {
      const rows = [];
      for (const scheme of list(options.schemes)) {
        const taken = await take(engine, site, days, { language, size, scheme });
        rows.push({ scheme, taken });
        for (const { view, trouble } of taken.filter((one) => one.trouble)) {
          missed += 1;
          console.error(`sheet: ${view}, ${language}, ${size}, ${scheme}: ${trouble}`);
        }
      }
      const one = { language, size, rows };
      await picture(engine, site, one, `sheet.${language}.${size}`);
      console.log(join(options.out, `sheet.${language}.${size}.png`));
      sections.push(section(one));
    }
  }
  writeFileSync(join(options.out, 'index.html'), document_(sections));
  console.log(join(options.out, 'index.html'));
} finally {
  for (const end of ends.toReversed()) await end();
}
process.exitCode = missed > 0 ? 1 : 0;
