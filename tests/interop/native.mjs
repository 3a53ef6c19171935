// The native core, Debian's age and a scratch folder, for the tests beside this file.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from 'node:test';

const driver = fileURLToPath(
  new URL('../../build/native/tests/interop/avow-trust-driver', import.meta.url),
);
if (!existsSync(driver))
  throw new Error(`${driver} is not built: cmake --preset native && cmake --build --preset native`);

export const vectors = fileURLToPath(new URL('../vectors/trust/', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'avow-interop-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
/** Writes a scratch file and returns its path. */
export function file(content) {
  const path = join(folder, `${++files}`);
  writeFileSync(path, content);
  return path;
}
/** A scratch path where nothing is yet. */
export const noFile = () => join(folder, `${++files}`);

function run(command, words, input, env) {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    input,
    env,
    maxBuffer: 1 << 26,
  });
  // A tool that refuses early does not read the rest of what it is given.
  if (error && error.code !== 'EPIPE') throw error;
  return {
    ok: status === 0,
    out: stdout,
    error: stderr.toString(),
    code: /^[a-z0-9-]+/.exec(stderr.toString())?.[0],
  };
}

/** avow-trust-driver: {ok, out, code}. */
export const avow = (words, input) => run(driver, words, input);
/** Debian's age: {ok, out, error}. */
export const age = (words, input) => run('age', words, input);

/**
 * age asks for a passphrase at a terminal and nowhere else: `script` gives it one, and types into
 * it.
 */
export function ageAtTerminal(words, typed) {
  const quoted = ['age', ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return run('script', ['-qec', quoted, '/dev/null'], typed, { ...process.env, TERM: 'dumb' });
}

/** What a tool gave, or the test fails with what it said. */
export function must(result) {
  if (!result.ok) throw new Error(result.error || result.out.toString());
  return result.out;
}

/** The sizes around what a chunk and a padding bucket hold. */
export const sizes = [0, 1, 511, 65535, 65536, 65537, 200000];
export const some = (size) => randomBytes(size);
export const text = (path) => readFileSync(path, 'utf8');
