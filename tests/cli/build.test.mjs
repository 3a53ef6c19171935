// avow build: what a company serves of a policy, and what it keeps of it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import {
  dailyKey,
  expect,
  jsonLines,
  root,
  run,
  sample,
  scratch,
  tool,
  vectors,
  visitors,
} from './tool.mjs';

const given = scratch();
const text = readFileSync(sample, 'utf8');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const hex = (bytes) => sha256(bytes).toString('hex');
const integrity = (bytes) => `sha256-${sha256(bytes).toString('base64')}`;

/**
 * A module with the packed one's files; the tool bakes into it and copies, and never looks inside.
 */
function moduleFolder(name, changes = {}) {
  const files = {
    'module.txt': expect(0, ['--version']).out,
    'loader.js': 'export const baked=AVOW_BAKED;\n',
    'rest.js': 'export const baked=AVOW_BAKED;// rest\n',
    'head.js': 'document.documentElement.dataset.head=AVOW_STORE',
    'shared.js': 'told(AVOW_BAKED,AVOW_STORE);',
    'embed.js': 'export const embed=1;\n',
    'beside.js': 'export const beside=1;\n',
    'others.js': 'export const others=1;\n',
    'press.js': 'export const press=1;\n',
    'core.js': 'export const core=1;\n',
    'core.wasm': Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]),
    'own.js': 'export const own=1;\n',
    'transient.js': 'export const transient=1;\n',
    'own.wasm': Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0]),
    'defaults.js': 'const told=AVOW_BAKED;',
    'outputs.js': 'export const baked=AVOW_BAKED;// outputs\n',
    'clear.js': 'export const baked=AVOW_BAKED;// clear\n',
    'announce.js': 'export const baked=AVOW_BAKED;// announce\n',
    ...changes,
  };
  mkdirSync(given.path(name));
  for (const [file, bytes] of Object.entries(files)) {
    if (bytes !== null) given.write(join(name, file), bytes);
  }
  return given.path(name);
}
const packed = moduleFolder('module');

const build = (out, ...words) =>
  expect(0, ['build', '--module', packed, '--out', given.path(out), ...words]);
/** Wants a refusal with nothing on stdout; gives what stderr says. */
function refused(code, out, ...words) {
  const result = expect(code, ['build', '--out', given.path(out), ...words]);
  assert.equal(result.out, '');
  return result.err;
}
const listed = (folder) => readdirSync(given.path(folder), { recursive: true }).sort();
const contents = (folder) =>
  Object.fromEntries(
    readdirSync(given.path(folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, hex(given.read(join(folder, name)))]),
  );
const manifest = (folder) => JSON.parse(given.read(join(folder, 'manifest.json')));
/** The script of head.html, and what its element says of the policy. */
function head(folder) {
  const html = given.read(join(folder, 'head.html')).toString();
  const [, built, script] = /<script data-built='([^']*)'>(.*?)<\/script>\n$/s.exec(html);
  return { html, script, ...JSON.parse(built) };
}
const restOf = (folder) => head(folder).rest[0].split('/').at(-1);
/** What was baked into it, by way of JSON so that it compares as plain data. */
const baked = (folder, name) => {
  const script = given.read(join(folder, name)).toString();
  const [, literal] = /^export const baked=(.*);(?:\/\/ \w+)?\n$/.exec(script);
  return JSON.parse(runInNewContext(`JSON.stringify(${literal})`));
};

build('good', sample);
const newer = given.write('newer.json', text.replace('"visit statistics"', '"visitor statistics"'));

