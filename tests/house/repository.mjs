// The repository's own files: what git tracks, and what is new and not ignored.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export const root = new URL('../..', import.meta.url).pathname;
export const read = (path) => readFileSync(`${root}${path}`, 'utf8');

/** Paths from the root, sorted. Vectors are data that others made, or that records what was. */
export const files = execFileSync(
  'git',
  ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { encoding: 'utf8', maxBuffer: 1 << 24 },
)
  .split('\0')
  .filter((path) => path && !path.startsWith('tests/vectors/') && existsSync(root + path))
  .sort();
