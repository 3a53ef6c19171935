// A tab as puppeteer drives it, in Chromium and Firefox alike.

import { setTimeout as sleep } from 'node:timers/promises';

export class PuppeteerTab {
  #page;
  #emulation;
  messages = [];

  constructor(page) {
    this.#page = page;
    page.on('console', (message) =>
      this.messages.push({ type: message.type(), text: message.text() }),
    );
    page.on('pageerror', (error) => this.messages.push({ type: 'uncaught', text: String(error) }));
  }

  goto(url) {
    return this.#loads(() => this.#page.goto(url, { waitUntil: 'load' }));
  }

  reload() {
    return this.#loads(() => this.#page.reload({ waitUntil: 'load' }));
  }

  /**
   * The document's own word for having loaded counts too. Puppeteer waits for every frame of the
   * page as well, and for ever if one is sent elsewhere while it loads.
   */
  async #loads(navigate) {
    const before = await this.run('performance.timeOrigin');
    let settled = false;
    const told = navigate().finally(() => (settled = true));
    told.catch(() => {}); // of one that the document was quicker than
    const asked = async () => {
      const loaded = `performance.timeOrigin !== ${before} &&
        performance.getEntriesByType('navigation')[0]?.loadEventEnd > 0`;
      while (!settled && !(await this.run(loaded).catch(() => false))) await sleep(50);
    };
    await Promise.race([told, asked().then(() => (settled ? told : null))]);
  }

  run(source) {
    return this.#page.evaluate(source);
  }

  async emulate(media, features) {
    this.#emulation ??= await this.#page.createCDPSession(); // each holds what it was told
    await this.#emulation.send('Emulation.setEmulatedMedia', {
      media,
      features: Object.entries(features).map(([name, value]) => ({ name, value })),
    });
  }

  async resize(width, height, font) {
    this.#emulation ??= await this.#page.createCDPSession();
    await this.#page.setViewport({ width, height });
    await this.#emulation.send('Page.setFontSizes', { fontSizes: { standard: font } });
  }

  front() {
    return this.#page.bringToFront();
  }

  async click(x, y) {
    await this.#page.bringToFront();
    await this.#page.mouse.click(x, y);
  }

  hover(x, y) {
    return this.#page.mouse.move(x, y);
  }

  async drag(from, to) {
    const { mouse } = this.#page;
    await this.#page.bringToFront();
    await mouse.move(...from);
    await mouse.down();
    await mouse.move(...to, { steps: 5 });
    await mouse.up();
  }

  async key(key, held) {
    await this.#page.bringToFront();
    for (const modifier of held) await this.#page.keyboard.down(modifier);
    await this.#page.keyboard.press(key);
    for (const modifier of held.toReversed()) await this.#page.keyboard.up(modifier);
  }

  /**
   * The accessibility trees of elements and what is in them, shadow roots too. `whole`: groups and
   * what else has no act of its own are in it.
   */
  async accessible(selector, whole) {
    const { accessibility } = this.#page;
    const trees = [];
    for (const root of await this.#page.$$(selector)) {
      const tree = await accessibility.snapshot({ root, interestingOnly: !whole });
      if (tree) trees.push(tree);
    }
    // Of a modal dialog the browser tells under the page, which is inert around it.
    return trees.length > 0 ? trees : [await accessibility.snapshot()];
  }

  screenshot() {
    return this.#page.screenshot({ type: 'png' });
  }

  close() {
    return this.#page.close();
  }
}
