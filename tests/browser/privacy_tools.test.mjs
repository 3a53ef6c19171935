// Privacy tools say no for the visitor: the rules in integrations/, in engines as npm has them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  choices,
  inEachEngine,
  kNeedless,
  kPatience,
  moveOn,
  reaches,
  ready,
  seen,
  shows,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What the tool's extension tells its content script: the visitor's wish, and the rule. */
const extension = (rule, config) => `
  globalThis.told = [];
  console.log = (...words) => told.push({ type: words.join(' ') });
  globalThis.autoconsentSendMessage = async (message) => {
    told.push(message);
    const answer = (one) => setTimeout(() => autoconsentReceiveMessage(one));
    if (message.type === 'init')
      answer({ type: 'initResp', rules: { autoconsent: [${rule}] }, config: ${config} });
    if (message.type === 'optOutResult' && message.scheduleSelfTest) answer({ type: 'selfTest' });
  };`;
const kConfig = {
  enabled: true,
  autoAction: 'optOut',
  disabledCmps: [],
  enablePrehide: false,
  enableCosmeticRules: false,
  enableGeneratedRules: false,
  enableHeuristicDetection: false,
  detectRetries: 20,
  isMainWorld: true,
  logs: { lifecycle: true },
};
const autoconsent = (action) => ({
  javascript: [
    extension(
      read('integrations/autoconsent.json'),
      JSON.stringify({ ...kConfig, autoAction: action }),
    ),
    read('tests/node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js'),
  ],
});
const told = (page, type) =>
  page.waitFor((wanted) => told.find((one) => one.type === wanted), {
    ...kPatience,
    args: [type],
  });

inEachEngine(({ name, visit }) => {
  // What is tested is the tools’ engine, not the browser’s.
  if (name !== 'chromium') return;
  test('autoconsent presses Refuse, and the refusal is recorded', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`, autoconsent('optOut'));
    assert.equal((await told(page, 'popupFound')).cmp, 'avow');
    assert.equal((await told(page, 'optOutResult')).result, true);
    assert.equal((await told(page, 'selfTestResult')).result, true);
    await shows(page, 'door');
    await reaches(page, 'delivered');
    const { ask, granted } = await choices(page);
    assert.deepEqual([ask, granted], [false, kNeedless]);
    const [{ payload }] = await site.arrived(1);
    const { control, layer, via, yes } = said(payload);
    assert.deepEqual([control, layer, via, yes], ['refuse', 'first', 'notice', []]);
    assert.deepEqual(await site.settledHits(), {});

    // Who has answered is not bothered: what stands is the way back, which is no popup.
    await moveOn(page, `${site.url}/pages/host.html`);
    await shows(page, 'door');
    assert.equal((await told(page, 'cmpDetected')).cmp, 'avow');
    await told(page, 'no popup found');
    assert.deepEqual(
      await page.evaluate(() => told.filter(({ type }) => /^(popupFound|opt)/.test(type))),
      [],
    );
    await site.arrived(1);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('autoconsent, asked to say yes, says nothing', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`, autoconsent('optIn'));
    await told(page, 'popupFound');
    await told(page, 'optInResult');
    await ready(page);
    assert.deepEqual((await choices(page)).granted, kNeedless);
    await shows(page, 'first');
    assert.deepEqual(await site.settledHits(), {});
  });
});
