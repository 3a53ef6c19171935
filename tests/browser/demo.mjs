// demo/run as a newcomer starts it, for tests and for the pictures of the documents.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { freePort } from './site.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts demo/run on a folder and waits for its ready line; `stop` is Ctrl-C. */
export async function runDemo(data) {
  const port = await freePort();
  const demo = spawn('demo/run', ['--port', String(port), '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(demo, 'exit');
  // All that it started has its error output, and ends with it.
  const silent = once(demo.stderr, 'close');
  let told = '';
  demo.stderr.on('data', (piece) => (told += piece));
  const stop = async () => {
    demo.kill('SIGINT');
    const [code] = await ended;
    await silent;
    return code;
  };
  const ready = once(createInterface({ input: demo.stdout }), 'line').then(([line]) => line);
  const line = await Promise.race([
    ready,
    ended.then(([code]) => assert.fail(`demo/run ended with ${code}: ${told}`)),
  ]);
  assert.equal(line, `ready http://127.0.0.1:${port}/`);
  return { url: line.slice('ready '.length), stop };
}
