// Puts the policy's own words into the site's privacy pages: node rules.mjs WWW POLICY AVOW
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kPlace = '<!-- avow render --page -->';

/**
 * Fills every page below `www` that has the place for it, in the page's own language, where the
 * policy speaks that.
 */
export function writeRules(www, policy, avow) {
  const { languages } = JSON.parse(readFileSync(policy, 'utf8'));
  for (const name of readdirSync(www, { recursive: true })) {
    if (!name.endsWith('.html')) continue;
    const html = readFileSync(join(www, name), 'utf8');
    if (!html.includes(kPlace)) continue;
    const [, language] = /<html lang="([^"]+)"/.exec(html);
    if (!languages.includes(language)) continue;
    const article = execFileSync(avow, ['render', '--page', '--lang', language, policy], {
      encoding: 'utf8',
    });
    writeFileSync(
      join(www, name),
      html.replace(kPlace, () => article),
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeRules(...process.argv.slice(2));
