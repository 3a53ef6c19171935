// What a visitor downloads, in brotli bytes, of the demo's policy and of one with many more
// languages and purposes. A change that breaks a budget breaks the build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

const root = new URL('../..', import.meta.url).pathname;
const tool = `${process.env.AVOW_BUILD ?? `${root}build/native`}/cli/avow`;
const KB = 1024;
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

const scratch = mkdtempSync(join(tmpdir(), 'avow-size-'));
after(() => rmSync(scratch, { recursive: true }));

/** The sizes of a built policy's files by their names without the hash. */
function built(name, policy, ...options) {
  const file = join(scratch, `${name}.json`);
  writeFileSync(file, JSON.stringify(policy));
  const out = join(scratch, name);
  execFileSync(tool, ['build', '--module', `${root}build/web`, '--out', out, ...options, file]);
  const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  return Object.fromEntries(
    files.map(({ file: one }) => [
      one.replace(/\.[0-9a-f]{16}\./, '.'),
      brotli(readFileSync(join(out, one))),
    ]),
  );
}

const demo = JSON.parse(
  readFileSync(`${root}demo/policy.json`, 'utf8')
    .replace('DAILY_KEY', 'age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzls')
    .replace('RECOVERY_KEY', 'age18v8wylyendqzftklhwmj458rv46uh5kqk5jgddp43apxpvulsyaq3atn6m'),
);
const sizes = built('demo', demo);
const inner = ['parts.json', 'press.js', 'core.js', 'core.wasm', 'facts.json', 'texts.zh-CN.json'];
const first = ['avow.js', ...inner].reduce((sum, file) => sum + sizes[file], 0);
for (const [file, size] of Object.entries(sizes))
  console.log(`${String(size).padStart(7)}  ${file}`);
console.log(`${String(first).padStart(7)}  first visit`);

test('before the notice stands: at most 6 KB', () => {
  for (const file of ['avow.js', 'avow.en.js', 'avow.zh-CN.js'])
    assert.ok(sizes[file] <= 6 * KB, `${file}: ${sizes[file]} bytes`);
});

test('all of a first visit: at most 80 KB', () => {
  assert.ok(first <= 80 * KB, `${first} bytes`);
});

test('a returning visitor of a page that brings its notice along: at most 2.5 KB', () => {
  const script = brotli(readFileSync(`${root}build/web/head.js`));
  console.log(`${String(script).padStart(7)}  head.js`);
  assert.ok(script <= 2.5 * KB, `${script} bytes`);
  // With the policy's id and the hash of the rest, which do not pack.
  assert.ok(sizes['head.html'] <= 2.7 * KB, `${sizes['head.html']} bytes`);
});

test('what few pages need: at most 2 KB each', () => {
  for (const file of ['others.js', 'clear.js']) {
    const size = brotli(readFileSync(`${root}build/web/${file}`));
    console.log(`${String(size).padStart(7)}  ${file}`);
    assert.ok(size <= 2 * KB, `${file}: ${size} bytes`);
  }
});

test('the wrapper for a framework: less than 1 KB', () => {
  for (const file of ['react.js', 'vue.js']) {
    const size = brotli(readFileSync(`${root}build/web/${file}`));
    console.log(`${String(size).padStart(7)}  ${file}`);
    assert.ok(size < KB, `${file}: ${size} bytes`);
  }
});

test('what tells the tags of others: at most 2 KB', () => {
  const everybody = structuredClone(demo);
  const signals = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage'];
  everybody.outputs = {
    google: Object.fromEntries(signals.map((one) => [one, ['analytics', 'marketing']])),
    uet: { ad_storage: ['marketing'] },
    clarity: { ad_storage: ['marketing'], analytics_storage: ['analytics'] },
    data_layer: 'avow_choices',
  };
  const told = built('outputs', everybody);
  assert.ok(told['outputs.js'] <= 2 * KB, `${told['outputs.js']} bytes`);
  for (const [file, size] of Object.entries(sizes))
    if (file !== 'head.html') assert.equal(told[file], size, file);
  console.log(`${String(told['outputs.js']).padStart(7)}  outputs.js`);
  console.log(`${String(told['outputs.html']).padStart(7)}  outputs.html`);
});

test('forty languages and thirty purposes more cost a returning visitor next to nothing', () => {
  const many = structuredClone(demo);
  // Every language has the English words: only their number matters here.
  const tags = Array.from({ length: 38 }, (_, i) => `x${String.fromCharCode(97 + (i % 26))}${i}`);
  many.languages.push(...tags);
  const spread = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.en === 'string')
      for (const tag of many.languages) value[tag] ??= `${value.en}`;
    for (const inside of Object.values(value)) spread(inside);
  };
  spread(many);
  const [one] = many.purposes.filter(({ id }) => id === 'analytics');
  for (let i = 0; i < 30; ++i) many.purposes.push({ ...one, id: `more-${i}` });
  const catalog = JSON.parse(readFileSync(`${root}locales/en.json`, 'utf8'));
  const catalogs = many.languages.slice(2).flatMap((language) => {
    const file = join(scratch, `${language}.catalog.json`);
    writeFileSync(file, JSON.stringify({ ...catalog, language }));
    return ['--catalog', file];
  });
  const more = built('many', many, ...catalogs);
  // What knows its language, and what brings its notice along, do not grow with either.
  assert.ok(more['avow.en.js'] <= 6 * KB, `${more['avow.en.js']} bytes`);
  assert.ok(more['head.html'] <= 2.7 * KB, `${more['head.html']} bytes`);
  console.log(`${String(more['avow.en.js']).padStart(7)}  avow.en.js of 40 languages`);
});
