// avow itself, check and public.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dailyKey, expect, jsonLines, root, run, sample, scratch, tool, vectors } from './tool.mjs';

const given = scratch();
const text = readFileSync(sample, 'utf8');
const changed = (name, from, to) => {
  assert.ok(text.includes(from), from);
  return given.write(name, text.replace(from, to));
};
const verbs = [
  'init',
  'import',
  'check',
  'build',
  'schema',
  'public',
  'keygen',
  'open',
  'verify',
  'find',
  'render',
  'change',
  'deliveries',
];

describe('avow', () => {
  test('without words shows what it can do, as a usage error', () => {
    const { out, err } = expect(2, []);
    assert.equal(out, '');
    for (const verb of verbs) assert.match(err, new RegExp(`^  ${verb} `, 'm'));
  });
  test('--help, -h and help show the same on stdout', () => {
    const { out } = expect(0, ['--help']);
    assert.equal(expect(0, ['-h']).out, out);
    assert.equal(expect(0, ['help']).out, out);
    assert.match(out, /exit codes: 0 .*1 .*2 /s);
  });
  test('--version names the core that records name', () =>
    assert.match(expect(0, ['--version']).out, /^avow\/\d+\.\d+\.\d+\n$/));
  test('an unknown verb is a usage error, printed harmlessly', () => {
    const { err } = expect(2, ['frobnicate\x1b[31m']);
    assert.match(err, /frobnicate/);
    assert.ok(!err.includes('\x1b'));
  });
  for (const verb of verbs) {
    test(`${verb} --help tells options and exit codes`, () => {
      const { out, err } = expect(0, [verb, '--help']);
      assert.match(out, new RegExp(`^usage: avow ${verb} `));
      assert.match(out, /exit codes: 0 /);
      assert.equal(err, '');
      assert.equal(expect(0, [verb, 'some-file', '-h']).out, out);
      assert.ok(out.split('\n').every((line) => line.length <= 120));
    });
    test(`${verb} refuses an option it does not have`, () =>
      assert.match(expect(2, [verb, '--frobnicate']).err, /--frobnicate/));
    if (!['keygen', 'schema', 'init'].includes(verb)) {
      test(`${verb} refuses no file at all`, () => expect(2, [verb]));
    }
  }
  test('an option may carry its value after =, and -- ends the options', () => {
    expect(0, ['check', `--against=${sample}`, '--', sample]);
    assert.match(expect(2, ['check', '--', '--json']).err, /--json/);
    assert.match(expect(2, ['check', '--json=yes', sample]).err, /takes no value/);
    assert.match(expect(2, ['check', sample, '--against']).err, /needs a value/);
    assert.match(expect(2, ['check', '--json', '--json', sample]).err, /twice/);
  });
  test('a full disk is not a success', () => {
    const { code, err } = run('sh', ['-c', 'exec "$0" check "$1" > /dev/full', tool, sample]);
    assert.equal(code, 2);
    assert.match(err, /could not be written/);
  });
});

