// The physical limit: a notice of plain HTML in the page itself, with some lines of inline script.
// It keeps no record and knows no purposes.

import { document, gated, purposes, words } from '../site.mjs';

export const label = 'static banner';
export const accept = ['#notice .accept'];

const style = `#notice{position:fixed;inset:auto 0 0;padding:1rem;background:#fff;
border-top:1px solid #789}#notice p{margin:0 0 1rem;max-width:60rem}#notice h2{margin:0;
font-size:1.1rem}#notice button{font:inherit;min-height:44px;padding:0 1rem;margin-right:.5rem;
border:1px solid #135;background:#135;color:#fff}`;

const notice = `<style>${style}</style>
<section id="notice" aria-labelledby="notice-title">
<h2 id="notice-title">${words.title}</h2>
<p>${words.text}</p>
<button class="accept">${words.accept}</button><button class="refuse">${words.refuse}</button>
</section>
<script>
{
  const notice = document.getElementById('notice');
  const run = () => {
    for (const marked of document.querySelectorAll('script[type="text/plain"]')) {
      const script = document.createElement('script');
      script.text = marked.text;
      marked.replaceWith(script);
    }
  };
  const answer = localStorage.getItem('answer');
  if (answer) {
    notice.remove();
    if (answer === 'accept') addEventListener('DOMContentLoaded', run);
  }
  notice.onclick = ({ target: { className } }) => {
    if (!className) return;
    localStorage.setItem('answer', className);
    notice.remove();
    if (className === 'accept') run();
  };
}
</script>`;

export function make() {
  const last = purposes.map(({ id }) => `<script type="text/plain">${gated(id)}</script>`);
  return { html: document({ first: notice, last: last.join('\n') }), files: {} };
}
