// Erasing, by both doors: the bytes are gone, and nothing brings them back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  erase,
  everythingStored,
  forget,
  forgotten,
  inEachEngine,
  keyFile,
  kPatience,
  keeps,
  press,
  reaches,
  runs,
  sent,
  shows,
  slotSays,
  unfold,
} from './notice.mjs';
import { sha256, startSite } from './site.mjs';

const replay = (site, line) =>
  fetch(`${site.collector.url}/v1/records/${line.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(line.record, 'base64'),
  }).then((response) => response.status);

/** The door for who has the receipt: the device's key and the secret that erases. */
const byReceipt = (site, receipt) =>
  fetch(`${site.collector.url}/v1/erase`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(receipt),
  });

const gone = async (site) => {
  for (let tries = 0; tries < 200 && (await site.collector.exported()).length > 0; ++tries)
    await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(await site.collector.exported(), []);
};

async function twoAnswers(site, page) {
  await press(page, 'accept');
  await runs(page, 'analytics', 'marketing', 'video');
  await page.evaluate(() => avow.withdraw());
  await press(page, 'open');
  await press(page, 'change');
  await press(page, 'accept');
  await runs(page, 'analytics', 'marketing', 'video');
  await site.arrived(3);
  await reaches(page, 'delivered');
  return site.collector.exported();
}

inEachEngine(({ name, visit }) => {
  /** A visitor who has accepted, before the control that erases; and the file that it needs. */
  async function beforeErasing(t) {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const { file } = site.company.manifest.files.find((one) => /^own\..*\.wasm$/.test(one.file));
    return { site, page, path: `/avow/${file}` };
  }
  const toErase = async (page) => {
    await press(page, 'open');
    await shows(page, 'yours');
    await unfold(page, 'erase');
  };

  test('an answer that is given while an erasure is on its way comes after it, and stays', async (t) => {
    const { site, page, path } = await beforeErasing(t);
    const [first] = await site.opened();
    const release = site.hold(path);
    await toErase(page);
    await press(page, 'erase');
    await press(page, 'change');
    await shows(page, 'choices');
    await press(page, 'accept');
    release();
    let left = [];
    for (const end = Date.now() + kPatience.timeout; Date.now() < end; await sleep(50)) {
      left = await site.opened();
      if (left.length === 1 && left[0].id !== first.id) break;
    }
    assert.deepEqual(
      left.map(({ id, payload }) => [id === first.id, payload.press.control]),
      [[false, 'accept']],
    );
    // That the erasure has come through is told over the later answer.
    await page.waitFor(() => /^(erased|delivered)$/.test(avow.choices.delivery), kPatience);
    await runs(page, 'analytics', 'marketing', 'video');
  });

  test('an erasure that cannot be fetched deletes nothing, and can be asked for again', async (t) => {
    const { site, page, path } = await beforeErasing(t);
    site.change(path, { status: 503, body: () => 'Later.' });
    await toErase(page);
    const asked = () => site.asked.filter((one) => one === path).length;
    const until = async (count) => {
      for (const end = Date.now() + kPatience.timeout; asked() < count; await sleep(20))
        assert.ok(Date.now() < end, `asked for ${asked()} times`);
    };
    const failed = () => {
      const slot = document
        .querySelector('avow-consent')
        .shadowRoot.querySelector('[role=status] [data-slot=failed]');
      return slot.checkVisibility() && slot.textContent;
    };
    assert.equal(await page.evaluate(failed), '');
    await press(page, 'erase');
    await until(1);
    // The visitor is told where they pressed, and not the console alone.
    await page.waitFor(failed, kPatience);
    assert.match(await page.evaluate(failed), /nothing was changed/);
    const kept = await page.evaluate(() => avow.choices);
    assert.deepEqual([kept.delivery, kept.granted.includes('analytics')], ['delivered', true]);
    assert.equal((await site.opened()).length, 1);
    site.restore(path);
    await press(page, 'erase');
    await reaches(page, 'erased');
    await gone(site);
  });

  test('a receipt that cannot be fetched is told of, until it is asked for again', async (t) => {
    const { site, page, path } = await beforeErasing(t);
    site.change(path, { status: 503, body: () => 'Later.' });
    await press(page, 'open');
    await shows(page, 'yours');
    await unfold(page, 'receipt');
    const failed = () =>
      document.querySelector('avow-consent').shadowRoot.querySelector('[data-slot=failed]')
        .textContent;
    await press(page, 'receipt');
    await page.waitFor(failed, kPatience);
    const release = site.hold(path);
    await press(page, 'receipt');
    assert.equal(await page.evaluate(failed), '');
    release();
  });

  for (const [door, ask] of [
    [
      'the notice’s own button',
      async (page) => {
        await press(page, 'open');
        await shows(page, 'yours');
        await unfold(page, 'erase');
        await press(page, 'erase');
      },
    ],
    [
      'avow.erase() on a page that had not loaded the core',
      async (page, site) => {
        await page.goto(`${site.url}/pages/host.html`);
        await page.waitFor(() => globalThis.avow?.ready, kPatience);
        await erase(page);
      },
    ],
  ]) {
    test(`by ${door}`, async (t) => {
      const site = await startSite(t);
      const page = await visit(t, `${site.url}/pages/host.html`);
      const lines = await twoAnswers(site, page);
      await ask(page, site);
      await reaches(page, 'erased');
      await runs(page);
      assert.equal(
        await page.evaluate(() => document.querySelector('avow-embed')?.frame?.src ?? null),
        null,
      );
      await gone(site);
      assert.deepEqual(await Promise.all(lines.map((line) => replay(site, line))), [410, 410, 410]);
      await gone(site);
      await sent(page);

      // What stays is what stays of anybody's refusal: that, until when, and nothing that leads to
      // what was erased.
      const left = await everythingStored(page);
      const other = await visit(t, `${site.url}/pages/host.html`);
      await press(other, 'refuse');
      await site.arrived(1);
      await sent(other);
      await page.goto(`${site.url}/pages/host.html`);
      await shows(page, 'door');
      await runs(page);
      await forgotten(other); // the mark by which tabs know that a press was carried out
      assert.deepEqual(
        await everythingStored(page).then(({ databases }) => databases),
        await everythingStored(other).then(({ databases }) => databases),
      );
      const records = lines.map((line) =>
        JSON.parse(Buffer.from(line.record, 'base64').toString('latin1').split('\n')[0]),
      );
      for (const word of [...lines.map(({ id }) => id), records[0].device, records[0].erase_commit])
        assert.equal(JSON.stringify(left).includes(word), false, word);
    });
  }

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('erasing withdraws, also where the law would let things run unasked', async (t) => {
    const site = await startSite(t);
    site.change('/pages/host.html', {
      body: (html) =>
        String(html).replace(/<script type="module" src="\/avow[^"]*"/, '$& data-place="US-CA"'),
    });
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await erase(page);
    await runs(page);
    await gone(site);
    const hits = await site.settledHits();
    await page.goto(`${site.url}/pages/host.html`);
    await shows(page, 'door');
    await runs(page);
    assert.deepEqual(site.hits(), hits);
  });

  test('while the backend is down, and where it refuses: the visitor is told what is so', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await reaches(page, 'delivered');
    await site.collector.stop();
    await erase(page);
    assert.equal((await reaches(page, 'erasing')).delivery, 'erasing');
    await slotSays(page, 'status', 'Erased on this device; our server is being told');
    await page.goto(`${site.url}/pages/host.html`);
    await reaches(page, 'erasing'); // also on the next page
    await site.collector.start();
    await page.goto(`${site.url}/pages/host.html`);
    await gone(site);

    const other = await startSite(t, {
      policy: (authored, url) => void (authored.collector.url = `${url}/v1/records`),
    });
    other.change('/v1/records/*', {
      answer: async (request, response) => {
        const body = Buffer.concat(await request.toArray());
        const erases = body.includes('"op":"erase"');
        response
          .writeHead(erases ? 422 : 201, { 'content-type': 'application/json' })
          .end(JSON.stringify({ stored: sha256(body) }));
      },
    });
    const there = await visit(t, `${other.url}/pages/host.html`);
    await press(there, 'accept');
    await reaches(there, 'delivered');
    await erase(there);
    await reaches(there, 'unerased');
    await slotSays(there, 'status', 'Erased here, but not on our server. Please write to us.');
    // No later answer hides it.
    await press(there, 'open');
    await press(there, 'change');
    await press(there, 'accept');
    // the answer has arrived
    await keeps(there, 'outbox', (rows) => rows.length === 1 && rows[0][1].op === 'erase');
    await reaches(there, 'unerased');
    await there.goto(`${other.url}/pages/host.html`);
    await reaches(there, 'unerased');
  });

  test('told by another tab: the tab that erased says so', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await site.arrived(1);
    await reaches(page, 'delivered');
    const other = await page.newTab(`${site.url}/pages/host.html`);
    await runs(other, 'analytics', 'marketing', 'video');
    await site.collector.stop();
    await erase(page);
    for (const tab of [page, other]) await reaches(tab, 'erasing');
    await page.evaluate(
      () => (
        (globalThis.reached = []),
        document.addEventListener('avow-change', ({ detail }) => reached.push(detail.delivery))
      ),
    );
    await site.collector.start();
    await other.evaluate(() => dispatchEvent(new Event('online')));
    for (const tab of [page, other]) await reaches(tab, 'erased');
    await page.evaluate(() => dispatchEvent(new Event('online'))); // it looks for itself, too
    await sleep(500);
    assert.deepEqual(await page.evaluate(() => reached), ['erased']);
  });

  test('twice while the backend is down: both are told', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const first = await site.collector.exported();
    await site.collector.stop();
    await erase(page);
    await reaches(page, 'erasing');
    await press(page, 'open');
    await press(page, 'change');
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await erase(page);
    const { databases } = await everythingStored(page);
    const ids = (table) => databases.avow[table].map(([id]) => id).toSorted();
    assert.deepEqual(ids('records'), ids('outbox')); // nothing is left but what tells the backend
    assert.deepEqual(
      databases.avow.outbox.map(([, entry]) => entry.op),
      ['erase', 'erase'],
    );
    await site.collector.start();
    await page.goto(`${site.url}/pages/host.html`);
    await gone(site);
    assert.equal(await replay(site, first[0]), 410);
    await sent(page);
  });

  test('by the receipt on another device: this one is told, and its next answer is kept under a key of its own', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    const [before] = await site.arrived(1);
    await reaches(page, 'delivered');
    const { erase } = await keyFile(page);
    await byReceipt(site, erase);
    await page.evaluate(() => avow.withdraw());
    await reaches(page, 'erased');
    assert.deepEqual(await site.collector.exported(), []);
    await press(page, 'open');
    await press(page, 'change');
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const [after] = await site.opened();
    assert.deepEqual([after.header.seq, after.payload.press.control], [1, 'accept']);
    assert.notEqual(after.header.device, before.header.device);
    const { records } = await page.evaluate(() => avow.export());
    assert.deepEqual(
      records.map((one) => one.error),
      [undefined],
    );
  });

  test('by the receipt, then by the button: there is nothing left to tell', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const { erase: receipt } = await keyFile(page);
    await site.collector.stop();
    await page.evaluate(() => avow.withdraw());
    await page.evaluate(() => avow.identify('customer-42')); // two records wait
    await site.collector.start();
    await byReceipt(site, receipt);
    for (const again of [() => page.goto(`${site.url}/pages/host.html`), () => page.reload()]) {
      await again();
      await page.waitFor(
        () => globalThis.avow && localStorage.getItem('avow:waiting') === null,
        kPatience,
      );
      await page.evaluate(() => avow.open());
      assert.equal(await page.evaluate(() => avow.choices.delivery), 'erased');
    }
    await erase(page);
    assert.equal(await page.evaluate(() => avow.choices.number), null);
    const { databases } = await everythingStored(page);
    assert.equal(JSON.stringify(databases).includes(receipt.device), false);
  });

  test('by the receipt, after the device is lost', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    const lines = await twoAnswers(site, page);
    const { erase } = await keyFile(page);
    await page.goto(`${site.url}/pages/blank.html`);
    await forget(page);

    const post = (receipt) => byReceipt(site, receipt);
    assert.equal((await post({ device: erase.device, secret: '00'.repeat(32) })).status, 403);
    assert.equal((await site.collector.exported()).length, 3);
    const answer = await post(erase);
    assert.deepEqual([answer.status, await answer.json()], [200, { erased: 3 }]);
    await gone(site);
    assert.deepEqual(await Promise.all(lines.map((line) => replay(site, line))), [410, 410, 410]);
    assert.deepEqual(await (await post(erase)).json(), { erased: 0 });
  });

  test('a record that was on its way when its chain was erased ends there', async (t) => {
    const site = await startSite(t);
    const page = await visit(t, `${site.url}/pages/host.html`);
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const { erase } = await keyFile(page);
    await site.collector.stop();
    await page.evaluate(() => avow.withdraw());
    await reaches(page, 'waiting');
    await page.goto(`${site.url}/pages/blank.html`);
    await site.collector.start();
    await byReceipt(site, erase);
    await page.goto(`${site.url}/pages/host.html`);
    await page.waitFor(
      () => globalThis.avow && localStorage.getItem('avow:waiting') === null,
      kPatience,
    );
    const { databases } = await everythingStored(page);
    assert.deepEqual(databases.avow.outbox, []);
    // The tombstone covers what was stored; what came later may be kept, but what was erased stays
    // erased.
    for (const { header } of await site.opened()) assert.notEqual(header.seq, 1);
  });
});
