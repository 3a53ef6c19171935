// The package as somebody gets it who has Node and nothing else: packed, installed into an empty
// folder, and its tool held against the native one, byte for byte.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import {
  dailyKey,
  record,
  recoveryKey,
  relined,
  root,
  sample,
  scratch,
  tool as native,
  vectors,
  visitors,
} from '../cli/tool.mjs';

const given = scratch();
const typed = join(root, 'tests/cli/typed.py');
const home = given.path('home');
mkdirSync(home);

// npm brings its own idea of which Node it runs on; the tool runs on the one that runs the tests.
const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
const npm = (words, cwd) => execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: 'pipe' });

const [{ filename, files: packed }] = JSON.parse(
  npm(['pack', '--json', '--pack-destination', given.folder], join(root, 'build/npm')),
);
writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
npm(['install', ...quiet, given.path(filename)], home);
const installed = join(home, 'node_modules/avow');
const tool = join(home, 'node_modules/.bin/avow');
/** A project beside it that has the package, React and Vue. */
const app = given.path('app');
cpSync(installed, join(app, 'node_modules/avow'), { recursive: true });
for (const name of ['react', 'react-dom', 'vue'])
  symlinkSync(join(root, 'tests/node_modules', name), join(app, 'node_modules', name));
mkdirSync(join(app, 'node_modules/@types'));
symlinkSync(join(root, 'web/node_modules/@types/react'), join(app, 'node_modules/@types/react'));
const description = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

function run(program, words, { input = '', cwd = given.folder, node = '' } = {}) {
  const env = { ...process.env, PATH: path, NODE_OPTIONS: node };
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, {
    input,
    cwd,
    env,
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, signal, stdout, stderr };
}
const text = ({ status, signal, stdout, stderr }) => ({
  status,
  signal,
  stdout: stdout.toString('latin1'),
  stderr: stderr.toString('latin1'),
});

/** Both tools say the same to the same words; `code` is their exit code, where it is known. */
function same(words, options, code) {
  const want = run(native, words, options);
  const got = run(tool, words, options);
  assert.deepEqual(text(got), text(want), `avow ${words.join(' ')}`);
  if (code !== undefined) assert.equal(want.status, code, `avow ${words.join(' ')}`);
  return want;
}
/** The same through a shell, where "$0" is the tool. */
function sameShell(script, ...words) {
  const [want, got] = [native, tool].map((program) =>
    run('bash', ['-c', script, program, ...words]),
  );
  assert.deepEqual(text(got), text(want), script);
  return want;
}

const verbs = [
  ...run(native, ['--help'])
    .stdout.toString()
    .matchAll(/^ {2}(\w+) {2,}\S/gm),
].map(([, verb]) => verb);
const lines = visitors([12, 5]);
const exported = given.write('export.ndjson', `${lines.join('\n')}\n`);
const passphrase = given.write('passphrase', 'correct horse 电池 staple\nnot this line\n');
const records = given.path('records');
mkdirSync(join(records, 'deeper'), { recursive: true });
for (const [i, line] of lines.slice(0, 9).entries())
  writeFileSync(join(records, i % 2 ? 'deeper' : '', `${i}.record`), record(line));

