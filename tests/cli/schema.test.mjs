// avow schema: what is printed of the declaration is what docs/ shows, and the schema says what
// core/policy/read.cpp says, as far as a schema can tell.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checker } from './json_schema.mjs';
import { avow, expect, jsonLines, root, sampled, scratch, vectors } from './tool.mjs';

const given = scratch();
const schema = JSON.parse(readFileSync(join(root, 'docs/policy.schema.json'), 'utf8'));

const check = checker(schema);

// --------------------------------------------------------------------------------------- agreement

/** What a schema cannot see, and why. */
const beyond = {
  'fallbacks-to-nowhere': 'what leads where',
  'byte-order-mark': 'not JSON',
  comment: 'not JSON',
  'cut-off': 'not JSON',
  'trailing-bytes': 'not JSON',
  'not-utf8': 'not JSON',
  'duplicate-keys': 'parsers keep one of the two',
  fractions: '1.0 is the integer 1 to a schema',
  'too-deep': '"internal" is free',
  'missing-languages': 'depends on "languages"',
  'unknown-references': 'depends on other members',
  'exceptions-of-no-question': 'depends on other members',
  'outputs-unknown-purposes': 'depends on other members',
  'subdomains-of-another-domain': 'depends on other members',
  'refusal-forgotten-before-grant': 'compares two durations',
  'refusal-asked-again-too-soon': 'computes with a duration',
};

describe('avow schema', () => {
  const doc = (name) => readFileSync(join(root, 'docs', name), 'utf8');
  test('docs/policy.schema.json is what it prints', () =>
    assert.equal(
      expect(0, ['schema']).out,
      doc('policy.schema.json'),
      'avow schema > docs/policy.schema.json',
    ));
  test('docs/POLICY.md has the tables that --tables makes', () => {
    const text = doc('POLICY.md');
    assert.equal(
      expect(0, ['schema', '--tables', join(root, 'docs/POLICY.md')]).out,
      text,
      'avow schema --tables docs/POLICY.md',
    );
    const tables = [...text.matchAll(/<!-- fields: (\S+) -->\n(.*?)<!-- end -->/gs)];
    // One table an object of the schema, and each with its fields in their order.
    const found = {};
    const walk = (s, name) => {
      if (s === null || typeof s !== 'object') return;
      if (s.properties && s.additionalProperties === false)
        found[name] = Object.keys(s.properties).filter((one) => !/^internal$|^\$/.test(one));
      for (const [key, value] of Object.entries(s.properties ?? {})) walk(value, key);
      for (const one of s.anyOf ?? []) walk(one, name);
      walk(s.items, name);
    };
    walk(schema, 'policy');
    assert.deepEqual(tables.map(([, name]) => name).sort(), Object.keys(found).sort());
    for (const [, name, table] of tables) {
      const fields = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, field]) => field);
      assert.deepEqual(fields, found[name], name);
    }
  });
  test('--tables fills what stands between the marks and leaves the rest', () => {
    const path = given.write(
      'doc.md',
      'a\n<!-- fields: keys -->\nold\n<!-- end -->\nb\n<!-- fields: keys -->\n<!-- end -->\n',
    );
    const { out } = expect(0, ['schema', '--tables', path]);
    const [, first, second] =
      /^a\n<!-- fields: keys -->\n(.*?)<!-- end -->\nb\n<!-- fields: keys -->\n(.*?)<!-- end -->\n$/s.exec(
        out,
      );
    assert.equal(first, second);
    assert.match(first, /^\| `label` \| line, 1 to 64 \| required \| your name for it \|$/m);
    assert.doesNotMatch(out, /old/);
    assert.equal(expect(0, ['schema', '--tables', given.write('made.md', out)]).out, out);
  });
  test('a document without the end of a mark, with an unknown object, or that is not there', () => {
    const tables = (text) =>
      expect(2, ['schema', '--tables', given.write('bad.md', text)]).err.trimEnd();
    assert.match(tables('<!-- fields: keys -->\n'), /without its "<!-- end -->"/);
    assert.match(tables('<!-- fields: cookies -->\n<!-- end -->\n'), /no object "cookies"/);
    assert.match(
      expect(2, ['schema', '--tables', given.path('nowhere.md')]).err,
      /nowhere\.md: No such file/,
    );
    expect(2, ['schema', 'some-file']);
  });
});

