// avow change, check --change, render --change and deliveries: a new policy, announced.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checker } from './json_schema.mjs';
import { avow, expect, jsonLines, root, sample, sampled, scratch, vectors } from './tool.mjs';

const given = scratch();
const folder = join(root, 'tests/vectors/change');
const newer = join(folder, 'newer.json');
const good = join(folder, 'change.json');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const doc = (name) => readFileSync(join(root, 'docs', name), 'utf8');

let written = 0;
/** The good announcement after `change`, as a file. */
const changed = (change) => {
  const announcement = read(good);
  change(announcement);
  return given.write(`change-${written++}.json`, JSON.stringify(announcement));
};
const check = (code, file, ...words) =>
  expect(code, ['check', '--change', file, ...words, sample, newer]).out;
/** "pointer: code" of each line that is no note. */
const places = (out) =>
  out
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes(': note: '))
    .map((line) => line.split(': ').slice(1, 3).join(': '));

describe('avow change', () => {
  test('drafts every difference in words, in each language', () => {
    const { out } = expect(0, ['change', sample, newer]);
    assert.equal(out, readFileSync(join(folder, 'draft.json'), 'utf8'));
    const draft = JSON.parse(out);
    assert.deepEqual(
      draft.changed.filter((one) => one.asks_again).map((one) => one.pointer),
      ['/recipients/1/name', '/purposes/2/retention'],
    );
    for (const { was, is, why } of draft.changed) {
      for (const text of [was, is].filter(Boolean)) {
        assert.deepEqual(Object.keys(text), ['zh-CN', 'en']);
        for (const words of Object.values(text)) assert.notEqual(words, '');
      }
      assert.deepEqual(why, { 'zh-CN': '', en: '' }, 'what only the author knows is left open');
    }
  });
  test('is the other way round in the other direction', () => {
    const back = JSON.parse(expect(0, ['change', newer, sample]).out);
    const introduced = back.changed.find((one) => one.what === 'partner-introduction');
    assert.equal(introduced.was, undefined);
    assert.equal(introduced.asks_again, true, 'a new purpose is asked about');
    const shorter = back.changed.find((one) => one.pointer === '/purposes/2/retention');
    assert.equal(shorter.asks_again, false, 'nobody is asked because data is kept shorter');
  });
  test('speaks the newer languages, where the older policy lacks one too', () => {
    const policy = read(newer);
    policy.languages.push('fr');
    policy.fallbacks = { fr: 'en' };
    const path = given.write('with-french.json', JSON.stringify(policy));
    const draft = JSON.parse(expect(0, ['change', sample, path]).out);
    const kept = draft.changed.find((one) => one.pointer === '/purposes/2/retention');
    assert.match(kept.is.fr, /^2 ans/);
    assert.notEqual(kept.was.fr, '', 'in words of the older one');
  });
  test('nothing different is nothing to announce', () => {
    const { out, err } = expect(1, ['change', sample, sample]);
    assert.equal(out, '');
    assert.match(err, /nothing that visitors read is different/);
  });
  test('what is asked on the site for the first time asks again', () => {
    const app = read(sample);
    app.purposes.find(({ id }) => id === 'statistics').where = ['app'];
    const site = read(sample);
    site.version = site.effective_at = '2026-12-01';
    const draft = JSON.parse(
      expect(0, [
        'change',
        given.write('app.json', JSON.stringify(app)),
        given.write('site.json', JSON.stringify(site)),
      ]).out,
    );
    assert.deepEqual(
      draft.changed.map((one) => [one.pointer, one.asks_again]),
      [['/purposes/2/where', true]],
    );
  });
  test('bad policies, drafts and usage', () => {
    assert.match(
      expect(1, ['change', sample, join(vectors, 'bad/empty.json')]).err,
      /missing-field/,
    );
    const draft = join(vectors, 'draft.json');
    for (const words of [['change'], ['check', '--change', good]])
      assert.match(
        expect(1, [...words, draft, newer]).err,
        /draft\.json: \/keys: missing-field(.|\n)*is a draft/,
      );
    assert.match(expect(2, ['change', sample, given.path('nowhere.json')]).err, /nowhere\.json/);
    expect(2, ['change', sample]);
    expect(2, ['change', sample, newer, newer]);
    for (const verb of ['change', 'deliveries', 'check', 'render', 'schema'])
      assert.match(expect(0, [verb, '--help']).out, /^usage: avow /);
  });
});

