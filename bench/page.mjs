// What the notice costs a page: figures in real browsers, side by side with a banner of plain HTML.
// Prints, asserts nothing.
//   build/toolchain/bin/node bench/page.mjs [chromium|firefox|webkit ...]
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, names } from '../tests/browser/engine.mjs';
import { startDemo } from '../tests/browser/site.mjs';

const VISITS = 15;
const PRESSES = 100;
const ends = [];
const site = await startDemo({ after: (end) => ends.unshift(end) });

const shell = (head, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title>${head}<body>${body}<p>Page.</p></body></html>`;
mkdirSync(join(site.company.www, 'bench'));
writeFileSync(
  join(site.company.www, 'bench/timer.js'),
  `
const shown = () => document.querySelector('avow-consent')?.shadowRoot?.querySelector('.banner') ?? document.querySelector('#static');
(function look() { if (shown()) requestAnimationFrame(() => (globalThis.shownAt = performance.now())); else requestAnimationFrame(look); })();`,
);
const timer = '<script src="/bench/timer.js"></script>';
writeFileSync(
  join(site.company.www, 'bench/avow.html'),
  shell(`${timer}<script type="module" src="/avow/avow.js"></script>`, ''),
);
writeFileSync(
  join(site.company.www, 'bench/static.html'),
  shell(
    timer,
    '<section id="static"><h2>Your data</h2><button>Refuse</button><button>Accept</button></section>',
  ),
);

for (const file of ['avow-core-wasm.mjs', 'avow-core-wasm.wasm']) {
  copyFileSync(
    new URL(`../build/wasm/wasm/${file}`, import.meta.url),
    join(site.company.www, 'bench', file),
  );
}

const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const figures = (values) =>
  `p50 ${quantile(values, 0.5).toFixed(1).padStart(7)}   p99 ${quantile(values, 0.99).toFixed(1).padStart(7)} ms`;

/**
 * In the page: presses one after the other, as visitors do: each when the one before has been
 * delivered.
 */
async function press(count) {
  await globalThis.avow.ready;
  await new Promise((done) => setTimeout(done, 500)); // nobody reads faster
  const times = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await globalThis.avow.refuse();
    times.push(performance.now() - began);
    while (globalThis.avow.choices.delivery !== 'delivered')
      await new Promise((done) => setTimeout(done, 20));
  }
  return times;
}

/** In the page: what the browser's database takes by itself. */
async function write(count) {
  const asked = (request) =>
    new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const request = indexedDB.open('bench');
  request.onupgradeneeded = () => request.result.createObjectStore('records');
  const database = await asked(request);
  const times = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    const transaction = database.transaction('records', 'readwrite', { durability: 'strict' });
    transaction.objectStore('records').put(new Uint8Array(5_000), i);
    await new Promise((done) => (transaction.oncomplete = done));
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
}

/** In the page: the core alone, without DOM, storage or network; calls a second. */
async function core() {
  const { default: factory } = await import('/bench/avow-core-wasm.mjs');
  const texts = await Promise.all(
    ['/avow/policy.json', '/avow/catalogs/en.json'].map(async (path) => (await fetch(path)).text()),
  );
  const wasm = await factory();
  wasm.load(...texts);
  const visit = {
    now: 1_800_000_000,
    language: 'en',
    place: 'CN',
    gpc: false,
    held: null,
    chain: null,
  };
  const vault = () =>
    wasm.HEAPU8.subarray(wasm.vaultAddress(), wasm.vaultAddress() + wasm.vaultSize());
  const ask = {
    decisions: () => wasm.decide(JSON.stringify(visit)),
    'first layers rendered': () =>
      wasm.view(JSON.stringify({ ...visit, layer: 'first', delivery: 'none', utc_offset: 0 })),
    'answers sealed, signed and chained': () => {
      crypto.getRandomValues(vault());
      vault().fill(0, 0, 96);
      return wasm.press(
        JSON.stringify({
          ...visit,
          press: { control: 'accept', layer: 'first', via: 'notice', trusted: true, selected: [] },
        }),
      );
    },
  };
  const rates = {};
  for (const [what, call] of Object.entries(ask)) {
    if (!JSON.parse(call()).ok) throw new Error(call());
    let calls = 0;
    const began = performance.now();
    while (performance.now() - began < 1_000) for (let i = 0; i < 20; i++, calls++) call();
    rates[what] = calls / ((performance.now() - began) / 1_000);
  }
  return rates;
}

for (const name of process.argv.length > 2 ? process.argv.slice(2) : names) {
  const engine = await launch(name);
  const visible = { avow: [], static: [] };
  const first = [];
  for (let i = 0; i < VISITS; i++) {
    for (const kind of Object.keys(visible)) {
      const page = await engine.open(`${site.url}/bench/${kind}.html`);
      await page.waitFor(() => globalThis.shownAt !== undefined);
      visible[kind].push(await page.evaluate(() => globalThis.shownAt));
      if (kind === 'avow') first.push(...(await page.evaluate(press, 1)));
      await page.context.close();
    }
  }
  const page = await engine.open(`${site.url}/bench/avow.html`);
  const presses = await page.evaluate(press, PRESSES);
  const writes = await page.evaluate(write, PRESSES);
  const rates = await page.evaluate(core);
  await page.context.close();
  await engine.close();
  console.log(name);
  console.log(`  notice visible, one tag, cold   ${figures(visible.avow)}`);
  console.log(`  a banner of plain HTML          ${figures(visible.static)}`);
  console.log(`  press: sealed, signed, stored   ${figures(first)}   (${VISITS} first visits)`);
  console.log(
    `  the same again and again        ${figures(presses)}   (${PRESSES} refusals, each with a key of its own)`,
  );
  for (const [what, rate] of Object.entries(rates))
    console.log(`  ${what.padEnd(35)}${Math.round(rate).toString().padStart(9)} /s`);
  console.log(`  a strict transaction alone      ${figures(writes)}   (the same bytes)`);
}
for (const end of ends) await end();
