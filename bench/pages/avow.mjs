// Avow by one tag, on a page that says its language: nothing of it is in the page itself.

import { folder, gatedAs, ready } from '../avow_files.mjs';
import { document } from '../site.mjs';

export const label = 'Avow, one tag';
export const accept = ['avow-consent', '[data-act=accept]'];
export { ready };

export function make({ avow }) {
  const files = folder(avow);
  const script = files['/avow/avow.en.js'] ? 'avow.en.js' : 'avow.js';
  return {
    html: document({
      head: `<script type="module" src="/avow/${script}"></script>`,
      last: gatedAs('analytics', 'marketing'),
    }),
    files,
  };
}
