// Nobody but the visitor can say yes; anything may say no.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  choices,
  everythingStored,
  granted,
  inEachEngine,
  kNeedless,
  kPatience,
  layer,
  moveOn,
  press,
  runs,
  seen,
  shows,
  tick,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

// Run in the page: the ways in which a script presses.
const clicks = (control) => {
  const element = document.querySelector('avow-consent').shadowRoot.querySelector(control);
  element.click();
  element.dispatchEvent(
    new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }),
  );
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  element.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }),
  );
};

async function nothingGranted(site, page) {
  await sleep(400);
  assert.deepEqual(await granted(page), []);
  assert.equal(await page.evaluate(() => localStorage.getItem('avow:pending')), null);
  await page.goto(`${site.url}/pages/host.html`);
  await shows(page, 'first');
  assert.deepEqual(await granted(page), []);
  assert.deepEqual(site.hits(), {});
  assert.deepEqual(await site.opened(), []);
}

inEachEngine(({ name, visit }) => {
  test('a scripted click on accept grants nothing, now or on the next page', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(clicks, '[data-act=accept]');
    await nothingGranted(site, page);
  });

  test('a scripted click on a frame’s placeholder grants nothing, now or on the next page', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.waitFor(
      () => document.querySelector('avow-embed')?.shadowRoot?.querySelector('[data-act=frame]'),
      kPatience,
    );
    await page.evaluate(() => {
      const button = document
        .querySelector('avow-embed')
        .shadowRoot.querySelector('[data-act=frame]');
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    });
    await nothingGranted(site, page);
    // Also while the core is still on its way.
    const release = site.hold('core.wasm');
    await page.goto(`${site.url}/pages/host.html`);
    await page.evaluate(() => {
      const event = new MouseEvent('click', { bubbles: true });
      return void avow.grant('video', event).catch(() => {});
    });
    assert.equal(await page.evaluate(() => localStorage.getItem('avow:pending')), null);
    release();
    await nothingGranted(site, page);
  });

  test('scripted ticks and a scripted save grant nothing', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'choose');
    await shows(page, 'choices');
    await page.evaluate(clicks, 'input[data-purpose=analytics]');
    await page.evaluate(() => {
      for (const box of document
        .querySelector('avow-consent')
        .shadowRoot.querySelectorAll('input')) {
        box.checked = true;
        box.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
      }
    });
    await page.evaluate(() =>
      document.querySelector('avow-consent').shadowRoot.querySelector('[data-act=save]').click(),
    );
    // Ticks that no hand made do not count. What is saved is a no to all, and a no anybody may say.
    await shows(page, 'door');
    assert.deepEqual((await choices(page)).granted, kNeedless);
    assert.deepEqual(said((await site.arrived(1))[0].payload).yes, []);
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.deepEqual((await choices(page)).granted, kNeedless);
  });

  test('ticks that a script made are not the visitor’s, even where the visitor presses save', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'choose');
    await shows(page, 'choices');
    await page.evaluate(() => {
      const root = document.querySelector('avow-consent').shadowRoot;
      root.querySelector('input[data-purpose=analytics]').click();
      root.querySelector('input[data-purpose=marketing]').closest('label').click();
      root.querySelector('input[data-purpose=crm]').checked = true;
    });
    await tick(page, 'video');
    await press(page, 'save');
    await runs(page, 'video');
    assert.deepEqual(said((await site.arrived(1))[0].payload), {
      control: 'save',
      layer: 'choices',
      via: 'notice',
      yes: ['video'],
      no: ['analytics', 'marketing', 'crm'],
    });
  });

  // What a yes takes to compute is done while the button is down.
  if (name !== 'webkit')
    test('a press on accept that ends elsewhere says nothing, and leaves nothing', async (t) => {
      const site = await startSite(t);
      const page = await visit(t, `${site.url}/pages/host.html`);
      await shows(page, 'first');
      await page.evaluate(() => avow.open()); // the core is there
      const before = await everythingStored(page);
      const at = await page.evaluate(() => {
        const accept = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('[data-act=accept]');
        const { x, y } = accept.getBoundingClientRect();
        return [x + 20, y + 20];
      });
      await page.drag(at, [5, 5]);
      await sleep(400);
      assert.deepEqual(await everythingStored(page), before);
      assert.equal((await choices(page)).ask, true);
      await press(page, 'accept');
      await runs(page, 'analytics', 'marketing', 'video');
      assert.deepEqual(said((await site.arrived(1))[0].payload).control, 'accept');
    });

  test('a scripted click on refuse refuses', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(() =>
      document.querySelector('avow-consent').shadowRoot.querySelector('[data-act=refuse]').click(),
    );
    await shows(page, 'door');
    const [record] = await site.arrived(1);
    assert.deepEqual(said(record.payload), {
      control: 'refuse',
      layer: 'first',
      via: 'notice',
      yes: [],
      no: ['analytics', 'marketing', 'video', 'crm'],
    });
    await moveOn(page, `${site.url}/pages/host.html`);
    assert.equal((await choices(page)).ask, false);
  });

  test('avow.refuse() refuses, and avow.withdraw() takes back', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(() => avow.refuse());
    assert.equal(await layer(page), 'door');
    assert.deepEqual(said((await site.arrived(1))[0].payload), {
      control: 'refuse',
      layer: null,
      via: 'script',
      yes: [],
      no: ['analytics', 'marketing', 'video', 'crm'],
    });

    await press(page, 'open');
    await press(page, 'change');
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    assert.deepEqual((await page.evaluate(() => avow.withdraw())).granted, kNeedless);
    const records = await site.arrived(3);
    assert.deepEqual(said(records[2].payload), {
      control: 'withdraw',
      layer: null,
      via: 'script',
      yes: [],
      no: ['analytics', 'marketing', 'video', 'crm'],
    });
  });

  test('the host’s own control can grant with a real press, and only with one', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(() => document.querySelector('#allow').click());
    await page.waitFor(() => outcomes.length === 1, kPatience);
    const code = (purposes) =>
      page.evaluate(
        (asked) =>
          avow.grant(asked, { isTrusted: false }).then(
            () => 'granted',
            (error) => error.code,
          ),
        purposes,
      );
    assert.equal(await code('analytics'), 'press-refused');
    const forged = await page.evaluate(async () => {
      // What only says that it is a click, and what the visitor did without meaning an answer.
      const moved = new Promise((resolve) => addEventListener('scroll', resolve, { once: true }));
      document.body.style.minHeight = '300vh';
      scrollTo(0, 100);
      const events = [
        { isTrusted: true, type: 'click' },
        Object.create(Event.prototype, { isTrusted: { value: true }, type: { value: 'click' } }),
        new MouseEvent('click'),
        await moved,
        null,
        true,
        'click',
      ];
      return Promise.all(
        events.map((event) =>
          avow.grant('analytics', event).then(
            () => 'granted',
            (error) => error.code,
          ),
        ),
      );
    });
    assert.deepEqual([...new Set(forged)], ['press-refused']);
    assert.equal(
      await page.evaluate(() =>
        avow
          .grant('analytics')
          .catch(async (error) => error instanceof (await import('/avow/avow.js')).AvowError),
      ),
      true,
    );
    assert.equal(await code([]), 'press-refused');
    assert.equal(
      await page.evaluate(() =>
        avow.grant('analytics').then(
          () => 'granted',
          (error) => error.code,
        ),
      ),
      'press-refused',
    );
    assert.deepEqual(await page.evaluate(() => outcomes), ['press-refused']);
    assert.equal(await page.evaluate(() => localStorage.getItem('avow:pending')), null);
    assert.deepEqual(await granted(page), []);

    await page.click('#allow');
    await page.waitFor(() => outcomes.length === 2, kPatience);
    assert.deepEqual(await page.evaluate(() => outcomes[1]), [...kNeedless, 'analytics']);
    await page.waitFor(() => globalThis.__hits?.length === 1, kPatience);
    const [record] = await site.arrived(1);
    assert.deepEqual(said(record.payload), {
      control: 'grant',
      layer: null,
      via: 'host',
      yes: ['analytics'],
      no: [],
    });
    assert.equal(record.payload.notice, null);
    assert.equal(record.payload.answers[0].control, 'host');
    // A consent of its own is given where its facts are told, and the page's control leads there.
    await page.click('#allow-abroad');
    await shows(page, 'choices');
    assert.deepEqual(await granted(page), ['analytics']);
    await tick(page, 'crm');
    await press(page, 'save');
    await page.waitFor(() => globalThis.__hits?.length === 2, kPatience);
    assert.deepEqual(said((await site.arrived(2))[1].payload), {
      control: 'save',
      layer: 'choices',
      via: 'notice',
      yes: ['analytics', 'crm'],
      no: ['marketing', 'video'],
    });
    assert.deepEqual((await seen(page)).uncaught, []);
  });
});
