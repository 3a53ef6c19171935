// What the demo's policy says of itself: who follows its words finds the thing that they name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './repository.mjs';

const policy = JSON.parse(read('demo/policy.json'));

/** Calls `see` with every text of a part of the policy, after its place and its language. */
function everyText(part, place, see) {
  for (const [key, value] of Object.entries(part)) {
    if (policy.languages.includes(key) && typeof value === 'string') see(place, key, value);
    else if (typeof value === 'object' && value !== null) everyText(value, `${place}/${key}`, see);
  }
}

test('what the demo’s policy quotes is a purpose of it, or a control of the notice', () => {
  const named = Object.fromEntries(
    policy.languages.map((language) => {
      const { texts } = JSON.parse(read(`locales/${language}.json`));
      const controls = Object.keys(texts).filter((key) => key.startsWith('act.'));
      return [
        language,
        [
          ...policy.purposes.map(({ title }) => title[language]),
          ...controls.map((key) => texts[key]),
        ],
      ];
    }),
  );
  let quoted = 0;
  const wrong = [];
  everyText(policy, '', (place, language, text) => {
    for (const [, name] of text.matchAll(/“([^”]*)”/g)) {
      ++quoted;
      if (!named[language].includes(name)) wrong.push(`${place} ${language}: ${name}`);
    }
  });
  assert.deepEqual(wrong, []);
  assert.ok(quoted >= 8, `only ${quoted} names are quoted`);
});
