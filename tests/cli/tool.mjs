// The tools under test, and what the tests give them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from 'node:test';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const build = process.env.AVOW_BUILD ?? join(root, 'build/native');
/** AVOW_TOOL: another build of the tool, such as the packed one (tests/run web). */
export const tool = process.env.AVOW_TOOL ?? join(build, 'cli/avow');
const visitorsTool = join(build, 'tests/cli/avow-visitors');
for (const file of [tool, visitorsTool]) {
  if (!existsSync(file)) throw new Error(`${file} is not there: cmake --build --preset native`);
}

export const vectors = join(root, 'tests/vectors/policy');
export const sample = join(vectors, 'sample.json');
export const dailyKey = join(vectors, 'keys/daily.key');
export const recoveryKey = join(vectors, 'keys/recovery.key');

/** Runs a program; `input` goes to stdin, which is no terminal. */
export function run(program, words, { input = '', encoding = 'utf8', cwd } = {}) {
  const result = spawnSync(program, words, { input, encoding, cwd, maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  assert.equal(
    result.signal,
    null,
    `${program} ${words.join(' ')} ended by ${result.signal}: ${result.stderr}`,
  );
  return { code: result.status, out: result.stdout, err: result.stderr };
}
export const avow = (words, options) => run(tool, words, options);

/** The packed tool has the same reader and takes minutes for many: it is given one in twenty. */
export const sampled = (all) => (process.env.AVOW_TOOL ? all.filter((_, i) => i % 20 === 0) : all);

/** Runs avow and wants exactly this exit code. */
export function expect(code, words, options) {
  const result = avow(words, options);
  assert.equal(
    result.code,
    code,
    `avow ${words.join(' ')}\nstdout: ${result.out}\nstderr: ${result.err}`,
  );
  return result;
}

/** A folder that is gone when the test file ends. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'avow-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    path: (name) => join(folder, name),
    write(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name)),
  };
}

/** An export as visitors of `policy` would have filled it: its lines. */
export function visitors(words, policy = sample, catalog = join(root, 'locales/en.json')) {
  const { code, out, err } = run(visitorsTool, [policy, catalog, ...words.map(String)]);
  assert.equal(code, 0, err);
  return out.trimEnd().split('\n');
}

export const record = (line) => Buffer.from(JSON.parse(line).record, 'base64');
export const relined = (line, bytes) =>
  JSON.stringify({ ...JSON.parse(line), record: bytes.toString('base64') });
export const jsonLines = (text) =>
  text
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
export const codes = (opened) => opened.problems.map((problem) => problem.code);