describe('avow build', () => {
  test('tells the policy id, where the files are, and the tag to paste', () => {
    const { out, err } = build('told', sample);
    assert.equal(err, '');
    const [checked] = jsonLines(expect(0, ['check', '--json', sample]).out);
    assert.match(out, new RegExp(`^policy id  ${checked.policy}$`, 'm'));
    assert.match(
      out,
      new RegExp(`^files +${listed('told').length} in .*told, .*manifest.json$`, 'm'),
    );
    const tag = `<script type="module" src="/avow/avow.js" integrity="${integrity(given.read('told/avow.js'))}"></script>`;
    assert.ok(out.includes(`the tag    ${tag}\n`), out);
    assert.equal(manifest('told').tags['avow.js'], tag);
    assert.equal(manifest('told').policy, checked.policy);
  });
  test('gives the same bytes each time, also over an earlier build', () => {
    build('again', sample);
    assert.deepEqual(contents('again'), contents('good'));
    build('again', sample);
    assert.deepEqual(contents('again'), contents('good'));
    build('again', newer);
    assert.notDeepEqual(contents('again')['avow.js'], contents('good')['avow.js']);
    build('again', sample);
    for (const [name, hash] of Object.entries(contents('good')))
      assert.equal(contents('again')[name], hash, name);
  });
  test('leaves the parts of earlier builds, which cached pages may still ask for', () => {
    build('growing', sample);
    const before = Object.keys(contents('growing'));
    build('growing', newer);
    for (const name of before) assert.ok(existsSync(given.path(join('growing', name))), name);
    const names = manifest('growing').files.map(({ file }) => file);
    assert.ok(before.some((name) => !names.includes(name) && name !== 'manifest.json'));
  });
  test('the manifest lists every file with its size and hashes', () => {
    const { avow, version, base, files } = manifest('good');
    assert.equal(`${avow}\n`, expect(0, ['--version']).out);
    assert.equal(version, '2026-11-15');
    assert.equal(base, '/avow/');
    assert.deepEqual(
      files.map(({ file }) => file).sort(),
      listed('good').filter((name) => name !== 'manifest.json'),
    );
    for (const one of files) {
      const bytes = given.read(join('good', one.file));
      assert.deepEqual(one, {
        file: one.file,
        bytes: bytes.length,
        sha256: hex(bytes),
        integrity: integrity(bytes),
      });
    }
  });
  test('a name with a hash in it is that of the content', () => {
    const named = listed('good').filter((name) => /\.[0-9a-f]{16}\./.test(name));
    assert.equal(
      named.length,
      3 + 2 + 6 + 1 + 5 * 2,
      'parts, rest, embed, beside, others, press, core, own and transient, facts, five a language',
    );
    for (const name of named)
      assert.equal(
        /\.([0-9a-f]{16})\./.exec(name)[1],
        hex(given.read(join('good', name))).slice(0, 16),
      );
  });
  test('loaders name the parts, the parts name the rest, each by its hash', () => {
    const { policy, rest } = head('good');
    assert.equal(policy, manifest('good').policy);
    assert.equal(rest[0], `/avow/${restOf('good')}`);
    assert.equal(integrity(given.read(join('good', restOf('good')))), rest[1]);
    const both = ['en', 'zh-CN'];
    for (const [name, languages] of [
      ['avow.js', both],
      ['avow.en.js', ['en']],
      ['avow.zh-CN.js', ['zh-CN']],
      [restOf('good'), both],
    ]) {
      const each = (stem) => languages.map((language) => `${stem}.${language}`);
      const [partsName, partsIntegrity] = baked('good', name).parts;
      const bytes = given.read(join('good', partsName));
      assert.equal(integrity(bytes), partsIntegrity);
      const parts = JSON.parse(bytes);
      assert.deepEqual(Object.keys(parts), [
        'beside',
        'core',
        'embed',
        'facts',
        ...each('frames'),
        ...each('notices'),
        'others',
        'own',
        'own-wasm',
        'press',
        ...each('sheets'),
        ...each('texts'),
        'transient',
        'wasm',
      ]);
      for (const [file, wanted] of Object.values(parts))
        assert.equal(integrity(given.read(join('good', file))), wanted, file);
      for (const [part, file] of [
        ['core', 'core.js'],
        ['wasm', 'core.wasm'],
        ['embed', 'embed.js'],
        ['beside', 'beside.js'],
        ['others', 'others.js'],
        ['press', 'press.js'],
        ['own', 'own.js'],
        ['own-wasm', 'own.wasm'],
      ])
        assert.deepEqual(
          given.read(join('good', parts[part][0])),
          readFileSync(join(packed, file)),
        );
      assert.deepEqual(
        given.read(join('good', parts.facts[0])).toString(),
        expect(0, ['public', '--facts', sample]).out,
      );
      for (const language of languages)
        assert.deepEqual(
          given.read(join('good', parts[`texts.${language}`][0])).toString(),
          expect(0, ['public', '--texts', language, sample]).out,
        );
    }
  });
  test('each loader has its languages, and notices as avow render prints them', () => {
    const of = (name) => baked('good', name);
    assert.deepEqual(of('avow.js').languages, { zh: 'zh-CN', en: 'en' });
    assert.equal(of('avow.js').notices.language, 'zh-CN');
    assert.deepEqual(of('avow.en.js').languages, { en: 'en' });
    assert.equal(of('avow.en.js').notices.language, 'en');
    const rest = of(restOf('good'));
    assert.deepEqual([rest.languages, rest.notices], [{ zh: 'zh-CN', en: 'en' }, null]);
    const render = (...words) => expect(0, ['render', '--lang', 'en', ...words, sample]).out;
    const { door, fallback, ...all } = of('avow.en.js').notices;
    assert.equal(all['first opt-in'], render());
    assert.equal(all['first opt-out'], render('--place', 'US-CA'));
    assert.equal(all['first notice-only'], render('--place', 'SG'));
    assert.equal(door, render('--layer', 'door'));
    assert.equal(fallback, render('--layer', 'fallback'));
    const parts = JSON.parse(given.read(join('good', of('avow.js').parts[0])));
    const frames = JSON.parse(given.read(join('good', parts['frames.en'][0])));
    assert.equal(frames.html.video, render('--layer', 'frame', '--purpose', 'video'));
    assert.match(frames.css, /\.frame\{/);
    const [file] = parts['notices.en'];
    assert.deepEqual(JSON.parse(given.read(join('good', file))), of('avow.en.js').notices);
  });
  test('what is put into a page needs what the manifest says of its CSP', () => {
    const { csp } = manifest('good');
    assert.deepEqual(Object.keys(csp), ['head.html', 'inline.zh-CN.html', 'inline.en.html']);
    assert.equal(csp['head.html'], `script-src '${integrity(head('good').script)}'`);
    for (const language of ['zh-CN', 'en']) {
      const html = given.read(`good/inline.${language}.html`).toString();
      const [, style] = /<style>(.*?)<\/style>/s.exec(html);
      assert.equal(csp[`inline.${language}.html`], `style-src '${integrity(style)}'`);
      assert.ok(html.includes(expect(0, ['render', '--lang', language, sample]).out));
      const [, id, of] =
        /^<avow-consent id="([\w-]+)" lang="([\w-]+)" data-avow="[0-9a-f]{64},/.exec(html);
      assert.equal(of, language);
      // Nothing is drawn before the notice, for which the parser may have to come back.
      const expected = `<link rel="expect" href="#${id}" blocking="render"><script`;
      assert.ok(given.read('good/head.html').toString().startsWith(expected));
    }
  });
  test('--linked-style needs no inline style: the page links it by its hash', () => {
    build('linked', '--linked-style', sample);
    assert.deepEqual(Object.keys(manifest('linked').csp), ['head.html']);
    for (const language of ['zh-CN', 'en']) {
      const html = given.read(`linked/inline.${language}.html`).toString();
      assert.doesNotMatch(html, /<style|style=/);
      const [, file, wanted] =
        /<link rel="stylesheet" href="\/avow\/(notice\.[0-9a-f]{16}\.css)" integrity="([^"]*)">/.exec(
          html,
        );
      assert.equal(integrity(given.read(join('linked', file))), wanted);
      assert.ok(manifest('linked').files.some((one) => one.file === file));
    }
  });
  test('--base is where the files are served, and nothing else is', () => {
    build('based', '--base', 'https://static.example/c/', '--linked-style', sample);
    const { base, tags } = manifest('based');
    assert.equal(base, 'https://static.example/c/');
    for (const [name, tag] of Object.entries(tags))
      assert.ok(tag.startsWith(`<script type="module" src="https://static.example/c/${name}" `));
    assert.equal(head('based').rest[0], `https://static.example/c/${restOf('based')}`);
    assert.match(
      given.read('based/inline.en.html').toString(),
      /href="https:\/\/static\.example\/c\/notice\./,
    );
    for (const bad of [
      'avow/',
      '/avow',
      '//evil.example/',
      'http://a.example/',
      '/a" x="/',
      "/a'/",
      '/a&b/',
      '',
    ])
      assert.match(refused(2, 'based', '--module', packed, '--base', bad, sample), /--base/);
  });
  test('what purposes keep is a part of its own, and no part of what visitors answer', () => {
    const authored = JSON.parse(text);
    const stored = { purpose: 'statistics', cookies: ['_ga', '_ga_*', '</script>'] };
    authored.stored = [{ ...stored, caches: [] }];
    build('stored', given.write('stored.json', JSON.stringify(authored)));
    const [part, ...more] = listed('stored').filter((name) => /^clear\./.test(name));
    assert.deepEqual(more, []);
    assert.deepEqual(baked('stored', part), [stored]);
    assert.equal(baked('stored', 'avow.js').clears, true);
    assert.ok(!('clears' in baked('good', 'avow.js')));
    assert.ok(!listed('good').some((name) => name.startsWith('clear')));
    assert.equal(manifest('stored').policy, manifest('good').policy);
  });
  test('--store is the name of what is stored, wherever a script of ours reads it', () => {
    build('named', '--store', 'shop-2', sample);
    assert.match(given.read('named/head.html').toString(), /dataset\.head="shop-2"/);
    assert.match(given.read('good/head.html').toString(), /dataset\.head="avow"/);
    for (const bad of ['', 'Shop', 'a"b', 'a:b'])
      assert.match(refused(2, 'named', '--module', packed, '--store', bad, sample), /--store/);
  });
  test('sub-domains that share an answer look at their cookie before anything else', () => {
    const authored = JSON.parse(text);
    authored.subdomains = { domain: authored.site, cookie: 'choice' };
    build('shared', given.write('shared.json', JSON.stringify(authored)));
    const looks = 'told("choice","avow");\n';
    for (const name of ['avow.js', 'avow.en.js', 'avow.zh-CN.js'])
      assert.ok(given.read(join('shared', name)).toString().startsWith(looks), name);
    const { script } = head('shared');
    assert.ok(script.startsWith(`${looks}document`));
    assert.equal(manifest('shared').csp['head.html'], `script-src '${integrity(script)}'`);
    assert.ok(!given.read('good/avow.js').toString().includes('told'));
  });
  describe('where the policy names outputs', () => {
    const authored = JSON.parse(text);
    authored.outputs = {
      google: { ad_storage: ['offers'], analytics_storage: ['statistics'] },
      uet: { ad_storage: ['offers'] },
      data_layer: '</script>',
    };
    const outputs = given.write('outputs.json', JSON.stringify(authored));
    build('outputs', outputs);
    const teller = listed('outputs').find((name) => /^outputs\.[0-9a-f]{16}\.js$/.test(name));
    const html = given.read('outputs/outputs.html').toString();
    const [all, inline, tag] = /^<script>(.*?)<\/script>\n(<script .*<\/script>)\n$/s.exec(html);

    test('an inline script has what is told first, and a module what follows what', () => {
      const [, told] = /^const told=(.*);$/.exec(inline);
      const [plain, gpc] = JSON.parse(told);
      for (const calls of [plain, gpc]) {
        assert.deepEqual(Object.keys(calls), ['dataLayer', 'uetq']);
        assert.deepEqual(calls.uetq, [['consent', 'default', { ad_storage: 'denied' }]]);
        assert.equal(calls.dataLayer[0][2].analytics_storage, 'denied');
        assert.deepEqual(calls.dataLayer[1][2].region, ['US', 'SG']);
      }
      assert.deepEqual(
        [plain, gpc].map(({ dataLayer }) => dataLayer[1][2].ad_storage),
        ['granted', 'denied'],
      );
      const { follows, event } = baked('outputs', teller);
      assert.deepEqual(follows.google.ad_storage, ['offers']);
      assert.equal(event, '</script>');
    });
    test('head.html has both before the loader, and the manifest vouches for each', () => {
      const { tags, csp, files } = manifest('outputs');
      assert.equal(tags['outputs.html'], tag);
      assert.equal(
        tag,
        `<script type="module" src="/avow/${teller}" integrity="${integrity(given.read(join('outputs', teller)))}"></script>`,
      );
      assert.ok(files.some(({ file }) => file === teller));
      assert.equal(head('outputs').html, all + head('good').html);
      const [, first] = /'(.*)'/.exec(manifest('good').csp['head.html']);
      assert.equal(csp['head.html'], `script-src '${first}' '${integrity(inline)}'`);
      assert.equal(csp['outputs.html'], `script-src '${integrity(inline)}'`);
    });
    test('nothing else differs: who is told is no part of what visitors answer', () => {
      const both = ['head.html', 'manifest.json', 'outputs.html', teller];
      for (const [name, hash] of Object.entries(contents('outputs')))
        if (!both.includes(name)) assert.equal(hash, contents('good')[name], name);
      assert.equal(manifest('outputs').policy, manifest('good').policy);
      assert.ok(!listed('good').some((name) => name.startsWith('outputs')));
    });
    test('a policy whose outputs cannot be is refused, with each place', () => {
      const err = refused(
        1,
        'none',
        ...['--module', packed, join(vectors, 'bad/outputs-unknown-purposes.json')],
      );
      for (const place of [
        'google/ad_storage/1',
        'uet/ad_storage/0',
        'clarity/analytics_storage/1',
      ])
        assert.match(err, new RegExp(`/outputs/${place}: unknown-reference`));
    });
  });
  test('texts of a policy stay texts in pages and scripts', () => {
    build('hostile', join(vectors, 'hostile.json'));
    for (const name of listed('hostile').filter((one) => one.endsWith('.html'))) {
      const html = given.read(join('hostile', name)).toString();
      assert.equal((html.match(/<script/g) ?? []).length, name === 'head.html' ? 1 : 0, name);
      // The one picture is the door's own.
      assert.doesNotMatch(html, /<img|<svg(?! viewBox="0 0 24 24" aria-hidden)|<iframe/);
    }
    const { notices } = baked('hostile', 'avow.js');
    assert.equal(notices.language, 'en');
    // Quotes, backslashes and all, as in the part that is plain JSON.
    const [part] = listed('hostile').filter((one) => one.startsWith('notices.en.'));
    assert.deepEqual(notices, JSON.parse(given.read(join('hostile', part))));
  });
  test('finds the module by AVOW_MODULE too', () => {
    const words = ['build', '--out', given.path('by-name'), sample];
    const named = run('env', [`AVOW_MODULE=${packed}`, tool, ...words]);
    assert.equal(named.code, 0, named.err);
    assert.deepEqual(contents('by-name'), contents('good'));
  });
});

