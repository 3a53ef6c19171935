// As its quickstart has it, in its offline mode, which asks no server: a React tree of its own
// beside the page's static body. React is in the bundle: a page without it would have to load it.

import { bundled, version } from '../packages.mjs';
import { document } from '../site.mjs';

export const label = `c15t ${version('@c15t/react')} with React`;
export const accept = ['[data-testid=consent-banner-accept-button]'];

export async function make() {
  const { js, css } = await bundled('pages/c15t_app.mjs', 'pages/c15t_app.css');
  return {
    html: document({
      head: `<link rel="stylesheet" href="/app.css">
<script type="module" src="/app.js"></script>`,
      last: '<div id="consent"></div>',
    }),
    files: { '/app.js': js, '/app.css': css },
  };
}
