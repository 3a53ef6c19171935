// A change of the policy: announced before it holds, asked about from then on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  answered,
  choices,
  fillLocalStorage,
  inEachEngine,
  kPatience,
  moveOn,
  press,
  ready,
  runs,
  seen,
  shows,
  slot,
} from './notice.mjs';
import { announceLonger, kAfter, kBefore, kDays, kUntold } from './changing.mjs';
import { kStrict, said, startSite } from './site.mjs';

const kIn = { inShadowOf: 'avow-announcement', ...kPatience };

async function changing(t, days = kDays, options = {}) {
  const site = await startSite(t, options);
  const policy = announceLonger(site, days);
  site.headers = {
    'content-security-policy':
      `${kStrict}; require-trusted-types-for 'script'; trusted-types avow`.replace(
        "connect-src 'self'",
        `connect-src 'self' ${site.collector.url}`,
      ),
  };
  return { site, policy };
}

const here = (site) => `${site.url}/pages/host.html`;
const announced = (page) =>
  page.waitFor(() => document.querySelector('avow-announcement')?.isConnected, kPatience);
const card = (page) =>
  page.evaluate(
    () =>
      document.querySelector('avow-announcement')?.shadowRoot.querySelector('.card').textContent ??
      null,
  );
/** The card's part has come and has run. */
const idle = (page) =>
  page
    .waitFor(
      () => performance.getEntriesByType('resource').some((one) => /announce/.test(one.name)),
      kPatience,
    )
    .then(() => settled(page));
const settled = (page) =>
  page.evaluate(
    () =>
      new Promise(
        (done) =>
          globalThis.requestIdleCallback?.(() => setTimeout(done, 50)) ?? setTimeout(done, 500),
      ),
  );
const act = (page, name) => page.click(`[data-act=${name}]`, kIn);

async function type(page, words) {
  for (const letter of words) await page.key(letter);
}

/** Waits until the form says this of what was written. */
const says = (page, words) =>
  page.waitFor(
    (wanted) =>
      document.querySelector('avow-announcement').shadowRoot.querySelector('form output')
        .textContent === wanted,
    { ...kPatience, args: [words] },
  );

/** Who has refused, on the next page, with all of the announcement before their eyes. */
async function reads(site, page) {
  await press(page, 'refuse');
  await shows(page, 'door');
  await moveOn(page, here(site));
  await announced(page);
  await act(page, 'whole');
}

async function quiet(page) {
  const { violations, errors, uncaught } = await seen(page);
  assert.deepEqual({ violations, errors, uncaught }, { violations: [], errors: [], uncaught: [] });
}

