// What a host can do besides: a transport of its own, naming an account, and handing the visitor
// their copy.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import {
  inEachEngine,
  keyFile,
  kNeedless,
  kPatience,
  layer,
  moveOn,
  press,
  reaches,
  runs,
  seen,
  shows,
  unfold,
} from './notice.mjs';
import { said, sha256, startSite } from './site.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');

inEachEngine(({ name, visit }) => {
  test('a reference that cannot be sealed is an error of its own, and spoils no answer', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    for (const bad of [42, 'x'.repeat(129), { id: 1 }]) {
      assert.match(
        await page.evaluate(
          (one) =>
            avow.identify(one).then(
              () => 'taken',
              (error) => error.code,
            ),
          bad,
        ),
        /^(wrong-type|out-of-range)$/,
      );
    }
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    assert.equal((await site.arrived(1))[0].payload.subject, null);
  });

  test('a transport of the host’s own gets the record, and decides nothing by itself', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.waitFor(() => globalThis.avow !== undefined, kPatience);
    await page.evaluate(() => {
      globalThis.carried = [];
      avow.deliverWith(async ({ id, bytes }) => {
        carried.push({ id, bytes: [...bytes], typed: bytes instanceof Uint8Array });
        // acknowledges nothing
        if (carried.length === 1) return { status: 200, body: 'Thank you!' };
        if (carried.length === 2) throw new Error('no line');
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return {
          status: 201,
          body: JSON.stringify({
            stored: Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join(''),
          }),
        };
      });
    });
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const carried = await page.evaluate(() => globalThis.carried);
    assert.equal(carried.length, 3);
    assert.ok(
      carried.every(
        ({ id, bytes, typed }) =>
          typed && id === carried[0].id && hex(bytes) === hex(carried[0].bytes),
      ),
    );
    assert.deepEqual(await site.collector.exported(), []); // nothing went the usual way
    const { payload } = site.openWithAge({
      record: Buffer.from(carried[0].bytes).toString('base64'),
    });
    assert.deepEqual(said(payload).yes, ['analytics', 'marketing', 'video']);
    assert.equal((await page.evaluate(() => avow.choices)).delivery, 'delivered');
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('identify before the choice: the first record names the account; a refusal names nobody', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.waitFor(() => globalThis.avow !== undefined, kPatience);
    await page.evaluate(() => avow.identify('customer-42'));
    await shows(page, 'first');
    assert.deepEqual(await site.opened(), []); // naming alone records nothing
    await press(page, 'refuse');
    const [refused] = await site.arrived(1);
    assert.equal(refused.payload.subject, null);
    await press(page, 'open');
    await press(page, 'change');
    await press(page, 'accept');
    const [, accepted] = await site.arrived(2);
    assert.equal(accepted.payload.subject, 'customer-42');
    assert.notEqual(accepted.header.device, refused.header.device);
    // It is sealed: what the collector sees does not hold it.
    for (const { record } of await site.collector.exported())
      assert.equal(Buffer.from(record, 'base64').includes('customer-42'), false);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('identify after the choice: one more record, once', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await page.evaluate(() => avow.identify('customer-42'));
    const [first, second] = await site.arrived(2);
    assert.equal(first.payload.subject, null);
    assert.equal(second.payload.subject, 'customer-42');
    assert.deepEqual([second.payload.press.control, second.header.prev], ['identify', first.id]);
    // what stands, stands
    assert.deepEqual(said(second.payload).yes, ['analytics', 'marketing', 'video']);
    await runs(page, 'analytics', 'marketing', 'video');
    await moveOn(page, `${site.url}/pages/host.html`);
    await page.evaluate(() => avow.identify('customer-42'));
    await runs(page, 'analytics', 'marketing', 'video');
    assert.equal((await site.arrived(2)).length, 2);
    const wrong = (subject) =>
      page.evaluate(
        (one) =>
          avow.identify(one).then(
            () => 'taken',
            (error) => error.code,
          ),
        subject,
      );
    assert.equal(await wrong('x'.repeat(129)), 'out-of-range');
    assert.equal(await wrong('line\nfeed'), 'wrong-value');
    assert.equal((await site.opened()).length, 2);
  });

  test('the visitor’s copy: their key opens their records, and the stock tool agrees', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    assert.equal(
      await page.evaluate(() =>
        avow.export().then(
          () => 'given',
          (error) => error.code,
        ),
      ),
      'stored-state',
    ); // there is nothing yet
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await press(page, 'withdraw');
    await runs(page);
    const records = await site.arrived(2);
    const lines = await site.collector.exported();
    const own = await keyFile(page);
    assert.deepEqual(Object.keys(own).toSorted(), ['erase', 'identity', 'records', 'v']);
    assert.equal(own.v, 'avow/v1 export');
    assert.match(own.identity, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
    assert.equal(own.erase.device, records[0].header.device);
    assert.equal(
      sha256(Buffer.concat([Buffer.from('avow/v1 erase\0'), Buffer.from(own.erase.secret, 'hex')])),
      records[0].header.erase_commit,
    );
    const bySeq = own.records.toSorted(
      (a, b) =>
        a.opened.created_at.localeCompare(b.opened.created_at) ||
        records.findIndex(({ id }) => id === a.id) - records.findIndex(({ id }) => id === b.id),
    );
    assert.deepEqual(
      bySeq.map(({ id, number, record }) => ({ id, number, record })),
      lines.map(({ id, record }, i) => ({ id, number: records[i].number, record })),
    );
    assert.deepEqual(
      bySeq.map(({ opened }) => opened),
      records.map(({ payload }) => payload),
    );
    const key = join(site.company.folder, 'visitor.key');
    writeFileSync(key, `${own.identity}\n`);
    for (const [i, line] of lines.entries())
      assert.deepEqual(site.openWithAge(line, key).payload, records[i].payload);
    // A first visit never fetches what opens it.
    assert.equal(site.asked.filter((path) => path === site.path('own.wasm')).length, 1);
    // What opens and erases is given to no script, by no call and by no click that it makes.
    const { records: opened, v } = own;
    assert.deepEqual(await page.evaluate(() => avow.export()), { v, records: opened });
    await page.evaluate(async () => {
      globalThis.caught = 0;
      URL.createObjectURL = () => String(++globalThis.caught);
      await avow.open();
      const root = document.querySelector('avow-consent').shadowRoot;
      for (const act of ['key', 'receipt']) root.querySelector(`[data-act=${act}]`).click();
    });
    await unfold(page, 'key');
    await press(page, 'key'); // comes after them
    await page.waitFor(() => globalThis.caught > 0, kPatience);
    assert.equal(await page.evaluate(() => globalThis.caught), 1);
  });

  test('events tell the host what runs: ready once, change when something changed', async (t) => {
    const site = await startSite(t);
    const listening = () => {
      globalThis.told = [];
      for (const type of ['avow-ready', 'avow-change'])
        document.addEventListener(type, ({ detail }) =>
          told.push([type, detail.ask, detail.granted.join()]),
        );
    };
    const page = await visit(t, `${site.url}/pages/host.html`, { javascript: [listening] });
    await press(page, 'accept');
    await site.arrived(1);
    await reaches(page, 'delivered');
    const told = await page.evaluate(() => globalThis.told);
    assert.deepEqual(told[0], ['avow-ready', true, kNeedless.join()]);
    assert.deepEqual(told[1], [
      'avow-change',
      false,
      [...kNeedless, 'analytics', 'marketing', 'video'].join(),
    ]);
    assert.equal(told.filter(([type]) => type === 'avow-ready').length, 1);
    await page.goto(`${site.url}/pages/host.html`);
    await page.waitFor(() => globalThis.avow?.ready, kPatience);
    assert.deepEqual((await page.evaluate(() => globalThis.told))[0], [
      'avow-ready',
      false,
      [...kNeedless, 'analytics', 'marketing', 'video'].join(),
    ]);
  });

  test('what an answer lets run reads that answer from its first line on', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await page.evaluate(() => {
      const marked = Object.assign(document.createElement('script'), {
        type: 'text/plain',
        textContent: 'globalThis.first = [avow.choices.ask, avow.choices.granted.join()];',
      });
      marked.dataset.avow = 'video'; // no script stands before it in its row
      document.body.append(marked);
    });
    await press(page, 'accept');
    assert.deepEqual(await page.waitFor(() => globalThis.first, kPatience), [
      false,
      [...kNeedless, 'analytics', 'marketing', 'video'].join(),
    ]);
  });

  test('a page that changes its language in place is followed, and what is recorded', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await shows(page, 'first');
    await page.evaluate(() => avow.open());
    const says = (act, words) =>
      page.waitFor(
        (control, wanted) =>
          document
            .querySelector('avow-consent')
            .shadowRoot.querySelector(`[data-act=${control}]`)
            ?.textContent.includes(wanted),
        { ...kPatience, args: [act, words] },
      );
    const speaks = (lang) =>
      page.evaluate((wanted) => {
        document.documentElement.lang = wanted;
      }, lang);
    await says('refuse', 'Refuse');
    await speaks('zh-CN');
    await says('refuse', '拒绝');
    await speaks('en');
    await speaks('zh');
    await says('refuse', '拒绝');
    await press(page, 'accept');
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.language, 'zh-CN');
    assert.equal(payload.notice, site.company.render('--lang', 'zh-CN', '--id').trimEnd());
    await shows(page, 'door');
    await speaks('en');
    await says('withdraw', 'Withdraw');
    assert.deepEqual((await seen(page)).errors, []);
  });

  const speaks = (page, lang) =>
    page.waitFor(
      (wanted) =>
        document.querySelector('avow-consent').shadowRoot.querySelector('[data-layer]')?.lang ===
        wanted,
      { ...kPatience, args: [lang] },
    );

  test('a language that a script sets before the core has come is spoken', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/blank.html`);
    let release = site.hold('core.js');
    const lateChange = async () => {
      await page.goto(`${site.url}/pages/host.html`);
      await shows(page, 'first');
      await speaks(page, 'en');
      await page.evaluate(() => (document.documentElement.lang = 'zh'));
    };
    await lateChange();
    await page.evaluate(() => void avow.open());
    release();
    await speaks(page, 'zh-CN');
    assert.equal(await layer(page), 'first');
    // What was pressed before is what stood there then.
    release = site.hold('core.js');
    await lateChange();
    await press(page, 'accept');
    release();
    const [{ payload }] = await site.arrived(1);
    assert.equal(payload.language, 'en');
    assert.equal(payload.notice, site.company.render('--lang', 'en', '--id').trimEnd());
    await shows(page, 'door');
    await speaks(page, 'zh-CN');
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('a language that the tag names, or that the policy does not speak, is not changed', async (t) => {
    for (const [lang, attributes] of [
      ['zh-CN', 'data-lang="en"'],
      ['pt', ''],
    ]) {
      const site = await startSite(t);
      site.change('/pages/host.html', {
        body: (html) =>
          String(html)
            .replace('<html lang="en">', `<html lang="${lang}">`)
            .replace('<script type="module"', `<script ${attributes} type="module"`),
      });
      const page = await visit(t, `${site.url}/pages/host.html`, { lang: 'en' });
      await press(page, 'choose');
      await shows(page, 'choices');
      // Its turn comes after whatever the core has begun by then.
      await press(page, 'accept');
      const [{ payload }] = await site.arrived(1);
      assert.equal(payload.language, 'en');
      await speaks(page, 'en');
      assert.ok(!site.asked.includes(site.path('own.js')), 'nothing of another language comes');
    }
  });

  test('a placeholder in the language of before leads to the choices, in the one of now', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'refuse');
    await site.arrived(1);
    await page.evaluate(() => (document.documentElement.lang = 'zh-CN'));
    await page.waitFor(
      () => document.querySelector('avow-consent').shadowRoot.querySelector('[lang=zh-CN]'),
      kPatience,
    );
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await shows(page, 'choices');
    const focused = () =>
      document.querySelector('avow-consent').shadowRoot.activeElement?.dataset.purpose === 'video';
    await page.waitFor(focused, kPatience);
    await page.key(' ');
    await press(page, 'save');
    await runs(page, 'video');
    const [, { payload }] = await site.arrived(2);
    assert.deepEqual([payload.language, said(payload).yes], ['zh-CN', ['video']]);
  });
});
