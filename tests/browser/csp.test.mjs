// Under the strictest content security policy that a page with WebAssembly can have: everything
// works, nothing is reported.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  granted,
  inEachEngine,
  kPatience,
  moveOn,
  press,
  reaches,
  runs,
  seen,
  shows,
  tick,
  unfold,
} from './notice.mjs';
import { kStrict, startDemo, startSite } from './site.mjs';

async function quiet(page) {
  const { violations, errors, uncaught } = await seen(page);
  assert.deepEqual({ violations, errors, uncaught }, { violations: [], errors: [], uncaught: [] });
  // Chromium and Firefox also say it on the console; so what a listener could miss is seen.
  const messages = (page.console() ?? []).filter(({ text }) =>
    /content.security.policy|violat/i.test(text),
  );
  assert.deepEqual(messages, []);
}

/**
 * Walks through every layer and act; `ticks` are two purposes, `scripts` how many marked scripts
 * the page has for them.
 */
async function everything(site, page, here, { ticks = ['analytics', 'crm'], scripts = 2 } = {}) {
  await shows(page, 'first');
  await quiet(page);
  await press(page, 'choose');
  for (const purpose of ticks) await tick(page, purpose);
  await press(page, 'save');
  await runs(page, ...ticks);
  await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
  await runs(page, ...ticks, 'video');
  await press(page, 'open');
  await shows(page, 'yours');
  await unfold(page, 'receipt');
  await press(page, 'receipt');
  await press(page, 'key');
  assert.equal((await page.evaluate(() => avow.export())).records.length, 2);
  await press(page, 'close');
  await shows(page, 'door');
  await quiet(page);
  await site.arrived(2);

  await moveOn(page, here); // by the loader alone
  await page.waitFor(
    (wanted) =>
      (globalThis.__hits ?? []).length === wanted &&
      document.querySelector('avow-embed')?.frame?.contentDocument?.querySelector('p'),
    { ...kPatience, args: [scripts] },
  );
  await quiet(page);
  await press(page, 'withdraw');
  await runs(page);
  await reaches(page, 'delivered');
  await press(page, 'open');
  await unfold(page, 'erase');
  await press(page, 'erase');
  await reaches(page, 'erased');
  assert.deepEqual(await granted(page), []);
  await quiet(page);
}

inEachEngine(({ visit }) => {
  test('every layer and every act', async (t) => {
    const site = await startDemo(t);
    const page = await visit(t, `${site.url}/en/`);
    const { headers } = await fetch(`${site.url}/en/`);
    assert.equal(headers.get('content-security-policy'), kStrict);
    await everything(site, page, `${site.url}/en/`);
  });

  test('the listener of these tests does hear violations', async (t) => {
    const site = await startSite(t, { headers: { 'content-security-policy': kStrict } });
    const page = await visit(t, `${site.url}/pages/order.html`); // has inline scripts
    await page.waitFor(() => seen.violations.length > 0, kPatience);
    await assert.rejects(quiet(page));
  });

  // Of the notice. Scripts that the host marks would need a policy of the host's: the gate does not
  // vouch for them.
  test('trusted types are required besides', async (t) => {
    const site = await startSite(t, {
      headers: {
        'content-security-policy': `${kStrict}; require-trusted-types-for 'script'; trusted-types avow`,
      },
      policy: (authored, url) => void (authored.collector.url = `${url}/v1/records`),
    });
    site.change('/v1/records/*', {
      answer: async (request, response) => {
        const bytes = Buffer.concat(await request.toArray());
        const { status, body } = await fetch(`${site.collector.url}${request.url}`, {
          method: request.method,
          headers: { 'content-type': 'application/octet-stream' },
          body: bytes,
        }).then(async (answer) => ({ status: answer.status, body: await answer.text() }));
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      },
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await everything(site, page, `${site.url}/pages/host.html`, {
      ticks: ['marketing'],
      scripts: 0,
    });
  });
});
