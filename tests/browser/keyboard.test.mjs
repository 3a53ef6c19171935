// Everything by the keyboard alone, and nothing by accident.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { announceLonger, kBefore } from './changing.mjs';
import { granted, inEachEngine, kPatience, press, reaches, ready, runs, shows } from './notice.mjs';
import { said, startSite } from './site.mjs';

/**
 * Where the focus is: an element of the page, or a control of the notice; and how one can see it.
 */
const focus = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const placeholder = element.getRootNode().host?.localName === 'avow-embed' ? 'frame-' : '';
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      at:
        placeholder +
        (element.dataset.act ?? element.dataset.purpose ?? (element.id || element.localName)),
      // Without a window manager no window is the active one, and WebKit then lets nothing match
      // :focus. The rule is in the one style sheet that all engines get; the other two show that it
      // works.
      visible:
        !document.hasFocus() ||
        (element.matches(':focus-visible') &&
          outlineStyle !== 'none' &&
          parseFloat(outlineWidth) >= 2),
      // what is in a live frame shows its own focus
      inNotice: element.getRootNode() !== document && element.localName !== 'iframe',
    };
  });

/**
 * Presses Tab until the focus is there; gives back the controls of the notice that it came by, it
 * included.
 */
async function tabTo(page, wanted, key = 'Tab') {
  const passed = [];
  for (let steps = 0; steps < 60; ++steps) {
    await page.key(key);
    const now = await focus(page);
    if (now.inNotice) {
      passed.push(now.at);
      assert.ok(now.visible || now.at === 'avow-title', `the focus on ${now.at} cannot be seen`);
    }
    if (now.at === wanted) return passed;
  }
  throw new Error(`Tab does not lead to ${wanted}: ${passed}`);
}

