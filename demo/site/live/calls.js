// Which third parties this page has called: counted from the browser's own log of requests, beside
// what the server counted for all visitors. The count lives in the page and ends with it.

import { read } from './read.js';

// What a request to a third party looks like here; the film is a frame with pages of its own.
const party = (address) => {
  const { pathname } = new URL(address);
  return pathname.startsWith('/film/')
    ? /\/(en\.html)?$/.test(pathname) && 'video'
    : /^\/hits\/([a-z]+)\.js$/.exec(pathname)?.[1];
};

export function countCalls(tiles) {
  if (tiles.length === 0) return;
  const calls = {};

  function write(output, value) {
    if (output.value !== String(value)) output.value = value;
  }
  function show() {
    const { ask, granted } = globalThis.avow?.choices ?? { ask: true, granted: [] };
    for (const tile of tiles) {
      const name = tile.dataset.hits;
      const count = calls[name] ?? 0;
      write(tile.querySelector('.count output'), count);
      const unit = tile.querySelector('.count span');
      unit.textContent = count === 1 ? unit.dataset.one : unit.dataset.many;
      tile.classList.toggle('called', count > 0);
      tile.dataset.is = granted.includes(name) ? 'on' : ask ? 'waiting' : 'off';
    }
  }
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      const called = party(name);
      if (called) calls[called] = (calls[called] ?? 0) + 1;
    }
    show();
  }).observe({ type: 'resource', buffered: true });

  async function total() {
    if (document.hidden) return;
    try {
      const hits = await read('/hits');
      for (const tile of tiles)
        write(tile.querySelector('.total output'), hits[tile.dataset.hits] ?? 0);
    } catch {
      // The demo has stopped; the last counts stay.
    }
  }

  for (const event of ['avow-ready', 'avow-change']) document.addEventListener(event, show);
  document.addEventListener('visibilitychange', total);
  globalThis.avow?.ready.then(show);
  total();
  setInterval(total, 1000);
}