describe('avow build that cannot', () => {
  // Every refusal here is made over this good build, which must stay as it was.
  build('kept', sample);
  const before = contents('kept');
  const stands = () => assert.deepEqual(contents('kept'), before);

  test('a bad policy: its problems, code 1', () => {
    const err = refused(1, 'kept', '--module', packed, join(vectors, 'bad/missing-languages.json'));
    assert.match(err, /: missing-language: /);
    stands();
    refused(1, 'nothing', '--module', packed, join(vectors, 'bad/empty.json'));
    assert.ok(!existsSync(given.path('nothing')), 'not even an empty folder');
  });
  test('a language without a catalog, or a catalog that is not good', () => {
    const policy = given.write(
      'eo.json',
      text.replaceAll('"zh-CN"', '"eo"').replace('"visit statistics"', '"visits"'),
    );
    assert.match(refused(2, 'kept', '--module', packed, policy), /"eo".*--catalog/);
    const catalog = JSON.parse(readFileSync(join(root, 'locales/en.json'), 'utf8'));
    const own = given.write('eo-catalog.json', JSON.stringify({ ...catalog, language: 'eo' }));
    build('esperanto', '--catalog', own, policy);
    assert.equal(baked('esperanto', 'avow.js').notices.language, 'eo');
    delete catalog.texts['act.refuse'];
    const bad = given.write('bad-catalog.json', JSON.stringify({ ...catalog, language: 'eo' }));
    assert.match(
      refused(1, 'kept', '--module', packed, '--catalog', bad, policy),
      /\/texts\/act\.refuse: catalog-incomplete/,
    );
    stands();
  });
  test('a module that is not there, of another version, or not packed', () => {
    const cases = [
      [given.path('nowhere'), /module\.txt: No such file/],
      [
        moduleFolder('older', { 'module.txt': 'avow/0.0.1\n' }),
        /avow\/0\.0\.1.*build them together/,
      ],
      [moduleFolder('partial', { 'own.wasm': null }), /own\.wasm: No such file/],
      [
        moduleFolder('unbaked', { 'outputs.js': 'export {};\n' }),
        /outputs\.js: not a packed loader/,
      ],
      [
        moduleFolder('unpacked', { 'loader.js': 'export {};\n' }),
        /loader\.js: not a packed loader/,
      ],
      [
        moduleFolder('twice', { 'loader.js': 'AVOW_BAKED;AVOW_BAKED;\n' }),
        /loader\.js: not a packed loader/,
      ],
    ];
    for (const [folder, message] of cases) {
      const err = refused(2, 'kept', '--module', folder, newer);
      assert.match(err, message);
      assert.equal(err.trimEnd().split('\n').length, 1, err);
    }
    stands();
  });
  test('an --out that is a file, is below one, or is not given', () => {
    given.write('file', 'x');
    for (const out of ['file', 'file/below']) {
      const err = refused(2, out, '--module', packed, sample);
      assert.match(err, /^avow build: .*file/);
    }
    assert.equal(given.read('file').toString(), 'x');
    assert.match(expect(2, ['build', '--module', packed, sample]).err, /--out/);
  });
  test('a part that cannot be written: the entries stay those of the good build', () => {
    build('elsewhere', newer);
    for (const stem of ['texts.en.', 'parts.']) {
      const part = listed('elsewhere').find(
        (name) => name.startsWith(stem) && !existsSync(given.path(join('kept', name))),
      );
      mkdirSync(given.path(join('kept', part)));
      const err = refused(2, 'kept', '--module', packed, newer);
      assert.match(err, new RegExp(`^avow build: .*${part}: .*\\.\n$`));
      for (const [name, hash] of Object.entries(before))
        assert.equal(contents('kept')[name], hash, name);
      assert.ok(!listed('kept').some((name) => name.endsWith('.new')));
      rmSync(given.path(join('kept', part)), { recursive: true });
    }
  });
  test('a disk that is full half-way leaves the entries too', () => {
    // The core is larger than what a file may have; facts and texts are not.
    const large = moduleFolder('large', { 'core.wasm': Buffer.alloc(1 << 20, 7) });
    const words = ['build', '--module', large, '--out', given.path('kept'), newer];
    const { code, out, err } = run('sh', [
      '-c',
      'trap "" XFSZ; ulimit -f 1024; exec "$0" "$@"',
      tool,
      ...words,
    ]);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /^avow build: .*core\.[0-9a-f]{16}\.wasm: .*\.\n$/);
    for (const [name, hash] of Object.entries(before))
      assert.equal(contents('kept')[name], hash, name);
    assert.ok(!listed('kept').some((name) => name.endsWith('.new')));
  });
  test('an archive that cannot be written: nothing is published that nobody keeps', () => {
    given.write('no-folder', 'x');
    build('unkept', sample);
    const was = contents('unkept');
    const err = refused(
      2,
      'unkept',
      '--module',
      packed,
      '--archive',
      given.path('no-folder'),
      newer,
    );
    assert.match(err, /no-folder/);
    assert.deepEqual(contents('unkept'), was);
  });
});

