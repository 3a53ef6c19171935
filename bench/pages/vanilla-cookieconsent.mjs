// As its "Getting started" has it: deferred style sheet in <head>, library and configuration as
// two deferred scripts at the end of <body>.

import { packaged, version } from '../packages.mjs';
import { document, gated, purposes, words } from '../site.mjs';

export const label = `vanilla-cookieconsent ${version('vanilla-cookieconsent')}`;
export const accept = ['#cc-main .cm__btn[data-role=all]'];

const settings = {
  hideFromBots: false, // it takes a driven browser for one, and would show nothing
  categories: {
    necessary: { enabled: true, readOnly: true },
    ...Object.fromEntries(purposes.map(({ id }) => [id, {}])),
  },
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: words.title,
          description: words.text,
          acceptAllBtn: words.accept,
          acceptNecessaryBtn: words.refuse,
          showPreferencesBtn: words.choose,
        },
        preferencesModal: {
          title: words.title,
          acceptAllBtn: words.accept,
          acceptNecessaryBtn: words.refuse,
          savePreferencesBtn: words.save,
          sections: purposes.map(({ id, title, description }) => ({
            title,
            description,
            linkedCategory: id,
          })),
        },
      },
    },
  },
};

export function make() {
  const marked = purposes.map(
    ({ id }) => `<script type="text/plain" data-category="${id}">${gated(id)}</script>`,
  );
  return {
    html: document({
      head: `<link rel="stylesheet" href="/cookieconsent.css" media="print"
onload="this.media='all'">`,
      last: `${marked.join('\n')}
<script defer src="/cookieconsent.umd.js"></script>
<script defer src="/cookieconsent-init.js"></script>`,
    }),
    files: {
      '/cookieconsent.css': packaged('vanilla-cookieconsent/dist/cookieconsent.css'),
      '/cookieconsent.umd.js': packaged('vanilla-cookieconsent/dist/cookieconsent.umd.js'),
      '/cookieconsent-init.js': `CookieConsent.run(${JSON.stringify(settings)})`,
    },
  };
}
