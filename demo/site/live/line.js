// The command that opens the records on the machine of the demo, to be copied.

import { read } from './read.js';

export function offerLine(line, copy) {
  if (!line) return;
  read('/demo.json')
    .then((demo) => {
      line.textContent = demo.open;
    })
    .catch(() => {});
  if (!navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const before = copy.textContent;
    await navigator.clipboard.writeText(line.textContent);
    copy.textContent = copy.dataset.done;
    setTimeout(() => {
      copy.textContent = before;
    }, 2000);
  });
}
