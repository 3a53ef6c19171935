// Chromium, through its DevTools protocol.

import puppeteer from 'puppeteer-core';

import { program } from './program.mjs';
import { PuppeteerTab } from './puppeteer_tab.mjs';

const kArguments = [
  '--no-sandbox', // as root there is none
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage', // containers give it 64 MB
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What drops down from an address bar, a page of the browser's own: without a window it is loaded
  // for each visitor all the same, and takes as long as a test.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
];

/** Starts Chromium as the tests and the benchmark do; `more`: further options of puppeteer's. */
export const launchChromium = (more) =>
  puppeteer.launch({
    executablePath: program('chromium', 'chromium-browser', 'google-chrome'),
    headless: true,
    args: kArguments,
    ...more,
  });

export async function start() {
  const browser = await launchChromium();
  return {
    context: async (options) =>
      new ChromiumContext(await browser.createBrowserContext(), await browser.userAgent(), options),
    close: () => browser.close(),
  };
}

class ChromiumContext {
  #context;
  #userAgent;
  #options;

  constructor(context, userAgent, options) {
    this.#context = context;
    this.#userAgent = userAgent;
    this.#options = options;
  }

  async tab() {
    const { lang, dark, width, height, scripts } = this.#options;
    const page = await this.#context.newPage();
    const tab = new PuppeteerTab(page);
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
    ]);
    if (lang) {
      const devtools = await page.createCDPSession();
      await devtools.send('Emulation.setUserAgentOverride', {
        userAgent: this.#userAgent,
        acceptLanguage: lang,
      });
      await devtools.send('Emulation.setLocaleOverride', { locale: lang });
    }
    for (const script of scripts) await page.evaluateOnNewDocument(script);
    return tab;
  }

  close() {
    return this.#context.close();
  }
}
