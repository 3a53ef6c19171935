// One source file of the module as a page gets it, for what needs no browser.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../web/', import.meta.url));
const { build } = await import(`${root}node_modules/esbuild/lib/main.js`);

/** The exports of web/PATH, bundled with what it imports. */
export async function packed(path) {
  const { outputFiles } = await build({
    entryPoints: [`${root}${path}`],
    bundle: true,
    format: 'esm',
    external: ['module'], // the glue's door for Node
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/**
 * localStorage, as far as the module uses it; `full`: it takes nothing more, `blocked`: it throws.
 */
export class Shelf {
  items = new Map();
  full = false;
  blocked = false;

  getItem(key) {
    if (this.blocked) throw new Error('SecurityError');
    return this.items.get(key) ?? null;
  }
  setItem(key, value) {
    if (this.full || this.blocked) throw new Error('QuotaExceededError');
    this.items.set(key, String(value));
  }
  removeItem(key) {
    if (this.blocked) throw new Error('SecurityError');
    this.items.delete(key);
  }
}
