// Storage is anybody's: whatever is found there, the loader's readers of it never throw, and take
// nothing for a verdict or a press that is not to the byte as it is written. fast-check prints the
// seed of what it finds.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { packed, Shelf } from './packed.mjs';

const { dropPress, pressWaits, refusalWaits, waitingPresses } = await packed('page/pending.ts');
const { readVerdict, holds } = await packed('page/verdict.ts');

const shelf = new Shelf();
globalThis.localStorage = shelf;
beforeEach(() => shelf.items.clear());

const seconds = () => Math.floor(Date.now() / 1000);
// Longer by one command (tests/fuzz/run stored): so many seconds for all properties together, from
// another seed each time unless one is given.
const { AVOW_FUZZ_SECONDS: lasts, AVOW_FUZZ_SEED: seed } = process.env;
const PROPERTIES = 5;
const much = {
  ...(lasts
    ? { numRuns: 1e9, interruptAfterTimeLimit: (1_000 * Number(lasts)) / PROPERTIES }
    : { numRuns: 10_000 }),
  ...(seed ? { seed: Number(seed) } : {}),
};
let inputs = 0;
/** `examples`: what was found before. */
const check = (property, examples = []) =>
  fc.assert(property, {
    ...much,
    examples,
    reporter: (found) => {
      inputs += found.numRuns;
      if (found.failed) throw new Error(fc.defaultReportMessage(found));
    },
  });
after(() => console.log(`stored: ${inputs} inputs`));
/** A verdict in every member, but for those given. */
const spelled = (members) =>
  JSON.stringify({
    gpc: false,
    granted: ['video'],
    not_before: 0,
    number: null,
    place: '',
    policy: 'ab'.repeat(32),
    regime: 'opt-in',
    until: 253_402_300_799,
    v: 2,
    withdrawable: true,
    ...members,
  });

// ------------------------------------------------------------------------------ what is written

