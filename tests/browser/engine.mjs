// Three real browser engines behind one small API.
//
//   const engine = await launch('firefox');
//   const page = await engine.open(url, { lang: 'zh-CN', gpc: true });
//   await page.click('button.refuse', { inShadowOf: 'avow-consent' });
//   await engine.close();
//
// A context is a fresh profile: its pages share storage, which outlives each of them; another
// context sees none of it. Mouse and keyboard are real input: what they cause is trusted
// (`isTrusted`).

import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The engines to test: all three, or those that AVOW_ENGINES names. */
export const names = (process.env.AVOW_ENGINES || 'chromium firefox webkit')
  .split(/[ ,]+/)
  .filter(Boolean);

/** Starts a browser, headless. */
export async function launch(name) {
  const { start } = await import(`./engines/${name}.mjs`);
  return new Engine(name, await start());
}

class Engine {
  #driver;

  constructor(name, driver) {
    this.name = name;
    this.#driver = driver;
  }

  /**
   * A fresh profile. All options may be left out:
   *   lang        the visitor's language, a BCP 47 tag
   *   gpc         what navigator.globalPrivacyControl says (default: what the engine says itself)
   *   dark        prefers-color-scheme (default light)
   *   width, height   of the viewport, in CSS pixels (1280 × 800)
   *   javascript  functions or source texts, each run in a scope of its own before any script of
   *               any page
   */
  async context({ lang, gpc, dark = false, width = 1280, height = 800, javascript = [] } = {}) {
    const scripts = [javascript]
      .flat()
      .map((script) =>
        typeof script === 'function' ? `(${script})();` : `(() => { ${script}\n})();`,
      );
    if (gpc !== undefined) {
      scripts.unshift(`Object.defineProperty(Navigator.prototype, 'globalPrivacyControl',
        { configurable: true, enumerable: true, get: () => ${Boolean(gpc)} });`);
    }
    return new Context(this, await this.#driver.context({ lang, dark, width, height, scripts }));
  }

  /** A fresh profile's first page. */
  async open(url, options) {
    return (await this.context(options)).open(url);
  }

  /** Ends the browser and everything it started. */
  async close() {
    await this.#driver.close();
  }
}

class Context {
  #driver;

  constructor(engine, driver) {
    this.engine = engine;
    this.#driver = driver;
  }

  /** A new tab. */
  async open(url) {
    const page = new Page(this, await this.#driver.tab());
    if (url !== undefined) await page.goto(url);
    return page;
  }

  /** Forgets the profile. */
  async close() {
    await this.#driver.close();
  }
}

class Page {
  #tab;

  constructor(context, tab) {
    this.context = context;
    this.#tab = tab;
  }

  /** Until the page's `load` event. */
  async goto(url) {
    await this.#tab.goto(String(url));
  }

  async reload() {
    await this.#tab.reload();
  }

  /** Closes the tab; its context, and what it stored, stay. */
  async close() {
    await this.#tab.close();
  }

  /** Another tab of the same context. */
  async newTab(url) {
    return this.context.open(url);
  }

