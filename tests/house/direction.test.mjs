// What each room may include. The order of the list is the direction: a room sees those before it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
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
  notice: ['base', 'policy', 'notice'],
  consent: ['base', 'policy', 'consent'],
  trust: ['base', 'trust'],
  sync: ['base', 'sync', 'trust'],
  session: ['base', 'policy', 'notice', 'consent', 'trust', 'sync', 'session'],
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

const imports = /^\s*(?:import|export)\s(?!type\b)[^;]*?from\s*'\.\/([\w.-]+)'/gm;
const web = {
  types: [],
  page: [],
  markup: [],
  gate: ['markup'],
  vault: ['types'],
  core: ['types', 'vault'],
  own: ['vault'],
  fallback: ['page'],
  store: ['report'],
  transport: [],
  delivery: ['page', 'report', 'transport'],
  element: ['markup'],
  report: ['types'],
  notice: ['report'],
  consent: ['core', 'store', 'transport', 'delivery', 'notice', 'page', 'report', 'types'],
  define: ['consent', 'element'],
  loader: ['gate', 'markup', 'page', 'types'],
};

/** Fetched when they are needed, and by nobody else. */
const importsLater = /\bimport\(\s*'\.\/([\w.-]+)'/g;
const webLater = { loader: ['define', 'fallback'], consent: ['own'] };

test('web: each module imports only what its place allows; the loader stands alone', () => {
  const nameOf = (file) =>
    file
      .split('/')
      .at(-1)
      .replace(/\.[jt]s$/, '');
  const files = walk('web', ['.ts']);
  for (const file of files) assert.ok(web[nameOf(file)], `${file} has no place`);
  assert.deepEqual(
    offences(files, imports, (file, target) => web[nameOf(file)].includes(nameOf(target))),
    [],
  );
  assert.deepEqual(
    offences(files, importsLater, (file, target) =>
      (webLater[nameOf(file)] ?? []).includes(nameOf(target)),
    ),
    [],
  );
});

test('no drawer for everything', () => {
  const files = walk('.', ['.h', '.cpp', '.ts', '.mjs']).filter((f) => !f.startsWith('build/'));
  assert.deepEqual(
    files.filter((f) => /(^|\/)(utils?|common|helpers?|misc|manager)\.\w+$/.test(f)),
    [],
  );
});
