// As its README has it: the library and an inline `init` in <head>; it loads its style sheet, its
// language and its list of services by itself. A gated script is the `js` function of a service of
// the page's own.

import { packaged, version } from '../packages.mjs';
import { document, gated, purposes, words } from '../site.mjs';

export const label = `tarteaucitron ${version('tarteaucitronjs')}`;
export const accept = ['#tarteaucitronPersonalize2'];

const types = { statistics: 'analytic', marketing: 'ads' };
const texts = {
  middleBarHead: words.title,
  alertBigPrivacy: words.text,
  acceptAll: words.accept,
  denyAll: words.refuse,
  personalize: words.choose,
};
const settings = {
  privacyUrl: words.rules,
  orientation: 'bottom',
  showTitleBanner: true,
  highPrivacy: true,
  DenyAllCta: true,
  AcceptAllCta: true,
  googleConsentMode: false,
  bingConsentMode: false,
  pianoConsentMode: false,
};

export function make() {
  const services = purposes.map(
    ({ id, title }) => `tarteaucitron.services.${id}={key:'${id}',type:'${types[id]}',
name:'${title}',needConsent:true,cookies:[],js(){${gated(id)}},fallback(){}};
(tarteaucitron.job=tarteaucitron.job||[]).push('${id}');`,
  );
  const files = {};
  for (const name of [
    'tarteaucitron.min.js',
    'tarteaucitron.services.min.js',
    'css/tarteaucitron.min.css',
    'lang/tarteaucitron.en.min.js',
  ])
    files[`/tarteaucitron/${name}`] = packaged(`tarteaucitronjs/${name}`);
  return {
    html: document({
      head: `<script src="/tarteaucitron/tarteaucitron.min.js"></script>
<script>
var tarteaucitronForceLanguage='en',tarteaucitronCustomText=${JSON.stringify(texts)};
tarteaucitron.init(${JSON.stringify(settings)});
${services.join('\n')}
</script>`,
    }),
    files,
  };
}
