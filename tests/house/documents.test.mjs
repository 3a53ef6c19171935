// What a comment names must exist: no source cites a document, a heading or a rule that nobody who
// has only this repository can read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, read } from './repository.mjs';

const sources = files.filter((path) => !/\.(png|svg|md)$|(^|\/)package-lock\.json$/.test(path));
const documents = files.filter((path) => path.endsWith('.md'));

/** "file:line: what" for each citation that `good` does not accept. */
const offences = (paths, pattern, good) =>
  paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, i) =>
        [...line.matchAll(pattern)]
          .filter((found) => !good(found, path))
          .map((found) => `${path}:${i + 1}: ${found[0]}`),
      ),
  );

const isThere = (name) => {
  const path = name.replace(/^(\.\.?\/)+/, '');
  return documents.includes(path) || (!path.includes('/') && documents.includes(`docs/${path}`));
};

/** What a test writes for itself has a small name; the repository's documents have none. */
const made = (name, path) => path.startsWith('tests/') && /^[a-z]+\.md$/.test(name);

test('every document that a source names is in the repository', () => {
  assert.deepEqual(
    offences(sources, /[\w./-]*\w\.md\b/g, ([name], path) => isThere(name) || made(name, path)),
    [],
  );
});

test('every document is named with its ending, so that the test above sees it', () => {
  const bare = /\b([A-Z]{4,})(?: §| says\b|, section)/g;
  const mine = sources.filter((path) => path !== 'tests/house/documents.test.mjs');
  assert.deepEqual(
    offences(mine, new RegExp(`${bare.source}|\\bDESIGN\\b`, 'g'), () => false),
    [],
  );
});

test('what is cited of docs/ARCHITECTURE.md stands there', () => {
  const text = read('docs/ARCHITECTURE.md');
  const headings = new Set([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading));
  const [, never] = /^## What the notice may never do$([\s\S]*?)^## /m.exec(text);
  const rules = [...never.matchAll(/^(\d+)\. /gm)].map(([, number]) => number);
  assert.ok(rules.length > 0);
  const cited = /docs\/ARCHITECTURE\.md, (rule (\d+)|[A-Z][a-z]+(?: [a-z]+)*)/g;
  const wrong = offences(sources, cited, ([, what, rule]) =>
    rule ? rules.includes(rule) : [...headings].some((heading) => heading.startsWith(what)),
  );
  assert.deepEqual(wrong, []);
});

test('every link between our documents leads somewhere', () => {
  const link = /\]\((?!\w+:|#)([^)#\s]+)/g;
  const wrong = offences(documents, link, ([, target], path) => {
    const from = new URL(path, 'file:///');
    const to = new URL(target, from).pathname.slice(1);
    return files.some((file) => file === to || file.startsWith(to.replace(/\/?$/, '/')));
  });
  assert.deepEqual(wrong, []);
});
