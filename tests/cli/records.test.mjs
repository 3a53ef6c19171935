// open, verify and find, on exports, folders and single records, good and bad.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  codes,
  dailyKey,
  expect,
  jsonLines,
  record,
  recoveryKey,
  relined,
  run,
  scratch,
  tool,
  visitors,
} from './tool.mjs';

const given = scratch();
const lines = visitors([3, 4, '--subject', 'customer']);
const exported = given.write('export.ndjson', `${lines.join('\n')}\n`);
const open = (code, words, options) => jsonLines(expect(code, ['open', ...words], options).out);
const verify = (code, words, options) =>
  jsonLines(expect(code, ['verify', '--json', ...words], options).out);
const put = (name, ...content) => given.write(name, `${content.join('\n')}\n`);

/** The line with one byte of the record's sealed part changed. */
function tampered(line, at = -20) {
  const bytes = record(line);
  bytes[bytes.length + at] ^= 1;
  return relined(line, bytes);
}

// Outside of describe: node's runner does not count what fails in its body.
const { id } = JSON.parse(lines[6]);
const [{ number }] = open(0, [given.write('seventh.record', record(lines[6]))]);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
/** A record that verifies, by a device of one's own, around whatever a stranger calls sealed. */
function around(sealed) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const device = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('hex');
  const header = Buffer.from(
    `{"device":"${device}","erase_commit":"${'0'.repeat(64)}","op":"set","prev":null,"seq":1,"site":"hengtong.example","v":"avow/v1"}`,
  );
  const label = Buffer.from('avow/v1 record\0');
  const signature = sign(
    null,
    Buffer.concat([label, sha256(header), sha256(sealed)]),
    privateKey,
  ).toString('base64');
  return Buffer.concat([header, Buffer.from(`\n${signature}\n`), sealed]);
}