describe('avow check --change', () => {
  test('says what a good one comes to', () => {
    const out = check(0, good);
    assert.match(out, /change\.json: good\n {2}change id {2}[0-9a-f]{64}\n/);
    assert.match(out, /changed {4}6, of which people are asked about 2\n/);
    assert.match(out, /sms {8}zh-CN: 61 of 70\n {2}sms {8}en: 104 of 160\n/);
    assert.match(out, /note .*"offers".*wording_only/);
    const [told] = jsonLines(check(0, good, '--json'));
    assert.equal(told.ok, true);
    assert.equal(told.asking, 2);
    assert.match(out, new RegExp(told.change));
  });
  test('lists all that a draft lacks, at once', () => {
    const out = check(1, join(folder, 'draft.json'));
    const found = places(out);
    for (let i = 0; i < 6; ++i)
      assert.ok(found.includes(`/changed/${i}/why/zh-CN: missing-language`), out);
    assert.ok(found.includes('/refuse/en: missing-language'));
    assert.ok(found.includes('/link: out-of-range'), 'the proposed link is too long for a message');
  });
  test('what is not so of the two policies', () => {
    const wrong = (change) => places(check(1, changed(change)));
    assert.deepEqual(
      places(expect(1, ['check', '--change', good, newer, sample]).out).slice(0, 2),
      ['/policy_from: wrong-value', '/policy_to: wrong-value'],
    );
    assert.deepEqual(
      wrong((one) => one.changed.splice(4, 1)),
      ['/changed: missing-field'],
    );
    assert.deepEqual(
      wrong((one) => (one.changed[0].asks_again = true)),
      ['/changed/0/asks_again: wrong-value'],
    );
    assert.deepEqual(
      wrong((one) => (one.notify_from = one.feedback_until = one.effective_at)),
      ['/notify_from: out-of-range'],
    );
    check(
      0,
      changed((one) => (one.signature['zh-CN'] = '衡通商务服务有限公司')),
    );
  });
  test('blanks are no words', () =>
    assert.deepEqual(
      places(
        check(
          1,
          changed((one) => {
            one.changed[0].why = { 'zh-CN': '\u3000', en: ' \u00a0' };
          }),
        ),
      ),
      ['/changed/0/why/zh-CN: wrong-value', '/changed/0/why/en: wrong-value'],
    ));
  test('a text message is one message in Chinese and in Latin letters', () => {
    const wrong = (change) => places(check(1, changed(change)));
    const long = `https://ht.example/${'c'.repeat(50)}`;
    assert.deepEqual(
      wrong((one) => (one.link = long)),
      ['/link: out-of-range'],
    );
    assert.deepEqual(
      wrong((one) => (one.link = { 'zh-CN': 'https://ht.example/c1', en: `${long}${long}` })),
      ['/link: out-of-range'],
    );
    const silent = changed((one) => {
      one.link = long;
      one.channels = ['notice', 'page', 'mail'];
    });
    assert.doesNotMatch(check(0, silent), /sms/);
  });
  test('a short time is noted, with what the law says and of whom', () => {
    const short = changed((one) => (one.notify_from = one.feedback_until = '2027-01-12'));
    assert.match(check(0, short), /note .*3 days before.*电子商务法 34.*platforms/);
    assert.doesNotMatch(check(0, good), /电子商务法/);
  });
  test('a file that cannot be read, and usage', () => {
    for (const file of readdirSync(join(folder, 'bad')).filter((name) => name.endsWith('.json'))) {
      const path = join(folder, 'bad', file);
      const want = readFileSync(path.replace(/json$/, 'expected'), 'utf8').trimEnd().split('\n');
      assert.deepEqual(
        places(check(1, path)),
        want.map((line) => line.replace(/^(\S+) (.*)$/, '$2: $1')),
        file,
      );
      const [told] = jsonLines(check(1, path, '--json'));
      assert.equal(told.ok, false);
      assert.equal(told.errors.length, want.length);
    }
    expect(2, ['check', '--change', good, sample]);
    expect(2, ['check', '--change', good, '--against', sample, sample, newer]);
    expect(2, ['check', '--change', given.path('nowhere.json'), sample, newer]);
  });
});

