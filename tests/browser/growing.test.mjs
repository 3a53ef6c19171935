// Pages that change without being loaded again (single-page applications, Turbo): the notice and
// the gate keep up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { answered, inEachEngine, kPatience, layer, press, runs, shows } from './notice.mjs';
import { startSite } from './site.mjs';

/** What such a site does on its own links. */
const swapBody = (page) =>
  page.evaluate(() => {
    const body = document.createElement('body');
    body.innerHTML = '<p id="next">Another page</p>';
    document.body.replaceWith(body);
  });

inEachEngine(({ name, visit }) => {
  test('another body in place of the first: the question stays, and can be answered', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await swapBody(page);
    assert.equal(await layer(page), 'first');
    await press(page, 'refuse');
    await site.arrived(1);
    await swapBody(page);
    assert.equal(await layer(page), 'door');
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('the same for who comes back: the door stays', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    await swapBody(page);
    assert.equal(await layer(page), 'door');
    await press(page, 'withdraw');
    await runs(page);
    await shows(page, 'door');
    assert.equal((await site.arrived(2))[1].payload.press.control, 'withdraw');
  });

  test('a frame that comes later has a placeholder that can be pressed, and leaves none behind', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.evaluate(() => document.querySelector('iframe').remove());
    await press(page, 'refuse');
    await shows(page, 'door');
    await page.waitFor(() => document.querySelectorAll('avow-embed').length === 0, kPatience);
    await page.evaluate(() => {
      const holder = document.createElement('div');
      holder.innerHTML =
        '<iframe data-avow="video" data-avow-src="/hits/video.html" title="A video" width="560" height="315"></iframe>';
      document.body.append(holder);
    });
    await page.waitFor(() => document.querySelectorAll('avow-embed').length === 1, kPatience);
    assert.deepEqual(site.hits(), {});
    await page.evaluate(() => document.querySelector('iframe').remove());
    await page.waitFor(() => document.querySelectorAll('avow-embed').length === 0, kPatience);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<iframe data-avow="video" data-avow-src="/hits/video.html" title="A video" width="560" height="315"></iframe>',
      );
    });
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await runs(page, 'video');
    await page.waitFor(() => document.querySelector('avow-embed')?.frame?.src, kPatience);
  });

  test('a frame that may load is the page’s own to hide', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await page.waitFor(() => document.querySelector('avow-embed')?.frame?.src, kPatience);
    await page.evaluate(() => {
      document.querySelector('iframe').style.display = 'none';
      document.body.append(document.createElement('p'));
    });
    await sleep(100);
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.querySelector('avow-embed')).display),
      'none',
    );
  });
});