  /** Runs a function in the page. Arguments and result travel as JSON; a promise is awaited. */
  async evaluate(fn, ...args) {
    const call = `(${fn})(...${JSON.stringify(args)})`;
    const answer = JSON.parse(
      await this.#tab.run(`(async () => {
        try { return JSON.stringify({ value: await ${call} }); }
        catch (error) { return JSON.stringify({ error: String(error) }); }
      })()`),
    );
    if ('error' in answer) throw new Error(`in the page: ${answer.error}`);
    return answer.value;
  }

  /** Evaluates until the answer is truthy, and gives it back. The page may navigate meanwhile. */
  async waitFor(fn, { timeout = 10_000, args = [] } = {}) {
    const end = Date.now() + timeout;
    for (let last = 'it stayed falsy'; ; await sleep(50)) {
      try {
        const value = await this.evaluate(fn, ...args);
        if (value) return value;
      } catch (error) {
        last = error.message;
      }
      if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${fn}: ${last}`);
    }
  }

  /**
   * Clicks the middle of an element with the mouse, once it is there, at rest, and under the
   * pointer. `inShadowOf`: the selector of the element whose open shadow root holds it, or several,
   * outermost first.
   */
  async click(selector, { inShadowOf = [], timeout = 10_000 } = {}) {
    const end = Date.now() + timeout;
    // Behind another tab nothing moves: what is at rest there moves once it is seen.
    await this.#tab.front?.();
    for (let before; ; await sleep(50)) {
      let now;
      try {
        now = await this.evaluate(locate, selector, [inShadowOf].flat());
      } catch (error) {
        now = { trouble: error.message }; // the page is navigating
      }
      if (!now.trouble && before?.x === now.x && before.y === now.y)
        return this.#tab.click(now.x, now.y);
      if (Date.now() > end)
        throw new Error(
          `waited ${timeout} ms to click ${selector}: ${now.trouble ?? 'it keeps moving'}`,
        );
      before = now;
    }
  }

  /** Clicks a point of the viewport, whatever is there. */
  async clickAt(x, y) {
    await this.#tab.click(x, y);
  }

  /** Moves the pointer, so that it rests on nothing that is looked at; WebKit's stays. */
  async hover(x, y) {
    await this.#tab.hover?.(x, y);
  }

  /** Presses the mouse at one point of the viewport and lets it go at another; not in WebKit. */
  async drag(from, to) {
    await this.#tab.drag(from, to);
  }

  /**
   * Presses and lets go a key: a character, or Tab, Enter, Escape, ArrowDown …; also with
   * modifiers: Shift+Tab.
   */
  async key(combination) {
    const [, held, key] = /^((?:(?:Shift|Control|Alt|Meta)\+)*)(.+)$/su.exec(combination);
    await this.#tab.key(key, held.split('+').filter(Boolean));
  }

  /**
   * What assistive technology is told of elements and all that is in them, as puppeteer's
   * accessibility snapshots have it, or with `whole` all that is in them; Chromium's only.
   */
  accessible(selector, { whole = false } = {}) {
    return this.#tab.accessible(selector, whole);
  }

  /**
   * The page as other media show it: `media` is "print" or "screen", `features` are the visitor's
   * settings, such as { 'forced-colors': 'active' }; Chromium's only.
   */
  async emulate({ media = 'screen', ...features }) {
    await this.#tab.emulate(media, features);
  }

  /**
   * Another size of the window, and the font size that the visitor has set in the browser (16);
   * Chromium's only.
   */
  async resize({ width, height, font = 16 }) {
    await this.#tab.resize(width, height, font);
  }

  /** The viewport as PNG; written to `path` if given. */
  async screenshot(path) {
    const png = await this.#tab.screenshot();
    if (path) await writeFile(path, png);
    return png;
  }

  /**
   * Messages so far, as { type, text }: the console's, and errors nobody caught. WebKit's driver
   * tells none: null.
   */
  console() {
    return this.#tab.messages && [...this.#tab.messages];
  }
}

// Runs in the page.
async function locate(selector, hosts) {
  // On a busy machine WebKit calls a motion over before its last frame has moved anything; a page
  // that nobody sees draws none.
  await new Promise((drawn) => {
    requestAnimationFrame(() => setTimeout(drawn));
    setTimeout(drawn, 1_000);
  });
  let root = document;
  for (const host of hosts) {
    root = root.querySelector(host)?.shadowRoot;
    if (!root) return { trouble: `no open shadow root at ${host}` };
  }
  const element = root.querySelector(selector);
  if (!element) return { trouble: 'nothing matches' };
  for (let around = element; around; around = around.parentElement) {
    if (around.getAnimations().some(({ playState }) => playState === 'running'))
      return { trouble: `${around.localName} is moving` };
  }
  let box = element.getBoundingClientRect();
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    box = element.getBoundingClientRect();
  }
  if (box.width === 0 || box.height === 0) return { trouble: 'it has no size' };
  const x = Math.round(box.left + box.width / 2);
  const y = Math.round(box.top + box.height / 2);
  let top = document.elementFromPoint(x, y);
  for (let inner = top; inner; ) {
    top = inner;
    inner = top.shadowRoot?.elementFromPoint(x, y);
    if (inner === top) break;
  }
  for (let node = top; node; node = node.assignedSlot ?? node.parentNode ?? node.host) {
    if (node === element) return { x, y };
  }
  // Within a box of its own that scrolls, it can be on the screen and out of sight.
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  return { trouble: `at its place is ${top ? top.cloneNode().outerHTML : 'nothing'}` };
}
