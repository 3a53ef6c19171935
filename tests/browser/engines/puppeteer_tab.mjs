// A tab as puppeteer drives it, in Chromium and Firefox alike.

export class PuppeteerTab {
  #page;
  messages = [];

  constructor(page) {
    this.#page = page;
    page.on('console', (message) =>
      this.messages.push({ type: message.type(), text: message.text() }),
    );
    page.on('pageerror', (error) => this.messages.push({ type: 'uncaught', text: String(error) }));
  }

  goto(url) {
    return this.#page.goto(url, { waitUntil: 'load' });
  }

  reload() {
    return this.#page.reload({ waitUntil: 'load' });
  }

  run(source) {
    return this.#page.evaluate(source);
  }

  front() {
    return this.#page.bringToFront();
  }

  async click(x, y) {
    await this.#page.bringToFront();
    await this.#page.mouse.click(x, y);
  }

  async key(key, held) {
    await this.#page.bringToFront();
    for (const modifier of held) await this.#page.keyboard.down(modifier);
    await this.#page.keyboard.press(key);
    for (const modifier of held.toReversed()) await this.#page.keyboard.up(modifier);
  }

  /** The accessibility trees of elements and what is in them, shadow roots too. */
  async accessible(selector) {
    const { accessibility } = this.#page;
    const trees = [];
    for (const root of await this.#page.$$(selector)) {
      const tree = await accessibility.snapshot({ root });
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
