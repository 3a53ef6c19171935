// What we seal, others open; what others seal, we open: Debian's age (Go) and npm's age-encryption
// (TypeScript).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { age, ageAtTerminal, avow, file, must, noFile, sizes, some, vectors } from './native.mjs';

const ROUNDS = 20;
const people = await Promise.all(
  [1, 2, 3, 4].map(async () => {
    const identity = await generateX25519Identity();
    return {
      identity,
      recipient: await identityToRecipient(identity),
      key: file(`# a key\n${identity}\n`),
    };
  }),
);
const recipients = (count) => people.slice(0, count).map((person) => person.recipient);
const equal = (got, want) =>
  assert.ok(Buffer.from(got).equals(want), 'not the bytes that were sealed');

for (const size of sizes) {
  test(`${size} bytes sealed by us: age and age-encryption open them, for every recipient`, async () => {
    for (let round = 0; round < ROUNDS; ++round) {
      const plaintext = some(size);
      const count = (round % people.length) + 1;
      const sealed = must(avow(['seal', ...recipients(count)], plaintext));
      const someone = people[round % count];
      equal(must(age(['-d', '-i', people[count - 1].key], sealed)), plaintext);
      equal(must(avow(['open', someone.key], sealed)), plaintext);
      const decrypter = new Decrypter();
      decrypter.addIdentity(someone.identity);
      equal(await decrypter.decrypt(sealed), plaintext);
      if (count < people.length)
        assert.equal(
          age(['-d', '-i', people[count].key], sealed).ok,
          false,
          "opened by nobody's key",
        );
    }
  });

  test(`${size} bytes sealed by age and age-encryption: we open them`, async () => {
    for (let round = 0; round < ROUNDS; ++round) {
      const plaintext = some(size);
      const to = recipients((round % people.length) + 1);
      const person = people[round % to.length];
      equal(
        must(
          avow(
            ['open', person.key],
            must(
              age(
                to.flatMap((r) => ['-r', r]),
                plaintext,
              ),
            ),
          ),
        ),
        plaintext,
      );
      const encrypter = new Encrypter();
      to.forEach((r) => encrypter.addRecipient(r));
      equal(must(avow(['open', person.key], await encrypter.encrypt(plaintext))), plaintext);
    }
  });

  test(`${size} bytes under a passphrase, both ways with age-encryption`, async () => {
    for (let round = 0; round < ROUNDS; ++round) {
      const plaintext = some(size);
      const words = `pass ${round} \u{1F511} phrase`;
      const decrypter = new Decrypter();
      decrypter.addPassphrase(words);
      equal(
        await decrypter.decrypt(must(avow(['seal-passphrase', words, '6'], plaintext))),
        plaintext,
      );
      const encrypter = new Encrypter();
      encrypter.setPassphrase(words);
      encrypter.setScryptWorkFactor(6);
      equal(must(avow(['open-passphrase', words], await encrypter.encrypt(plaintext))), plaintext);
    }
  });
}

test('a passphrase at a terminal, both ways with age', () => {
  const plaintext = some(1000);
  for (const words of ['correct horse battery staple', 'x']) {
    const opened = noFile();
    must(
      ageAtTerminal(
        ['-d', '-o', opened, file(must(avow(['seal-passphrase', words, '18'], plaintext)))],
        `${words}\n`,
      ),
    );
    equal(readFileSync(opened), plaintext);
    const sealed = noFile();
    must(ageAtTerminal(['-p', '-o', sealed, file(plaintext)], `${words}\n${words}\n`));
    equal(must(avow(['open-passphrase', words], readFileSync(sealed))), plaintext);
    assert.equal(
      avow(['open-passphrase', `${words}.`], readFileSync(sealed)).code,
      'seal-passphrase',
    );
  }
});

test('age refuses what we refuse: every byte of a file altered', () => {
  const sealed = must(avow(['seal', people[0].recipient], 'said'));
  for (let i = 0; i < sealed.length; ++i) {
    const altered = Buffer.from(sealed);
    altered[i] ^= 1;
    assert.equal(avow(['open', people[0].key], altered).ok, false, `byte ${i}, by us`);
    assert.equal(age(['-d', '-i', people[0].key], altered).ok, false, `byte ${i}, by age`);
  }
});

test('the files that both builds of the core must produce are age files', () => {
  const said = 'What was said is sealed.\n';
  for (const key of ['company.key', 'visitor.key']) {
    assert.equal(must(age(['-d', '-i', vectors + key, `${vectors}sealed.age`])).toString(), said);
  }
  const opened = noFile();
  must(
    ageAtTerminal(
      ['-d', '-o', opened, `${vectors}sealed-passphrase.age`],
      'correct horse battery staple\n',
    ),
  );
  assert.equal(readFileSync(opened, 'utf8'), said);
});
