// A policy as browsers get it: its facts, and its texts by language, from the native tool.
import { execFileSync } from 'node:child_process';

const root = new URL('../..', import.meta.url).pathname;
const tool = `${process.env.AVOW_BUILD ?? `${root}build/native`}/cli/avow`;

export function compiled(policy) {
  const published = (...options) =>
    execFileSync(tool, ['public', ...options, `${root}${policy}`], { encoding: 'utf8' });
  return { facts: published('--facts'), texts: (language) => published('--texts', language) };
}

/** How a notice stands that nothing disfigures. */
export const fair = {
  ...{ alike: 100, clear: 100, contrast: 800, height: 44, opacity: 100, reached: 100 },
  framed: 'none',
};