describe('avow render --change', () => {
  const render = (...words) => expect(0, ['render', '--change', good, ...words, sample, newer]).out;
  test('a whole page in each language, with what is different marked', () => {
    for (const language of ['zh-CN', 'en']) {
      const page = render('--lang', language);
      assert.ok(page.startsWith(`<!doctype html>\n<html lang="${language}" dir="ltr">`));
      assert.match(page, /<del>.*<ins>/s);
      assert.doesNotMatch(page, /<script|decided_by|Legal, 2026/);
      const { meaning, refuse, feedback_to, changed } = read(good);
      for (const text of [meaning[language], refuse[language], feedback_to])
        assert.ok(page.includes(text), text);
      for (const { why } of changed) assert.ok(page.includes(why[language]), why[language]);
      const [, id] = /<meta name="avow-change" content="([0-9a-f]{64})">/.exec(page);
      assert.ok(check(0, good).includes(id));
    }
    assert.equal(render(), render('--lang', 'zh-CN', '--as', 'page'));
  });
  test('the privacy page of each day has what is different beside what it belongs to', () => {
    const plain = (policy) => expect(0, ['render', '--page', '--lang', 'en', policy]).out;
    const on = (day) => render('--page', '--lang', 'en', '--on', day);
    const { notify_from, effective_at, changed } = read(good);
    const before = new Date(Date.parse(notify_from) - 86_400_000).toISOString().slice(0, 10);
    assert.equal(on(before), plain(sample), 'nothing is announced yet');
    for (const [day, policy, label] of [
      [notify_from, sample, 'Until now'],
      [effective_at, newer, 'Before'],
    ]) {
      const page = on(day);
      assert.doesNotMatch(page, /<script|<style|<template|style=/);
      // Whoever reads one purpose reads there what becomes of it.
      for (const one of changed.filter(({ pointer }) => pointer.startsWith('/purposes/'))) {
        const from = page.indexOf(`<h3 id="purpose-${one.what}"`);
        if (from < 0) continue; // it comes, or is gone
        const to = page.indexOf('<h3', from + 1);
        const section = page.slice(from, to < 0 ? undefined : to);
        assert.ok(section.includes('class="changed"'), `${day} ${one.pointer}`);
        assert.ok(section.includes(`<dt>${label}</dt>`), `${day} ${one.pointer}`);
        assert.ok(section.includes(one.why.en), `${day} ${one.pointer}`);
      }
      for (const { why } of changed) assert.ok(page.includes(why.en), `${day}: ${why.en}`);
      // All that holds is still said.
      for (const line of plain(policy).split('\n')) assert.ok(page.includes(line), line);
    }
  });
  test('a mail and a text message', () => {
    for (const language of ['zh-CN', 'en'])
      assert.equal(
        render('--lang', language, '--as', 'mail'),
        readFileSync(join(folder, `mail.${language}.txt`), 'utf8'),
      );
    const sms = render('--as', 'sms');
    assert.match(sms, /^【衡通商务】.*https:\/\/ht\.example\/c1\n$/);
    assert.ok(sms.trimEnd().length <= 70);
  });
  test('nothing is rendered that the check has something against', () => {
    const { out, err } = expect(1, [
      'render',
      '--change',
      join(folder, 'draft.json'),
      sample,
      newer,
    ]);
    assert.equal(out, '');
    assert.match(err, /\/changed\/0\/why\/zh-CN: missing-language/);
  });
  test('usage', () => {
    const wrong = (...words) => expect(2, ['render', ...words]).err;
    assert.match(wrong('--change', good, sample), /OLDER and NEWER/);
    assert.match(wrong('--change', good, '--as', 'fax', sample, newer), /page, mail or sms/);
    assert.match(wrong('--change', good, '--layer', 'first', sample, newer), /--change goes with/);
    assert.match(wrong('--change', good, '--lang', 'fr', sample, newer), /does not speak "fr"/);
    assert.match(wrong('--as', 'mail', sample), /--as goes with --change/);
    assert.match(wrong('--on', '2026-12-01', sample), /--on goes with --change/);
    const page = ['--change', good, '--page'];
    assert.match(wrong(...page, '--as', 'mail', sample, newer), /--page and --as exclude/);
    assert.match(wrong(...page, '--on', '2026-02-30', sample, newer), /--on is a date/);
    assert.match(
      wrong(...page, '--on', '2026-01-01', sample, newer),
      /neither policy holds on that/,
    );
    assert.match(wrong('--change', good, '--on', '2026-12-01', sample, newer), /goes with --page/);
    assert.match(wrong(sample, newer), /one file too many/);
  });
});

