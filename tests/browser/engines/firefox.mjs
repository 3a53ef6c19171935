// Firefox, through WebDriver BiDi. Language and colour scheme are settings of the whole browser
// there: the first context that wants others than the usual ones starts a second browser, which
// later contexts of the kind share.

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
          // What tests call sites that have sub-domains: this machine.
          'network.dns.localDomains': 'www.shop.test,help.shop.test',
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
          const tab = new PuppeteerTab(page);
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
