// What reaches the company is what was pressed, beside the very text it answered; and a no names
// nobody.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  everythingStored,
  forget,
  forgotten,
  granted,
  inEachEngine,
  press,
  reaches,
  runs,
  seen,
  sent,
  shows,
  tick,
} from './notice.mjs';
import { said, sha256, startDemo, startSite } from './site.mjs';

/**
 * The notice's markup as it stands in the page, without what showing it added: `open` of a dialog.
 */
const shownMarkup = (page) =>
  page.evaluate(() => {
    const copy = document.createElement('template');
    copy.innerHTML = document.querySelector('avow-consent').shadowRoot.innerHTML;
    for (const element of copy.content.querySelectorAll('*')) {
      element.removeAttribute('open');
      if (element.localName !== 'output') element.removeAttribute('hidden');
    }
    return copy.innerHTML;
  });
/** Bytes as a browser spells them. */
const respelled = (page, html) =>
  page.evaluate(
    (text) => Object.assign(document.createElement('template'), { innerHTML: text }).innerHTML,
    html,
  );

process.env['TZ'] = 'Asia/Shanghai'; // of the browsers

inEachEngine(({ name, visit }) => {
  test('the record holds the press, and the hash of the bytes that were shown', async (t) => {
    const site = await startDemo(t);
    const cases = [
      {
        path: '/',
        language: 'zh-CN',
        layer: 'first',
        control: 'accept',
        yes: ['analytics', 'marketing', 'video'],
        no: ['crm'],
      },
      {
        path: '/en/',
        language: 'en',
        layer: 'first',
        control: 'refuse',
        yes: [],
        no: ['analytics', 'marketing', 'video', 'crm'],
      },
      {
        path: '/en/',
        language: 'en',
        layer: 'choices',
        control: 'save',
        yes: ['video', 'crm'],
        no: ['analytics', 'marketing'],
      },
    ];
    for (const [i, { path, language, layer, control, yes, no }] of cases.entries()) {
      // the page's language goes before the visitor's
      const page = await visit(t, `${site.url}${path}`, { lang: 'fr' });
      await shows(page, 'first');
      if (layer === 'choices') {
        await press(page, 'choose');
        await shows(page, 'choices');
        for (const purpose of yes) await tick(page, purpose);
      }
      const options = ['--lang', language, '--layer', layer];
      const html = site.company.render(...options);
      assert.equal(await shownMarkup(page), await respelled(page, html), `${language} ${layer}`);
      const before = Date.now();
      await press(page, control);
      const record = (await site.arrived(i + 1))[i];
      const { payload } = record;

      assert.deepEqual(said(payload), { control, layer, via: 'notice', yes, no });
      assert.equal(payload.notice, sha256(html));
      assert.equal(payload.notice, site.company.render('--id', ...options).trim());
      assert.deepEqual(
        [payload.language, payload.place, payload.regime, payload.signals],
        [language, null, 'opt-in', { gpc: false }],
      );
      assert.deepEqual(
        [payload.subject, payload.continues, payload.v, payload.kind],
        [null, null, 'avow/v1', 'choice'],
      );
      const at = Date.parse(payload.created_at);
      assert.ok(at >= before - 2_000 && at <= Date.now() + 1_000, payload.created_at);
      assert.equal(record.header.site, 'mingyuan.example');
      await reaches(page, 'delivered');
      const shown = (await page.evaluate(() => avow.choices)).number;
      assert.equal(shown, control === 'refuse' ? null : record.number);
      assert.deepEqual((await seen(page)).errors, []);
    }

    // The stock tool reads the same, with either key; every record is as long as every other.
    const lines = await site.collector.exported();
    const opened = await site.opened();
    for (const [i, line] of lines.entries()) {
      const { text, payload } = site.openWithAge(line);
      assert.deepEqual(payload, opened[i].payload);
      assert.equal(site.openWithAge(line, `${site.company.folder}/recovery.key`).text, text);
      assert.equal(text.length, site.openWithAge(lines[0]).text.length);
      const [header] = Buffer.from(line.record, 'base64').toString('latin1').split('\n');
      assert.deepEqual(Object.keys(JSON.parse(header)), [
        'device',
        'erase_commit',
        'op',
        'prev',
        'seq',
        'site',
        'v',
      ]);
    }
  });

  test('a chain: each answer follows the one before, and “your choices” shows the last', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await press(page, 'open');
    await press(page, 'change');
    await shows(page, 'choices');
    // What stands is shown as it stands.
    assert.deepEqual(
      await page.evaluate(() =>
        [...document.querySelector('avow-consent').shadowRoot.querySelectorAll('input')].map(
          (box) => [box.dataset.purpose, box.checked],
        ),
      ),
      [
        ['analytics', true],
        ['marketing', true],
        ['video', true],
        ['crm', false],
      ],
    );
    await tick(page, 'marketing');
    await press(page, 'save');
    await runs(page, 'analytics', 'video');
    const [first, second] = await site.arrived(2);
    assert.deepEqual(
      [first.header.seq, first.header.prev, second.header.seq, second.header.prev],
      [1, null, 2, first.id],
    );
    assert.equal(first.header.device, second.header.device);
    assert.equal(first.header.erase_commit, second.header.erase_commit);

    await page.goto(`${site.url}/pages/host.html`); // where the core has to be fetched first
    await press(page, 'open');
    await shows(page, 'yours');
    const yours = () =>
      page.evaluate(() =>
        Object.fromEntries(
          [
            ...document.querySelector('avow-consent').shadowRoot.querySelectorAll('[data-slot]'),
          ].map((one) => [one.dataset.slot, one.textContent]),
        ),
      );
    const slots = await yours();
    assert.equal(slots.number, second.number);
    assert.deepEqual(
      ['analytics', 'marketing', 'video', 'crm'].map((one) => slots[`answer-${one}`]),
      ['On', 'Off', 'On', 'Off'],
    );
    // in the visitor's time, as the visitor's browser writes it
    const at = Date.parse(second.payload.created_at);
    const own = await page.evaluate(
      (time) =>
        new Intl.DateTimeFormat(navigator.languages.find((one) => /^en/.test(one)) ?? 'en', {
          dateStyle: 'medium',
          timeStyle: 'short',
          timeZone: 'Asia/Shanghai',
        }).format(time),
      at,
    );
    assert.equal(slots.when, own);
    assert.ok(
      slots.text.includes('2026-11') && slots.text.includes(second.payload.notice.slice(0, 16)),
      slots.text,
    );
    assert.equal(slots.delivery, 'Saved');
  });

  // What is sealed is the core’s doing, whatever runs it.
  if (name === 'chromium')
    test('refusals share nothing: not a key, not a commitment, and nothing stays that tells two visitors apart', async (t) => {
      const site = await startSite(t);
      const stored = [];
      for (const i of [0, 1]) {
        const page = await visit(t, `${site.url}/pages/host.html`);
        await press(page, 'refuse');
        await site.arrived(2 * i + 1);
        await sent(page);
        await forgotten(page);
        stored.push(await everythingStored(page));
        // The same visitor, after clearing: again somebody else.
        await page.goto(`${site.url}/pages/blank.html`);
        await forget(page);
        await page.goto(`${site.url}/pages/host.html`);
        await shows(page, 'first');
        await press(page, 'refuse');
        await site.arrived(2 * i + 2);
        await sent(page);
        await forgotten(page);
        stored.push(await everythingStored(page));
      }
      for (const one of stored.slice(1)) assert.deepEqual(one, stored[0]);
      assert.deepEqual(stored[0].databases.avow.records, []);
      assert.deepEqual(stored[0].databases.avow.outbox, []);
      assert.deepEqual(
        [stored[0].cookies, stored[0].session, Object.keys(stored[0].local)],
        ['', {}, ['avow:verdict']],
      );

      const records = await site.opened();
      for (const member of ['device', 'erase_commit'])
        assert.equal(new Set(records.map(({ header }) => header[member])).size, 4, member);
      assert.equal(new Set(records.map(({ id }) => id)).size, 4);
      const kept = JSON.stringify(stored[0]);
      for (const { header, id, number, payload } of records) {
        assert.deepEqual(
          [header.seq, header.prev, payload.continues, payload.subject],
          [1, null, null, null],
        );
        for (const word of [header.device, header.erase_commit, id, number, payload.created_at])
          assert.equal(kept.includes(word), false, word);
      }
    });

  test('a refusal that takes something back is in the chain: it must be provable too', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.evaluate(() => avow.refuse());
    const [first, second] = await site.arrived(2);
    assert.deepEqual([second.header.device, second.header.prev], [first.header.device, first.id]);
    assert.deepEqual(await granted(page), []);
  });
});