describe('the package', () => {
  const [, version] = /^project\(avow VERSION ([\d.]+)/m.exec(
    readFileSync(join(root, 'CMakeLists.txt'), 'utf8'),
  );
  test('has the version of the tool', () => {
    assert.equal(description.version, version);
    assert.equal(same(['--version'], {}, 0).stdout.toString(), `avow/${version}\n`);
  });
  test('needs no other package and runs nothing when it is installed', () => {
    for (const name of ['dependencies', 'optionalDependencies', 'scripts'])
      assert.equal(description[name], undefined, name);
    // Frameworks are who uses their wrapper's: nobody else gets them.
    for (const name of Object.keys(description.peerDependencies))
      assert.equal(description.peerDependenciesMeta[name].optional, true, name);
    assert.deepEqual(
      readdirSync(join(home, 'node_modules')).filter((name) => name[0] !== '.'),
      ['avow'],
    );
  });
  test('holds what build/web holds, and the tool', () => {
    const names = packed.map((file) => file.path);
    const web = readdirSync(join(root, 'build/web'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    for (const file of web) {
      const name = `web/${file.slice(join(root, 'build/web').length + 1)}`;
      assert.ok(names.includes(name), name);
      assert.deepEqual(readFileSync(join(installed, name)), readFileSync(file), name);
    }
    const rest = names.filter((name) => !name.startsWith('web/')).sort();
    assert.deepEqual(rest, [
      'LICENSE',
      'README.md',
      'bin/avow-tool.mjs',
      'bin/avow-tool.wasm',
      'bin/avow.mjs',
      'package.json',
    ]);
  });
  test('builds the same site as the native tool, byte for byte, with the module that it brings', () => {
    const sample = join(root, 'tests/vectors/policy/sample.json');
    const native = join(process.env.AVOW_BUILD ?? join(root, 'build/native'), 'cli/avow');
    const tree = (folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .map((file) => [file.slice(folder.length), readFileSync(file).toString('base64')])
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const words = (name) => ['--out', join(home, name), '--archive', join(home, `${name}-kept`)];
    const module = ['--module', join(root, 'build/web')];
    const theirs = run(native, ['build', ...module, ...words('site-a'), sample]);
    const ours = run(process.execPath, [
      join(installed, 'bin/avow.mjs'),
      'build',
      ...words('site-b'),
      sample,
    ]);
    assert.deepEqual([theirs.status, ours.status], [0, 0], String(ours.stderr));
    assert.equal(String(ours.stdout).replaceAll('site-b', 'site-a'), String(theirs.stdout));
    assert.ok(tree(join(home, 'site-a')).length > 15);
    assert.deepEqual(tree(join(home, 'site-b')), tree(join(home, 'site-a')));
    assert.deepEqual(tree(join(home, 'site-b-kept')), tree(join(home, 'site-a-kept')));
    for (const verb of [['schema'], ['public', sample], ['public', '--texts', 'en', sample]]) {
      const packedTool = run(process.execPath, [join(installed, 'bin/avow.mjs'), ...verb]);
      assert.deepEqual(packedTool.stdout, run(native, verb).stdout, verb.join(' '));
    }
  });
  test('names no file that is not there', () => {
    const at = (name) => assert.ok(existsSync(join(installed, name)), name);
    at(description.types);
    at(description.bin.avow);
    for (const door of ['.', './react', './vue']) {
      at(description.exports[door].types);
      at(description.exports[door].default);
    }
  });
  test('gives its module, files and description to who asks by name', () => {
    const asked = ['avow', 'avow/web/core.js', 'avow/web/loader.js', 'avow/package.json'];
    const names = JSON.stringify(asked);
    const script = `for (const name of ${names}) console.log(import.meta.resolve(name));`;
    const { status, stdout, stderr } = run(
      process.execPath,
      ['--input-type=module', '-e', script],
      {
        cwd: home,
      },
    );
    assert.equal(status, 0, String(stderr));
    for (const url of String(stdout).trim().split('\n')) assert.ok(existsSync(new URL(url)), url);
  });
  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ]) {
    const check = (program) => {
      writeFileSync(join(home, 'use.ts'), program);
      const words = ['--noEmit', '--strict', '--types', '', '--target', 'es2022'];
      const more = ['--lib', 'es2022,dom', '--module', module, '--moduleResolution', resolution];
      const tsc = join(root, 'web/node_modules/typescript/bin/tsc');
      return String(
        run(process.execPath, [tsc, ...words, ...more, 'use.ts'], { cwd: home }).stdout,
      );
    };
    test(`has types for who imports it (${resolution})`, () => {
      assert.equal(
        check(`import { avow, AvowError } from 'avow';
          const code = (e: unknown) => (e instanceof AvowError ? e.code.trim() : '');
          void avow.refuse().catch(code);`),
        '',
      );
      assert.match(check(`import { nothing } from 'avow'; nothing();`), /nothing/);
    });
  }
  test('has components for React and Vue, rendered on a server as in a browser', () => {
    writeFileSync(
      join(app, 'render.mjs'),
      `import { createElement, Fragment } from 'react';
      import { renderToString } from 'react-dom/server';
      import { createSSRApp, h } from 'vue';
      import { renderToString as renderVue } from 'vue/server-renderer';
      import * as react from 'avow/react';
      import * as vue from 'avow/vue';
      const props = { purpose: 'video', src: '/film', title: 'A film', width: 320 };
      const Granted = () => String(react.useChoices().granted.length);
      console.log(renderToString(createElement(Fragment, {},
        createElement(react.AvowEmbed, { ...props, onFrame() {} }), createElement(Granted))));
      console.log(await renderVue(createSSRApp({
        setup: () => ({ choices: vue.useChoices() }),
        render() { return [h(vue.AvowEmbed, { ...props, class: 'wide', onFrame() {} }), String(this.choices.ask)]; },
      })));`,
    );
    const { stdout, stderr, status } = run(process.execPath, ['render.mjs'], { cwd: app });
    assert.equal(status, 0, String(stderr));
    const [byReact, byVue] = String(stdout).trim().split('\n');
    const embed = 'purpose="video" src="/film" title="A film" width="320"';
    assert.equal(byReact, `<avow-embed ${embed}></avow-embed>0`);
    assert.equal(byVue, `<!--[--><avow-embed ${embed} class="wide"></avow-embed>true<!--]-->`);
  });
  test('has types for who uses the components', () => {
    const check = (program) => {
      writeFileSync(join(app, 'use.tsx'), program);
      const words = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom'];
      const more = ['--module', 'esnext', '--moduleResolution', 'bundler', '--jsx', 'react-jsx'];
      const tsc = join(root, 'web/node_modules/typescript/bin/tsc');
      const all = [tsc, ...words, ...more, '--skipLibCheck', '--types', ''];
      return String(run(process.execPath, [...all, 'use.tsx'], { cwd: app }).stdout);
    };
    const good = `import { useRef } from 'react';
      import { h } from 'vue';
      import { AvowEmbed, useChoices, type AvowEmbedElement } from 'avow/react';
      import { AvowEmbed as VueEmbed, useChoices as useVue } from 'avow/vue';
      const asked = (granted: readonly string[]): boolean => granted.includes('video');
      export function Film() {
        const embed = useRef<AvowEmbedElement>(null);
        const { granted } = useChoices();
        const frame: HTMLIFrameElement | null | undefined = embed.current?.frame;
        return <AvowEmbed ref={embed} purpose="video" src="/film" title="A film" width={320}
          className={asked(granted) ? 'on' : 'off'} onFrame={(live) => live.focus()}
          hidden={frame === null} />;
      }
      export const film = () => h(VueEmbed, { purpose: 'video', src: '/film', title: 'A film',
        onFrame: (live: HTMLIFrameElement) => live.focus() });
      export const running = () => asked(useVue().value.granted);`;
    assert.equal(check(good), '');
    assert.match(check(good.replace('purpose="video" ', '')), /purpose/);
    assert.match(check(good.replace("purpose: 'video', ", '')), /purpose/);
    assert.match(check(good.replace('live.focus() }', 'live.nothing() }')), /nothing/);
    assert.match(check(good.replace('.value.granted', '.value.denied')), /denied/);
  });
  test('runs by its name', () => {
    const words = ['--offline', 'avow', '--version'];
    const said = execFileSync('npx', words, { cwd: home, encoding: 'utf8' });
    assert.equal(said, `avow/${version}\n`);
  });
  test('starts in well under a second', () => {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      run(tool, ['--version']);
      return performance.now() - began;
    });
    assert.ok(Math.min(...times) < 700, String(times.map(Math.round)));
  });
});

