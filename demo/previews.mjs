// What the pages about looks and languages show: the notice of the demo company in every language
// that Avow has, as the tool renders it: node previews.mjs WWW POLICY AVOW
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { speakOnly } from './speak.mjs';

const run = promisify(execFile);
const kLayers = ['first', 'choices', 'yours', 'door'];

const [www, policy, avow] = process.argv.slice(2);
const authored = JSON.parse(readFileSync(policy, 'utf8'));
const locales = new URL('../locales/', import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), 'avow-previews-'));
const folder = join(www, 'preview/notices');
mkdirSync(folder, { recursive: true });

async function preview(language) {
  const file = join(scratch, `${language}.json`);
  writeFileSync(file, JSON.stringify(speakOnly(authored, language)));
  const layers = {};
  for (const layer of kLayers) {
    const { stdout } = await run(avow, ['render', '--layer', layer, file]);
    layers[layer] = stdout;
  }
  writeFileSync(join(folder, `${language}.json`), JSON.stringify(layers));
  const { direction } = JSON.parse(readFileSync(new URL(`${language}.json`, locales), 'utf8'));
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  return { language, direction, name };
}

/** A look's style is the same in every language; a whole document has it. */
async function style(look) {
  const file = join(scratch, 'look.json');
  writeFileSync(file, JSON.stringify({ ...authored, look }));
  const { stdout } = await run(avow, ['render', '--document', file]);
  const [, css] = /<style>(.*?)<\/style>/s.exec(stdout);
  writeFileSync(join(www, `preview/${look.layout}.${look.density}.css`), css);
}

try {
  const languages = readdirSync(locales)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace('.json', ''));
  const done = [];
  const left = [...languages];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (left.length > 0) done.push(await preview(left.pop()));
    }),
  );
  const order = [...authored.languages, ...languages];
  done.sort((a, b) => order.indexOf(a.language) - order.indexOf(b.language));
  writeFileSync(join(www, 'preview/languages.json'), JSON.stringify(done));
  for (const layout of ['card', 'bar', 'corner', 'center'])
    for (const density of ['comfortable', 'compact']) await style({ layout, density });
} finally {
  rmSync(scratch, { recursive: true });
}
