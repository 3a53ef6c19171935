// What a page's own build would bundle. A gated script is an entry of the provider's `scripts`.

import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from '@c15t/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import { gated, purposes, words } from '../site.mjs';

const categories = { statistics: 'measurement', marketing: 'marketing' };
const options = {
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  overrides: { country: 'DE' },
  i18n: {
    locale: 'en',
    detectBrowserLanguage: false,
    messages: {
      en: {
        common: {
          acceptAll: words.accept,
          rejectAll: words.refuse,
          customize: words.choose,
          save: words.save,
        },
        cookieBanner: { title: words.title, description: words.text },
      },
    },
  },
  scripts: purposes.map(({ id }) => ({
    id,
    category: categories[id],
    textContent: gated(id),
  })),
};

createRoot(document.getElementById('consent')).render(
  createElement(
    ConsentManagerProvider,
    { options },
    createElement(ConsentBanner),
    createElement(ConsentDialog),
  ),
);
