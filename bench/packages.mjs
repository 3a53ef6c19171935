// The peers' packages, as npm installed them beside this file.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = new URL('./', import.meta.url);

/** A file of a package, as it is shipped. */
export const packaged = (path) => readFileSync(new URL(`node_modules/${path}`, here));

export const version = (name) => JSON.parse(packaged(`${name}/package.json`)).version;

/** A script and a style sheet, bundled and minified as a page's own build would. */
export async function bundled(script, style) {
  const { build } = await import('esbuild');
  const made = async (entry, options) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(entry, here))],
      bundle: true,
      minify: true,
      write: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      ...options,
    });
    return Buffer.from(outputFiles[0].contents);
  };
  return {
    js: await made(script, { format: 'esm', target: 'es2022' }),
    css: await made(style, {}),
  };
}
