// First on every page of the tests: notes what happened from the first moment on, by the page's own
// means, since not every engine's driver tells it.
(() => {
  const seen = { errors: [], uncaught: [], violations: [], layers: [], painted: false, shifts: [] };
  globalThis.seen = seen;

  const { error } = console;
  console.error = (...words) => {
    seen.errors.push(words.map(String).join(' '));
    error.apply(console, words);
  };
  addEventListener('error', (event) => {
    if (event.message) seen.uncaught.push(event.message);
  });
  addEventListener('unhandledrejection', (event) => seen.uncaught.push(String(event.reason)));
  addEventListener('securitypolicyviolation', (event) =>
    seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );

  // Every layer that ever was in the notice's shadow root, also for a moment only.
  const note = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const layer of [node, ...node.querySelectorAll('[data-layer]')]) {
      if (layer.dataset?.layer) seen.layers.push(layer.dataset.layer);
    }
  };
  const observer = new MutationObserver((changes) =>
    changes.forEach((change) => change.addedNodes.forEach(note)),
  );
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    if (this.localName === 'avow-consent')
      observer.observe(root, { childList: true, subtree: true });
    return root;
  };

  // And what was there in each frame that was painted.
  const sample = () => {
    const banner = document.querySelector('avow-consent')?.shadowRoot?.querySelector('.banner');
    if (banner?.getClientRects().length > 0) seen.painted = true;
    requestAnimationFrame(sample);
  };
  requestAnimationFrame(sample);

  try {
    const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
    const moved = ({ node, previousRect, currentRect }) =>
      `${node?.nodeName}.${node?.getAttribute?.('class') ?? ''} ${box(previousRect)} to ${box(currentRect)}`;
    new PerformanceObserver((list) => {
      for (const { value, startTime, sources } of list.getEntries())
        seen.shifts.push(
          `${value} at ${Math.round(startTime)} ms: ${sources.map(moved).join(', ')}`,
        );
    }).observe({ type: 'layout-shift', buffered: true });
  } catch {
    // Only Chromium measures it.
  }
})();
