// The form of the sources is the formatter's; what the formatter leaves long is looked at here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { withoutLiterals } from './literals.mjs';
import { files, read, root } from './repository.mjs';

const kWidth = 100;

test('tools/format has nothing to change', () => {
  const { status, stdout, stderr } = spawnSync(`${root}tools/format`, ['--check'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(status, 0, `run tools/format\n${stdout}${stderr}`.slice(0, 4000));
});

const isJavaScript = (path) => /\.(mjs|js|ts)$/.test(path);
const isC = (path) => /\.(h|cpp|c)$/.test(path);
const isOther = (path) =>
  /(\.(sh|py|cmake)|(^|\/)CMakeLists\.txt)$/.test(path) ||
  (!/\.\w+$/.test(path) && read(path).startsWith('#!'));

/** One address of the web, or one literal, that alone makes the line long: both break nowhere. */
function unbreakable(line, { code, literals, inside }) {
  if (inside) return true; // a line of text, as it is printed or sent
  const [address = ''] = /https?:\/\/\S+/.exec(code) ?? [];
  const long = Math.max(address.length, ...literals);
  const alone = [address.length, ...literals].filter((length) => length > 40).length === 1;
  return alone && line.length - long <= 60;
}

/** Shell, CMake and Python: the quoted pieces of the line itself. */
const quoted = (line) => ({
  code: line,
  literals: [...line.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'/g)].map(([piece]) => piece.length),
  inside: false,
});

function tooLong(path) {
  const text = read(path);
  const lines = text.split('\n');
  const shapes = isOther(path) ? lines.map(quoted) : withoutLiterals(text, isJavaScript(path));
  assert.equal(shapes.length, lines.length, path);
  return lines.flatMap((line, i) =>
    line.length > kWidth && !unbreakable(line, shapes[i]) ? [`${path}:${i + 1}: ${line}`] : [],
  );
}

test(`no line is longer than ${kWidth} characters, but for what cannot be broken`, () => {
  const sources = files.filter((path) => isJavaScript(path) || isC(path) || isOther(path));
  assert.ok(sources.length > 100);
  assert.deepEqual(sources.flatMap(tooLong), []);
});

test('the check above sees a long line, also behind a short string, and no more than that', () => {
  const long = 'x'.repeat(50);
  const ask = (line, javascript = true) => {
    const [shape] = withoutLiterals(line, javascript);
    return line.length <= kWidth || unbreakable(line, shape);
  };
  assert.ok(!ask(`call(${long}, ${long}, 'a');`));
  assert.ok(!ask(`call('${long}', '${long}');`), 'two strings can stand on two lines');
  assert.ok(!ask(`// ${long} ${long}`), 'a comment can be broken');
  assert.ok(!ask(`a / ${long} / ${long} / b`), 'no regular expression');
  assert.ok(ask(`test('${long}${long}', () => {`));
  assert.ok(ask(`if (/^${long}'${long}$/.test(a)) return;`));
  assert.ok(ask(`// https://example.com/${long}/${long}`));
  assert.ok(ask(`print(R"(${long}"${long})");`, false));
  const code = (text, javascript) => withoutLiterals(text, javascript).map((line) => line.code);
  assert.deepEqual(code("a('x') + `${b('}')}\n'` + c;", true), ['a() + ', ' + c;']);
  assert.deepEqual(code(`a = 1'000 + R"x(")"\n)x";`, false), ["a = 1'000 + ", ';']);
});

test('web asks the document for its members in one place', () => {
  // An element of the page may have their names: web/page/dom.ts. The wrappers are for bundles.
  const found = files
    .filter((path) => /^web\/(?!react|vue)[^.]*\.ts$/.test(path))
    .flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line) && /(?<![.\w])document\.\w/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  assert.deepEqual(found, []);
});
