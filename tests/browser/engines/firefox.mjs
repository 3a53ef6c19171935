// Firefox, through WebDriver BiDi. Language and colour scheme are settings of the whole browser
// there: the first context that wants others than the usual ones starts a second browser, which
// later contexts of the kind share.

import { setTimeout as sleep } from 'node:timers/promises';

import puppeteer from 'puppeteer-core';

import { program } from './program.mjs';
import { PuppeteerTab } from './puppeteer_tab.mjs';

export async function start() {
  const executablePath = program('firefox-esr', 'firefox');
  const browsers = new Map();

  const browser = (lang, dark) => {
    const kind = `${lang} ${dark}`;
    if (!browsers.has(kind)) {
      const started = puppeteer.launch({
        browser: 'firefox',
        executablePath,
        headless: true,
        defaultViewport: null, // each tab's own is set below
        extraPrefsFirefox: {
          'intl.accept_languages': lang,
          'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
          'accessibility.tabfocus': 7, // Tab reaches every control
        },
      });
      browsers.set(kind, started);
    }
    return browsers.get(kind);
  };

  await browser('en-US', false);
  return {
    async context({ lang = 'en-US', dark, width, height, scripts }) {
      const context = await (await browser(lang, dark)).createBrowserContext();
      return {
        async tab() {
          const page = await context.newPage();
          const tab = new FirefoxTab(page);
          // Firefox 140, Debian 13's, takes the size and does not know the orientation that is sent
          // beside it.
          await page.setViewport({ width, height }).catch((error) => {
            if (!String(error).includes('setScreenOrientationOverride')) throw error;
          });
          for (const script of scripts) await page.evaluateOnNewDocument(script);
          return tab;
        },
        close: () => context.close(),
      };
    },
    async close() {
      const started = await Promise.allSettled(browsers.values());
      await Promise.all(started.map((one) => one.value?.close()));
    },
  };
}

/**
 * A tab that takes the document's own word for having loaded, too. Over BiDi puppeteer waits for
 * every frame of the page as well, and for ever if one is sent elsewhere while it loads.
 */
class FirefoxTab extends PuppeteerTab {
  goto(url) {
    return this.#loads(() => super.goto(url));
  }

  reload() {
    return this.#loads(() => super.reload());
  }

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
}
