// One visitor in Chromium: comes for the first time, reads, presses Accept with the mouse, and
// comes back. Times are taken in the page, by the page's own clock.

import { setTimeout as sleep } from 'node:timers/promises';

import { launchChromium } from '../tests/browser/engines/chromium.mjs';

/** The visitor's machine and line: a middling phone on a slow mobile network. */
export const kSlowdown = 4;
export const kNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 1_600_000 / 8,
};
/** Milliseconds without any request, after which a page has loaded all that it loads. */
const kQuiet = 1_000;
const kPatience = 30_000;

export const launch = () => launchChromium({ defaultViewport: { width: 1280, height: 800 } });

/**
 * A first visit with a press, and a visit after it. `site` is what `serve` gave, `accept` the way
 * to the accept button: selectors of shadow hosts and then its own. `ready`, which may be left out,
 * runs in the page, and its promise is kept when the tool is ready.
 */
export async function visit(browser, { site, accept, ready }) {
  const context = await browser.createBrowserContext();
  try {
    site.take();
    const first = await arrive(context, site, [watch, accept]);
    const shown = await until(() => first.page.evaluate(() => self.bench.shown), 'no notice');
    if (ready) await first.page.evaluate(ready);
    await quiet(first.page, kQuiet);
    const mainThread = await taskTime(first.cdp);
    const shift = await first.page.evaluate(() => self.bench.shift);
    await press(first.page, accept);
    const reaction = await until(
      () => first.page.evaluate(() => self.ran && self.ran.statistics - self.bench.pressed),
      'the gated script did not run',
    );
    await quiet(first.page, kQuiet);
    const firstTraffic = site.take();
    await first.page.close();

    const again = await arrive(context, site);
    const returned = await until(
      () => again.page.evaluate(() => self.ran?.statistics),
      'the gated script did not run on return',
    );
    await quiet(again.page, kQuiet);
    const asked = await again.page.evaluate(locate, accept);
    if (asked) throw new Error('the notice came back though it was answered');
    const againTraffic = site.take();
    await again.page.close();

    const missing = [...firstTraffic.missing, ...againTraffic.missing];
    if (missing.length) throw new Error(`asked for what is not there: ${missing.join(', ')}`);
    const loaded = (traffic) => traffic.loaded.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      shown,
      mainThread,
      shift,
      reaction,
      firstBytes: loaded(firstTraffic),
      sentBytes: firstTraffic.sent,
      returned,
      againBytes: loaded(againTraffic),
    };
  } finally {
    await context.close();
  }
}

/** Opens the page slowly, with nothing of it in any cache; what the site stored is still there. */
async function arrive(context, site, script) {
  const page = await context.newPage();
  const cdp = await page.createCDPSession();
  if (script) {
    const [watching, argument] = script;
    await page.evaluateOnNewDocument(watching, argument);
  }
  // The renderer starts, unmeasured, with a page of the same origin.
  await page.goto(`${site.url}/empty`);
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  await cdp.send('Network.emulateNetworkConditions', kNetwork);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: kSlowdown });
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${site.url}/`, { waitUntil: 'load', timeout: kPatience });
  return { page, cdp };
}

const quiet = (page, idleTime) => page.waitForNetworkIdle({ idleTime, timeout: kPatience });

/** Milliseconds that the page's main thread has worked, slowed down as it is. */
async function taskTime(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
}

async function press(page, accept) {
  const { x, y } = await page.evaluate(locate, accept);
  // What waits for a visitor to come near gets ready: a press is measured, not a download.
  await page.mouse.move(x, y);
  await quiet(page, kQuiet);
  await page.mouse.down();
  await sleep(60); // a finger's
  await page.mouse.up();
  await sleep(400); // undisturbed by questions
}

async function until(ask, trouble) {
  const end = Date.now() + kPatience;
  for (;;) {
    const answer = await ask();
    if (typeof answer === 'number') return answer;
    if (Date.now() > end) throw new Error(trouble);
    await sleep(250);
  }
}

/**
 * In the page, before anything else: notes when the accept button is on screen, what the layout
 * shifted, and when the mouse button was let go, which is when a press becomes a click.
 *
 * The button is found by mutation observers and seen by an intersection observer: both cost the
 * page next to nothing, while asking at every frame would show in its figures.
 */
function watch([...hosts]) {
  if (location.pathname === '/empty') return;
  const bench = (self.bench = { shift: 0 });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) bench.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('pointerup', ({ timeStamp }) => (bench.pressed ??= timeStamp), true);

  const selector = hosts.pop();
  let button;
  const perceptible = () => {
    const { width, height } = button.getBoundingClientRect();
    const options = { opacityProperty: true, visibilityProperty: true };
    return width > 0 && height > 0 && button.checkVisibility(options);
  };
  // An entry's time is the end of the main thread's work on that frame. The callback itself may
  // run much later, after whatever the thread does next.
  const see = (ready) => {
    const seen = new IntersectionObserver(
      (entries) => {
        const entry = entries.findLast(({ isIntersecting }) => isIntersecting);
        if (!entry || bench.shown !== undefined || entry.target !== button) return;
        if (ready || perceptible()) {
          bench.shown = entry.time;
          mutations.disconnect();
          seen.disconnect();
        } else requestAnimationFrame(fade);
      },
      { threshold: 0.5 },
    );
    seen.observe(button);
  };
  // A button that is there and not yet to be seen is fading in: it is looked at frame by frame.
  const fade = () => {
    if (bench.shown !== undefined || !button.isConnected) return;
    if (perceptible()) see(true);
    else requestAnimationFrame(fade);
  };
  const roots = new Set();
  const look = () => {
    let root = document;
    for (const host of [...hosts, null]) {
      if (!roots.has(root)) mutations.observe(root, { childList: true, subtree: true });
      roots.add(root);
      if (host === null) break;
      root = root.querySelector(host)?.shadowRoot;
      if (!root) return;
    }
    const found = root.querySelector(selector);
    if (!found || found === button) return;
    button = found;
    see(false);
  };
  const mutations = new MutationObserver(look);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    queueMicrotask(look);
    return root;
  };
  look();
}

/** In the page: the middle of the accept button, or nothing where it is not to be seen. */
function locate([...hosts]) {
  const selector = hosts.pop();
  let root = document;
  for (const host of hosts) {
    root = root.querySelector(host)?.shadowRoot;
    if (!root) return null;
  }
  const button = root.querySelector(selector);
  if (!button?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
  const { x, y, width, height } = button.getBoundingClientRect();
  if (width === 0 || height === 0 || y > innerHeight) return null;
  return { x: x + width / 2, y: y + height / 2 };
}
