// Small apps made with frameworks as npm has them, each a folder beside this file: bundled here,
// and put into a site's pages.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startSite } from '../site.mjs';

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const esbuild = here('../../../web/node_modules/esbuild/lib/main.js');

/** Notes what happens on a page; run before all else, since a framework may own the whole of it. */
export const kWatch = { javascript: readFileSync(here('../pages/watch.js'), 'utf8') };

/** Svelte's own compiler, for a browser or for a server. */
const svelte = (generate) => ({
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { compile } = await import('svelte/compiler');
      const { js } = compile(readFileSync(path, 'utf8'), { generate, dev: true, filename: path });
      return { contents: js.code };
    });
  },
});

/**
 * One entry of an app, bundled. Development builds of the frameworks are used, since they tell of
 * what production builds mend silently.
 */
async function bundle(entry, generate) {
  const { build } = await import(esbuild);
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    nodePaths: [here('../../node_modules')],
    alias: {
      'avow/react': here('../../../build/web/react.js'),
      'avow/vue': here('../../../build/web/vue.js'),
    },
    conditions: generate === 'client' ? ['browser', 'development'] : ['development'],
    platform: generate === 'client' ? 'browser' : 'neutral',
    mainFields: ['module', 'main'],
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    plugins: [svelte(generate)],
    logLevel: 'error',
    write: false,
  });
  return outputFiles[0].text;
}

/** What a browser runs. */
export const client = (entry) => bundle(entry, 'client');

/** What renders pages on a server, run here. */
export async function server(entry) {
  const code = Buffer.from(await bundle(entry, 'server')).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** A file of a package, as it is. */
export const packaged = (path) => readFileSync(here(`../../node_modules/${path}`), 'utf8');

/** A site whose pages are these: `{ 'two.html': text, 'app.js': text }`, at /app/. */
export async function startApp(t, pages) {
  const site = await startSite(t);
  site.app = `${site.url}/app/`;
  for (const [path, text] of Object.entries(pages)) {
    const file = join(site.company.www, 'app', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return site;
}

/**
 * A site with an app that its framework's own tool builds, at /app/: `program` is that tool, `made`
 * the folder that it writes.
 */
export async function startBuilt(t, name, program, words, made) {
  const at = (path) => here(`../../../build/frameworks/${name}/${path}`);
  rmSync(at(''), { recursive: true, force: true });
  cpSync(here(name), at(''), { recursive: true });
  // Its packages: ours as somebody would have installed it, the others where they are.
  mkdirSync(at('node_modules/avow'), { recursive: true });
  cpSync(here('../../../npm/package.json'), at('node_modules/avow/package.json'));
  cpSync(here('../../../build/web'), at('node_modules/avow/web'), { recursive: true });
  for (const one of [name, 'react', 'react-dom', 'vite'])
    symlinkSync(here(`../../node_modules/${one}`), at(`node_modules/${one}`));
  writeFileSync(at('package.json'), '{ "private": true, "type": "module" }');
  const silence = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, [here(`../../node_modules/${program}`), ...words], {
    cwd: at(''),
    env: { ...process.env, ...silence, NODE_ENV: 'production' },
  });
  const site = await startApp(t, {});
  cpSync(at(made), join(site.company.www, 'app'), { recursive: true });
  return site;
}
