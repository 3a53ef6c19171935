// avow keygen, and the stock tools on what it made.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { expect, jsonLines, record, run, sample, scratch, tool, visitors } from './tool.mjs';

const given = scratch();
const typed = join(dirname(fileURLToPath(import.meta.url)), 'typed.py');
const passphrase = 'correct horse 电池 staple';
const passphraseFile = given.write('passphrase', `${passphrase}\nnot this line\n`);

/** The sample policy with the keys that keygen printed; the lines are pasted as they are. */
function policyWith(printed, name) {
  const text = readFileSync(sample, 'utf8').replace(/"keys": \[.*?\]/s, printed.trim());
  return given.write(name, text);
}
/** The sealed part of a record, cut off as the documentation says. */
const sealedOf = (path) => run('tail', ['-n', '+3', path], { encoding: 'buffer' }).out;

function atTerminal(answers, program, words) {
  return run('python3', [
    typed,
    ...answers.flatMap((answer) => ['--type', answer]),
    '--',
    program,
    ...words,
  ]);
}

// Outside of describe: node's runner does not count what fails in its body.
const folder = given.path('sealed');
const made = expect(0, ['keygen', '--out', folder, '--passphrase-file', passphraseFile]);
const policy = policyWith(made.out, 'sealed-policy.json');
const [line] = visitors([1, 1], policy);
const path = given.write('one.record', record(line));

