// Writes cldr.json: what ICU, which has CLDR's data and none of our code, says of languages. Run by
// hand when CLDR has changed: node tests/vectors/language/make.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const locales = new URL('../../../locales/', here);
const shipped = readdirSync(locales).map((name) => name.replace(/\.json$/, ''));
const source = readFileSync(new URL('../../../core/notice/plural.cpp', here), 'utf8');
/** Some that count as most do, and so are not named there. */
const others = 'ca gl eu sq az ka kk ky uz mn ur ta te ml mr ne sw af lb no nn eo'.split(' ');
const ruled = [...source.matchAll(/\{"([a-zA-Z-]+)", [a-z_]+\}/g)].map(([, tag]) => tag);

/** Our English is the one that is written in most of the world. */
const asWritten = (language) => (language === 'en' ? 'en-001' : language);
const ordered = (entries) =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : Number(a > b))));

/** One letter a number, from 0 to 219: zero, one, tWo, few, many, other. */
const letters = { zero: 'z', one: 'o', two: 'w', few: 'f', many: 'm', other: '-' };
const plurals = ordered(
  [...new Set([...shipped, ...ruled, ...others])].map((language) => {
    const rules = new Intl.PluralRules(language);
    return [
      language,
      Array.from({ length: 220 }, (_, n) => letters[rules.select(n)]).join(''),
    ];
  }),
);

const items = [
  ['A'],
  ['A', 'B'],
  ['A', 'B', 'C'],
  ['A', 'B', 'C', 'D', 'E'],
  ['video', 'idioma'],
  ['video', 'hielo'],
  ['video', 'anuncios', 'Historial'],
  ['א', 'ב'],
  ['א', 'B', 'ג'],
];
const lists = ordered(
  shipped.map((language) => {
    const join = new Intl.ListFormat(asWritten(language), { type: 'conjunction' });
    return [language, items.map((one) => join.format(one))];
  }),
);

/** "year-month-day" of some days in another calendar. */
const days = Array.from({ length: 400 }, (_, i) => i * 97 + 11);
const civil = (calendar) => {
  const write = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  return days.map((day) => {
    const parts = Object.fromEntries(
      write.formatToParts(day * 86_400_000).map(({ type, value }) => [type, value]),
    );
    return `${parts.year}-${parts.month}-${parts.day}`;
  });
};

const out = {
  icu: process.versions.icu,
  cldr: process.versions.cldr,
  plurals,
  items,
  lists,
  days,
  calendars: { buddhist: civil('buddhist'), gregorian: civil('gregory'), persian: civil('persian') },
};
writeFileSync(new URL('cldr.json', here), `${JSON.stringify(out, null, 1)}\n`);
