// The first thing a newcomer runs: demo/run itself, from its ready line to the line that opens what
// was collected, and what its pages show.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { root, runDemo } from './demo.mjs';
import { inEachEngine, kPatience, press, reaches, ready, shows } from './notice.mjs';
import { said } from './site.mjs';

/** A running demo on a folder of its own; `end` takes both away. */
async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'avow-demo-'));
  const data = join(folder, 'what the demo keeps');
  const demo = await runDemo(data);
  const end = async () => {
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...demo, data, end };
}

const opened = async (url) => {
  const { open } = await (await fetch(`${url}demo.json`)).json();
  return execFileSync('bash', ['-c', open], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

const kParties = ['analytics', 'marketing', 'video', 'crm'];
/** What the page shows of each third party: "count state". */
const calls = (page) =>
  page.evaluate(
    (parties) =>
      parties.map((name) => {
        const tile = document.querySelector(`[data-hits=${name}]`);
        const shown = [...tile.querySelectorAll('[data-state]')].filter(
          (one) => getComputedStyle(one).visibility === 'visible',
        );
        return [
          tile.querySelector('.count output').value,
          ...shown.map((one) => one.dataset.state),
        ].join(' ');
      }),
    kParties,
  );
const showsCalls = async (page, ...wanted) => {
  await page.waitFor(
    (parties, counts) =>
      parties.every(
        (name, i) =>
          document.querySelector(`[data-hits=${name}] .count output`).value ===
          counts[i].split(' ')[0],
      ),
    { ...kPatience, args: [kParties, wanted] },
  );
  assert.deepEqual(await calls(page), wanted);
};

/** Waits for the box of this name to come to this, and gives what it then shows. */
const box = (page, name, state) =>
  page.waitFor(
    (wanted, is) => {
      const found = document.querySelector(`[data-box=${wanted}]`);
      return (found.dataset.is ?? 'none') === is && found.textContent;
    },
    { ...kPatience, args: [name, state] },
  );
const lengths = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.lengths [data-known] output')].map((one) => one.value),
  );

inEachEngine(({ name, visit }) => {
  // One for the tests that leave it as it is.
  let shared;
  const running = () => (shared ??= start());
  after(async () => (await shared)?.end());

  test('who is called, what leaves, and what the key opens', async (t) => {
    const { url } = await running();
    const page = await visit(t, `${url}en/`);
    await shows(page, 'first');
    await ready(page);
    await showsCalls(page, '0 waiting', '0 waiting', '0 waiting', '0 waiting');
    for (const one of ['answer', 'sent', 'opened']) await box(page, one, 'none');

    await press(page, 'accept');
    await box(page, 'answer', 'answered');
    const ciphertext = await box(page, 'sent', 'sent');
    assert.match(ciphertext, /age-encryption\.org\/v1\s+-> X25519 /);
    assert.match(await box(page, 'opened', 'opened'), /accept/);
    assert.deepEqual(
      await page.evaluate(() =>
        [...document.querySelectorAll('[data-box=opened] [data-purpose]')].map(
          (one) => one.dataset.is,
        ),
      ),
      ['on', 'on', 'on', 'off'],
    );
    await showsCalls(page, '1 on', '1 on', '1 on', '0 off');
    // The film is there, and moves.
    await page.waitFor(() => {
      const frame = document.querySelector('.film avow-embed').frame;
      const { style } = frame.contentDocument.documentElement;
      return Number(style.getPropertyValue('--day')) > 0;
    }, kPatience);

    // Taking back: as long on the way as the yes was.
    await page.evaluate(() => avow.withdraw());
    await page.waitFor(
      () => /withdraw/.test(document.querySelector('[data-of=control]').textContent),
      kPatience,
    );
    const [yes, no, ...more] = await lengths(page);
    assert.match(yes, /^\d[\d,]+ bytes$/);
    assert.equal(yes, no);
    assert.deepEqual(more, []);

    // The next visitor begins at nothing, whatever the server has counted.
    const next = await visit(t, `${url}en/`);
    await shows(next, 'first');
    await next.waitFor(
      () => document.querySelector('[data-hits=analytics] .total output').value === '1',
      kPatience,
    );
    assert.deepEqual(await calls(next), ['0 waiting', '0 waiting', '0 waiting', '0 waiting']);
    await press(next, 'refuse');
    await box(next, 'opened', 'opened');
    assert.deepEqual(await lengths(next), [yes]);
    assert.deepEqual(await calls(next), ['0 off', '0 off', '0 off', '0 off']);
  });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('demo/run: a choice on its page opens with the line it shows, also after a restart', async (t) => {
    const { url, stop, data, end } = await start();
    let second;
    t.after(async () => {
      await second?.stop();
      await end();
    });
    for (const file of ['collector.sqlite', 'export-token', 'daily.key', 'recovery.key']) {
      assert.equal(statSync(join(data, file)).mode & 0o077, 0, `${file} is the owner's alone`);
    }
    const page = await visit(t, `${url}en/`);
    await shows(page, 'first');
    await page.waitFor(
      () => /^curl .*avow open -i /.test(document.querySelector('#open-line').textContent),
      kPatience,
    );
    assert.deepEqual(await (await fetch(`${url}hits`)).json(), {});
    await press(page, 'accept');
    await reaches(page, 'delivered');
    const records = await opened(url);
    assert.deepEqual(
      records.map(({ payload }) => said(payload).control),
      ['accept'],
    );
    assert.equal(await stop(), 0);

    second = await runDemo(data);
    assert.deepEqual(await opened(second.url), records);
    assert.deepEqual(
      readdirSync(data).filter((file) => /\.new$|^line$/.test(file)),
      [],
    );
  });

  test('its other pages: rules from the policy, looks and languages that change in place', async (t) => {
    const { url, data } = await running();
    const page = await visit(t, `${url}en/privacy.html`);
    const policy = JSON.parse(readFileSync(join(data, 'policy.json'), 'utf8'));
    assert.deepEqual(
      (
        await page.evaluate(() =>
          [...document.querySelectorAll('main article h3')].map((one) => one.textContent),
        )
      ).toSorted(),
      policy.purposes.map(({ title }) => title.en).toSorted(),
    );

    await page.goto(`${url}en/theme.html`);
    await shows(page, 'first');
    await page.click('[data-preset=blossom]', kPatience);
    await page.waitFor(
      () =>
        document
          .querySelector('#css')
          .textContent.includes('--avow-fill: light-dark(#a3184f, #f4a9c4);'),
      kPatience,
    );
    const filled = (...colours) =>
      page.waitFor(
        (wanted) => {
          const frame = document.querySelector('#preview').contentDocument;
          return [
            document.querySelector('avow-consent'),
            frame.querySelector('avow-preview'),
          ].every(({ shadowRoot }, i) => {
            const answer = shadowRoot.querySelector('.answer');
            return answer && getComputedStyle(answer).backgroundColor === wanted[i];
          });
        },
        { ...kPatience, args: [colours] },
      );
    await filled('rgb(163, 24, 79)', 'rgb(163, 24, 79)');
    // The other half of the same theme: the preview turns dark, this page stays as it is.
    await page.evaluate(() => {
      const { scheme } = document.querySelector('#theme').elements;
      scheme.value = 'dark';
      scheme.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await filled('rgb(163, 24, 79)', 'rgb(244, 169, 196)');

    await page.goto(`${url}languages.html`);
    const languages = await (await fetch(`${url}preview/languages.json`)).json();
    await page.waitFor((count) => document.querySelectorAll('#languages button').length === count, {
      ...kPatience,
      args: [languages.length],
    });
    for (const { language, direction } of [
      languages.find((one) => one.language === 'en'),
      languages.find((one) => one.direction === 'rtl') ?? languages[0],
    ]) {
      await page.click(`#languages button[value="${language}"]`, kPatience);
      await page.waitFor(
        (wanted, way) => {
          const frame = document.querySelector('#preview').contentDocument;
          const layer = frame
            .querySelector('avow-preview')
            .shadowRoot.querySelector('[data-layer]');
          return layer?.lang === wanted && layer.dir === way;
        },
        { ...kPatience, args: [language, direction] },
      );
    }
  });

  test('a change: before it, announced, in effect', async (t) => {
    const { url } = await running();
    const page = await visit(t, `${url}en/change.html`);
    const current = () => document.querySelector('.days [aria-current]').dataset.day;
    const card = () => document.querySelector('avow-announcement')?.isConnected;
    await shows(page, 'first');
    assert.equal(await page.evaluate(current), 'until');
    await press(page, 'accept');
    await reaches(page, 'delivered');
    assert.equal(await page.evaluate(card), undefined);
    await page.click('[data-day=coming]', kPatience);
    await page.waitFor(card, kPatience);
    assert.equal(await page.evaluate(current), 'coming');
    await page.click('[data-act=told]', { inShadowOf: 'avow-announcement', ...kPatience });
    await page.click('[data-day=since]', kPatience);
    await page.waitFor(
      () =>
        document
          .querySelector('avow-consent')
          ?.shadowRoot?.querySelector('.changed')
          ?.textContent.includes('2 years'),
      kPatience,
    );
    await shows(page, 'first');
    await press(page, 'refuse');
    await reaches(page, 'delivered');
    await page.click('#again', kPatience);
    await page.waitFor(() => /change\.html$/.test(location.pathname), kPatience);
    await shows(page, 'first');
    // What is sent is written there, and the page of it has its style.
    assert.match(
      await page.evaluate(() => document.querySelector('.letters').textContent),
      /Subject: .*https:\/\/my\.example\/b1e/s,
    );
    await page.goto(`${url}change/announcement.en.html`);
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.querySelector('main')).maxWidth),
      '760px',
    );
  });

  test('its frame: links on a phone, the whole sun on a wide screen', async (t) => {
    const { url } = await running();
    for (const path of ['', 'en/']) {
      const phone = await visit(t, url + path, { width: 390, height: 844 });
      await shows(phone, 'first');
      const links = await phone.evaluate(() =>
        [...document.querySelectorAll('.top nav a')].map((one) => {
          const { left, right, height } = one.getBoundingClientRect();
          return left >= 0 && right <= document.documentElement.clientWidth && height >= 44;
        }),
      );
      assert.deepEqual(links, [true, true, true, true], path);
      const [wide, room] = await phone.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.equal(wide, room, 'nothing is wider than the screen');
    }
    if (name !== 'webkit') {
      const wide = await visit(t, url, { width: 1920, height: 1080 });
      const [sun, hero, overflow] = await wide.evaluate(() => {
        const box = (one) => document.querySelector(one).getBoundingClientRect().top;
        return [
          box('.sun'),
          box('.hero'),
          getComputedStyle(document.querySelector('.scene')).overflow,
        ];
      });
      assert.ok(sun > hero, 'the sun is below the head of the page');
      assert.equal(overflow, 'visible');
    }
  });
});