describe('the packed tool says what the native one says', () => {
  test('about itself', () => {
    assert.ok(verbs.length >= 7, String(verbs));
    for (const words of [[], ['--help'], ['-h'], ['help'], ['nothing'], ['\u202eb', 'x']])
      same(words);
    for (const verb of verbs) {
      same([verb, '--help'], {}, 0);
      same([verb, '--no-such-option'], {}, 2);
      same([verb, given.path('no/such/file')]);
      same([verb, '\u202e\n']);
    }
  });
  test('about good policies', () => {
    for (const name of ['sample.json', 'hostile.json']) {
      const file = join(vectors, name);
      same(['check', file], {}, 0);
      same(['check', '--json', file], {}, 0);
      same(['check', '-'], { input: readFileSync(file) }, 0);
      // The hostile one is another site's.
      same(['check', '--against', sample, file], {}, name === 'sample.json' ? 0 : 1);
      if (verbs.includes('public')) same(['public', file], {}, 0);
    }
  });
  for (const name of readdirSync(join(vectors, 'bad')).filter((one) => one.endsWith('.json'))) {
    test(`about bad/${name}`, () => {
      const file = join(vectors, 'bad', name);
      same(['check', file], {}, 1);
      same(['check', '--json', '-'], { input: readFileSync(file) }, 1);
    });
  }
  test('about a notice, in every language and layer', () => {
    const { languages } = JSON.parse(readFileSync(sample, 'utf8'));
    for (const language of languages) same(['render', '--lang', language, sample]);
    for (const layer of ['first', 'choices', 'yours', 'entry', 'frame', 'none'])
      same(['render', '--layer', layer, sample]);
    same(['render', '--document', '--place', 'CN', sample], {}, 0);
    same(['render', '--page', sample], {}, 0);
    same(['render', '--id', '--place', 'US-CA', sample], {}, 0);
    same(['render', '--place', 'nowhere', sample], {}, 2);
  });
  test('about records: an export, a folder, one file, stdin', () => {
    for (const words of [
      ['verify'],
      ['verify', '--json'],
      ['open'],
      ['open', '-i', dailyKey],
      ['open', '-i', recoveryKey, '-i', dailyKey],
    ]) {
      same([...words, exported]);
      same([...words, records]);
      same([...words, join(records, '0.record'), exported]);
      same([...words, '-'], { input: readFileSync(exported) });
      same([...words, '-'], { input: '' });
    }
    const { number } = JSON.parse(
      run(native, ['open', '-i', dailyKey, exported]).stdout.toString().split('\n')[0],
    );
    same(['find', '--number', number, exported], {}, 0);
    same(['find', '--number', number, '-i', dailyKey, exported], {}, 0);
    same(['find', '--number', '0000-0000', exported], {}, 1);
    same(['find', '--subject', 'nobody', '-i', dailyKey, exported], {}, 1);
  });
  test('about records that are bad', () => {
    const whole = record(lines[0]);
    for (const [name, bytes] of Object.entries({
      'cut.record': whole.subarray(0, 300),
      'empty.record': Buffer.alloc(0),
      'long.record': Buffer.concat([whole, Buffer.alloc(80_000)]),
      'turned.record': Buffer.from(whole.map((byte, i) => (i === 400 ? byte ^ 1 : byte))),
      'line.ndjson': `${'"record"'.padEnd(200_000, 'x')}\n${lines[0]}\n`,
      'refused.json': '{"status": 403, "detail": "No\u202e."}',
      'mixed.ndjson': [lines[3], '{"record": 1}', 'not JSON', relined(lines[1], whole)].join('\n'),
    })) {
      const file = given.write(name, bytes);
      same(['verify', file]);
      same(['verify', '--json', file]);
      same(['open', '-i', dailyKey, file]);
    }
  });
  test('about more records than one batch holds', () => {
    const many = given.write('many.ndjson', `${visitors([600, 4]).join('\n')}\n`);
    same(['verify', many]);
    same(['open', '-i', dailyKey, many]);
  });
  test('about files that cannot be read', () => {
    symlinkSync('loop', given.path('loop'));
    const names = [given.folder, given.path('loop'), `${sample}/below`, 'x'.repeat(300)];
    for (const name of [...names, given.path('nowhere'), '']) {
      same(['check', name], {}, 2);
      same(['verify', name]);
      same(['open', '-i', name, exported], {}, 2);
      same(['open', '-i', dailyKey, '--passphrase-file', name, exported]);
    }
    same(['check', given.write('large.json', Buffer.alloc((16 << 20) + 1, 0x20))], {}, 2);
  });
  test('about names that are not UTF-8, and links, in a folder', () => {
    const folder = given.path('names');
    mkdirSync(folder);
    for (const name of ['a\u202eb.record', 'ü.record', '.hidden'])
      writeFileSync(join(folder, name), record(lines[0]));
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xfe])]),
      'no',
    );
    symlinkSync(join(records, '1.record'), join(folder, 'broken-link'));
    symlinkSync(join(records, '0.record'), join(folder, 'link.record'));
    symlinkSync(folder, join(folder, 'round'));
    same(['verify', folder], {}, 1);
    same(['open', '-i', dailyKey, folder], {}, 1);
  });
});