describe('docs/policy.schema.json', () => {
  test('is JSON Schema 2020-12 and tells every field', () => {
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    const spec = readFileSync(join(root, 'docs/POLICY.md'), 'utf8');
    const names = new Set();
    const walk = (s) => {
      for (const name of Object.keys(s?.properties ?? {})) names.add(name);
      if (s && typeof s === 'object') Object.values(s).forEach(walk);
    };
    walk(schema);
    for (const name of names)
      assert.ok(spec.includes(`\`${name}\``), `docs/POLICY.md does not speak of "${name}"`);
  });
  for (const good of ['sample.json', 'hostile.json', 'everything.json']) {
    test(`takes ${good}`, () =>
      assert.deepEqual(check(schema, JSON.parse(readFileSync(join(vectors, good), 'utf8'))), []));
  }
  test('everything.json has every field', () => {
    const missing = [];
    const walk = (s, values, at) => {
      for (const [name, field] of Object.entries(s?.properties ?? {})) {
        if (['internal', '$schema'].includes(name)) continue;
        const under = values.map((value) => value[name]).filter((value) => value !== undefined);
        if (under.length === 0) missing.push(`${at}/${name}`);
        const inner = field.items ?? field.anyOf?.[0]?.items ?? field.anyOf?.[0] ?? field;
        walk(
          inner,
          under.flat().filter((value) => value !== null && typeof value === 'object'),
          `${at}/${name}`,
        );
      }
    };
    walk(schema, [JSON.parse(readFileSync(join(vectors, 'everything.json'), 'utf8'))], '');
    assert.deepEqual(missing, []);
  });
  test('takes the example of docs/POLICY.md', () => {
    const [, example] = /```json\n(.*?)```/s.exec(
      readFileSync(join(root, 'docs/POLICY.md'), 'utf8'),
    );
    assert.deepEqual(check(schema, JSON.parse(example)), []);
  });
  const bad = readdirSync(join(vectors, 'bad')).filter((name) => name.endsWith('.json'));
  for (const file of bad) {
    const name = file.slice(0, -5);
    const text = readFileSync(join(vectors, 'bad', file), 'utf8');
    if (!(name in beyond)) {
      test(`refuses bad/${file}`, () => assert.notDeepEqual(check(schema, JSON.parse(text)), []));
    } else if (beyond[name] !== 'not JSON') {
      test(`cannot see what is wrong with bad/${file}: ${beyond[name]}`, () => {
        const found = check(schema, JSON.parse(text));
        if (name !== 'missing-languages') assert.deepEqual(found, []);
      });
    }
  }
  /** What fields ask of each other and the schema can say: each alone is refused by both. */
  const contradictions = {
    'a criterion that runs from an event': ({ kept }) =>
      Object.assign(kept, { period: null, criteria: 'while useful', from: 'last-visit' }),
    'a criterion with a least time': ({ kept }) =>
      Object.assign(kept, { period: null, criteria: 'while useful', bound: 'at-least' }),
    'a company without a way to it': ({ recipient }) => delete recipient.contact,
    'a company without a country': ({ recipient }) => delete recipient.countries,
    'a country that there is not': ({ recipient }) => (recipient.countries = ['XX']),
    'a place of storage that there is not': ({ policy }) =>
      Object.assign(policy, { storage: { countries: ['CN', 'ZZ'] } }),
    'words that are blanks': ({ purpose }) => (purpose.title = '\u3000\u200b \n'),
    'words that show nothing': ({ purpose }) => (purpose.title = '\u2003\u00ad\u200e\u2800\u3164'),
    'one that is chosen nowhere': ({ recipient }) => Object.assign(recipient, { kind: 'chosen' }),
    'unnamed countries beside one': ({ recipient }) => recipient.countries.push('unnamed'),
    'a refusal that costs nothing, and something': ({ purpose }) =>
      Object.assign(purpose, { if_refused: { effect: 'none', loses: 'the map' } }),
    'a period after which nobody knows what happens': ({ kept }) => delete kept.after,
    'a refusal that costs what nobody says': ({ purpose }) =>
      Object.assign(purpose, { if_refused: { effect: 'service' } }),
    'an erased record that is locked': (all) =>
      Object.assign(all.policy, { erase: { until: 'P3Y', ground: 'law' } }),
    'a locked record without a day': (all) =>
      Object.assign(all.policy, { erase: { mode: 'keep-proof', ground: 'law' } }),
    'a right that does not arise, and is answered': ({ right }) =>
      Object.assign(right, { channel: null, procedure: null, absent: 'No.', answer: { days: 1 } }),
    'a consent that nobody is asked for': ({ told }) =>
      Object.assign(told, { bases: [{ law: 'eu', basis: 'consent' }] }),
    'data given on it': ({ told }) =>
      Object.assign(told, { sharing: [{ recipient: told.recipients[0], basis: 'consent' }] }),
    'a channel that asks there': ({ told }) =>
      Object.assign(told, { channels: [{ channel: 'email', rule: 'asked-here' }] }),
    'a purpose without a time, nor the defaults': ({ purpose }) => delete purpose.retention,
    'a consent that cannot be withdrawn': ({ policy }) =>
      policy.rights.push({ type: 'withdraw', absent: 'No.' }),
    'an event of another’s': ({ policy }) =>
      Object.assign(policy, { outputs: { data_layer: 'gtm.consent' } }),
    'all that a site keeps': ({ policy, purpose }) =>
      Object.assign(policy, { stored: [{ purpose: purpose.id, cookies: ['**'] }] }),
    'a domain of all': ({ policy }) =>
      Object.assign(policy, { subdomains: { domain: 'example', cookie: 'c' } }),
  };
  for (const [what, change] of Object.entries(contradictions)) {
    test(`sees ${what}`, () => {
      const policy = JSON.parse(readFileSync(join(vectors, 'sample.json'), 'utf8'));
      policy.rights = policy.rights.filter(({ type }) => type !== 'withdraw');
      const purpose = policy.purposes.find(({ id }) => id === 'statistics');
      const told = policy.purposes.find(({ basis }) => basis !== 'consent');
      told.recipients = [policy.recipients[0].id];
      const [recipient, [right], [kept]] = [policy.recipients[0], policy.rights, purpose.retention];
      const read = () => avow(['check', '-'], { input: JSON.stringify(policy) });
      assert.deepEqual(check(schema, policy), []);
      assert.equal(read().code, 0, read().out);
      change({ policy, purpose, told, recipient, right, kept });
      assert.notDeepEqual(check(schema, policy), []);
      assert.equal(read().code, 1, read().out);
    });
  }
  test('has no reason for a file that is not there', () => {
    for (const name of Object.keys(beyond)) assert.ok(bad.includes(`${name}.json`), name);
  });

  // Every single change: drop a member, give it another type, misspell it. Whatever the schema
  // refuses the reader must refuse too, or editors would underline good policies.
  test('never refuses what the reader takes', () => {
    const policy = JSON.parse(readFileSync(join(vectors, 'sample.json'), 'utf8'));
    policy.recipients.splice(1, 2);
    policy.purposes = policy.purposes.filter((one) =>
      ['statistics', 'identity-check', 'singapore-support'].includes(one.id),
    );
    policy.services.length = 1;
    policy.rights.length = 1;
    const variants = [];
    const walk = (at, put) => {
      if (at === null || typeof at !== 'object') {
        for (const other of [
          null,
          '',
          'x',
          'https://a.example',
          0,
          1,
          true,
          [],
          {},
          'x'.repeat(300),
          'P1Y',
          'contract',
          '\u0001',
          'cross-border',
        ])
          put(other);
        return;
      }
      for (const key of Object.keys(at)) {
        const old = at[key];
        if (!Array.isArray(at)) {
          delete at[key];
          put(at);
          at[`${key}x`] = old;
          put(at);
          delete at[`${key}x`];
        }
        walk(old, (other) => {
          at[key] = other;
          put(at);
          at[key] = old;
        });
        at[key] = old;
      }
    };
    walk(policy, () => variants.push(JSON.stringify(policy)));
    assert.ok(variants.length > 1_000);
    const refused = variants
      .map((text) => [text, check(schema, JSON.parse(text))])
      .filter(([, where]) => where.length > 0);
    assert.ok(refused.length > variants.length / 2);
    const asked = sampled(refused);
    const files = asked.map(([text], i) => given.write(`${i}.json`, text));
    const told = jsonLines(avow(['check', '--json', ...files]).out);
    assert.equal(told.length, asked.length);
    told.forEach(({ ok }, i) =>
      assert.equal(ok, false, `the reader takes what the schema refuses at ${asked[i][1]}`),
    );
  });
});
