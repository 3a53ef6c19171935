// The two commands build the same module: what is packed is what demo/run asks for on a machine
// that has built nothing yet.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;

test('demo/run builds every WebAssembly module that the web module imports', () => {
  const wanted = readdirSync(`${root}web`)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [
        ...readFileSync(`${root}web/${name}`, 'utf8').matchAll(
          /'\.\.\/build\/wasm\/(wasm\/[\w-]+\.mjs)'/g,
        ),
      ].map(([, path]) => path),
    );
  assert.ok(wanted.length >= 2, String(wanted));
  const [, target] = /^build wasm (\w+)$/m.exec(readFileSync(`${root}demo/run`, 'utf8'));
  const commands = execFileSync('ninja', ['-C', `${root}build/wasm`, '-t', 'commands', target], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  for (const path of wanted)
    assert.ok(commands.includes(` -o ${path} `), `${target} does not build ${path}`);
});
