// Where the system keeps a program.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these that exists: names are looked up on PATH, paths are taken as they are. */
export function program(...candidates) {
  for (const candidate of candidates) {
    const paths = candidate.includes('/')
      ? [candidate]
      : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, candidate));
    for (const path of paths) {
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // The next one.
      }
    }
  }
  throw new Error(
    `none of these is installed: ${candidates.join(', ')} (tools/setup test installs them)`,
  );
}
