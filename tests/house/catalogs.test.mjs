// The catalogs (locales/) against each other: what can be said of a translation without speaking
// the language. That each is complete, and fits its language's plurals, the core's tests say.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../locales/', import.meta.url);
const catalogs = readdirSync(folder).map((file) => ({
  file,
  ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));
const english = catalogs.find(({ language }) => language === 'en');

/** Calls `see` with every text of every catalog, after the language and the key. */
function everyText(see) {
  for (const { language, texts } of catalogs)
    for (const [key, text] of Object.entries(texts)) see(language, key, text);
}

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const primary = (language) => language.split('-')[0];

test('all forty are there', () => {
  const wanted =
    'ar bg cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv nb nl pl pt-BR pt-PT ' +
    'ro ru sk sl sv th tr uk vi zh-CN zh-HK zh-TW';
  assert.deepEqual(catalogs.map(({ language }) => language).sort(), wanted.split(' '));
});

test('each is named after its language, and written in the language’s direction', () => {
  for (const { file, language, direction } of catalogs) {
    assert.equal(file, `${language}.json`);
    assert.equal(direction, ['ar', 'fa', 'he'].includes(language) ? 'rtl' : 'ltr', file);
    assert.deepEqual(Intl.getCanonicalLocales(language), [language]);
  }
});

test('each says who has reviewed it, or that nobody has', () => {
  for (const { file, reviewed } of catalogs)
    if (reviewed !== false) assert.match(reviewed.on, /^20\d\d-[01]\d-[0-3]\d$/, file);
});

test('each has the texts of the English one, in its order, with the same places to fill', () => {
  for (const { file, texts } of catalogs) {
    assert.deepEqual(Object.keys(texts), Object.keys(english.texts), file);
    for (const [key, text] of Object.entries(texts))
      assert.deepEqual(holes(text), holes(english.texts[key]), `${file} ${key}`);
  }
});

test('no text is empty, padded, or written in two ways', () => {
  // What follows another sentence begins with what the language puts between two.
  const follows = ['first.free', 'first.separate'];
  const unspaced = ['zh', 'ja'];
  everyText((language, key, text) => {
    const where = `${language} ${key}`;
    assert.equal(text, text.normalize('NFC'), where);
    if (key === 'colon') return assert.match(text, /^[\u00a0\u202f]?[:：]\s?$/, where);
    const spaced = follows.includes(key) && !unspaced.includes(primary(language));
    assert.equal(text, `${spaced ? ' ' : ''}${text.trim()}`, where);
    assert.match(text, /[\p{L}{]/u, where);
    assert.doesNotMatch(text, / {2}|[\u0000-\u001f]|\.\.|[<>&]/, where);
  });
});

test('a text that is the English one is so by accident of language', () => {
  /** Words that are the same in both. */
  const same = {
    'fold.details': ['de', 'nl', 'da', 'nb', 'sv'],
    'fact.contact': ['fr', 'nl', 'ro'],
    'fact.role': ['cs', 'sk'],
    'fact.services': ['fr'],
    'yours.delivery': ['de', 'nl', 'da', 'nb', 'sv', 'pl', 'cs', 'hr', 'id', 'pt-BR'],
    'retention.period': [],
    'reach.post': ['da', 'et', 'nb', 'nl', 'sv'],
    'reach.email': ['el', 'vi'],
    colon: null,
  };
  everyText((language, key, text) => {
    if (language === 'en' || text !== english.texts[key] || same[key] === null) return;
    // Only a place to fill, or what stands around it.
    if (!/\p{L}/u.test(text.replace(/\{\w+\}/g, ''))) return;
    assert.ok(same[key]?.includes(language), `${language} ${key}: ${text}`);
  });
});

test('each is in the script of its language', () => {
  const scripts = {
    ar: 'Arabic',
    bg: 'Cyrillic',
    el: 'Greek',
    fa: 'Arabic',
    he: 'Hebrew',
    hi: 'Devanagari',
    ja: 'Hiragana}\\p{Script=Katakana}\\p{Script=Han',
    ko: 'Hangul',
    ru: 'Cyrillic',
    th: 'Thai',
    uk: 'Cyrillic',
    zh: 'Han',
  };
  everyText((language, key, text) => {
    // Some short names of things are written alike everywhere.
    const letters = text.replace(/\{\w+\}|SMS|push|e-?mail/gi, '').match(/\p{L}/gu) ?? [];
    const own = new RegExp(`[\\p{Script=${scripts[primary(language)] ?? 'Latin'}}ー]`, 'u');
    for (const letter of letters) assert.match(letter, own, `${language} ${key}: ${text}`);
  });
  /** Characters that only the other of the two ways of writing Chinese has. */
  const simplified = /[这个们为时会说对发国给过后开关处业东严临举数据设备应须权访问认证与]/u;
  const traditional = /[這個們為時會說對發國給過後開關處業東嚴臨舉數據設備應須權訪問認證與]/u;
  everyText((language, key, text) => {
    if (primary(language) !== 'zh') return;
    assert.doesNotMatch(
      text,
      language === 'zh-CN' ? traditional : simplified,
      `${language} ${key}`,
    );
  });
});

test('quotation marks are the language’s own', () => {
  const marks = {
    'zh-TW': '「」',
    'zh-HK': '「」',
    ja: '「」',
    ko: '‘’',
    de: '„“',
    fr: '«»',
    es: '«»',
    it: '«»',
    'pt-PT': '«»',
    sv: '””',
    da: '””',
    nb: '«»',
    fi: '””',
    is: '„“',
    et: '„“',
    lt: '„“',
    pl: '„”',
    cs: '„“',
    sk: '„“',
    sl: '„“',
    hr: '„”',
    hu: '„”',
    ro: '„”',
    bg: '„“',
    el: '«»',
    ru: '«»',
    uk: '«»',
    ar: '«»',
    fa: '«»',
    he: '””',
  };
  everyText((language, key, text) => {
    const where = `${language} ${key}: ${text}`;
    const [open, close] = [...(marks[language] ?? '“”')];
    // The closing single mark is an apostrophe elsewhere.
    const found =
      text.match(close === '’' ? /["'«»„“”‚‘’「」『』]/g : /["'«»„“”‚‘「」『』]/g) ?? [];
    for (const [i, mark] of found.entries()) assert.equal(mark, i % 2 ? close : open, where);
    assert.equal(found.length % 2, 0, where);
    // French keeps its marks from the words, and from the line's end.
    if (language === 'fr') assert.doesNotMatch(text, /«[^\u00a0\u202f]|[^\u00a0\u202f]»/, where);
  });
});

test('what speaks of the button that accepts calls it what the button is called', () => {
  for (const { language, texts } of catalogs)
    for (const key of ['choices.asked', 'choices.separate-intro'])
      assert.match(
        texts[key],
        new RegExp(`["«„“”‘「][\\u00a0\\u202f]?${texts['act.accept']}[\\u00a0\\u202f]?[»“”’」]`),
        `${language} ${key}`,
      );
});

// After an erasure nobody knows any more whether there was a refusal: a state is told, not an act.
test('what is told of a device without a yes does not say that somebody refused', () => {
  for (const { language, texts } of catalogs) {
    const [refusal] = texts['yours.refused'].split(/[.。।]| (?=สิ่ง)/);
    const act = refusal
      .split(' ')
      .reduce((long, word) => (word.length > long.length ? word : long));
    for (const key of ['yours.anonymous', 'yours.erased'])
      for (const word of [refusal, act, texts['act.refuse'], 'said no'])
        assert.ok(!texts[key].includes(word), `${language} ${key}: ${word}`);
  }
});

/** How wide a text is set, in Latin letters: an ideograph takes two, a mark above a letter none. */
const width = (text) =>
  [...text].reduce(
    (sum, c) =>
      sum +
      (/[\p{Mn}\p{Cf}]/u.test(c)
        ? 0
        : /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。、：；（）「」]/u.test(
              c,
            )
          ? 2
          : 1),
    0,
  );

/** All that stands on the first layer where a policy has everything, but the policy's own words. */
const firstLayer = (texts) =>
  ['first.title', 'first.opt-in', 'first.free', 'first.separate']
    .concat('act.refuse', 'act.accept', 'act.choose', 'about.rules')
    .map((key) => texts[key].replace(/\{\w+\}/g, ''))
    .join(' ');

test('the first layer is as short in every language as in English', () => {
  for (const { language, texts } of catalogs) {
    const said = firstLayer(texts);
    const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(said);
    const count = [...words].filter(({ isWordLike }) => isWordLike).length;
    // The policy's own words, a company's name and its purposes, have fifteen of the sixty. Where
    // no spaces part words, or they part syllables, what is one is the segmenter's guess.
    if (!['zh', 'ja', 'th', 'vi'].includes(primary(language)))
      assert.ok(count <= 45, `${language}: ${count} words`);
    const most = width(firstLayer(english.texts)) * 1.55;
    assert.ok(width(said) <= most, `${language}: ${width(said)} letters, at most ${most}`);
  }
});

test('buttons stay buttons: yes and no are alike in length, and fit beside each other', () => {
  for (const { language, texts } of catalogs) {
    const [yes, no] = [width(texts['act.accept']), width(texts['act.refuse'])];
    assert.ok(Math.max(yes, no) <= 14, `${language}: ${yes}, ${no}`);
    assert.ok(Math.abs(yes - no) <= 5, `${language}: ${yes}, ${no}`);
    for (const [key, text] of Object.entries(texts))
      if (key.startsWith('act.')) assert.ok(width(text) <= 32, `${language} ${key}: ${text}`);
  }
});