describe('avow open', () => {
  test('opens an export, one JSON line a record, in its order', () => {
    const opened = open(0, ['-i', dailyKey, exported]);
    assert.deepEqual(
      opened.map((one) => one.id),
      lines.map((line) => JSON.parse(line).id),
    );
    const [first] = opened;
    assert.deepEqual(Object.keys(first), [
      'header',
      'id',
      'number',
      'payload',
      'problems',
      'received_at',
      'source',
    ]);
    assert.equal(first.header.site, 'hengtong.example');
    assert.equal(first.payload.subject, 'customer-1');
    assert.equal(first.payload.answers.length, 7);
    assert.equal(first.received_at, JSON.parse(lines[0]).received_at);
    assert.match(first.number, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(first.source, `${exported}:1`);
    assert.ok(opened.every((one) => one.problems.length === 0));
  });
  test('with either key, or both, or after another that does not fit', () => {
    const other = run('age-keygen', []).out;
    for (const keys of [
      ['-i', recoveryKey],
      ['-i', dailyKey, '--identity', recoveryKey],
      ['-i', given.write('other.key', other), '-i', dailyKey],
    ]) {
      assert.equal(open(0, [...keys, exported])[5].payload.press.control, 'save');
    }
    const [closed] = open(1, ['-i', given.path('other.key'), exported]);
    assert.deepEqual(codes(closed), ['seal-no-match']);
    assert.equal(closed.payload, null);
    assert.equal(closed.header.seq, 1);
  });
  test('without a key verifies, and leaves the payload closed', () => {
    const opened = open(0, [exported]);
    assert.ok(opened.every((one) => one.payload === null && one.problems.length === 0));
  });
  test('reads stdin, blank lines, and a last line without its line feed', () => {
    assert.equal(open(0, ['-'], { input: lines.join('\n\n') }).length, lines.length);
    assert.equal(open(0, ['-'], { input: lines.join('\n') })[0].source, 'stdin:1');
    assert.deepEqual(open(0, ['-'], { input: '' }), []);
    assert.equal(open(0, ['-'], { input: record(lines[0]) }).length, 1);
  });
  test('members of a line that it does not know do not matter', () => {
    const line = JSON.stringify({ ...JSON.parse(lines[0]), shard: 3 });
    assert.equal(open(0, [put('extra.ndjson', line)]).length, 1);
  });
  test('opens a folder: every file at any depth, in the order of their paths', () => {
    const folder = given.path('archive');
    mkdirSync(join(folder, 'b/deep'), { recursive: true });
    lines
      .slice(0, 4)
      .forEach((line, i) =>
        given.write(`archive/${['z', 'b/deep/2', 'b/1', 'a'][i]}.record`, record(line)),
      );
    symlinkSync(folder, join(folder, 'loop'));
    const opened = open(0, ['-i', dailyKey, folder]);
    assert.deepEqual(
      opened.map((one) => one.source.slice(folder.length + 1)),
      ['a.record', 'b/1.record', 'b/deep/2.record', 'z.record'],
    );
    mkdirSync(given.path('empty-folder'));
    assert.deepEqual(open(0, [given.path('empty-folder')]), []);
  });
  test('a file that is named by an id holds the record of that id', () => {
    const { id } = JSON.parse(lines[0]);
    open(0, [given.write(`${id}.avow`, record(lines[0]))]);
    const wrong = `${'0'.repeat(64)}.avow`;
    assert.deepEqual(codes(open(1, [given.write(wrong, record(lines[0]))])[0]), ['record-id']);
  });
  test('one record out of a chain is no gap, two are', () => {
    assert.equal(
      open(0, ['-i', dailyKey, given.write('third.record', record(lines[2]))]).length,
      1,
    );
    assert.match(
      expect(1, ['open', put('hole.ndjson', lines[0], lines[2])]).err,
      /chain-gap: device [0-9a-f]{64}, seq 3/,
    );
  });

  test('a bad record never stops the rest, whatever is wrong with it', () => {
    const second = JSON.parse(lines[1]);
    const header = record(lines[1]).subarray(0, record(lines[1]).indexOf(10));
    const bad = [
      ['tampered', tampered(lines[1]), 'record-signature'],
      [
        'signature',
        relined(
          lines[1],
          Buffer.concat([
            header,
            Buffer.from(`\n${'A'.repeat(86)}==\n`),
            record(lines[1]).subarray(header.length + 90),
          ]),
        ),
        'record-signature',
      ],
      ['another id', JSON.stringify({ ...second, id: JSON.parse(lines[0]).id }), 'record-id'],
      ['cut off', relined(lines[1], record(lines[1]).subarray(0, 300)), 'record-truncated'],
      ['cut short', relined(lines[1], record(lines[1]).subarray(0, -1)), 'record-signature'],
      [
        'one byte more',
        relined(lines[1], Buffer.concat([record(lines[1]), Buffer.alloc(1)])),
        'record-signature',
      ],
      ['no header', relined(lines[1], Buffer.from('hello\nworld\n')), 'record-header'],
      ['empty record', relined(lines[1], Buffer.alloc(0)), 'out-of-range'],
      ['too large', relined(lines[1], Buffer.alloc(65_537, 97)), 'record-too-large'],
      [
        'header not canonical',
        relined(
          lines[1],
          Buffer.from(
            record(lines[1]).toString('latin1').replace('{"device"', '{ "device"'),
            'latin1',
          ),
        ),
        'record-header',
      ],
      ['no base64', JSON.stringify({ ...second, record: '***' }), 'base64-malformed'],
      [
        'url base64',
        JSON.stringify({ ...second, record: `${second.record.slice(0, 4)}-_==` }),
        'base64-malformed',
      ],
      ['no record', JSON.stringify({ id: second.id }), 'missing-field'],
      ['no id', JSON.stringify({ record: second.record }), 'missing-field'],
      [
        'id in capitals',
        JSON.stringify({ ...second, id: second.id.toUpperCase().replace(/^./, 'A') }),
        'hex-malformed',
      ],
      ['no time', JSON.stringify({ ...second, received_at: 'yesterday' }), 'time-malformed'],
      ['not JSON', 'not JSON', 'json-syntax'],
      ['cut-off line', lines[1].slice(0, 500), 'json-syntax'],
      ['an array', '["record"]', 'wrong-type'],
      ['duplicate keys', lines[1].replace('{', `{"id":"${second.id}",`), 'json-duplicate-key'],
      ['deep nesting', `{"record":${'['.repeat(50_000)}`, 'json-too-deep'],
      ['a very long line', `{"record":"${'A'.repeat(3 << 20)}"}`, 'json-too-large'],
    ];
    const path = put(
      'bad.ndjson',
      ...bad.flatMap(([, line], i) => [lines[i % 2 === 0 ? 0 : 3], line]),
    );
    const opened = open(1, ['-i', dailyKey, path]);
    assert.equal(opened.length, bad.length * 2);
    bad.forEach(([what, , code], i) => {
      assert.ok(
        codes(opened[2 * i + 1]).includes(code),
        `${what}: ${JSON.stringify(opened[2 * i + 1].problems)}`,
      );
      assert.deepEqual(opened[2 * i].problems, [], `the record before "${what}"`);
    });
  });
  test('bytes that are no UTF-8, or NUL, in an export are one bad line', () => {
    const input = Buffer.concat([
      Buffer.from(`${lines[0]}\n`),
      Buffer.from([0xff, 0x00, 0x1b, 0x0a]),
      Buffer.from(`${lines[1]}\n`),
    ]);
    const opened = open(1, ['-'], { input });
    assert.deepEqual(
      opened.map((one) => codes(one)[0]),
      [undefined, 'json-utf8', undefined],
    );
  });
  test('a broken first line does not hide the export behind it', () => {
    assert.equal(open(1, [put('first.ndjson', 'garbage', ...lines.slice(0, 4))]).length, 5);
  });
  test('a file that is neither is one bad record', () => {
    assert.deepEqual(
      open(1, [given.write('random.bin', Buffer.from('7f454c46020101', 'hex'))]).map(codes),
      [['record-truncated']],
    );
    assert.deepEqual(open(1, [given.write('empty.record', '')]).map(codes), [['record-truncated']]);
    assert.deepEqual(open(1, [given.write('zeros', Buffer.alloc(1 << 20))]).map(codes), [
      ['record-too-large'],
    ]);
  });
  test('a sealed part moved under another header does not open as it', () => {
    // The attacker has a device of his own, but not what the seal holds: this one is made of two
    // honest records.
    const [a, b] = [record(lines[0]), record(lines[4])];
    const cut = (bytes) => bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
    const mixed = Buffer.concat([a.subarray(0, cut(a)), b.subarray(cut(b))]);
    assert.deepEqual(codes(open(1, ['-i', dailyKey, given.write('mixed.record', mixed)])[0]), [
      'record-signature',
    ]);
  });
  test('a fork is told at the end, both records are printed', () => {
    const forked = put('forked.ndjson', ...visitors([1, 3, '--fork']));
    const { out, err } = expect(1, ['open', '-i', dailyKey, forked]);
    assert.equal(jsonLines(out).length, 4);
    assert.match(
      err,
      /chain-fork: device [0-9a-f]{64}, seq 3: .*[0-9A-Z]{4}-[0-9A-Z]{4} \([0-9a-f]{64}\), /,
    );
  });

  test('what cannot be read is told, the rest is opened, and the exit code is 2', () => {
    const { out, err } = expect(2, ['open', given.path('nowhere'), exported]);
    assert.match(err, /nowhere: No such file/);
    assert.equal(jsonLines(out).length, lines.length);
    expect(2, ['open', '-i', given.path('nowhere.key'), exported]);
    expect(2, ['open', '-i', exported, exported]);
    assert.match(
      expect(2, ['open', '-i', given.write('bad.key', 'AGE-SECRET-KEY-1QQ\n'), exported]).err,
      /key-malformed at line 1/,
    );
    if (process.getuid() !== 0) {
      chmodSync(given.write('closed.record', 'x'), 0);
      expect(2, ['open', given.path('closed.record')]);
    }
  });
  test('nothing of a record or a file name can steer the terminal', () => {
    const steering = visitors([1, 1, '--subject', 'a\u202eb\u009bc\u007f']);
    const { out } = expect(0, [
      'open',
      '-i',
      dailyKey,
      put('esc\x1b[31m\u202e.ndjson', ...steering),
    ]);
    assert.doesNotMatch(out, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    assert.equal(jsonLines(out)[0].payload.subject, 'a\u202eb\u009bc\u007f-1');
  });
  test('refusals of who granted nothing have neither chain nor subject', () => {
    const opened = open(0, [
      '-i',
      dailyKey,
      put('refusals.ndjson', ...visitors([3, 1, '--refuse', '--subject', 'customer'])),
    ]);
    assert.ok(opened.every((one) => one.payload.subject === null && one.header.seq === 1));
    assert.equal(new Set(opened.map((one) => one.header.device)).size, 3);
  });
  test('many records come out in the order they went in', () => {
    const many = visitors([500, 5]);
    const opened = open(0, [put('many.ndjson', ...many)]);
    assert.deepEqual(
      opened.map((one) => one.id),
      many.map((line) => JSON.parse(line).id),
    );
  });
});

describe('avow verify', () => {
  test('needs no key and says that all is good', () => {
    assert.match(
      expect(0, ['verify', exported]).out,
      /^12 records of 3 devices: every signature, id and chain is good\n$/,
    );
    assert.deepEqual(verify(0, [exported]), [
      { ok: true, records: 12, devices: 3, bad: 0, gaps: 0, forks: 0, erasures: 0, unreadable: 0 },
    ]);
  });
  test('the order of records does not matter, nor that one comes twice', () => {
    verify(0, [put('shuffled.ndjson', ...[...lines].reverse())]);
    verify(0, [exported, exported]);
  });
  test('finds a tampered record, where it stands, and the gap it leaves', () => {
    const path = put('tampered.ndjson', lines[0], tampered(lines[1]), ...lines.slice(2));
    const [bad, gap, summary] = verify(1, [path]);
    assert.equal(bad.source, `${path}:2`);
    assert.deepEqual(codes(bad), ['record-signature']);
    assert.equal(gap.code, 'chain-gap');
    assert.deepEqual(summary, {
      ok: false,
      records: 12,
      devices: 3,
      bad: 1,
      gaps: 1,
      forks: 0,
      erasures: 0,
      unreadable: 0,
    });
    const { out } = expect(1, ['verify', path]);
    assert.match(out, /tampered\.ndjson:2: record-signature: /);
    assert.match(out, /1 bad record, 1 gap, 0 forks\n$/);
  });
  test('lists what visitors have asked to erase, where the backend could not act on it', () => {
    const made = visitors([1, 3, '--erase']);
    const path = put('erase.ndjson', ...made);
    const [asked, summary] = verify(0, [path]);
    const header = JSON.parse(record(made.at(-1)).toString('latin1').split('\n')[0]);
    assert.deepEqual(asked.erase, { device: header.device, up_to: 3 });
    assert.equal(summary.erasures, 1);
    assert.match(
      expect(0, ['verify', path]).out,
      /to erase: the visitor asks to delete every record of device [0-9a-f]{64} up to seq 3\n.*1 request to erase, every/s,
    );
  });
  test('what a backend said instead of an export is never ok', () => {
    const problem = (status, detail) => JSON.stringify({ type: 'about:blank', status, detail });
    const answers = [
      ['problem.ndjson', problem(401, 'Send the export token.'), 2],
      ['pretty.json', JSON.stringify(JSON.parse(problem(503, 'Later.')), null, 2), 2],
      ['other.json', '{"error":"unauthorized"}', 1],
      ['naming.json', '{"error":"no such thing","record":null}', 1],
      ['gateway.html', '<html><body><a name="record">502 Bad Gateway</a></body></html>\n', 1],
      ['text', 'upstream timed out\n', 1],
      ['headers', `HTTP/1.1 401 Unauthorized\r\n\r\n${problem(401, 'Send the token.')}`, 1],
      ['nothing.ndjson', '', 1],
      ['blank.ndjson', '\n\n', 1],
      ['cut.ndjson', lines[0].slice(0, 700), 1],
      ['cut-problem.json', problem(401, 'Send the export token.').slice(0, 40), 1],
    ];
    for (const [name, text, code] of answers) {
      const path = given.write(name, text);
      for (const paths of [[path], [path, exported], [exported, path]]) {
        const summary = verify(code, paths).at(-1);
        assert.equal(summary.ok, false, name);
        assert.equal(summary.bad + summary.unreadable, 1, name);
        assert.equal(summary.records, (paths.length - 1) * lines.length + summary.bad, name);
      }
      if (text !== '') assert.equal(verify(code, ['-'], { input: text }).at(-1).ok, false, name);
      expect(code, ['open', path]);
      // Who answers an access request must not take what was found for all there is.
      const { err } = expect(code, ['find', '--number', number, path, exported]);
      assert.match(err, code === 2 ? /the backend answered/ : /1 other records are bad/, name);
    }
    const { out } = expect(2, ['verify', given.path('problem.ndjson'), exported]);
    assert.match(out, /every signature, id and chain of what could be read is good\n$/);
  });
  test('nothing inside a seal changes how many records there are', () => {
    const seals = [
      '-> "record" x\n',
      `{"record":"x"}\n{"id":"${'0'.repeat(64)}","record":"x"}\n`,
      `\n${lines.slice(0, 4).join('\n')}\n`,
    ];
    for (const seal of seals) {
      const bytes = around(Buffer.from(seal));
      const path = given.write('hostile.record', bytes);
      for (const [words, options] of [[[path]], [['-'], { input: bytes }]]) {
        const [summary] = verify(0, words, options);
        assert.deepEqual([summary.records, summary.devices, summary.bad], [1, 1, 0], seal);
        assert.equal(open(0, words, options).length, 1);
      }
      const found = expect(0, ['find', '--number', open(0, [path])[0].number, path]);
      assert.equal(jsonLines(found.out).length, 1);
      // The same as the collector exports it.
      const line = relined(lines[0], bytes);
      const { id: own } = open(0, [path])[0];
      const export1 = put('hostile.ndjson', JSON.stringify({ ...JSON.parse(line), id: own }));
      assert.equal(verify(0, [export1])[0].records, 1);
    }
  });
  test('a file that is named by an id is one record, even where it is written as an export', () => {
    const path = given.write(`${'a'.repeat(64)}.avow`, `${lines.join('\n')}\n`);
    assert.equal(verify(1, [path]).at(-1).records, 1);
    assert.equal(open(1, [path]).length, 1);
  });
  test('no record at all is said, and what a backend refused with is shown', () => {
    assert.match(expect(0, ['verify', '-'], { input: '' }).out, /^There is no record here\.\n$/);
    assert.match(expect(0, ['open', '-'], { input: '' }).err, /There is no record here/);
    const refusal = JSON.stringify({
      type: 'about:blank',
      status: 401,
      detail: 'Send the export token.',
    });
    for (const verb of ['open', 'verify'])
      assert.match(
        expect(2, [verb, '-'], { input: refusal }).err,
        /the backend answered 401: Send the export token\./,
      );
  });
  test('finds any single changed bit of a record', () => {
    const bytes = record(lines[0]);
    for (let at = 0; at < bytes.length; at += 331) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1 << (at % 8);
      verify(1, [given.write('bit.record', changed)]);
    }
  });
  test('finds a fork, with the records that show it', () => {
    const [fork, summary] = verify(1, [put('fork.ndjson', ...visitors([1, 3, '--fork']))]);
    assert.equal(fork.code, 'chain-fork');
    assert.equal(fork.seq, 3);
    assert.equal(fork.records.length, 2);
    assert.equal(summary.forks, 1);
  });
  test('finds a missing record', () => {
    const [gap] = verify(1, [put('gap.ndjson', ...visitors([1, 4, '--gap']))]);
    assert.equal(gap.code, 'chain-gap');
    assert.equal(gap.seq, 4);
    verify(1, [given.write('alone.record', record(lines[2]))]);
  });
  test('a folder and an export together', () => {
    mkdirSync(given.path('both'));
    given.write('both/first.record', record(lines[0]));
    verify(0, [given.path('both'), put('rest.ndjson', ...lines.slice(1))]);
  });
  test('an absent file is 2, whatever else is found', () => {
    expect(2, ['verify', given.path('nowhere'), exported]);
    expect(2, ['verify', given.path('nowhere')]);
  });
  test('a file that shrinks to nothing is no export', () => {
    const path = put('shrunk.ndjson', lines[0]);
    truncateSync(path, 0);
    verify(1, [path]);
  });
});

describe('avow find', () => {
  test('--number finds the record, however the number is spoken', () => {
    const confusable = number.replace(/0/g, 'o').replace(/1/g, 'l');
    for (const spoken of [
      number,
      number.toLowerCase(),
      number.replace('-', ''),
      number.replace('-', ' '),
      confusable,
      number.replace(/1/g, 'I'),
    ]) {
      const found = jsonLines(expect(0, ['find', '--number', spoken, exported]).out);
      assert.deepEqual(
        found.map((one) => one.id),
        [id],
        spoken,
      );
      assert.equal(found[0].payload, null);
    }
  });
  test('--number reads O as 0, I and L as 1', () => {
    const many = visitors([40, 5]);
    const all = open(0, [put('numbers.ndjson', ...many)]);
    const { number: confusing } = all.find(
      (one) => one.number.includes('0') && one.number.includes('1'),
    );
    for (const spoken of [
      confusing.replaceAll('0', 'O').replaceAll('1', 'I'),
      confusing.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]) {
      assert.match(
        expect(0, ['find', '--number', spoken, given.path('numbers.ndjson')]).out,
        new RegExp(confusing),
      );
    }
  });
  test('--number opens it where there is a key', () => {
    const [found] = jsonLines(
      expect(0, ['find', '--number', number, '-i', dailyKey, exported]).out,
    );
    assert.equal(found.payload.press.control, 'save');
  });
  test('--subject finds all of one customer, and nobody else', () => {
    const found = jsonLines(
      expect(0, ['find', '--subject', 'customer-2', '-i', dailyKey, exported]).out,
    );
    assert.equal(found.length, 4);
    assert.equal(new Set(found.map((one) => one.header.device)).size, 1);
    expect(1, ['find', '--subject', 'customer', '-i', dailyKey, exported]);
    expect(1, ['find', '--subject', 'CUSTOMER-2', '-i', dailyKey, exported]);
  });
  test('nothing found is 1, and said', () => {
    const { out, err } = expect(1, ['find', '--number', '0000-0000', exported]);
    assert.equal(out, '');
    assert.match(err, /nothing found/);
  });
  test('an answer that may not be complete is no success', () => {
    const path = put('incomplete.ndjson', ...lines.slice(0, 4), tampered(lines[5]));
    const { out, err } = expect(1, ['find', '--subject', 'customer-1', '-i', dailyKey, path]);
    assert.equal(jsonLines(out).length, 4);
    assert.match(err, /1 other/);
  });
  test('usage', () => {
    expect(2, ['find', exported]);
    expect(2, ['find', '--subject', 'x', exported]);
    expect(2, ['find', '--subject', 'x', '--number', number, '-i', dailyKey, exported]);
    for (const wrong of ['', 'ABC', 'ABCD-EFGH-J', 'UUUU-UUUU', '****-****'])
      expect(2, ['find', '--number', wrong, exported]);
    expect(2, ['find', '--number', number, given.path('nowhere')]);
  });
});

describe('memory', () => {
  /** The most that `avow verify` held, in KiB. */
  const peak = (path) => {
    // Through a pipe that stays open: all of it was read by then, and the tool still runs.
    const watch =
      'rm -f "$1.pipe"; mkfifo "$1.pipe"; "$0" verify "$1.pipe" > "$1.out" & pid=$!; ' +
      'exec 3> "$1.pipe"; cat "$1" >&3; awk "/VmHWM/ { print \\$2 }" /proc/$pid/status; ' +
      'exec 3>&-; wait $pid; true';
    const { out } = run('sh', ['-c', watch, tool, path]);
    assert.ok(Number(out) > 1_000, out);
    return Number(out);
  };
  const copies = (count) =>
    put(`${count}-copies.ndjson`, ...Array.from({ length: count }, () => lines).flat());

  test('a long export takes no more than a short one', () => {
    const [short, long] = [peak(copies(200)), peak(copies(1_000))];
    // Chain links are kept, about a hundred bytes a record; the lines are not, 6.6 KB each.
    assert.ok(long - short < 8_000, `${short} KiB, then ${long} KiB`);
  });
  test('nor does a line without an end', () => {
    const path = given.write(
      'endless.ndjson',
      Buffer.concat([Buffer.from(`${lines[0]}\n`), Buffer.alloc(100 << 20, 0x41)]),
    );
    const [short, long] = [peak(copies(200)), peak(path)];
    assert.ok(long - short < 25_000, `${short} KiB, then ${long} KiB`);
    assert.deepEqual(
      open(1, [path]).map((one) => codes(one)[0]),
      [undefined, 'json-too-large'],
    );
  });
});