const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const time = fc.oneof(
  fc.integer({ min: 0, max: 253_402_300_799 }),
  fc.integer({ min: -3, max: 3 }).map((off) => seconds() + off),
);
const PLAIN = { noNullPrototype: true };
/** As the core writes it: members sorted, no white space. */
const verdict = fc.record(
  {
    gpc: fc.boolean(),
    granted: fc.uniqueArray(id, { maxLength: 4 }),
    not_before: time,
    number: fc.option(fc.constantFrom('K7QF-2M9T', '0000-0000')),
    place: fc.constantFrom('', 'CN', 'US-CA'),
    policy: hex,
    regime: fc.constantFrom('opt-in', 'opt-out', 'notice-only', 'opt-out US-CA', 'opt-in *'),
    until: time,
    v: fc.constant(2),
    withdrawable: fc.boolean(),
  },
  PLAIN,
);
/** As `pressNow` and `keepPress` write it. */
const press = fc.record(
  {
    control: fc.constantFrom('accept', 'refuse', 'save', 'withdraw', 'frame', 'grant'),
    layer: fc.constantFrom('first', 'choices', 'yours', ''),
    via: fc.constantFrom('notice', 'host', 'script'),
    trusted: fc.boolean(),
    selected: fc.uniqueArray(id, { maxLength: 3 }),
    at: time,
    mark: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  PLAIN,
);

/** A text with a few of its characters changed, by what JSON is made of or by anything. */
const bent = (written) =>
  fc
    .tuple(
      written,
      fc.array(
        fc.record({
          at: fc.nat(),
          drop: fc.nat({ max: 3 }),
          put: fc.oneof(
            fc.constantFrom('', '0', '1', '9e99', '"', ',', ' ', '\n', '-', '.', 'null', 'true'),
            fc.constantFrom('[]', '{}', '\\u0061', '<img>', '"video",', '"v":2,', '__proto__'),
            fc.string({ maxLength: 2, unit: 'binary' }),
          ),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([text, edits]) =>
      edits.reduce((so, { at, drop, put }) => {
        const from = at % (so.length + 1);
        return so.slice(0, from) + put + so.slice(from + drop);
      }, text),
    );
const text = (written) =>
  fc.oneof(
    { arbitrary: bent(written), weight: 6 },
    { arbitrary: written, weight: 2 },
    fc.json(),
    fc.string({ unit: 'binary' }),
  );

// ---------------------------------------------------------------------------------- the verdict

const isTime = (value) => Number.isSafeInteger(value) && value >= 0 && value < 1e12;
const IS = {
  gpc: (value) => typeof value === 'boolean',
  granted: (value) =>
    Array.isArray(value) &&
    value.every((one) => typeof one === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(one)),
  not_before: isTime,
  number: (value) => value === null || (typeof value === 'string' && value.length >= 4),
  place: (value) => typeof value === 'string' && value.length <= 6,
  policy: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  regime: (value) => {
    const [name, ...place] = typeof value === 'string' ? value.split(' ') : [];
    return (
      ['opt-in', 'opt-out', 'notice-only'].includes(name) &&
      (place.length === 0 || (place.length === 1 && /^[A-Z0-9*-]+$/.test(place[0])))
    );
  },
  until: isTime,
  v: (value) => value === 2,
  withdrawable: (value) => typeof value === 'boolean',
};

/** The same question as the loader's, asked in another way. */
function asWritten(kept) {
  let value;
  try {
    value = JSON.parse(kept);
  } catch {
    return null;
  }
  const members = Object.keys(value ?? {});
  const sound =
    members.join() === Object.keys(IS).join() &&
    members.every((name) => IS[name](value[name])) &&
    JSON.stringify(value) === kept;
  return sound ? value : null;
}

test('what is not to the byte a verdict of the core is none, and throws nothing', () => {
  check(
    fc.property(text(verdict.map((one) => JSON.stringify(one))), (kept) => {
      const want = asWritten(kept);
      const got = readVerdict(kept);
      if (want === null) assert.equal(got, null);
      else if (got !== null) assert.deepEqual(got, want);
    }),
    // JSON's reader throws at a leading zero.
    [[spelled({ not_before: 7 }).replace(':7,', ':007,')], [spelled({ until: '9e99' })]],
  );
});

test('every verdict of the core is one', () => {
  check(
    fc.property(verdict, (one) => {
      assert.deepEqual(readVerdict(JSON.stringify(one)), one);
    }),
  );
});

test('a verdict grants under the policy, place and signal that it names, in its time alone', () => {
  const live = fc.record({ policy: hex, place: fc.constantFrom('', 'CN', 'US-CA') });
  const same = verdict.chain((one) =>
    fc.tuple(
      fc.constant(one),
      fc.oneof(live, fc.constant(one), fc.constant({ ...one, place: '' })),
    ),
  );
  check(
    fc.property(same, ([one, { policy, place }]) => {
      const before = seconds();
      const got = holds(one, policy, place);
      if (seconds() !== before) return; // the clock went on in between
      const inTime = one.not_before <= before && before < one.until;
      // Node has no Global Privacy Control.
      assert.equal(
        got,
        one.policy === policy && one.place === place && one.gpc === false && inTime,
      );
    }),
  );
});

// ---------------------------------------------------------------------------------- the presses

const line = press.map((one) => JSON.stringify(one));
const kept = fc
  .array(text(line), { maxLength: 4 })
  .map((lines) => lines.map((one) => `${one}\n`).join(''));

test('what waits is to the byte a press, no yes older than an hour, and can be dropped', () => {
  check(
    fc.property(kept, (stored) => {
      shelf.items.set('avow:pending', stored);
      const now = seconds();
      const waiting = waitingPresses(stored);
      refusalWaits('avow');
      refusalWaits('avow', 0.5);
      for (const one of waiting) {
        assert.ok(stored.split('\n').includes(JSON.stringify(one)));
        assert.ok(Array.isArray(one.selected));
        const reduces = one.control === 'refuse' || one.control === 'withdraw';
        assert.ok(reduces || (one.at <= now + 1 && now - one.at < 3_600), JSON.stringify(one));
        assert.equal(pressWaits('avow', one), true);
      }
      for (const one of waiting) dropPress('avow', one);
      assert.deepEqual(waitingPresses(shelf.getItem('avow:pending') ?? ''), []);
    }),
  );
});

test('a no among whatever else is stored is still a no', () => {
  check(
    fc.property(kept, line, kept, (before, one, after) => {
      const no = JSON.stringify({ ...JSON.parse(one), control: 'refuse' });
      shelf.items.set('avow:pending', `${before}${no}\n${after}`);
      assert.equal(refusalWaits('avow'), true);
      assert.ok(
        waitingPresses(shelf.getItem('avow:pending')).some((other) => JSON.stringify(other) === no),
      );
    }),
  );
});
