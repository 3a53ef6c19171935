// As its README has it: configuration in the page, the English library and the standard theme's
// style sheet by tags in <head>; the script is deferred, as it wants a body.

import { packaged, version } from '../packages.mjs';
import { document, gated, purposes, words } from '../site.mjs';

export const label = `orejime ${version('orejime')}`;
export const accept = ['.orejime-Banner .orejime-Button--save'];

const settings = {
  privacyPolicyUrl: words.rules,
  purposes: purposes.map((purpose) => ({ ...purpose, cookies: [] })),
  translations: {
    banner: {
      title: words.title,
      description: words.text,
      accept: words.accept,
      decline: words.refuse,
      configure: words.choose,
    },
  },
};

export function make() {
  const marked = purposes.map(
    ({ id }) => `<template data-purpose="${id}"><script>${gated(id)}</script></template>`,
  );
  return {
    html: document({
      head: `<script>window.orejimeConfig=${JSON.stringify(settings)}</script>
<script defer src="/orejime-standard-en.js"></script>
<link rel="stylesheet" href="/orejime-standard.css">`,
      last: marked.join('\n'),
    }),
    files: {
      '/orejime-standard-en.js': packaged('orejime/dist/orejime-standard-en.js'),
      '/orejime-standard.css': packaged('orejime/dist/orejime-standard.css'),
    },
  };
}