describe('docs', () => {
  const schema = () => JSON.parse(doc('change.schema.json'));
  test('docs/change.schema.json is what avow schema --change prints', () =>
    assert.equal(
      expect(0, ['schema', '--change']).out,
      doc('change.schema.json'),
      'avow schema --change > docs/change.schema.json',
    ));
  test('docs/CHANGE.md has the tables of the members', () => {
    assert.equal(
      expect(0, ['schema', '--change', '--tables', join(root, 'docs/CHANGE.md')]).out,
      doc('CHANGE.md'),
      'avow schema --change --tables docs/CHANGE.md',
    );
    for (const [name, properties] of [
      ['change', schema().properties],
      ['changed', schema().properties.changed.items.properties],
    ]) {
      const [, table] = new RegExp(`<!-- fields: ${name} -->\\n(.*?)<!-- end -->`, 's').exec(
        doc('CHANGE.md'),
      );
      const fields = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, field]) => field);
      assert.deepEqual(
        fields,
        Object.keys(properties).filter((field) => !/^internal$|^\$/.test(field)),
      );
    }
  });
  test('the schema takes what is good, and refuses what it can see is bad', () => {
    const check = checker(schema());
    const wrong = (file) => check(schema(), read(join(folder, file)));
    assert.deepEqual(wrong('change.json'), []);
    assert.deepEqual(wrong('draft.json'), []);
    for (const bad of ['empty', 'newer-format', 'every-kind-of-wrong-value', 'nothing-changed'])
      assert.notDeepEqual(wrong(`bad/${bad}.json`), [], bad);
  });
  test('the schema never refuses what the reader takes', () => {
    const check = checker(schema());
    const announcement = read(good);
    announcement.changed.length = 2;
    const others = [
      null,
      '',
      'x',
      0,
      true,
      [],
      {},
      'x'.repeat(9000),
      '\u0001',
      'https://a.example',
    ];
    const refused = [];
    const look = () => {
      if (check(schema(), announcement).length > 0) refused.push(JSON.stringify(announcement));
    };
    const walk = (at, put) => {
      if (at === null || typeof at !== 'object') return others.forEach(put);
      for (const key of Object.keys(at)) {
        const old = at[key];
        if (!Array.isArray(at)) {
          delete at[key];
          look();
          at[`${key}x`] = old;
          look();
          delete at[`${key}x`];
        }
        walk(old, (other) => {
          at[key] = other;
          look();
          at[key] = old;
        });
        at[key] = old;
      }
    };
    walk(announcement, () => {});
    assert.ok(refused.length > 100, `${refused.length}`);
    const asked = sampled(refused);
    const taken = asked.filter((text, i) => {
      const path = given.write(`refused-${i}.json`, text);
      const [told] = jsonLines(avow(['check', '--json', '--change', path, sample, newer]).out);
      // The rules that compare policies are not the reader's; a draft has none of "notes".
      return told.ok || 'notes' in told;
    });
    assert.deepEqual(taken, []);
  });
  test('the example of docs/CHANGE.md can be read', () => {
    const [, example] = /```json\n(.*?)```/s.exec(doc('CHANGE.md'));
    assert.deepEqual(checker(schema())(schema(), JSON.parse(example)), []);
    const path = given.write('example.json', example);
    // Of these policies it is not true; that is all.
    for (const place of places(check(1, path)))
      assert.match(place, /^\/(policy_to: wrong-value|languages: missing|changed: missing)/);
  });
});

