// As its README has it: configuration and library as two deferred scripts, its style sheet inside.

import { packaged, version } from '../packages.mjs';
import { document, gated, purposes, words } from '../site.mjs';

export const label = `klaro ${version('klaro')}`;
export const accept = ['#klaro .cookie-notice .cm-btn-success'];

const settings = {
  version: 1,
  acceptAll: true,
  showNoticeTitle: true,
  translations: {
    en: {
      privacyPolicyUrl: words.rules,
      consentNotice: { title: words.title, description: words.text, learnMore: words.choose },
      ok: words.accept,
      acceptAll: words.accept,
      acceptSelected: words.save,
      decline: words.refuse,
      purposes: Object.fromEntries(purposes.map(({ id, title }) => [id, { title }])),
    },
  },
  services: purposes.map(({ id, title, description }) => ({
    name: id,
    title,
    description,
    purposes: [id],
  })),
};

export function make() {
  const marked = purposes.map(
    ({ id }) => `<script type="text/plain" data-type="application/javascript"
data-name="${id}">${gated(id)}</script>`,
  );
  return {
    html: document({
      head: `<script defer src="/config.js"></script>
<script defer src="/klaro.js"></script>`,
      last: marked.join('\n'),
    }),
    files: {
      '/config.js': `var klaroConfig=${JSON.stringify(settings)}`,
      '/klaro.js': packaged('klaro/dist/klaro.js'),
    },
  };
}