inEachEngine(({ name, visit }) => {
  test('before the day: the notice names it, a card tells of it once, and what people think reaches the company', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kBefore);
    const page = await visit(t, here(site));
    await shows(page, 'first');
    const words = await page.evaluate(
      () => document.querySelector('avow-consent').shadowRoot.querySelector('.words').innerHTML,
    );
    assert.match(words, /1 Feb 2031/);
    assert.match(words, /href="https:\/\/hengtong\.example\/change"/);
    await idle(page);
    assert.equal(await card(page), null); // the question comes first
    await press(page, 'accept');
    const [answer] = await site.arrived(1);
    assert.deepEqual(said(answer.payload).yes, ['analytics', 'marketing', 'video']);
    assert.equal(answer.payload.change, null);
    await settled(page);
    assert.equal(await card(page), null); // and nothing is written on the page that answered it
    await moveOn(page, here(site));
    await announced(page);
    await page.waitFor(
      () =>
        document.querySelector('avow-announcement').shadowRoot.querySelector('[role=status]')
          .textContent === 'Our privacy policy is changing',
      kPatience,
    );
    assert.match(await card(page), /1 Feb 2031/);
    await act(page, 'whole');
    const whole = await page.evaluate(
      () =>
        document.querySelector('avow-announcement').shadowRoot.querySelector('dialog').textContent,
    );
    for (const text of ['What it means.', 'Why it changes.', 'How to say no.', '5 years'])
      assert.ok(whole.includes(text), text);
    await page.click('textarea', kIn);
    await type(page, 'Too long.');
    await page.click('input', kIn);
    await type(page, 'a@b.example');
    await page.click('form .answer', kIn);
    await says(page, 'Sent. Thank you.');
    const [, message] = await site.arrived(2);
    const { kind, message: text, reply, change, ...rest } = message.payload;
    assert.deepEqual([kind, text, reply], ['message', 'Too long.', 'a@b.example']);
    assert.match(change, /^[0-9a-f]{64}$/);
    assert.equal(rest.answers, undefined);
    assert.notEqual(message.payload.device, answer.payload.device);

    await act(page, 'close');
    await page.waitFor(() => !document.querySelector('avow-announcement'), kPatience);
    // The keyboard goes on where the way back is.
    assert.equal(
      await page.evaluate(
        () => document.activeElement.shadowRoot?.activeElement?.dataset.act ?? null,
      ),
      'open',
    );
    await moveOn(page, here(site));
    await shows(page, 'door');
    await idle(page);
    assert.equal(await card(page), null);
    await quiet(page);
  });

  test('from the day on: who answered is asked again with the change in sight, and the record names it', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kUntold);
    const page = await visit(t, here(site), { width: 360, height: 480 });
    await answered(site, page, 'accept');
    policy.on(kAfter);
    await moveOn(page, here(site));
    await shows(page, 'first');
    // Only what changed is asked again.
    assert.equal((await choices(page)).ask, true);
    await runs(page, 'marketing', 'video');
    assert.equal(await slot(page, 'changed'), 'What you answered to has changed since.');
    const shown = await page.evaluate(() => {
      const details = document
        .querySelector('avow-consent')
        .shadowRoot.querySelector('details.changed');
      return [details.open, details.checkVisibility?.() ?? true, details.textContent];
    });
    assert.deepEqual(shown.slice(0, 2), [true, true]);
    assert.match(shown[2], /5 years/);
    assert.match(shown[2], /Why it changes\./);
    // Whoever reads to the end of it can say yes as well as no.
    const scrolled = await page.evaluate(() => {
      const words = document.querySelector('avow-consent').shadowRoot.querySelector('.words');
      words.scrollTop = 9_999;
      return words.scrollTop;
    });
    assert.ok(scrolled > 50, `only ${scrolled} px`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    const [, again] = await site.arrived(2);
    assert.match(again.payload.change, /^[0-9a-f]{64}$/);
    assert.equal(again.payload.press.layer, 'first');
    await quiet(page);

    // Nobody else is told of a change on the first layer; the choices mark it for everybody.
    const other = await visit(t, here(site));
    await shows(other, 'first');
    await press(other, 'choose');
    await shows(other, 'choices');
    const marked = await other.evaluate(() =>
      [
        ...document.querySelector('avow-consent').shadowRoot.querySelectorAll('.purpose .changed'),
      ].map((one) => one.closest('.purpose').querySelector('input').dataset.purpose),
    );
    assert.deepEqual(marked, ['analytics']);
  });

  // What follows is the same in every engine.
  if (name !== 'chromium') return;

  test('who never answered sees no change on the first layer, and no record names one', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kAfter);
    const page = await visit(t, here(site));
    await shows(page, 'first');
    assert.equal(await slot(page, 'changed'), '');
    assert.equal(
      await page.evaluate(() =>
        document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('.changed')
          .checkVisibility(),
      ),
      false,
    );
    await press(page, 'accept');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.change, null);
  });

  test('before the day the choices mark what will change, and not before it is announced', async (t) => {
    const { site, policy } = await changing(t);
    const marked = async (day) => {
      policy.on(day);
      const page = await visit(t, here(site));
      await shows(page, 'first');
      await press(page, 'choose');
      await shows(page, 'choices');
      const parts = await page.evaluate(() =>
        [...document.querySelector('avow-consent').shadowRoot.querySelectorAll('.changed')].map(
          (one) => [
            one.closest('.purpose')?.querySelector('input').dataset.purpose,
            one.textContent,
            getComputedStyle(one).borderInlineStartWidth,
          ],
        ),
      );
      await quiet(page);
      return parts;
    };
    assert.deepEqual(await marked(kUntold), []);
    const [[purpose, words, line], ...others] = await marked(kBefore);
    assert.deepEqual([purpose, line, others], ['analytics', '4px', []]);
    for (const text of [
      'What changes',
      'Until now',
      'From 1 Feb 2031',
      '5 years',
      'Why it changes.',
    ])
      assert.ok(words.includes(text), `${text}: ${words}`);
  });

  test('what could not be sent is said, and the words stay', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kBefore);
    const page = await visit(t, here(site));
    await reads(site, page);
    await site.arrived(1);
    await site.collector.stop();
    await page.click('textarea', kIn);
    await type(page, 'Why?');
    await page.click('form .answer', kIn);
    await says(page, 'This could not be sent. Please try again.');
    // Closed by mistake, nothing of it is lost.
    await page.key('Escape');
    await page.waitFor(
      () => !document.querySelector('avow-announcement').shadowRoot.querySelector('dialog').open,
      kPatience,
    );
    await act(page, 'whole');
    await site.collector.start();
    await page.click('form .answer', kIn);
    await says(page, 'Sent. Thank you.');
    const [, { payload }] = await site.arrived(2);
    assert.deepEqual([payload.message, payload.reply], ['Why?', null]);
  });

  test('after the last day to be heard there is nothing to write in', async (t) => {
    const past = {
      notify_from: '2020-02-01',
      feedback_until: '2020-02-10',
      effective_at: '2020-03-01',
    };
    const { site, policy } = await changing(t, past, {
      policy: (authored) => (authored.effective_at = '2020-01-01'),
    });
    policy.on('2020-02-05');
    const page = await visit(t, here(site));
    await reads(site, page);
    await page.waitFor(
      () => document.querySelector('avow-announcement').shadowRoot.querySelector('dialog').open,
      kPatience,
    );
    assert.equal(
      await page.evaluate(() =>
        document.querySelector('avow-announcement').shadowRoot.querySelector('form'),
      ),
      null,
    );
  });

  test('who answers 200 to everything has taken nothing', async (t) => {
    const { site, policy } = await changing(t, kDays, {
      policy: (authored, url) => (authored.collector.url = `${url}/portal`),
    });
    site.change('/portal/*', { status: 200, body: () => '<!doctype html><title>Welcome</title>' });
    policy.on(kBefore);
    const page = await visit(t, here(site));
    await reads(site, page);
    await page.click('textarea', kIn);
    await type(page, 'Why?');
    await page.click('form .answer', kIn);
    await says(page, 'This could not be sent. Please try again.');
    const { errors } = await seen(page);
    assert.match(errors.join(), /message-unsent/);
    assert.doesNotMatch(errors.join(), /Consent is denied/);
  });

  test('where nothing can be remembered it can be closed all the same', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kBefore);
    const page = await visit(t, here(site));
    await answered(site, page, 'accept');
    await announced(page);
    await page.evaluate(fillLocalStorage);
    await act(page, 'told');
    await page.waitFor(() => !document.querySelector('avow-announcement'), kPatience);
    await settled(page);
    assert.equal(await card(page), null);
  });

  test('who refused what is only kept for longer is not asked again', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kUntold);
    const page = await visit(t, here(site));
    await answered(site, page, 'refuse');
    policy.on(kAfter);
    await moveOn(page, here(site));
    await shows(page, 'door');
    assert.equal((await choices(page)).ask, false);
  });

  test('pages that bring the notice along are told too, and other tabs follow', async (t) => {
    const { site, policy } = await changing(t);
    policy.on(kBefore);
    delete site.headers['content-security-policy'];
    site.declare();
    const page = await visit(t, here(site));
    await answered(site, page, 'accept');
    await announced(page);
    const other = await page.newTab(here(site));
    await announced(other);
    await act(page, 'told');
    await other.waitFor(() => !document.querySelector('avow-announcement'), kPatience);
    await ready(other);
    await quiet(other);
  });
});