describe('avow keygen', () => {
  test('prints keys that a policy takes, and their fingerprints', () => {
    const [told] = jsonLines(expect(0, ['check', '--json', policy]).out);
    assert.deepEqual(
      told.keys.map((key) => key.label),
      ['daily', 'recovery'],
    );
    assert.notEqual(told.keys[0].recipient, told.keys[1].recipient);
    for (const key of told.keys) assert.ok(made.err.includes(key.fingerprint));
  });
  test('writes two files that their owner alone can read', () => {
    assert.deepEqual(readdirSync(folder).sort(), ['daily.key', 'recovery.key']);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder))
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  });
  test('seals them to the passphrase as age does', () => {
    for (const name of ['daily', 'recovery']) {
      const bytes = readFileSync(join(folder, `${name}.key`));
      assert.ok(bytes.toString('latin1').startsWith('age-encryption.org/v1\n-> scrypt '));
      assert.ok(!bytes.includes('AGE-SECRET-KEY'));
    }
  });
  for (const name of ['daily', 'recovery']) {
    test(`stock age opens a record with ${name}.key, asking for the passphrase`, () => {
      const sealed = given.write(`${name}.age`, sealedOf(path));
      const { code, out, err } = atTerminal([passphrase], 'age', [
        '-d',
        '-i',
        join(folder, `${name}.key`),
        sealed,
      ]);
      assert.equal(code, 0, err);
      assert.equal(JSON.parse(out).press.control, 'accept');
    });
  }
  test('stock age unseals the file itself to what age-keygen writes', () => {
    const { code, out, err } = atTerminal([passphrase], 'age', ['-d', join(folder, 'daily.key')]);
    assert.equal(code, 0, err);
    assert.match(
      out,
      /^# created: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n# public key: age1[0-9a-z]{58}\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n$/,
    );
    const keygen = run('age-keygen', ['-y', given.write('unsealed.key', out)]);
    assert.ok(made.out.includes(keygen.out.trim()));
  });
  test('avow opens the record with it: passphrase from a file, from stdin, from the terminal', () => {
    const key = join(folder, 'daily.key');
    const [opened] = jsonLines(
      expect(0, ['open', '-i', key, '--passphrase-file', passphraseFile, path]).out,
    );
    assert.equal(opened.payload.press.control, 'accept');
    expect(0, ['open', '-i', key, path], { input: `${passphrase}\n` });
    const { code, out, err } = atTerminal([passphrase], tool, ['open', '-i', key, path]);
    assert.equal(code, 0, err);
    assert.equal(jsonLines(out)[0].id, opened.id);
    assert.ok(!err.includes(passphrase), 'the passphrase was echoed');
  });
  test('one passphrase serves both files, asked for once', () => {
    const { code, err } = atTerminal([passphrase], tool, [
      'open',
      '-i',
      join(folder, 'daily.key'),
      '-i',
      join(folder, 'recovery.key'),
      path,
    ]);
    assert.equal(code, 0, err);
    assert.equal(err.match(/Passphrase/g).length, 1);
  });
  test('a wrong or missing passphrase opens nothing', () => {
    const key = join(folder, 'daily.key');
    assert.match(expect(2, ['open', '-i', key, path], { input: 'wrong\n' }).err, /seal-passphrase/);
    assert.match(expect(2, ['open', '-i', key, path], { input: '' }).err, /empty/);
    assert.match(
      expect(2, ['open', '-i', key, '--passphrase-file', given.path('nowhere'), path]).err,
      /nowhere/,
    );
  });

  test('typed twice at a terminal, without echo', () => {
    const { code, out, err } = atTerminal([passphrase, passphrase], tool, [
      'keygen',
      '--out',
      given.path('typed'),
    ]);
    assert.equal(code, 0, err);
    assert.match(out, /"keys": \[/);
    assert.ok(!err.includes(passphrase), 'the passphrase was echoed');
    // The keys are sealed to what was typed: another folder's records they cannot open, but they
    // can be read.
    const { err: refused } = expect(1, [
      'open',
      '-i',
      join(given.path('typed'), 'daily.key'),
      '--passphrase-file',
      passphraseFile,
      path,
    ]);
    assert.equal(refused, '');
  });
  test('two that differ make nothing', () => {
    const { code, err } = atTerminal([passphrase, 'other'], tool, [
      'keygen',
      '--out',
      given.path('differ'),
    ]);
    assert.equal(code, 2);
    assert.match(err, /not the same/);
    assert.deepEqual(readdirSync(given.path('differ')), []);
  });

  test('--plain writes what age-keygen writes, and stock age opens with it: the three-line demonstration', () => {
    const plain = given.path('plain');
    const { out } = expect(0, ['keygen', '--plain', '--out', plain]);
    assert.match(
      readFileSync(join(plain, 'daily.key'), 'utf8'),
      /^# created: .*\n# public key: age1\w{58}\nAGE-SECRET-KEY-1\w{58}\n$/,
    );
    assert.equal(statSync(join(plain, 'daily.key')).mode & 0o777, 0o600);
    const [one] = visitors([1, 1], policyWith(out, 'plain-policy.json'));
    given.write('record', record(one));
    for (const name of ['daily', 'recovery']) {
      const shown = run('sh', ['-c', `tail -n +3 record | age -d -i plain/${name}.key | jq .`], {
        cwd: given.folder,
      });
      assert.equal(shown.code, 0, shown.err);
      assert.equal(JSON.parse(shown.out).answers[0].purpose, 'statistics');
    }
  });

  test('nothing is ever overwritten, through a symlink neither', () => {
    const before = readFileSync(join(folder, 'daily.key'));
    assert.match(expect(2, ['keygen', '--plain', '--out', folder]).err, /never overwritten/);
    assert.deepEqual(readFileSync(join(folder, 'daily.key')), before);
    const half = given.path('half');
    mkdirSync(half);
    writeFileSync(join(half, 'recovery.key'), 'precious');
    expect(2, ['keygen', '--plain', '--out', half]);
    assert.deepEqual(readdirSync(half), ['recovery.key']);
    const linked = given.path('linked');
    mkdirSync(linked);
    symlinkSync(given.path('target'), join(linked, 'daily.key'));
    expect(2, ['keygen', '--plain', '--out', linked]);
    assert.ok(!existsSync(given.path('target')));
  });
  for (const name of ['daily', 'recovery']) {
    test(`nor is a ${name}.key that appears while the passphrase is typed; half a pair is not left behind`, async () => {
      const late = given.path(`late-${name}`);
      const pipe = given.path(`pipe-${name}`);
      assert.equal(run('mkfifo', [pipe]).code, 0);
      const child = spawn(tool, ['keygen', '--out', late, '--passphrase-file', pipe], {
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      // The pipe takes a writer once the tool reads it, and the tool has looked for the files by
      // then.
      let write;
      for (const until = Date.now() + 20_000; !write && Date.now() < until; ) {
        write = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(
          () =>
            new Promise((next) => {
              setTimeout(next, 10);
            }),
        );
      }
      assert.ok(write, 'the tool never asked for the passphrase');
      writeFileSync(join(late, `${name}.key`), 'precious');
      await write.write(`${passphrase}\n`);
      await write.close();
      assert.deepEqual(await ended, [2, null]);
      assert.deepEqual(readdirSync(late), [`${name}.key`]);
      assert.equal(readFileSync(join(late, `${name}.key`), 'utf8'), 'precious');
    });
  }
  test('usage', () => {
    expect(2, ['keygen']);
    expect(2, ['keygen', '--out']);
    expect(2, ['keygen', '--out', '']);
    expect(2, ['keygen', '--out', given.path('x'), 'stray']);
    expect(2, ['keygen', '--out', given.path('x'), '--plain', '--passphrase-file', passphraseFile]);
    expect(2, ['keygen', '--out', given.path('no/such/parent'), '--plain']);
    assert.match(expect(2, ['keygen', '--out', given.path('y')], { input: '' }).err, /empty/);
    assert.match(
      expect(2, ['keygen', '--out', given.path('y')], { input: 'x'.repeat(2000) }).err,
      /longer/,
    );
  });
});
