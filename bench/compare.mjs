// Notices side by side in one Chromium: bench/run says how to call this.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { chart, markdown, summary, table } from './report.mjs';
import { compressed, serve } from './serve.mjs';
import { bare } from './site.mjs';
import { kNetwork, kSlowdown, launch, visit } from './visit.mjs';

const kNames = [
  'static',
  'avow',
  'avow-inline',
  'vanilla-cookieconsent',
  'klaro',
  'orejime',
  'tarteaucitron',
  'c15t',
];

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', multiple: true, default: [] },
    avow: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stderr.write(`bench: ${text}\n`);
const die = (text) => {
  say(text);
  process.exit(2);
};

const rounds = Number(given.rounds);
if (!Number.isInteger(rounds) || rounds < 1) die('--rounds wants a whole number from 1');
for (const name of given.only)
  if (!kNames.includes(name)) die(`there is no ${name}: ${kNames.join(', ')}`);
const wanted = kNames.filter(
  (name) => name === 'static' || given.only.length === 0 || given.only.includes(name),
);
const names = wanted.filter((name) => given.avow || !name.startsWith('avow'));
if (given.write && names.length < kNames.length)
  die('--write wants every competitor, Avow too: nothing is measured');

const competitors = [];
for (const name of names) {
  const { label, accept, ready, make } = await import(`./pages/${name}.mjs`);
  const site = await make({ avow: given.avow });
  // What the notice adds to the page itself is counted with its files.
  const inline = Math.max(0, compressed(site.html).length - compressed(bare).length);
  const served = await serve(site);
  competitors.push({ name, label, accept, ready, inline, site: served, samples: [] });
}

/** A busy machine can lose a visit: it is made once more, and said. */
async function attempt(competitor) {
  try {
    return await visit(browser, competitor);
  } catch (error) {
    say(`${competitor.name}: ${error.message}; once more`);
    return visit(browser, competitor);
  }
}

const browser = await launch();
const version = await browser.version();
say(`${version}, ${rounds} rounds of ${competitors.length}`);
const load = loadavg()[0];
if (load > cpus().length / 2)
  say(`this machine is busy, its load is ${load.toFixed(1)}: figures will be high and uneven`);
const began = Date.now();
try {
  // The browser's own first visit is slower than any other, and is nobody's.
  await attempt(competitors[0]);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < competitors.length; i++) {
      // Each round begins with another competitor, so that none always follows the same one.
      const competitor = competitors[(round + i) % competitors.length];
      competitor.samples.push(await attempt(competitor));
    }
    const seconds = Math.round((Date.now() - began) / 1_000);
    say(`round ${round + 1} of ${rounds} done after ${seconds} s`);
  }
} finally {
  await browser.close();
  for (const { site } of competitors) await site.close();
}

const report = {
  made: new Date().toISOString().slice(0, 10),
  browser: version,
  machine: `${cpus().length} cores, ${cpus()[0].model.trim()}`,
  load: [load, loadavg()[0]],
  rounds,
  slowdown: kSlowdown,
  network: kNetwork,
  results: summary(competitors),
};
console.log(table(report));
for (const name of wanted) if (!names.includes(name)) say(`left out: ${name}, for want of --avow`);
if (given.json) writeFileSync(given.json, `${JSON.stringify(report, null, 2)}\n`);
if (given.write) {
  const docs = new URL('../docs/', import.meta.url);
  writeFileSync(new URL('PERFORMANCE.md', docs), markdown(report));
  writeFileSync(new URL('pictures/performance.svg', docs), chart(report));
  say('wrote docs/PERFORMANCE.md and docs/pictures/performance.svg');
}
