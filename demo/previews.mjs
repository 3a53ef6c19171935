// What the pages about looks and languages show: the notice of the demo company in every language
// that Avow has, and in every look, as the tool builds it: node previews.mjs WWW POLICY AVOW MODULE
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { alsoSpeak } from './speak.mjs';

const [www, policy, avow, module] = process.argv.slice(2);
const authored = JSON.parse(readFileSync(policy, 'utf8'));
const locales = new URL('../locales/', import.meta.url);
const folder = join(www, 'preview/notices');
const scratch = mkdtempSync(join(tmpdir(), 'avow-previews-'));
const file = join(scratch, 'policy.json');

/** A look's style is the same in every language; a whole document has it. */
function style(look) {
  writeFileSync(file, JSON.stringify({ ...authored, look }));
  const html = execFileSync(avow, ['render', '--document', file], { encoding: 'utf8' });
  const [, css] = /<style>(.*?)<\/style>/s.exec(html);
  writeFileSync(join(www, `preview/${look.layout}.${look.density}.css`), css);
}

/** The layers of every language, from one build. */
function notices(languages) {
  const all = structuredClone(authored);
  for (const language of languages) alsoSpeak(all, language);
  writeFileSync(file, JSON.stringify(all));
  const built = join(scratch, 'built');
  execFileSync(avow, ['build', '--module', module, '--out', built, file], { stdio: 'pipe' });
  const files = readdirSync(built);
  const part = (stem) => {
    const name = files.find((one) => one.startsWith(`${stem}.`) && one.endsWith('.json'));
    return JSON.parse(readFileSync(join(built, name), 'utf8'));
  };
  mkdirSync(folder, { recursive: true });
  for (const language of languages) {
    const { 'first opt-in': first, door } = part(`notices.${language}`);
    const { choices } = part(`sheets.${language}`);
    const layers = { first, choices, door };
    writeFileSync(join(folder, `${language}.json`), JSON.stringify(layers));
  }
}

try {
  const others = readdirSync(locales)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace('.json', ''))
    .filter((language) => !authored.languages.includes(language));
  const languages = [...authored.languages, ...others.toSorted()];
  notices(languages);
  const list = languages.map((language) => {
    const { direction } = JSON.parse(readFileSync(new URL(`${language}.json`, locales), 'utf8'));
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
    return { language, direction, name };
  });
  writeFileSync(join(www, 'preview/languages.json'), JSON.stringify(list));
  for (const layout of ['card', 'bar', 'corner', 'center'])
    for (const density of ['comfortable', 'compact']) style({ layout, density });
} finally {
  rmSync(scratch, { recursive: true });
}
