// docs/INTEGRATION.md names what a page can use, all of it, and nothing that is not there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, read } from './repository.mjs';

const text = read('docs/INTEGRATION.md');
const sources = files
  .filter((path) => /^(web|core\/notice)\/.*\.(ts|cpp|h)$|^cli\/build\.cpp$/.test(path))
  .map(read)
  .join('\n');
const types = read('web/public/types.ts');

/** The first group of every match, once each, sorted. */
const all = (from, pattern) =>
  [...new Set([...from.matchAll(pattern)].map(([, name]) => name))].sort();
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const merged = (...lists) => [...new Set(lists.flat())].sort();

const [, api] = /^export interface Avow \{$([\s\S]*?)^\}$/m.exec(types);
const [, choices] = /^export interface Choices \{$([\s\S]*?)^\}$/m.exec(types);
const [, deliveries] = /^export type Delivery =$([\s\S]*?);$/m.exec(types);

/** What a page meets: what the sources have, and what the document names. */
const kinds = {
  attribute: [
    merged(
      all(sources, /\b(data-[a-z]+(?:-[a-z]+)*)/g),
      all(sources, /dataset\['(\w+)'\]/g).map((name) => `data-${kebab(name)}`),
    ),
    all(text, /\b(data-[a-z]+(?:-[a-z]+)*)/g),
  ],
  event: [all(types, /^\s*'(avow-[a-z]+)': CustomEvent/gm), all(text, /^\| `(avow-[a-z]+)` \|/gm)],
  element: [
    all(sources, /createElement\('(avow-[a-z]+)'\)/g),
    merged(all(text, /<(avow-[a-z]+)>/g), all(text, /\b(avow-[a-z]+)::part/g)),
  ],
  'custom property': [all(sources, /(--avow-[a-z-]+)/g), all(text, /(--avow-[a-z-]+)/g)],
  part: [
    all(sources, /part=\\"([a-z]+)\\"/g),
    merged(
      all(text, /::part\(([a-z]+)\)/g),
      all(text.split('| part | is |')[1].split('\n\n')[0], /^\| `([a-z]+)` \|/gm),
    ),
  ],
  member: [
    all(api, /^ {2}(?:readonly )?(\w+)[:(]/gm).map((name) => `avow.${name}`),
    all(text.split('## Events and API')[1], /^\| `(avow\.\w+)/gm),
  ],
  choice: [
    all(choices, /readonly (\w+):/g),
    all(text.split('### Choices')[1].split('\n\n')[1], /^\| `(\w+)` \|/gm),
  ],
  delivery: [
    all(deliveries, /'(\w+)'/g),
    all(text.split('| `delivery` | |')[1].split('\n\n')[0], /^\| `(\w+)` \|/gm),
  ],
};

for (const [kind, [there, told]] of Object.entries(kinds)) {
  test(`docs/INTEGRATION.md names every ${kind} that the sources have, and no other`, () => {
    assert.ok(there.length > 0);
    assert.deepEqual(told, there);
  });
}

const listed = (path, pattern) => all(read(path), pattern);
const spelled = listed('core/base/result.cpp', /\{Code::\w+, "([a-z0-9-]+)"\}/g);
const own = merged(
  all(sources, /'((?:core|policy)-unavailable)'/g),
  all(sources, /new AvowError\(\s*'([a-z-]+)'/g),
  all(sources, /\bwarn\(`([a-z]+(?:-[a-z]+)+): /g),
);

test('docs/INTEGRATION.md explains every error that the module and the session make', () => {
  assert.ok(own.includes('core-unavailable'));
  const session = files
    .filter((path) => /^core\/session\/.*\.cpp$/.test(path))
    .flatMap((path) => listed(path, /Code::(\w+)/g))
    .map((code) => code.replaceAll('_', '-'));
  const [, explained] = text.split('## When the notice does not show');
  const missing = merged(own, session).filter((code) => !explained.includes(`\`${code}\``));
  assert.deepEqual(missing, []);
});

test('every code that docs/INTEGRATION.md explains is one', () => {
  const [, explained] = text.split('## When the notice does not show');
  const cells = [...explained.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell).join('\n');
  const codes = all(cells, /`([a-z0-9]+(?:-[a-z0-9]+)+)`/g);
  assert.ok(codes.length > 30);
  assert.deepEqual(
    codes.filter((code) => !spelled.includes(code) && !own.includes(code)),
    [],
  );
});

test('every file that `avow build` writes is named', () => {
  const made = merged(
    all(read('cli/built.cpp'), /(?:part|by_content)\("[^"]*",? ?"?([a-z-]*)/g),
    all(read('cli/built.cpp'), /\b(?:by_content|add_loader|add_entry)\(\s*"([a-z.]+)"/g),
  ).filter(Boolean);
  assert.ok(made.includes('core') && made.includes('avow.js'));
  assert.deepEqual(
    made.filter((stem) => !text.includes(`\`${stem}`)),
    [],
  );
});
