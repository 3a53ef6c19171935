// avow init and avow import: policies that somebody begins with.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { expect, scratch } from './tool.mjs';

const given = scratch();
const keys = [
  'age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzls',
  'age18v8wylyendqzftklhwmj458rv46uh5kqk5jgddp43apxpvulsyaq3atn6m',
];
const company = ['--site', 'shop.example', '--name', 'Shop Ltd.', '--email', 'p@shop.example'];
const whole = [
  ...company,
  ...['--rules', 'https://shop.example/privacy', '--law', 'eu', '--law', 'uk'],
  ...['--video', 'Video Ltd.', '--video-contact', 'p@video.example', '--video-country', 'IE'],
  ...['--key', keys[0], '--key', keys[1]],
];

describe('avow init', () => {
  test('with every option writes a policy that is good as it is', () => {
    const path = given.path('whole.json');
    const { out, err } = expect(0, ['init', '--out', path, ...whole]);
    assert.equal(out, '');
    assert.match(err, /speaks in your name/);
    const told = expect(0, ['check', path]).out;
    assert.match(told, /: good\n/);
    assert.match(told, /statistics: analytics, asked\n/);
    assert.match(told, /video: media, asked\n/);
    assert.match(expect(0, ['render', '--lang', 'en', path]).out, /Shop Ltd\./);
    // A page without its video is not what it is with it.
    const choices = expect(0, ['render', '--layer', 'choices', '--lang', 'en', path]).out;
    assert.match(choices, /playing videos inside the page/);
    const policy = JSON.parse(readFileSync(path, 'utf8'));
    assert.equal(policy.draft, undefined);
    assert.deepEqual(policy.languages, ['zh-CN', 'en']);
    assert.equal(policy.version, new Date().toISOString().slice(0, 10));
  });
  test('in China a video of somebody who decides for itself is asked for apart', () => {
    const path = given.path('cn.json');
    expect(0, ['init', '--out', path, ...whole, '--law', 'cn']);
    const told = expect(0, ['check', path]).out;
    assert.match(told, /video: media, asked separately\n/);
    // Only its author knows how rights are exercised at a video site abroad.
    assert.match(told, /"video" gives data to "video-host" abroad: .* visitors are told .*PIPL 39/);
    assert.doesNotMatch(told, /separate consent|PIPL 23/);
    // What the video site keeps, the company does not promise to delete.
    const page = expect(0, ['render', '--page', '--lang', 'en', path]).out;
    const video = page.slice(page.indexOf('id="purpose-video"'));
    assert.match(video, /we stop this use/);
    assert.doesNotMatch(video, /we delete the data|deleted/);
    assert.match(video, /as the video site&#39;s own privacy rules say</);
    assert.match(page, /we delete the data/);
  });
  test('asks for the rest, in the order of its options', () => {
    const answers = [
      'shop.example',
      'Shop Ltd.',
      'p@shop.example',
      '/privacy',
      'cn eu',
      '',
      keys.join(' '),
    ];
    const { out, err } = expect(0, ['init'], { input: `${answers.join('\n')}\n` });
    for (const question of [
      /host name/,
      /company's name/,
      /privacy rules/,
      /laws/,
      /videos/,
      /keys/,
    ])
      assert.match(err, question);
    const policy = JSON.parse(out);
    assert.deepEqual(policy.laws, ['cn', 'eu']);
    assert.equal(policy.keys.length, 2);
    assert.deepEqual(
      policy.purposes.map(({ id }) => id),
      ['statistics'],
    );
    assert.equal(policy.recipients, undefined);
  });
  test('what nobody answers is a gap, not an invention', () => {
    const { out, err } = expect(0, ['init', ...company, '--no-video']);
    const policy = JSON.parse(out);
    assert.equal(policy.draft, true);
    for (const gap of ['keys', 'rules_url']) {
      assert.equal(policy[gap], undefined);
      assert.match(err, new RegExp(`/${gap}: missing-field`));
    }
    expect(1, ['check', given.write('open.json', out)]);
  });
  test('an answer that cannot be is told, and nothing is written', () => {
    const path = given.path('bad.json');
    const { err } = expect(1, ['init', '--out', path, ...whole, '--key', 'age1short']);
    assert.match(err, /\/keys\/2\/recipient/);
    assert.throws(() => readFileSync(path));
  });
  test('never writes over a file', () => {
    const path = given.write('mine.json', 'mine');
    assert.match(expect(2, ['init', '--out', path, ...whole]).err, /there already/);
    assert.equal(readFileSync(path, 'utf8'), 'mine');
  });
});

const cookieconsent = {
  categories: {
    necessary: { enabled: true, readOnly: true },
    analytics: {
      autoClear: { cookies: [{ name: '/^_ga/' }, { name: '_gid' }, { name: '/(a|b)c/' }] },
      services: { ga: { label: 'Counter <b>Pro</b>', cookies: [{ name: '/^_gat$/' }] } },
    },
    Werbung: { services: {} },
  },
  cookie: { expiresAfterDays: 182 },
  language: {
    default: 'de',
    translations: {
      en: {
        preferencesModal: {
          sections: [
            {
              title: 'Counting',
              description: 'We <a href="/x">count</a>.',
              linkedCategory: 'analytics',
            },
          ],
        },
      },
      de: { preferencesModal: { sections: [{ title: 'Zählen', linkedCategory: 'analytics' }] } },
    },
  },
};
const klaro = {
  version: 1,
  lang: 'en',
  privacyPolicy: '/privacy',
  cookieExpiresAfterDays: 365,
  translations: {
    zz: { purposes: { security: 'Security' } },
    en: { purposes: { analytics: { title: 'Statistics', description: 'To count visits.' } } },
  },
  services: [
    {
      name: 'counter',
      title: 'Counter',
      purposes: ['analytics'],
      cookies: [['^_pk_.*$', '/', 'a'], '_x'],
    },
    { name: 'session', purposes: ['security'], required: true },
  ],
};

describe('avow import', () => {
  const imported = (name, config) => {
    const { out, err } = expect(0, ['import', given.write(name, JSON.stringify(config))]);
    return { policy: JSON.parse(out), err, out };
  };
  test('takes what vanilla-cookieconsent holds', () => {
    const { policy, err } = imported('cc.json', cookieconsent);
    assert.equal(policy.draft, true);
    assert.deepEqual(policy.languages, ['de', 'en']);
    const [necessary, analytics, other] = policy.purposes;
    assert.deepEqual(necessary, { id: 'necessary' });
    assert.deepEqual(analytics, {
      id: 'analytics',
      kind: 'analytics',
      basis: 'consent',
      title: { de: 'Zählen', en: 'Counting' },
      description: { en: 'We count.' },
    });
    assert.deepEqual(other, { id: 'werbung', basis: 'consent' });
    assert.deepEqual(policy.services, [{ id: 'ga', purposes: ['analytics'], name: 'Counter Pro' }]);
    assert.deepEqual(policy.stored, [{ purpose: 'analytics', cookies: ['_ga*', '_gid', '_gat'] }]);
    assert.deepEqual(policy.validity, { grant: 'P182D', refusal: 'P182D' });
    assert.match(err, /\/purposes\/1\/description: missing-language/);
    assert.match(err, /\/controller: missing-field/);
    assert.match(err, /not carried over: the cookies \/\(a\|b\)c\/ of "analytics"/);
  });
  test('a privacy policy is carried over without any words, and a script never is', () => {
    const bare = (privacyPolicy) => {
      const services = [{ name: 'a', purposes: ['x'] }];
      return imported('bare.json', { services, privacyPolicy });
    };
    assert.deepEqual(bare('/privacy').policy.rules_url, { en: '/privacy' });
    const { policy, err } = bare('javascript:alert(1)');
    assert.equal(policy.rules_url, undefined);
    assert.match(err, /not carried over: the privacy policy at "javascript:alert\(1\)"/);
  });
  test('takes what Klaro holds', () => {
    const { policy } = imported('klaro.json', klaro);
    assert.deepEqual(policy.languages, ['en']);
    assert.deepEqual(policy.rules_url, { en: '/privacy' });
    assert.deepEqual(policy.purposes, [
      {
        id: 'analytics',
        kind: 'analytics',
        basis: 'consent',
        title: { en: 'Statistics' },
        description: { en: 'To count visits.' },
      },
      { id: 'security', kind: 'security', title: { en: 'Security' } },
    ]);
    assert.deepEqual(policy.services, [
      { id: 'counter', purposes: ['analytics'], name: 'Counter' },
      { id: 'session', purposes: ['security'], name: 'session' },
    ]);
    assert.deepEqual(policy.stored, [{ purpose: 'analytics', cookies: ['_pk_*', '_x'] }]);
    assert.deepEqual(policy.validity, { grant: 'P365D', refusal: 'P365D' });
  });
  test('reads markup as a visitor does, and loses no word to it', () => {
    const description = (html) => {
      const services = [{ name: 'a', purposes: ['b'] }];
      const translations = { en: { purposes: { b: { title: 'B', description: html } } } };
      const { policy } = imported('html.json', { services, translations });
      return policy.purposes[0].description.en;
    };
    for (const [html, read] of [
      ['Ads &amp; more<br>line 5 < 6', 'Ads & more line 5 < 6'],
      ['<p>One.</p><p>Two&nbsp;&#x2014; &#8211; <b>w</b>ord</p>', 'One. Two — – word'],
      ['a &lt;b&gt; &unknown; & c &#0; &#xd800;', 'a <b> &unknown; & c &#0; &#xd800;'],
      ['x <!-- y --> <a href="/z">z</a>, 1 <2', 'x z, 1 <2'],
    ])
      assert.equal(description(html), read);
  });
  test('names that become one id are two things all the same', () => {
    const { policy } = imported('twice.json', {
      services: [
        { name: 'Ad Words', purposes: ['ads!', 'ads?', 'ads!'] },
        { name: 'ad-words', purposes: ['ads?'] },
      ],
    });
    assert.deepEqual(
      policy.purposes.map(({ id }) => id),
      ['ads', 'ads-2'],
    );
    assert.deepEqual(
      policy.services.map(({ id, purposes }) => [id, purposes]),
      [
        ['ad-words', ['ads', 'ads-2']],
        ['ad-words-2', ['ads-2']],
      ],
    );
  });
  test('says what it leaves behind', () => {
    const klaros = { name: 'a', purposes: ['b'], default: true, optOut: true };
    assert.match(imported('left.json', { services: [klaros] }).err, /"optOut" of the service "a"/);
    const ever = imported('ever.json', { services: [klaros], cookieExpiresAfterDays: 99_999 });
    assert.equal(ever.policy.validity, undefined);
    assert.match(ever.err, /not carried over: answers that stand for 99999 days/);
    const { err } = imported('left-too.json', {
      ...cookieconsent,
      mode: 'opt-out',
      cookie: { domain: 'example.com' },
    });
    for (const left of [/not carried over: what runs until a no/, /carried over: the cookie's dom/])
      assert.match(err, left);
  });
  test('a draft can be looked at, and is not published', () => {
    const { out } = imported('again.json', klaro);
    const path = given.write('draft.json', out);
    assert.match(expect(0, ['render', '--layer', 'choices', path]).out, /Statistics/);
    expect(1, ['build', '--out', given.path('out'), path]);
  });
  test('what is neither is refused, in whatever shape it comes', () => {
    for (const text of ['{}', '[]', '1', '{"services":1}', '{"categories":[]}', '{'])
      expect(1, ['import', '-'], { input: text });
    // Members of other types than those of the real ones are passed over.
    for (const text of [
      '{"services":[1,{"name":2},{"name":"a","purposes":[3],"cookies":[[],[4],5]}],"translations":7}',
      '{"categories":{"a":1,"b":{"services":[],"autoClear":{"cookies":[1,{}]}}},"language":"x"}',
    ])
      expect(0, ['import', '-'], { input: text });
  });
});
