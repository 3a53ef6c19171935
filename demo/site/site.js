// The panel that shows which third parties were called, and the line that opens what was collected.

async function read(path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

const tiles = document.querySelectorAll('[data-hits]');

async function showCalls() {
  if (document.hidden || tiles.length === 0) return;
  try {
    const hits = await read('/hits');
    for (const tile of tiles) {
      const count = hits[tile.dataset.hits] ?? 0;
      const shown = tile.querySelector('.count');
      if (shown.textContent !== String(count)) shown.textContent = count;
      tile.classList.toggle('called', count > 0);
    }
  } catch {
    // The demo has stopped; the last counts stay.
  }
}

const line = document.querySelector('#open-line');
const copy = document.querySelector('#copy-line');
if (line) {
  read('/demo.json')
    .then((demo) => {
      line.textContent = demo.open;
    })
    .catch(() => {});
}
if (copy && navigator.clipboard) {
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

showCalls();
setInterval(showCalls, 1000);
// A tag that has just been allowed takes a moment to be called.
document.addEventListener('avow-change', () => setTimeout(showCalls, 250));
document.addEventListener('visibilitychange', showCalls);
