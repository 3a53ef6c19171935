// What each room may include. The order of the list is the direction: a room sees those before it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const walk = (dir, ends) =>
  readdirSync(join(root, dir), { withFileTypes: true, recursive: true })
    .filter(
      (e) =>
        e.isFile() &&
        ends.some((end) => e.name.endsWith(end)) &&
        !e.parentPath.includes('node_modules'),
    )
    .map((e) => relative(root, join(e.parentPath, e.name)));

/** "file → what" for every include or import that the rule does not allow. */
function offences(files, pattern, allowed) {
  const out = [];
  for (const file of files) {
    for (const [, target] of readFileSync(join(root, file), 'utf8').matchAll(pattern)) {
      if (!allowed(file, target)) out.push(`${file} → ${target}`);
    }
  }
  return out;
}

const includes = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm;
const rooms = {
  base: ['base'],
  policy: ['base', 'policy'],
  change: ['base', 'policy', 'change'],
  notice: ['base', 'policy', 'change', 'notice'],
  consent: ['base', 'policy', 'consent'],
  trust: ['base', 'trust'],
  sync: ['base', 'sync', 'trust'],
  session: ['base', 'policy', 'change', 'notice', 'consent', 'trust', 'sync', 'session'],
};

test('core: each room includes only what its place allows', () => {
  const found = offences(walk('core', ['.h', '.cpp']), includes, (file, target) => {
    const room = file.split('/')[1];
    const other = target.split('/')[0];
    assert.ok(rooms[room], `${file} is in no room`);
    if (other in rooms) return rooms[room].includes(other);
    // the rest is the language's; where these two may stand, the next test says
    return !target.includes('/') || /^(nlohmann|sodium)\//.test(target);
  });
  assert.deepEqual(found, []);
});

test('each foreign library is touched in one place', () => {
  const files = walk('.', ['.h', '.cpp', '.c']).filter(
    (f) => !f.startsWith('build/') && !f.startsWith('tests/'),
  );
  const places = [
    [/^nlohmann\//, (f) => f === 'core/base/json.cpp'],
    [
      /^sodium/,
      (f) =>
        f.startsWith('core/trust/') || f === 'core/base/digest.cpp' || f.startsWith('cmake/sodium'),
    ],
    [/^emscripten/, (f) => f.startsWith('wasm/')],
    [/^(boost|sqlite3)/, (f) => f.startsWith('collector/')],
  ];
  const found = offences(files, includes, (file, target) =>
    places.every(([library, here]) => !library.test(target) || here(file)),
  );
  assert.deepEqual(found, []);
});

test('core: no clock, no entropy, no environment, no streams', () => {
  const forbidden =
    /\b(std::chrono::\w*clock|time\(nullptr\)|gettimeofday|getentropy|randombytes\w*|std::random_device|getenv|fopen|std::ifstream|std::cout|std::cerr|throw\s|try\s*\{)/g;
  assert.deepEqual(
    offences(walk('core', ['.h', '.cpp']), new RegExp(forbidden.source, 'g'), () => false),
    [],
  );
});

test('wasm: the bindings decide nothing', () => {
  const found = walk('wasm', ['binding.cpp']).filter((f) =>
    /\bif\s*\(|\?|\bswitch\b/.test(readFileSync(join(root, f), 'utf8').replace(/\/\/.*$/gm, '')),
  );
  assert.deepEqual(found, []);
});

const imports = /^\s*(?:import|export)\s(?!type\b)[^;]*?from\s*'(\.[^']*)'/gm;
/** What the modules of each folder import of others; of types they may import any. */
const web = {
  public: [],
  page: ['public'],
  loader: ['page', 'public'],
  store: ['page'],
  notice: ['page'],
  delivery: ['page'],
  clear: ['page'],
  outputs: ['page'],
  announce: ['page', 'public', 'loader', 'delivery'],
  consent: ['page', 'public', 'store', 'notice', 'delivery'],
  react: ['public'],
  vue: ['public'],
};

test('web: each folder imports only what its place allows; the loader stands alone', () => {
  const folder = (path) => relative('web', path).split('/')[0];
  const found = offences(walk('web', ['.ts']), imports, (file, target) => {
    assert.ok(web[folder(file)], `${file} is in no folder that has a place`);
    const at = join(dirname(file), target);
    // the core's glue, which the binding's build makes
    if (at.startsWith('build/wasm/')) return folder(file) === 'consent';
    return folder(at) === folder(file) || web[folder(file)].includes(folder(at));
  });
  assert.deepEqual(found, []);
});

test('no drawer for everything', () => {
  const files = walk('.', ['.h', '.cpp', '.ts', '.mjs']).filter((f) => !f.startsWith('build/'));
  assert.deepEqual(
    files.filter((f) => /(^|\/)(utils?|common|helpers?|misc|manager)\.\w+$/.test(f)),
    [],
  );
});
