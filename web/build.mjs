// Packs the module: what a company deploys stands in build/web afterwards.
//   avow.js          the loader: the one line of a page
//   avow-core.js     consent, element and the core's glue, fetched when there is something to
//                    decide
//   avow-fallback.js where the core cannot run: says so, takes a refusal
//   avow-own.js      opens the visitor's own records, fetched when they ask for their copy
//   *-wasm.wasm      the core's two modules
//   avow.d.ts        the public types
//   catalogs/*.json  the interface texts, one language a file
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { minify } from 'terser';

const root = new URL('..', import.meta.url);
const at = (path) => new URL(path, root).pathname;
const out = at('build/web');

// The binding's types are generated beside its glue; TypeScript looks for them under the module's
// own ending.
for (const module of ['avow-core-wasm', 'avow-own-wasm']) {
  await copyFile(at(`build/wasm/wasm/${module}.d.ts`), at(`build/wasm/wasm/${module}.d.mts`));
}
execFileSync(process.execPath, [at('web/node_modules/typescript/bin/tsc'), '-p', at('web')], {
  stdio: 'inherit',
});

/** The second file is fetched when it is needed: the loader names it and does not contain it. */
const apart = {
  name: 'apart',
  setup: (builder) => {
    builder.onResolve({ filter: /define\.js$/ }, () => ({
      path: './avow-core.js',
      external: true,
    }));
    builder.onResolve({ filter: /own\.js$/ }, () => ({ path: './avow-own.js', external: true }));
    builder.onResolve({ filter: /fallback\.js$/ }, () => ({
      path: './avow-fallback.js',
      external: true,
    }));
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(`${out}/catalogs`, { recursive: true });
const shared = {
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  charset: 'utf8',
};
for (const [entry, file] of [
  ['loader', 'avow'],
  ['define', 'avow-core'],
  ['own', 'avow-own'],
  ['fallback', 'avow-fallback'],
]) {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [at(`web/${entry}.ts`)],
    write: false,
    plugins: [apart],
    external: ['module'], // the glue's door for Node, never taken in a browser
  });
  // A second packer takes another three percent, brotli: the loader is on every page.
  const { code } = await minify(outputFiles[0].text, {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
  });
  await writeFile(`${out}/${file}.js`, code);
}
for (const module of ['avow-core-wasm', 'avow-own-wasm'])
  await copyFile(at(`build/wasm/wasm/${module}.wasm`), `${out}/${module}.wasm`);
await cp(at('core/notice/catalogs'), `${out}/catalogs`, { recursive: true });
await writeFile(`${out}/avow.d.ts`, declarations(await readFile(at('web/types.ts'), 'utf8')));

/** The public types as a declaration file, with the module's exports. */
function declarations(types) {
  const body = types.replace(
    /export class AvowError[\s\S]*?\n}\n/,
    [
      'export class AvowError extends Error {',
      '  readonly code: string;',
      '  readonly where: string;',
      '  constructor(code: string, message: string, where?: string);',
      '}',
      '',
    ].join('\n'),
  );
  return `${body}\nexport declare const avow: Avow;\n`;
}
