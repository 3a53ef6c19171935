// The demo company's policy in a language that it does not speak itself, for pages and pictures
// that show the notice in many. words.json has words by language and place in the policy (an
// array's elements by their ids); where it has none, the English stands.
import { readFileSync } from 'node:fs';

export const words = JSON.parse(readFileSync(new URL('words.json', import.meta.url), 'utf8'));

/** Hands every text of `value` to `put(texts, wording)`, the wording being that of `language`. */
function each(value, language, put, place = []) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.en === 'string') {
    put(value, value[language] ?? words[language]?.[place.join('.')] ?? value.en);
    return;
  }
  for (const [key, inner] of Object.entries(value))
    each(inner, language, put, [...place, Array.isArray(value) ? (inner?.id ?? key) : key]);
}

/** Lets a policy speak one language more. */
export function alsoSpeak(policy, language) {
  if (policy.languages.includes(language)) return;
  policy.languages.push(language);
  each(policy, language, (texts, wording) => {
    texts[language] = wording;
  });
}