describe('avow build --archive, avow open --archive', () => {
  const archive = given.path('archive');
  build('archived', '--archive', archive, sample);
  const lines = visitors([2, 3]);
  const exported = given.write('export.ndjson', `${lines.join('\n')}\n`);
  const open = (code, folder, ...words) => {
    const { out, err } = expect(code, ['open', '--archive', folder, ...words]);
    return { opened: jsonLines(out), err };
  };
  const copy = (name) => {
    cpSync(archive, given.path(name), { recursive: true });
    return given.path(name);
  };
  const ofRecord = jsonLines(expect(0, ['open', '-i', dailyKey, exported]).out)[0].payload;

  test('keeps every notice, the facts and the texts under their hashes', () => {
    assert.deepEqual(readdirSync(archive).sort(), ['facts', 'notices', 'policies', 'texts']);
    for (const kind of ['facts', 'notices', 'policies', 'texts']) {
      for (const file of readdirSync(join(archive, kind))) {
        assert.match(file, kind === 'notices' ? /^[0-9a-f]{64}\.html$/ : /^[0-9a-f]{64}\.json$/);
        assert.equal(hex(readFileSync(join(archive, kind, file))), file.slice(0, 64));
      }
    }
    for (const language of ['en', 'zh-CN']) {
      for (const place of ['CN', 'US-CA', 'SG']) {
        for (const layer of ['first', 'choices', 'yours', 'door', 'fallback']) {
          const words = ['--lang', language, '--place', place, '--layer', layer, '--id', sample];
          const id = expect(0, ['render', ...words]).out.trim();
          assert.ok(existsSync(join(archive, 'notices', `${id}.html`)), `${layer} ${id}`);
        }
      }
    }
    const facts = JSON.parse(readFileSync(join(archive, 'facts', `${ofRecord.policy}.json`)));
    for (const hash of Object.values(facts.texts))
      assert.ok(existsSync(join(archive, 'texts', `${hash}.json`)), hash);
  });
  test('only adds: what earlier builds kept stays', () => {
    const folder = copy('growing-archive');
    const kept = readdirSync(folder, { recursive: true }).sort();
    build('archived', '--archive', folder, newer);
    const now = readdirSync(folder, { recursive: true }).sort();
    for (const name of kept) assert.ok(now.includes(name), name);
    assert.ok(now.length > kept.length);
    assert.equal(readdirSync(join(folder, 'facts')).length, 2);
  });
  test('says of each record that its notice and its policy are there', () => {
    const { opened } = open(0, archive, '-i', dailyKey, exported);
    assert.equal(opened.length, 6);
    for (const one of opened) {
      assert.deepEqual(one.archived, { notice: true, policy: true });
      assert.deepEqual(one.problems, []);
    }
    assert.deepEqual(Object.keys(opened[0]), [
      'archived',
      'header',
      'id',
      'number',
      'payload',
      'problems',
      'received_at',
      'source',
    ]);
  });
  test('says nothing of what it cannot see, or what a record does not name', () => {
    const { opened } = open(0, archive, exported);
    for (const one of opened) assert.deepEqual(one.archived, { notice: null, policy: null });
    const erased = given.write('erased.ndjson', `${visitors([1, 2, '--erase']).at(-1)}\n`);
    assert.deepEqual(open(0, archive, '-i', dailyKey, erased).opened[0].archived, {
      notice: null,
      policy: true,
    });
    const without = jsonLines(expect(0, ['open', '-i', dailyKey, exported]).out);
    assert.ok(without.every((one) => !('archived' in one)));
  });
  test('a notice or a policy that is missing is a problem of every record that names it', () => {
    const folder = copy('without-notice');
    rmSync(join(folder, 'notices', `${ofRecord.notice}.html`));
    const { opened } = open(1, folder, '-i', dailyKey, exported);
    const naming = opened.filter((one) => one.payload.notice === ofRecord.notice);
    assert.ok(naming.length > 0 && naming.length < opened.length);
    for (const one of opened) {
      const missing = naming.includes(one);
      assert.deepEqual(one.archived, { notice: !missing, policy: true });
      assert.deepEqual(
        one.problems.map(({ code, where, detail }) => [code, where, detail]),
        missing ? [['not-archived', '/notice', ofRecord.notice]] : [],
      );
    }
    const other = given.path('other-archive');
    build('archived', '--archive', other, newer);
    for (const one of open(1, other, '-i', dailyKey, exported).opened) {
      assert.equal(one.archived.policy, false);
      assert.ok(
        one.problems.some(({ code, where }) => code === 'not-archived' && where === '/policy'),
      );
    }
  });
  test('a damaged file ends the run before it says anything of a record', () => {
    const folder = copy('damaged');
    const path = join(folder, 'notices', `${ofRecord.notice}.html`);
    writeFileSync(path, `${readFileSync(path, 'utf8')} `);
    for (const size of [undefined, 0]) {
      if (size !== undefined) truncateSync(path, size);
      const { opened, err } = open(2, folder, '-i', dailyKey, exported);
      assert.deepEqual(opened, []);
      assert.match(
        err,
        new RegExp(`${ofRecord.notice}\\.html: its bytes are not what its name says`),
      );
    }
  });
  test('a file that an ended run left half-written is no damage', () => {
    const folder = copy('interrupted');
    writeFileSync(join(folder, 'notices', `${'0'.repeat(64)}.html.new`), '<');
    open(0, folder, '-i', dailyKey, exported);
  });
  test('a folder that is no archive', () => {
    assert.match(open(2, given.path('nowhere'), exported).err, /nowhere.*No such file/);
    assert.match(open(2, given.folder, exported).err, /notices.*No such file/);
  });
});