inEachEngine(({ name, visit }) => {
  // On a Mac, Safari's Tab passes links by, and so does WebKit here.
  if (name !== 'webkit')
    test('no link that the keyboard comes to stands under the card of a change', async (t) => {
      const site = await startSite(t);
      announceLonger(site).on(kBefore);
      const links = Array.from({ length: 40 }, (_, n) => `<p><a href="#${n}">Link ${n}</a></p>`);
      site.change('/pages/long.html', {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Long</title>
<meta name="viewport" content="width=device-width"><style>body{text-align:end}</style>
<script type="module" src="/avow/avow.js"></script><body>${links.join('')}`,
      });
      for (const width of [390, 1280]) {
        const page = await visit(t, `${site.url}/pages/long.html`, { width, height: 700 });
        await press(page, 'refuse');
        await reaches(page, 'delivered');
        await page.reload();
        await page.waitFor(
          () => document.querySelector('avow-announcement')?.isConnected,
          kPatience,
        );
        const hidden = [];
        for (const seen = new Set(); seen.size < links.length; ) {
          await page.key('Tab');
          const { link, clear } = await page.evaluate(() => {
            const on = document.activeElement;
            const { left, right, top, bottom } = on.getBoundingClientRect();
            const points = [left + 1, right - 1].flatMap((x) => [
              [x, top + 1],
              [x, bottom - 1],
            ]);
            return {
              link: on.localName === 'a' ? on.textContent : '',
              clear: points.some(([x, y]) => document.elementFromPoint(x, y) === on),
            };
          });
          if (!link) continue;
          assert.equal(seen.has(link), false, `${link} comes again before all have come`);
          seen.add(link);
          if (!clear) hidden.push(link);
        }
        assert.deepEqual(hidden, [], `at ${width}`);
      }
    });

  test('the notice takes no focus when it shows, and a stray key answers nothing', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.deepEqual((await focus(page)).at, 'body');
    for (const key of ['Enter', ' ', 'Escape', 'y']) await page.key(key);
    await page.evaluate(() => scrollTo(0, 1_000));
    await page.clickAt(640, 300);
    await sleep(300);
    await shows(page, 'first');
    assert.deepEqual([await granted(page), site.hits(), await site.opened()], [[], {}, []]);
  });

  test('somebody who is typing when the notice shows goes on typing', async (t) => {
    const site = await startSite(t);
    const release = site.hold('core.wasm');
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.evaluate(() => {
      const input = document.body.appendChild(
        Object.assign(document.createElement('input'), { id: 'typing' }),
      );
      input.focus();
    });
    await page.key('a');
    release();
    await shows(page, 'first');
    await page.key('b');
    assert.equal(await page.evaluate(() => document.querySelector('#typing').value), 'ab');
  });

  test('Tab to the notice, single choices, tick with Space, save with Enter', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    // The notice comes first on the page.
    assert.deepEqual(
      await tabTo(page, 'choose').then((passed) =>
        passed.filter((one) => ['refuse', 'accept', 'choose'].includes(one)),
      ),
      ['refuse', 'accept', 'choose'],
    );
    await page.key('Enter');
    await shows(page, 'choices');
    assert.deepEqual((await focus(page)).at, 'avow-title'); // never on a control that answers
    await tabTo(page, 'analytics');
    await page.key(' ');
    await tabTo(page, 'crm');
    await page.key(' ');
    const ticked = () =>
      page.evaluate(() =>
        [
          ...document.querySelector('avow-consent').shadowRoot.querySelectorAll('input:checked'),
        ].map((one) => one.dataset.purpose),
      );
    assert.deepEqual(await ticked(), ['analytics', 'crm']);
    assert.deepEqual(await granted(page), []); // a tick is not an answer
    await tabTo(page, 'save');
    await page.key('Enter');
    await runs(page, 'analytics', 'crm');
    assert.deepEqual(said((await site.arrived(1))[0].payload), {
      control: 'save',
      layer: 'choices',
      via: 'notice',
      yes: ['analytics', 'crm'],
      no: ['marketing', 'video'],
    });
  });

  test('the focus stays in the open sheet, both ways round', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'choose');
    await shows(page, 'choices');
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let steps = 0; steps < 30; ++steps) {
        await page.key(key);
        const now = await focus(page);
        // The browser's own controls may have their turn; the page behind the sheet never has.
        assert.ok(
          now.inNotice || ['body', 'html', 'avow-consent'].includes(now.at),
          `${key} leads to ${now.at}`,
        );
      }
    }
  });

  test('Escape closes, grants nothing, and gives the focus back', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    // From the notice's own button …
    await tabTo(page, 'choose');
    await page.key('Enter');
    await shows(page, 'choices');
    await tabTo(page, 'marketing');
    await page.key(' ');
    await page.key('Escape');
    await shows(page, 'first');
    assert.deepEqual((await focus(page)).at, 'choose');
    // … ticked and closed is not saved, also when it is opened again …
    await page.key('Enter');
    await shows(page, 'choices');
    assert.deepEqual(
      await page.evaluate(() =>
        [
          ...document.querySelector('avow-consent').shadowRoot.querySelectorAll('input:checked'),
        ].map((one) => one.dataset.purpose),
      ),
      ['marketing'],
      'what was ticked is kept for the visitor, and is no answer',
    );
    await page.key('Escape');
    await shows(page, 'first');
    assert.deepEqual([await granted(page), site.hits(), await site.opened()], [[], {}, []]);

    // … from a placeholder's …
    await page.evaluate(() => document.querySelector('#settings').focus());
    await tabTo(page, 'frame-choose');
    await page.key('Enter');
    await shows(page, 'choices');
    await page.key('Escape');
    await shows(page, 'first');
    assert.deepEqual((await focus(page)).at, 'frame-choose');

    // … and from the page's, once there is an answer.
    await tabTo(page, 'refuse', 'Shift+Tab');
    await page.key('Enter');
    await shows(page, 'door');
    await page.evaluate(() => document.querySelector('#settings').focus());
    await page.key('Enter');
    await shows(page, 'yours');
    assert.deepEqual((await focus(page)).at, 'avow-title');
    await page.key('Escape');
    await shows(page, 'door');
    assert.deepEqual((await focus(page)).at, 'settings');
    assert.equal((await site.arrived(1)).length, 1);
    assert.deepEqual(await granted(page), []);
  });

  test('refuse, withdraw and the placeholder by keyboard', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(() => document.querySelector('#settings').focus());
    await tabTo(page, 'frame-frame');
    await page.key('Enter');
    await runs(page, 'video');
    // where the placeholder was
    assert.equal(
      await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName),
      'iframe',
    );
    await page.evaluate(() => document.querySelector('#settings').focus());
    await tabTo(page, 'accept', 'Shift+Tab'); // the notice comes before the page
    await page.key(' ');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.goto(`${site.url}/pages/host.html`);
    await ready(page);
    await shows(page, 'door');
    await page.evaluate(() => document.querySelector('#settings').focus());
    await tabTo(page, 'withdraw', 'Shift+Tab');
    await page.key('Enter');
    await runs(page);
    await page.waitFor(() => !document.querySelector('avow-embed')?.frame, kPatience);
    const records = await site.arrived(3);
    assert.deepEqual(
      records.map(({ payload }) => payload.press.control),
      ['frame', 'accept', 'withdraw'],
    );
  });
});
