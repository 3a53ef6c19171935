#!/usr/bin/env node
// Starts the tool: its words, its streams and its exit code are this process's own.
import { fileURLToPath } from 'node:url';
import load from './avow-tool.mjs';

// Node ignores SIGPIPE, so that `avow open … | head` would read a long export to its end for
// nobody. Taking the last handler off leaves what other programs have: the signal ends them.
const nothing = () => {};
process.on('SIGPIPE', nothing);
process.off('SIGPIPE', nothing);

// `avow build` finds the web module in the package, unless it is told otherwise.
const words = process.argv.slice(2);
if (words[0] === 'build' && !words.some((word) => /^--module(=|$)/.test(word))) {
  const module = process.env.AVOW_MODULE || fileURLToPath(new URL('../web', import.meta.url));
  words.splice(1, 0, '--module', module);
}

try {
  const tool = await load();
  tool.callMain(words);
} catch (error) {
  // The tool answers with 0, 1 or 2; what it could not answer must not pass for one of these.
  process.stderr.write(`avow: the tool broke: ${error?.stack ?? error}\n`);
  process.exitCode = 70;
}
