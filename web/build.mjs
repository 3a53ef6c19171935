// Packs the module into build/web, from which `avow build` makes what a company serves:
//   loader.js        the one line of a page, with AVOW_BAKED where a policy goes, and AVOW_STORE
//                    where the name of what is stored does
//   head.js, rest.js the same in two, for pages that bring their notice along in their HTML: the
//                    inline script of head.html, and what it fetches when there is more to do
//   shared.js        what stands before both where sub-domains share an answer
//   press.js         weighs a press: how the notice stood, whose click it was
//   core.js          consent, element and the core's glue, fetched when something is to decide
//   embed.js         frames and their placeholders
//   beside.js        the same for frames that stand in the page already
//   others.js        what else is marked, and what released scripts wrote
//   announce.js      tells of a change before it holds, with AVOW_BAKED where that goes
//   clear.js         deletes what denied purposes keep, with AVOW_BAKED where their names go
//   defaults.js, outputs.js   tell the tags of others, with AVOW_BAKED where a policy goes
//   own.js           opens the visitor's own records, erases them, and seals what they say
//   transient.js     remembers for a page alone, where the browser keeps nothing
//   core.wasm, own.wasm   the core's two modules
//   index.js         what a bundler imports: the API of the loader on the page
//   react.js, vue.js the same as components, for bundles that have React or Vue
//   avow.d.ts, react.d.ts, vue.d.ts   their types
//   module.txt       the version that it belongs to
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { minify } from 'terser';

const root = new URL('..', import.meta.url);
const at = (path) => new URL(path, root).pathname;
const out = at('build/web');

// The binding's types are generated beside its glue; TypeScript looks for them under the module's
// own ending.
for (const module of ['avow-core-wasm', 'avow-own-wasm'])
  await copyFile(at(`build/wasm/wasm/${module}.d.ts`), at(`build/wasm/wasm/${module}.d.mts`));
const typed = at('build/web-types');
await rm(typed, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [
    at('web/node_modules/typescript/bin/tsc'),
    ...['-p', at('web'), '--noEmit', 'false', '--outDir', typed],
    ...['--declaration', '--emitDeclarationOnly'],
  ],
  { stdio: 'inherit' },
);

const shared = {
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  charset: 'utf8',
  write: false,
};
const entries = [
  ['loader/loader.ts', 'loader.js', 'esm'],
  ['loader/rest.ts', 'rest.js', 'esm'],
  ['loader/head.ts', 'head.js', 'iife'],
  ['loader/shared.ts', 'shared.js', 'iife'],
  ['public/index.ts', 'index.js', 'esm'],
  ['page/press.ts', 'press.js', 'esm'],
  ['consent/start.ts', 'core.js', 'esm'],
  ['loader/gate/embed.ts', 'embed.js', 'esm'],
  ['loader/gate/beside.ts', 'beside.js', 'esm'],
  ['loader/gate/others.ts', 'others.js', 'esm'],
  ['announce/announce.ts', 'announce.js', 'esm'],
  ['clear/clear.ts', 'clear.js', 'esm'],
  ['consent/own.ts', 'own.js', 'esm'],
  ['store/transient.ts', 'transient.js', 'esm'],
  ['react/index.ts', 'react.js', 'esm'],
  ['vue/index.ts', 'vue.js', 'esm'],
  ['outputs/defaults.ts', 'defaults.js', 'iife'],
  ['outputs/outputs.ts', 'outputs.js', 'esm'],
];
// Where React renders on a server, a hook belongs to what runs in the browser too. An inline script
// does the same whether it is strict or not.
const bare = (code) => code.replace(/^"use strict";/, '');
const packed = [];
for (const [entry, file, format] of entries) {
  const { outputFiles } = await build({
    ...shared,
    format,
    entryPoints: [at(`web/${entry}`)],
    // What the page's own bundle has; and the glue's door for Node, which no browser takes.
    external: ['module', 'react', 'vue'],
    // An inline script has no address of its own.
    define: {
      process: 'undefined',
      AVOW_HANDED: String(entry === 'loader/rest.ts'),
      ...(format === 'iife' && { 'import.meta.url': 'location.href' }),
    },
  });
  // A second packer takes another three percent, brotli: the loader is on every page. Nothing here
  // makes objects of a function without a name, so such a one may be an arrow. A getter is never
  // pure: that one throws is how a page knows that it is framed.
  const { code } = await minify(outputFiles[0].text, {
    module: format === 'esm',
    ecma: 2022,
    compress: { passes: 5, unsafe_arrows: true, unsafe_methods: true },
  });
  packed.push([file, file === 'react.js' ? `'use client';${code}` : bare(code)]);
}

// All of it is made before the old one goes.
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [file, code] of packed) await writeFile(`${out}/${file}`, code);
for (const module of ['core', 'own'])
  await copyFile(at(`build/wasm/wasm/avow-${module}-wasm.wasm`), `${out}/${module}.wasm`);
await writeFile(`${out}/avow.d.ts`, await declarations());
const [, version] = /project\(avow VERSION ([\d.]+)/.exec(
  await readFile(at('CMakeLists.txt'), 'utf8'),
);
for (const wrapper of ['react', 'vue']) {
  const types = await readFile(`${typed}/${wrapper}/index.d.ts`, 'utf8');
  await writeFile(`${out}/${wrapper}.d.ts`, types.replaceAll('../public/types.js', './avow.js'));
}
await rm(typed, { recursive: true });
await writeFile(`${out}/module.txt`, `avow/${version}\n`);

/** The public types as a declaration file, with the module's exports. */
async function declarations() {
  const types = await readFile(at('web/public/types.ts'), 'utf8');
  const error = [
    "/** Every failure this module reports: `code` is one of the core's, or `core-unavailable`,",
    ' * `policy-unavailable`. */',
    'export declare class AvowError extends Error {',
    '  readonly code: string;',
    '  readonly where: string;',
    '  constructor(code: string, message: string, where?: string);',
    '}',
  ].join('\n');
  return `${types}\n${error}\n\nexport declare const avow: Avow;\n`;
}