describe('avow check', () => {
  test('tells what a good policy comes to', () => {
    const { out, err } = expect(0, ['check', sample]);
    assert.equal(err, '');
    assert.match(out, /: good\n/);
    assert.match(out, /hengtong\.example/);
    assert.match(out, /statistics: analytics, asked\n/);
    assert.match(out, /offers: marketing, asked, off under Global Privacy Control/);
    assert.match(out, /identity-check: functional, asked separately/);
    assert.match(out, /service-contract: contract, not asked, rests on contract/);
    assert.match(out, /daily: ([0-9a-f]{4} ){4} age1/);
    assert.match(out, /recovery: ([0-9a-f]{4} ){4} age1/);
    // No other notes than these: the first is true of every catalog that is shipped.
    assert.equal(out.match(/note/g).length, 4);
    assert.match(out, /note +It says nothing of these rights: copy, .*NDSMR 21\(1\)\(4\)/);
    assert.match(out, /note +It does not say what happens .*: statistics, chat.*PIPL 47\(1\)\(3\)/);
    assert.match(out, /note +No native speaker has reviewed the interface texts in: zh-CN, en\.\n/);
    assert.match(out, /note +Visitors read country codes as they are: CN\. Give `country_names`/);
  });
  test('--json says the same for machines', () => {
    const [told] = jsonLines(expect(0, ['check', '--json', sample]).out);
    assert.equal(told.ok, true);
    assert.equal(told.purposes.length, 9);
    assert.deepEqual(
      told.keys.map((key) => key.label),
      ['daily', 'recovery'],
    );
    assert.match(told.keys[0].fingerprint, /^[0-9a-f]{4}( [0-9a-f]{4}){3}$/);
    assert.match(told.policy, /^[0-9a-f]{64}$/);
    assert.equal(told.notes.length, 4);
  });
  test('notes what is allowed and yet worth a look', () => {
    const policy = JSON.parse(text);
    policy.keys.pop();
    policy.languages.push('eo', 'de-AT');
    policy.categories.push({ id: 'spare', name: 'spare' });
    policy.recipients.find(({ id }) => id === 'video-host').role = 'controller';
    const inOthers = (value) => {
      if (value === null || typeof value !== 'object') return;
      if (typeof value.en === 'string' && value['zh-CN']) value.eo = value['de-AT'] = value.en;
      Object.values(value).forEach(inOthers);
    };
    inOthers(policy);
    const { out } = expect(0, ['check', given.write('notes.json', JSON.stringify(policy))]);
    assert.match(out, /note .*one key only/);
    assert.match(out, /note .*no interface texts in "eo"/);
    assert.match(out, /note .*interface texts in "de-AT" are those of "de"/);
    assert.match(out, /note .*reviewed.*: zh-CN, en, de-AT\./);
    assert.match(out, /note .*"spare"/);
    assert.match(out, /note .*"video".*"video-host".*PIPL 23/);
    assert.match(out, /policy id +not known without the interface texts of every language\n/);
    const [told] = jsonLines(expect(0, ['check', '--json', given.path('notes.json')]).out);
    assert.equal(told.policy, null);
  });

  test('notes where data is stored that the words of `storage` stand for', () => {
    const policy = JSON.parse(text);
    policy.storage = {
      countries: ['DE', 'FI'],
      text: { en: 'With a host.', 'zh-CN': '在主机商处。' },
    };
    const told = () => expect(0, ['check', given.write('stored.json', JSON.stringify(policy))]).out;
    assert.match(told(), /note +Visitors do not read that data is stored in: DE, FI\. /);
    Object.assign(policy.recipients[0], { countries: ['DE'], country_names: 'Germany' });
    assert.match(told(), /note +Visitors do not read that data is stored in: FI\. /);
    delete policy.storage.text;
    assert.doesNotMatch(told(), /do not read/);
  });
  test('lists what a draft lacks, and nothing publishes it', () => {
    const draft = join(vectors, 'draft.json');
    const { out } = expect(1, ['check', draft]);
    assert.match(out, /draft\.json: \/keys: missing-field/);
    assert.match(out, /draft\.json: \/purposes\/0\/retention: missing-field/);
    assert.match(out, /draft\.json: a draft, which cannot be built\n/);
    assert.doesNotMatch(out, /good/);
    const [told] = jsonLines(expect(1, ['check', '--json', draft]).out);
    assert.equal(told.ok, false);
    assert.ok(told.errors.some(({ where }) => where === '/keys'));
    for (const words of [['build', '--out', given.path('draft-out')], ['public']]) {
      const { err, out } = expect(1, [...words, draft]);
      assert.equal(out, '');
      assert.match(err, /\/keys: missing-field/);
      assert.match(err, /is a draft: it is not published/);
    }
    const shown = expect(0, ['render', '--layer', 'choices', draft]);
    assert.match(shown.err, /\/keys: missing-field/);
    assert.match(shown.out, /pages viewed/);
  });
  test('what a law asks that it names is a problem, and nothing publishes it', () => {
    const bad = join(vectors, 'law/pipl-sharing-not-separate.json');
    const { out } = expect(1, ['check', bad]);
    assert.match(out, /\/purposes\/0\/separate: separate-required: .*Law cn, PIPL 23, 25, 39/);
    assert.doesNotMatch(out, /: good/);
    assert.match(expect(1, ['public', bad]).err, /separate-required/);
    assert.match(expect(0, ['render', bad]).err, /separate-required/);
    const free = readFileSync(bad, 'utf8').replace('"cn"', '"us-ca"');
    expect(0, ['check', given.write('free.json', free)]);
    const none = readFileSync(bad, 'utf8').replace('"laws": ["cn"],', '');
    assert.match(expect(0, ['check', given.write('none.json', none)]).out, /note .*names no laws/);
  });

  for (const file of readdirSync(join(vectors, 'bad')).filter((name) => name.endsWith('.json'))) {
    const path = join(vectors, 'bad', file);
    const expected = readFileSync(path.replace(/json$/, 'expected'), 'utf8');
    test(`bad/${file}: every problem, each with place and code`, () => {
      const { out, err } = expect(1, ['check', path]);
      assert.equal(err, '');
      const wanted = expected
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [code, ...where] = line.split(' ');
          return [path, ...(where.length ? [where.join(' ')] : []), code].join(': ');
        });
      const lines = out.trimEnd().split('\n');
      assert.equal(lines.length, wanted.length, out);
      lines.forEach((line, i) =>
        assert.ok(line.startsWith(`${wanted[i]}: `), `${line}\nwants ${wanted[i]}`),
      );
      const [told] = jsonLines(expect(1, ['check', '--json', path]).out);
      assert.equal(told.ok, false);
      assert.equal(
        told.errors.map((e) => `${`${e.code} ${e.where}`.trimEnd()}\n`).join(''),
        expected,
      );
    });
  }

  test('goes on with the next file after a bad one', () => {
    const { out } = expect(1, ['check', join(vectors, 'bad/empty.json'), sample]);
    assert.match(out, /missing-field/);
    assert.match(out, /sample\.json: good/);
  });
  test('a file that is not there is told, and outweighs a bad one', () => {
    const { err, out } = expect(2, [
      'check',
      given.path('nowhere.json'),
      join(vectors, 'bad/empty.json'),
    ]);
    assert.match(err, /nowhere\.json: No such file/);
    assert.match(out, /missing-field/);
  });
  test('a folder is no policy', () =>
    assert.match(expect(2, ['check', given.folder]).err, /directory/i));
  test('reads stdin', () => {
    expect(0, ['check', '-'], { input: text });
    expect(1, ['check', '-'], { input: '' });
  });
  test('random bytes, zeros, and a file of some megabytes are refused in good order', () => {
    expect(1, ['check', '-'], { input: createHash('sha512').update('x').digest() });
    expect(1, ['check', '-'], { input: Buffer.alloc(4096) });
    assert.match(
      expect(1, ['check', '-'], { input: Buffer.alloc(3 << 20, 0x20) }).out,
      /json-too-large/,
    );
    assert.match(
      expect(2, ['check', '-'], { input: Buffer.alloc((16 << 20) + 1, 0x20) }).err,
      /larger than/,
    );
    assert.match(
      expect(1, ['check', '-'], { input: `{"a":${'['.repeat(100_000)}` }).out,
      /json-too-deep/,
    );
    assert.match(
      expect(1, ['check', '-'], { input: `[${'0,'.repeat(60_000)}0]` }).out,
      /json-too-many/,
    );
  });
  test('nothing of a policy can steer the terminal', () => {
    const policy = JSON.parse(text);
    policy['\x1b[2Jnew\u202efield\u009b'] = 1;
    policy.categories[0].id = '\x1b]0;title\x07';
    policy.purposes[0].categories = ['\x1b]0;title\x07'];
    policy.version = '\u202e1\u2066';
    const { out } = expect(1, ['check', given.write('steer.json', JSON.stringify(policy))]);
    assert.doesNotMatch(out, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    assert.match(out, /\\u001b\[2Jnew\\u202efield/);
  });

  const against = (code, newer, ...words) =>
    expect(code, ['check', ...words, '--against', sample, newer]).out;
  /** A newer version of the sample after `change`, as a file. */
  const version = (name, change) => {
    const policy = JSON.parse(text);
    policy.version = policy.effective_at = '2026-12-01';
    change(policy);
    return given.write(name, JSON.stringify(policy));
  };
  const statistics = (policy) => policy.purposes.find(({ id }) => id === 'statistics');

  test('--against says who must be asked again', () => {
    const newer = changed('newer.json', '"P14M"', '"P15M"');
    const out = against(1, newer);
    assert.match(
      out,
      /change +statistics: longer-retention \(.*\) at \/purposes\/2\/retention\/0: whoever agreed is asked again/,
    );
    assert.match(out, /change +the policy: same-version .*a version of its own/);
    const [told] = jsonLines(against(1, newer, '--json'));
    assert.equal(told.ok, false);
    assert.deepEqual(told.changes[0], {
      purpose: 'statistics',
      change: 'longer-retention',
      then: 'ask',
      what: 'device, usage',
      where: '/purposes/2/retention/0',
    });
    assert.match(against(0, sample), /change +none\n/);
  });
  test('--against fails while something is left to state or to mend', () => {
    const wording = (more) =>
      version('wording.json', (policy) => {
        statistics(policy).title.en = 'visitor statistics';
        policy.wording_only = more;
      });
    assert.match(
      against(1, wording()),
      /statistics: wording \(title\): words cannot tell .*`wording_only`.*`revision`/,
    );
    const said = { purpose: 'statistics', since: '2026-11-15', by: 'A. Counsel', on: '2026-11-20' };
    assert.match(
      against(0, wording([said])),
      /statistics: wording \(title; A\. Counsel stated on 2026-11-20 .*: tell visitors before/,
    );
    const [told] = jsonLines(against(0, wording([said]), '--json'));
    assert.equal(told.ok, true);
    const earlier = version('earlier.json', (policy) => {
      policy.effective_at = '2026-01-01';
    });
    assert.match(against(1, earlier), /earlier-date \(2026-01-01\): .*a day before the older one/);
  });
  test('--against names what is asked for the first time', () => {
    const app = version('app.json', (policy) => {
      statistics(policy).where = ['app'];
    });
    const { out } = expect(1, ['check', '--against', app, sample]);
    assert.match(out, /statistics: newly-asked \(where\): every visitor is asked/);
    assert.match(against(0, app), /statistics: no-longer-asked \(where\): ask where it is pursued/);
    const owed = version('owed.json', (policy) => {
      statistics(policy).basis = 'contract';
    });
    assert.match(
      against(0, owed),
      /statistics: no-longer-asked \(basis\): tell visitors .*, those too who refused/,
    );
  });
  test('--against tells the changes of what breaks a law too, and of a draft', () => {
    const breach = version('breach.json', (policy) => {
      policy.controller.email = 'other@hengtong.example';
      statistics(policy).bases = [{ law: 'cn', basis: 'vital-interests', when: 'x' }];
    });
    const out = against(1, breach);
    assert.match(out, /bases\/0\/basis: basis-conflict/);
    assert.match(out, /breach\.json: not good\n {2}change .*statistics: grounds/);
    assert.match(out, /the policy: controller \(email\)/);
    const [told] = jsonLines(against(1, breach, '--json'));
    assert.equal(told.errors.length, 1);
    assert.ok(told.changes.length >= 2);
    const draft = join(vectors, 'draft.json');
    assert.match(
      expect(1, ['check', '--against', draft, sample]).out,
      /draft\.json: \/keys: missing-field(.|\n)*sample\.json: good(.|\n)*change/,
    );
    assert.match(against(1, draft), /change/);
  });
  test('a draft that does not say yet until when a record is locked', () => {
    const draft = version('locked.json', (policy) => {
      policy.draft = true;
      policy.erase = { mode: 'keep-proof' };
    });
    const { out } = expect(1, ['check', draft]);
    assert.match(out, /\/erase\/until: missing-field/);
    assert.doesNotMatch(out, /is to be locked/);
  });
  test('--against never comforts', () => {
    const policy = JSON.parse(text);
    policy.controller.name = 'Another Company';
    policy.recipients[0].name = 'Another Recipient';
    policy.rights = policy.rights.filter(({ type }) => type === 'withdraw');
    policy.purposes.push({ ...policy.purposes[2], id: 'more' });
    const out = against(1, given.write('other.json', JSON.stringify(policy)));
    assert.doesNotMatch(out, /nobody/);
    assert.match(out, /more: added: every visitor is asked/);
    assert.match(
      out,
      /statistics: terms \(measure-cloud name, controller name\): whoever agreed is asked again/,
    );
    assert.match(
      out,
      /the policy: controller \(name\): tell everybody before it holds \(PIPL 17\(2\), 22\)/,
    );
    assert.match(out, /the policy: right-dropped \(delete\): tell visitors/);
  });
  test('--against a bad or absent policy fails', () => {
    expect(1, ['check', '--against', join(vectors, 'bad/empty.json'), sample]);
    expect(2, ['check', '--against', given.path('nowhere.json'), sample]);
  });
});

describe('avow public', () => {
  const policyId = (path) => jsonLines(expect(0, ['check', '--json', path]).out)[0].policy;
  const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

  test('--facts prints exactly the bytes whose hash is the policy id', () => {
    const { out } = expect(0, ['public', '--facts', sample], { encoding: 'buffer' });
    assert.equal(hash(out), policyId(sample));
    assert.ok(!out.includes('internal') && !out.includes('DPA-2026-004') && !out.includes('\n'));
    assert.equal(expect(0, ['public', '--facts', '-'], { input: text }).out, out.toString());
  });
  test('prints the public policy, whose hash the facts name', () => {
    const { out } = expect(0, ['public', sample], { encoding: 'buffer' });
    assert.equal(hash(out), JSON.parse(expect(0, ['public', '--facts', sample]).out).policy);
    assert.ok(!out.includes('internal') && !out.includes('DPA-2026-004') && !out.includes('\n'));
    // It is a policy, with one spelling, and tells all that the authored one does but what is
    // beside it.
    assert.equal(expect(0, ['public', '-'], { input: out }).out, out.toString());
    const everything = join(vectors, 'everything.json');
    const published = JSON.parse(expect(0, ['public', everything]).out);
    for (const beside of ['profile', 'wording_only', 'outputs', 'stored'])
      assert.equal(published[beside], undefined);
    assert.equal(published.purposes.length, 10);
  });
  test('--texts prints the texts that the facts name', () => {
    const facts = JSON.parse(expect(0, ['public', '--facts', sample]).out);
    assert.deepEqual(Object.keys(facts.texts), ['en', 'zh-CN']);
    for (const language of ['en', 'zh-CN']) {
      const { out } = expect(0, ['public', '--texts', language, sample], { encoding: 'buffer' });
      assert.equal(hash(out), facts.texts[language]);
      assert.ok(!out.includes('DPA-2026-004') && !out.includes('\n'));
    }
    assert.match(expect(2, ['public', '--texts', 'fr', sample]).err, /"fr"/);
  });
  test('a word, an interface text and a fact are each another policy', () => {
    const id = policyId(sample);
    assert.equal(policyId(changed('ticket.json', 'PRIV-118', 'PRIV-119')), id);
    assert.notEqual(policyId(changed('word.json', '"visit statistics"', '"visits"')), id);
    assert.notEqual(
      policyId(changed('fact.json', '"countries": ["SG"]', '"countries": ["MY"]')),
      id,
    );
    const catalog = readFileSync(join(root, 'locales/en.json'), 'utf8');
    const own = given.write('own.json', catalog.replace('"act.accept": "', '"act.accept": "Yes: '));
    assert.notEqual(hash(expect(0, ['public', '--facts', '--catalog', own, sample]).out), id);
    const same = given.write('same.json', catalog);
    assert.equal(hash(expect(0, ['public', '--facts', '--catalog', same, sample]).out), id);
  });
  test('prints nothing of a bad policy but its problems, on stderr', () => {
    const { out, err } = expect(1, ['public', join(vectors, 'bad/malformed-keys.json')]);
    assert.equal(out, '');
    assert.match(err, /\/keys\/0\/recipient: key-malformed/);
    assert.ok(!err.includes(readFileSync(dailyKey, 'utf8').trim().split('\n').at(-1)));
  });
  test('facts are no policy: nobody publishes them twice', () => {
    const { out } = expect(0, ['public', '--facts', sample]);
    assert.match(expect(1, ['public', '-'], { input: out }).err, /missing-field/);
  });
  test('takes one file, which must be there', () => {
    expect(2, ['public', sample, sample]);
    expect(2, ['public', given.path('nowhere.json')]);
  });
});

describe('docs/POLICY.md', () => {
  test('its example is a good policy', () => {
    const [, example] = /```json\n(.*?)```/s.exec(
      readFileSync(join(root, 'docs/POLICY.md'), 'utf8'),
    );
    const { out } = expect(0, ['check', given.write('example.json', example)]);
    assert.match(out, /: good\n/);
  });
});
