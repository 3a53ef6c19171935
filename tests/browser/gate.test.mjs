// Nothing third-party before a yes, nothing after a no, and exactly what was allowed after a
// choice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  choices,
  granted,
  inEachEngine,
  kNeedless,
  layer,
  moveOn,
  press,
  reaches,
  ready,
  seen,
  shows,
  tick,
} from './notice.mjs';
import { startDemo } from './site.mjs';

/** The page has had time to do what it should not. */
const aWhile = () => sleep(400);

async function until(site, wanted) {
  for (let tries = 0; tries < 100; ++tries) {
    if (JSON.stringify(await site.hits()) === JSON.stringify(wanted)) break;
    await sleep(100);
  }
  await aWhile();
  assert.deepEqual(await site.hits(), wanted);
}

inEachEngine(({ visit }) => {
  test('before a choice nothing third-party is asked for, and after a refusal neither', async (t) => {
    const site = await startDemo(t);
    const page = await visit(t, `${site.url}/en/`);
    await shows(page, 'first');
    await aWhile();
    assert.deepEqual(await site.hits(), {});
    assert.deepEqual(await granted(page), []);

    await press(page, 'refuse');
    await reaches(page, 'delivered');
    assert.equal(await layer(page), 'door');
    await aWhile();
    assert.deepEqual(await site.hits(), {});

    await moveOn(page, `${site.url}/en/privacy.html`);
    await moveOn(page, `${site.url}/en/`);
    await aWhile();
    assert.deepEqual(await site.hits(), {});
    assert.deepEqual(await choices(page), {
      ask: false,
      granted: kNeedless,
      number: null,
      delivery: 'none',
    });
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('accept runs all that was asked together, and not what is asked separately', async (t) => {
    const site = await startDemo(t);
    const page = await visit(t, `${site.url}/en/`);
    await press(page, 'accept');
    await until(site, { analytics: 1, marketing: 1, video: 1 });
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);
    assert.deepEqual(await page.evaluate(() => globalThis.__hits), ['analytics', 'marketing']);
  });

  test('ticks run exactly what was ticked', async (t) => {
    const site = await startDemo(t);
    const page = await visit(t, `${site.url}/en/`);
    await press(page, 'choose');
    await shows(page, 'choices');
    const ticked = () =>
      page.evaluate(() =>
        [
          ...document
            .querySelector('avow-consent')
            .shadowRoot.querySelectorAll('input[data-purpose]'),
        ].map((box) => [box.dataset.purpose, box.checked]),
      );
    assert.deepEqual(await ticked(), [
      ['analytics', false],
      ['marketing', false],
      ['video', false],
      ['crm', false],
    ]);
    await tick(page, 'analytics');
    await tick(page, 'video');
    await tick(page, 'marketing');
    await tick(page, 'marketing');
    await press(page, 'save');
    await until(site, { analytics: 1, video: 1 });
    assert.deepEqual(await granted(page), ['analytics', 'video']);
  });

  test('a separate consent has a control of its own, and accepting does not carry it', async (t) => {
    const site = await startDemo(t);
    const page = await visit(t, `${site.url}/en/`);
    await press(page, 'choose');
    await tick(page, 'crm');
    await press(page, 'accept'); // beside the tick, on the same layer
    await until(site, { analytics: 1, marketing: 1, video: 1 });
    assert.deepEqual(await granted(page), ['analytics', 'marketing', 'video']);
    // Where it has been asked once, it is asked for by its own control.
    await press(page, 'open');
    await press(page, 'change');
    await shows(page, 'choices');
    await tick(page, 'crm');
    await press(page, 'save');
    await until(site, { analytics: 1, crm: 1, marketing: 1, video: 1 });
    const [first, second] = await site.arrived(2);
    const crm = ({ payload }) => payload.answers.find((one) => one.purpose === 'crm');
    assert.deepEqual([crm(first).granted, crm(first).control], [false, 'not-carried']);
    assert.deepEqual([crm(second).granted, crm(second).control], [true, 'separate']);
    assert.equal((await ready(page)).ask, true); // `ready` is what held when the page began
  });
});