describe('avow build before a policy holds', () => {
  const coming = JSON.parse(text);
  coming.version = 'next';
  coming.effective_at = '2026-12-15';
  const later = given.write('coming.json', JSON.stringify(coming));
  const id = (path) => jsonLines(expect(0, ['check', '--json', path]).out)[0].policy;
  const on = (day, out, ...words) => build(out, '--on', day, ...words);

  test('what does not hold yet is not published by itself', () => {
    const words = ['--module', packed, '--on', '2026-12-14'];
    assert.match(refused(1, 'early', ...words, later), /holds from 2026-12-15 on: .*--supersedes/);
    assert.equal(existsSync(given.path('early')), false);
  });
  test('until its day the older policy holds, and from then on the newer one', () => {
    const { out } = on('2026-12-14', 'until', '--supersedes', sample, later);
    assert.match(out, /^holds +the older policy, version 2026-11-15, until 2026-12-15$/m);
    assert.match(
      out,
      /^due +2026-12-15 \(UTC\): version next holds, and 2026-11-15 no longer does$/m,
    );
    assert.deepEqual(manifest('until').due, [
      { on: '2026-12-15', then: 'version next holds, and 2026-11-15 no longer does' },
    ]);
    assert.equal(manifest('until').policy, id(sample));
    assert.equal(manifest('until').version, '2026-11-15');
    assert.doesNotMatch(on('2026-12-15', 'from', '--supersedes', sample, later).out, /^holds/m);
    assert.equal(manifest('from').policy, id(later));
    assert.deepEqual(manifest('from').due, []);
    assert.deepEqual(contents('from'), (on('2027-01-01', 'alone', later), contents('alone')));
  });
  test('the command that is due is printed as a shell can run it', () => {
    const odd = given.write("it's coming.json", JSON.stringify(coming));
    const { out } = build('due', '--supersedes', sample, '--on=2026-12-14', odd);
    assert.match(out, /does not change by itself: on that day run\n {2}avow build /);
    const command = out.trimEnd().split('\n').at(-1).trim();
    assert.doesNotMatch(command, /--on/);
    // Nothing but the day is another: run by a shell, on the day itself, it is the newer policy.
    const words = command.replace(/^avow/, `'${tool}'`);
    assert.equal(run('sh', ['-c', `${words} --on 2026-12-15`]).code, 0);
    assert.equal(manifest('due').policy, id(odd));
    assert.deepEqual(manifest('due').due, []);
  });
  test('a policy from stdin is due in a file', () => {
    const words = ['build', '--module', packed, '--on', '2026-12-14', '--out', given.path('piped')];
    const { code, out } = run(tool, [...words, '--supersedes', sample, '-'], {
      input: readFileSync(later, 'utf8'),
    });
    assert.equal(code, 0);
    assert.match(out, /--supersedes .* -\nwhere - is a policy .*: a clock needs it in a file/);
    assert.doesNotMatch(
      build('due', '--supersedes', sample, '--on=2026-12-14', later).out,
      /stdin/,
    );
  });
  test('both are in the archive from the first day', () => {
    on('2026-12-14', 'kept', '--archive', given.path('both'), '--supersedes', sample, later);
    for (const path of [sample, later])
      assert.ok(existsSync(given.path(`both/facts/${id(path)}.json`)), path);
  });
  const older = sample;
  const newer = join(vectors, '../change/newer.json');
  const change = join(vectors, '../change/change.json');
  const changing = (day, out, ...words) =>
    on(day, out, '--supersedes', older, '--change', change, ...words, newer);
  const changeId = jsonLines(
    expect(0, ['check', '--json', '--change', change, older, newer]).out,
  )[0].change;
  const part = (out, stem) => {
    const name = readdirSync(given.path(out)).find((one) => one.startsWith(stem));
    return name && String(given.read(join(out, name)));
  };

  test('a change is told of from its first day, and names itself from the day on which it holds', () => {
    const archive = ['--archive', given.path('told')];
    on('2026-12-15', 'quiet', '--supersedes', older, newer);
    changing('2026-12-15', 'untold');
    const served = (out) => {
      const { 'manifest.json': listed, ...files } = contents(out);
      return files;
    };
    assert.deepEqual(served('untold'), served('quiet'));
    assert.deepEqual(
      manifest('untold').due.map((day) => day.on),
      ['2026-12-16', '2027-01-15'],
    );

    assert.ok(
      changing('2026-12-16', 'coming', ...archive).out.includes(
        `the change ${changeId}, which is to come`,
      ),
    );
    assert.ok(part('coming', 'announce.zh-CN.'));
    assert.doesNotMatch(part('coming', 'facts.'), /"change"/);
    assert.ok(existsSync(given.path(`told/changes/${changeId}.json`)));
    assert.equal(hex(readFileSync(given.path(`told/changes/${changeId}.json`))), changeId);

    assert.ok(
      changing('2027-01-15', 'holding', ...archive).out.includes(
        `the change ${changeId}, to who is asked again because of it`,
      ),
    );
    assert.equal(part('holding', 'announce.'), undefined);
    assert.equal(JSON.parse(part('holding', 'facts.')).change, changeId);
  });
  test('a change that is not good, or of other policies, is not told of', () => {
    const words = ['--module', packed, '--on', '2026-12-20'];
    assert.match(
      refused(2, 'no', ...words, '--change', change, newer),
      /--change wants --supersedes/,
    );
    const other = ['--supersedes', older, '--change', change, later];
    assert.match(refused(1, 'no', ...words, ...other), /change\.json: \/policy_to: wrong-value: /);
    const gone = ['--supersedes', older, '--change', given.path('gone.json'), newer];
    assert.match(refused(2, 'no', ...words, ...gone), /gone\.json: No such file/);
    assert.equal(existsSync(given.path('no')), false);
  });
  test('the older one must be the one, and older', () => {
    const words = ['--module', packed, '--on', '2026-12-14', '--supersedes'];
    assert.match(refused(1, 'no', ...words, later, later), /no earlier day/);
    const other = { ...coming, supersedes: '0'.repeat(64) };
    const path = given.write('other.json', JSON.stringify(other));
    const why = refused(1, 'no', ...words, sample, path);
    const hash = hex(expect(0, ['public', sample]).out);
    assert.ok(why.includes(`its hash is ${hash}`), why);
    other.supersedes = hash;
    build(
      'yes',
      '--on',
      '2026-12-14',
      '--supersedes',
      sample,
      given.write('o.json', JSON.stringify(other)),
    );
    const abroad = given.write('abroad.json', text.replace('hengtong.example', 'other.example'));
    assert.match(refused(1, 'no', ...words, abroad, later), /another site/);
    assert.match(
      refused(1, 'no', '--module', packed, '--on', '2026-11-01', '--supersedes', sample, later),
      /neither policy holds yet/,
    );
    assert.match(
      refused(2, 'no', '--module', packed, '--on', 'tomorrow', sample),
      /--on is a date/,
    );
    assert.equal(existsSync(given.path('no')), false);
  });
});
