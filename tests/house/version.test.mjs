// A version that stands in two places is wrong in one of them after the next release.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { files, read, root } from './repository.mjs';

const kHome = 'CMakeLists.txt';
const [, version] = /^project\(avow VERSION (\d+\.\d+\.\d+)\b/m.exec(read(kHome)) ?? [];

test(`the version stands in ${kHome} and nowhere else`, () => {
  assert.ok(version, `${kHome} has no project(avow VERSION …)`);
  // Lockfiles hold the versions of others, the change log those that were.
  const apart = /(^|\/)package-lock\.json$|^CHANGELOG\.md$|\.(png|wasm)$/;
  const literal = new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?![\\d.]*\\d)`);
  assert.deepEqual(
    files.filter((path) => !apart.test(path) && literal.test(read(path))),
    [kHome],
  );
});

test('the tool says this version', () => {
  const said = execFileSync(`${root}build/native/cli/avow`, ['--version'], { encoding: 'utf8' });
  assert.equal(said, `avow/${version}\n`);
});
