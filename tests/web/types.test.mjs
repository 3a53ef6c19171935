// The public types, the module's exports and the core's binding say the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const tsc = `${root}web/node_modules/typescript/bin/tsc`;

/** Type-checks a program against the shipped declarations alone. */
function check(program) {
  const dir = mkdtempSync(join(tmpdir(), 'avow-types-'));
  try {
    for (const file of ['avow.d.ts'])
      writeFileSync(join(dir, file), readFileSync(`${root}build/web/${file}`));
    writeFileSync(join(dir, 'use.ts'), program);
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
    ];
    execFileSync(process.execPath, [tsc, ...flags, '--types', '', join(dir, 'use.ts')], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String(error.stdout);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('a host can use every part of the API with the shipped types', () => {
  assert.equal(
    check(`
      import { avow, AvowError, type Choices, type Export, type Transport } from './avow.js';
      const choices: Choices = await avow.ready;
      const running: readonly string[] = choices.granted, waiting: boolean = avow.choices.ask;
      await avow.open(); await avow.refuse(); await avow.withdraw(); await avow.erase();
      document.addEventListener('click', (event) => void avow.grant('video', event));
      const copy: Export = await avow.export();
      const carry: Transport = async ({ id, bytes }) => ({ status: bytes.length && id ? 200 : 0, body: '' });
      avow.deliverWith(carry);
      await avow.identify('42').catch((e) => { if (e instanceof AvowError) console.log(e.code, e.where); });
      document.addEventListener('avow-change', (event) => console.log(event.detail.delivery, running, waiting, copy.records.length));
      export {};`),
    '',
  );
});

test('what nobody may do is not in the types', () => {
  assert.match(check(`import { avow } from './avow.js'; avow.accept(); export {};`), /accept/);
  assert.match(
    check(`import { avow } from './avow.js'; avow.grant('video'); export {};`),
    /2 arguments/,
  );
});

test('the module exports what the types declare, and no more', () => {
  const exported = [
    ...readFileSync(`${root}build/web/loader.js`, 'utf8').matchAll(/export\{([^}]*)\}/g),
  ]
    .flatMap(([, list]) => list.split(',').map((one) => one.split(' as ').at(-1).trim()))
    .sort();
  assert.deepEqual(exported, ['AvowError', 'avow']);
});

test("the binding has exactly the facade's functions", () => {
  const names = (file) =>
    [...readFileSync(`${root}build/wasm/wasm/${file}.d.ts`, 'utf8').matchAll(/^ {2}(\w+)\(/gm)]
      .map(([, name]) => name)
      .sort();
  const facade = [
    ...readFileSync(`${root}core/session/session.h`, 'utf8').matchAll(
      /^\[\[nodiscard\]\] std::string(?:_view)? (\w+)\(/gm,
    ),
  ].map(([, name]) => name);
  const bound = new Set([...names('avow-core-wasm'), ...names('avow-own-wasm')]);
  assert.deepEqual(
    [...bound].filter((name) => !/^(vault|room|answer)/.test(name)).sort(),
    facade.sort(),
  );
});

test("the types of the core's requests and answers are those that it declares", () => {
  assert.equal(
    readFileSync(`${root}web/consent/wire.ts`, 'utf8'),
    execFileSync(`${root}build/native/tests/web/avow_wire_types`, { encoding: 'utf8' }),
    'run `tests/update wire`',
  );
});