describe('avow deliveries', () => {
  const csv = (...rows) =>
    given.write(
      `results-${written++}.csv`,
      `${['subject,channel,status,at', ...rows].join('\n')}\n`,
    );
  const rows = [
    'c-1,mail,delivered,2026-12-16T08:00:12Z',
    'c-2,mail,failed,2026-12-16T08:00:15Z',
    'c-2,sms,delivered,2026-12-17T02:10:00Z',
    'c-3,sms,delivered,2026-12-16',
    'c-3,sms,failed,2026-12-17',
    '"c,""4""",mail,unknown,2026-12-17',
  ];
  test('one channel is enough, and the last word counts', () => {
    const unreached = given.path('unreached.csv');
    const { out } = expect(0, ['deliveries', '--unreached', unreached, csv(...rows)]);
    assert.equal(
      out,
      'announced to 2 of 4 people in the file (--of COUNT: how many it is meant for)\n' +
        '  mail       1 delivered, 1 failed, 1 unknown\n' +
        '  sms        1 delivered, 1 failed, 0 unknown\n' +
        `not reached: 2 (written to ${unreached})\n`,
    );
    assert.equal(
      readFileSync(unreached, 'utf8'),
      '\ufeffsubject,channel,status,at\r\nc-3,sms,failed,2026-12-17T00:00:00Z\r\n' +
        '"c,""4""",mail,unknown,2026-12-17T00:00:00Z\r\n',
    );
    assert.equal(statSync(unreached).mode & 0o077, 0, 'only its owner reads who they are');
    assert.match(expect(0, ['deliveries', unreached]).out, /^announced to 0 of 2 people/);
    assert.match(
      expect(2, ['deliveries', '--unreached', unreached, csv(...rows)]).err,
      /File exists/,
    );
  });
  test('of how many it is meant for, and whom, the company says', () => {
    const results = csv(...rows);
    const { out } = expect(0, ['deliveries', '--of', '10', results]);
    assert.match(out, /^announced to 2 of 10 people\n/);
    assert.match(
      out,
      /^not reached: 8, of whom 6 stand in no row \(--unreached .* the other 2\)$/m,
    );
    const others = given.path('others.csv');
    const named = expect(0, ['deliveries', '--of', '10', '--unreached', others, results]).out;
    assert.ok(named.endsWith(`8, of whom 6 stand in no row (the other 2 written to ${others})\n`));
    const change = JSON.parse(readFileSync(join(vectors, '../change/change.json'), 'utf8'));
    for (const audience of ['customers', 'visitors', 'everybody']) {
      const file = given.write(`${audience}.json`, JSON.stringify({ ...change, audience }));
      const told = expect(0, ['deliveries', '--of', '10', '--change', file, results]).out;
      const who = audience === 'everybody' ? 'people' : audience;
      assert.ok(told.startsWith(`announced to 2 of 10 ${who}\n`), told);
    }
    const { meant, people, unreached } = JSON.parse(
      expect(0, ['deliveries', '--json', '--of', '10', results]).out,
    );
    assert.deepEqual([meant, people, unreached], [10, 4, 8]);
    assert.doesNotMatch(expect(0, ['deliveries', '--of', '4', results]).out, /no row/);
    for (const wrong of ['0', '-1', 'ten', '4.5', ''])
      assert.match(expect(2, ['deliveries', '--of', wrong, results]).err, /--of/, wrong);
    assert.match(expect(2, ['deliveries', '--of', '3', results]).err, /the file has 4 people/);
    const bad = given.write('no-change.json', '{}');
    assert.match(expect(1, ['deliveries', '--change', bad, results]).err, /missing-field/);
  });
  test('who is told only once it is in effect is counted apart, and another announcement not', () => {
    const change = join(vectors, '../change/change.json');
    const { notify_from, effective_at } = JSON.parse(readFileSync(change, 'utf8'));
    const told = (...lines) => expect(0, ['deliveries', '--change', change, csv(...lines)]).out;
    const soon = `a,mail,delivered,${notify_from}`;
    const late = `b,sms,delivered,${effective_at}T00:00:00Z`;
    assert.doesNotMatch(told(soon), /only once/);
    assert.match(
      told(soon, late, `a,mail,delivered,${effective_at}`),
      new RegExp(
        `^too late: 1 of them, told only once it is in effect \\(${effective_at}\\)$`,
        'm',
      ),
    );
    const words = ['deliveries', '--json', '--change', change, csv(soon, late)];
    assert.equal(JSON.parse(expect(0, words).out).late, 1);
    // Of a mail of last year nobody has been told of this.
    const [early] = [`c,mail,delivered,${Number(notify_from.slice(0, 4)) - 1}-12-16`];
    const { err } = expect(1, ['deliveries', '--change', change, csv(soon, early)]);
    assert.match(err, /:3: at: out-of-range: .*people are told from /);
    expect(0, ['deliveries', csv(soon, early)]);
  });
  test('the later word counts wherever it stands; of two at once, the one that stands later', () => {
    const counted = (...lines) =>
      JSON.parse(expect(0, ['deliveries', '--json', csv(...lines)]).out).reached;
    assert.equal(counted('c,sms,failed,2026-12-17', 'c,sms,delivered,2026-12-16'), 0);
    assert.equal(counted('c,sms,failed,2026-12-17', 'c,sms,delivered,2026-12-17'), 1);
  });
  test('columns in any order, a byte order mark, CR LF, no last line feed, stdin', () => {
    const text = '\ufeffat,status,channel,subject\r\n2026-12-16,delivered,mail,"客户\r\n一"';
    const { out } = expect(0, ['deliveries', '--json', '-'], { input: text });
    assert.deepEqual(JSON.parse(out), {
      meant: null,
      people: 1,
      reached: 1,
      unreached: 0,
      channels: { mail: { delivered: 1, failed: 0, unknown: 0 } },
    });
  });
  test('every row that is not good is told with its line, and nothing is counted', () => {
    const path = csv(
      'c-1,mail,bounced,2026-12-16',
      'c-2,Mail,delivered,16.12.2026',
      ',mail,delivered,2026-12-16',
      'c-3,mail,delivered',
      '"c-4"x,mail,delivered,2026-12-16',
      'c"5,mail,delivered,2026-12-16',
      '"two\nlines",mail,sent,2026-12-16',
    );
    const { out, err } = expect(1, ['deliveries', path]);
    assert.equal(out, '');
    const wanted = [
      /^:2: status: wrong-value: .*"bounced"/,
      /^:3: channel: wrong-value: .*"Mail"/,
      /^:3: at: time-malformed: .*"16\.12\.2026"/,
      /^:4: subject: missing-field: /,
      /^:5: wrong-value: .*3 fields, want 4/,
      /^:6: wrong-value: .*behind a closing quote/,
      /^:7: wrong-value: .*inside a field/,
      /^:8: status: wrong-value: .*"sent"/,
    ];
    const lines = err.trimEnd().split('\n');
    assert.equal(lines.length, wanted.length, err);
    for (const [i, line] of lines.entries()) assert.match(line.slice(path.length), wanted[i]);
  });
  test('columns that are missing, unknown or there twice', () => {
    const header = (text) => expect(1, ['deliveries', given.write('header.csv', text)]).err;
    assert.match(header('subject,channel,status\n'), /header\.csv:1: at: missing-field/);
    assert.match(header('subject,channel,status,at,name\n'), /:1: name: unknown-field/);
    assert.match(header('subject,channel,status,at,at\n'), /:1: at: duplicate-id/);
    assert.match(header(''), /:1: missing-field/);
    assert.match(header('"subject\n'), /:1: wrong-value.*quote is not closed/);
    assert.match(
      expect(1, ['deliveries', given.write('latin.csv', Buffer.from('subject\xe9\n', 'latin1'))])
        .err,
      /not UTF-8/,
    );
  });
  test('a quote that is never closed costs one row, not the memory', () => {
    const path = csv(`"${'x'.repeat(5000)}`, 'c-2,fax-,sent,never');
    const { err } = expect(1, ['deliveries', path]);
    assert.match(err, /:2: wrong-value.*more than 4096 bytes/);
    assert.match(err, /:3: status: wrong-value/);
  });
  test('a great many rows', () => {
    const many = [];
    for (let i = 0; i < 60_000; ++i)
      many.push(`c-${i},${i % 2 ? 'mail' : 'sms'},${i % 3 ? 'delivered' : 'failed'},2026-12-16`);
    const told = JSON.parse(expect(0, ['deliveries', '--json', csv(...many)]).out);
    assert.deepEqual([told.people, told.reached], [60_000, 40_000]);
  });
  test('usage', () => {
    expect(2, ['deliveries']);
    assert.match(expect(2, ['deliveries', given.path('nowhere.csv')]).err, /nowhere\.csv/);
    assert.match(expect(2, ['deliveries', given.folder]).err, /directory/);
  });
});
