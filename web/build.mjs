// Packs the module into build/web, from which `avow build` makes what a company serves:
//   loader.js        the one line of a page, with AVOW_BAKED where a policy goes
//   lean.js, rest.js the same in two, for pages that bring their notice along in their HTML
//   head.js          the inline script of head.html
//   core.js          consent, element and the core's glue, fetched when something is to decide
//   embed.js         frames and their placeholders
//   others.js        what else is marked, and what released scripts wrote
//   own.js           opens the visitor's own records, fetched when they ask for their copy
//   core.wasm, own.wasm   the core's two modules
//   index.js         what a bundler imports: the API of the loader on the page
//   avow.d.ts        its types
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
execFileSync(process.execPath, [at('web/node_modules/typescript/bin/tsc'), '-p', at('web')], {
  stdio: 'inherit',
});

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
  ['loader/lean.ts', 'lean.js', 'esm'],
  ['loader/rest.ts', 'rest.js', 'esm'],
  ['loader/head.ts', 'head.js', 'iife'],
  ['public/index.ts', 'index.js', 'esm'],
  ['consent/start.ts', 'core.js', 'esm'],
  ['loader/gate/embed.ts', 'embed.js', 'esm'],
  ['loader/gate/others.ts', 'others.js', 'esm'],
  ['consent/own.ts', 'own.js', 'esm'],
];
const packed = [];
for (const [entry, file, format] of entries) {
  const { outputFiles } = await build({
    ...shared,
    format,
    entryPoints: [at(`web/${entry}`)],
    external: ['module'], // the glue's door for Node, never taken in a browser
  });
  // A second packer takes another three percent, brotli: the loader is on every page.
  const { code } = await minify(outputFiles[0].text, {
    module: format === 'esm',
    ecma: 2022,
    compress: { passes: 3 },
  });
  packed.push([file, code]);
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
