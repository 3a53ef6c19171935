// A site whose notice speaks as many languages as a test wants.

import { readFileSync } from 'node:fs';

import { alsoSpeak } from '../../demo/speak.mjs';
import { startSite } from './site.mjs';

const directionOf = (language) =>
  JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'))
    .direction;

/**
 * A site that speaks these languages too. Its page is light and dark as the system is, or what its
 * address says: ?lang=de&scheme=light.
 */
export async function siteIn(t, languages, change = () => {}) {
  const site = await startSite(t, {
    policy(authored) {
      for (const language of languages) alsoSpeak(authored, language);
      change(authored);
    },
  });
  const html = await (await fetch(`${site.url}/pages/host.html`)).text();
  site.change('/pages/host.html', {
    answer(request, response) {
      const asked = new URL(request.url, site.url).searchParams;
      const lang = asked.get('lang') ?? 'en';
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        html
          .replace('<html lang="en">', `<html lang="${lang}" dir="${directionOf(lang)}">`)
          .replace(
            '<head>',
            `$&<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="${asked.get('scheme') ?? 'light dark'}">
<style>iframe{max-width:100%}</style>`,
          ),
      );
    },
  });
  return {
    site,
    company: site.company,
    page: (asked = {}) => `${site.url}/pages/host.html?${new URLSearchParams(asked)}`,
  };
}
