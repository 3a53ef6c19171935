// Packs what Node alone needs: build/npm holds the package afterwards, ready for `npm pack`.
//   bin/avow.mjs       the tool's starter
//   bin/avow-tool.*    the tool
//   web/               the packed module (build/web)
// Wants build/wasm (target avow_tool) and build/web.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const root = new URL('..', import.meta.url);
const at = (path) => new URL(path, root);
const out = (path) => at(`build/npm/${path}`);

/** CMake's project() is where the version stands; it goes after the name, where people look. */
async function described() {
  const [, version] = /^project\(avow VERSION ([\d.]+)/m.exec(
    await readFile(at('CMakeLists.txt'), 'utf8'),
  );
  const { name, ...rest } = JSON.parse(await readFile(at('npm/package.json'), 'utf8'));
  return `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`;
}

await rm(out(''), { recursive: true, force: true });
await mkdir(out('bin'), { recursive: true });
await writeFile(out('package.json'), await described());
await cp(at('npm/README.md'), out('README.md'));
await cp(at('LICENSE'), out('LICENSE'));
await cp(at('npm/bin/avow.mjs'), out('bin/avow.mjs'));
await chmod(out('bin/avow.mjs'), 0o755);
for (const file of ['avow-tool.mjs', 'avow-tool.wasm'])
  await cp(at(`build/wasm/wasm/${file}`), out(`bin/${file}`));
await cp(at('build/web'), out('web'), { recursive: true });