describe('the packed tool lives with other programs as the native one does', () => {
  test('it reads pipes that are opened by name', () => {
    sameShell('"$0" check <(cat "$1")', sample); // the name of the pipe is the same in both
    sameShell('cat "$1" | "$0" check /dev/stdin', sample);
    sameShell('"$0" open -i <(cat "$1") "$2"', dailyKey, exported);
    sameShell('{ cat "$1"; sleep 0.3; cat "$1"; } | "$0" verify -', exported);
  });
  test('a full disk is told', () => {
    assert.match(sameShell('"$0" check "$1" > /dev/full', sample).stderr.toString(), /written/);
  });
  test('it ends with its reader', () => {
    const many = given.write('long.ndjson', `${visitors([300, 4]).join('\n')}\n`);
    const { stdout } = sameShell(
      '"$0" open -i "$1" "$2" | head -c 1000 > /dev/null; echo "${PIPESTATUS[0]}"',
      dailyKey,
      many,
    );
    assert.equal(String(stdout), '141\n');
  });
  test('no terminal, no question', () => {
    sameShell('setsid -w "$0" keygen --out "$1" < /dev/null', given.path('silent'));
    sameShell('setsid -w "$0" open -i "$1" - < "$2"', passphrase, exported);
  });
});

describe('the packed keygen', () => {
  /** Keys are new each time: what stands around them is the same. */
  const masked = ({ stdout, stderr, ...rest }, folder) => ({
    ...rest,
    stdout: stdout.toString().replace(/age1[0-9a-z]{58}/g, 'KEY'),
    stderr: stderr
      .toString()
      .replaceAll(folder, 'FOLDER')
      .replace(/fingerprint [0-9a-f ]+/g, 'fingerprint'),
  });
  const sameKeygen = (name, words, options) => {
    const [want, got] = [native, tool].map((program, i) => {
      const folder = given.path(`${name}-${i}`);
      const result = run(program, ['keygen', '--out', folder, ...words], options);
      const modes = existsSync(folder)
        ? [
            statSync(folder),
            ...readdirSync(folder).map((file) => statSync(join(folder, file))),
          ].map(({ mode, size }, at) => [mode.toString(8), at === 0 || size])
        : [];
      return { ...masked(result, folder), modes };
    });
    assert.deepEqual(got, want);
    return given.path(`${name}-1`);
  };

  test('--plain: the same modes and words; the native tool opens with its keys', () => {
    const folder = sameKeygen('plain', ['--plain']);
    assert.equal(statSync(join(folder, 'daily.key')).mode & 0o777, 0o600);
    const two = ['daily', 'recovery'].map((name) =>
      readFileSync(join(folder, `${name}.key`), 'utf8'),
    );
    assert.notEqual(two[0].split('\n')[1], two[1].split('\n')[1]);
    same(['open', '-i', join(folder, 'daily.key'), exported], {}, 1);
  });
  test('sealed to a passphrase: each tool opens what the other sealed', () => {
    sameKeygen('sealed', ['--passphrase-file', passphrase]);
    for (const i of [0, 1]) {
      const key = given.path(`sealed-${i}/daily.key`);
      same(['open', '-i', key, '--passphrase-file', passphrase, exported], {}, 1);
      same(['open', '-i', key, exported], { input: 'wrong\n' }, 2);
    }
  });
  test('what cannot be', () => {
    sameKeygen('stdin', [], { input: '' });
    sameKeygen('long', [], { input: 'x'.repeat(2000) });
    sameKeygen('no/such', ['--plain']);
    same(['keygen', '--plain', '--out', sample], {}, 2);
    run(native, ['keygen', '--plain', '--out', given.path('there')]);
    same(['keygen', '--plain', '--out', given.path('there')], {}, 2);
    same(['keygen', '--plain', '--out', '/proc/avow'], {}, 2);
    same(['keygen'], {}, 2);
  });
  test('makes no key where there are no random bytes', () => {
    const folder = given.path('random');
    const none = 'crypto.getRandomValues=()=>{throw(Error(`none`))}';
    const { status, stdout, stderr } = run(tool, ['keygen', '--plain', '--out', folder], {
      node: `--import=data:text/javascript,${none}`,
    });
    assert.equal(status, 70);
    assert.match(String(stderr), /^avow: the tool broke: Error: none/);
    assert.equal(String(stdout), '');
    assert.deepEqual(readdirSync(folder), []);
  });
  test('asks at a terminal, twice, unseen', () => {
    const types =
      (...answers) =>
      (program, ...words) =>
        run('python3', [
          typed,
          ...answers.flatMap((one) => ['--type', one]),
          '--',
          program,
          ...words,
        ]);
    for (const [name, answers, code] of [
      ['typed', ['good', 'good'], 0],
      ['differ', ['good', 'other'], 2],
      ['nothing', [''], 2],
      ['mended', ['gu\u007food', 'x\u0015good'], 0],
      ['stopped', ['go\u0003'], 128],
      ['ended', ['\u0004'], 2],
      ['flushed', ['go\u0004od', 'good'], 0],
    ]) {
      const [want, got] = [native, tool].map((program, i) => {
        const folder = given.path(`${name}-${i}`);
        return masked(types(...answers)(program, 'keygen', '--out', folder), folder);
      });
      assert.deepEqual(got, want, name);
      assert.equal(got.status, code, name);
      assert.ok(!got.stderr.includes('good'), `${name}: the passphrase was echoed`);
    }
    // What was mended while typing is what counts.
    const key = given.path('mended-1/daily.key');
    same(['open', '-i', key, exported], { input: 'good\n' }, 1);
  });
});
