// Where the notice stands on a page: above all of it, with the page's foot in reach, once a page,
// and behind whatever control the page gives it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { granted, inEachEngine, kPatience, layer, press, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const html = (body) => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>place</title>
<meta name="viewport" content="width=device-width"><style>body{margin:0}</style>
<script type="module" src="/avow/avow.js"></script><body>${body}`,
});
const long = `${'<p style="height:300px">Words'.repeat(8)}
<footer style="height:30px"><a id="legal" href="/legal.html">Legal notice</a></footer>`;

async function stands(t, visit, body, options) {
  const site = await startSite(t);
  site.change('/pages/place.html', html(body));
  const page = await visit(t, `${site.url}/pages/place.html`, options);
  await shows(page, 'first');
  return { site, page };
}

/** Waits until a link at the page's end can be seen, where the page is scrolled to its end. */
const legalInReach = (page) =>
  page.waitFor(() => {
    scrollTo(0, 1e6);
    const { x, y, width, height } = document.querySelector('#legal').getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2)?.id === 'legal';
  }, kPatience);

inEachEngine(({ visit }) => {
  for (const width of [390, 1280]) {
    test(`the page’s last line is in reach before and after the answer, ${width} px`, async (t) => {
      const { page } = await stands(t, visit, long, { width });
      await legalInReach(page);
      await press(page, 'accept');
      await shows(page, 'door');
      await legalInReach(page);
    });
  }

  test('a page that fills the window, and no more, does not begin to scroll', async (t) => {
    const body = '<main style="height:100vh;overflow:auto"><a id="legal">Legal</a></main>';
    const { page } = await stands(t, visit, body);
    await press(page, 'choose');
    await shows(page, 'choices');
    await press(page, 'close');
    await shows(page, 'first');
    const [inside, window] = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      innerHeight,
    ]);
    assert.equal(inside, window);
  });

  test('controls of the page open the notice: in shadow roots, and in menus that stop clicks', async (t) => {
    const { page } = await stands(
      t,
      visit,
      `<nav onclick="event.stopPropagation()"><a data-avow-open href="#menu"><b id="menu">Privacy</b></a></nav>
<my-footer></my-footer><script>
customElements.define('my-footer', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button data-avow-open id="inner">Privacy</button>';
  }
});
</script>`,
    );
    await press(page, 'refuse');
    await shows(page, 'door');
    for (const [control, within] of [
      ['#menu', []],
      ['#inner', 'my-footer'],
    ]) {
      await page.click(control, { inShadowOf: within, ...kPatience });
      await shows(page, 'yours');
      assert.equal(await page.evaluate(() => location.hash), '');
      await press(page, 'close');
      await shows(page, 'door');
    }
    // The same for who comes back, whose page has the loader alone.
    await page.reload();
    await shows(page, 'door');
    await page.click('#menu', kPatience);
    await shows(page, 'yours');
  });

  test('the door stands where the page says, or not at all', async (t) => {
    const { page } = await stands(
      t,
      visit,
      `<style>avow-consent::part(door){inset-inline:auto 12px}
.bare avow-consent::part(door){display:none}</style><button data-avow-open id="own">Privacy</button>`,
    );
    await press(page, 'accept');
    await shows(page, 'door');
    const right = await page.evaluate(() => {
      const door = document.querySelector('avow-consent').shadowRoot.querySelector('.door');
      return innerWidth - door.getBoundingClientRect().right;
    });
    assert.equal(Math.round(right), 12);
    await page.evaluate(() => {
      document.documentElement.className = 'bare';
    });
    await page.click('#own', kPatience);
    await shows(page, 'yours');
    await press(page, 'withdraw');
    await page.waitFor(() => avow.choices.granted.length === 3, kPatience);
  });

  test('open() works over a modal of the page', async (t) => {
    const { page } = await stands(
      t,
      visit,
      `<dialog><button data-avow-open id="own">Privacy</button></dialog>`,
    );
    await page.evaluate(() => document.querySelector('dialog').showModal());
    await page.click('#own', kPatience);
    // The question is open: what the page's modal makes inert is asked above it.
    await shows(page, 'choices');
    await press(page, 'refuse');
    await shows(page, 'door');
    assert.deepEqual(await granted(page), []);
    await page.click('#own', kPatience);
    await shows(page, 'yours');
  });

  test('a page of the site in a frame of the site asks once, and follows the answer', async (t) => {
    const site = await startSite(t);
    site.change('/pages/inner.html', html('<p>Inner'));
    site.change(
      '/pages/place.html',
      html('<iframe src="/pages/inner.html" style="width:100%;height:500px"></iframe>'),
    );
    const page = await visit(t, `${site.url}/pages/place.html`);
    await shows(page, 'first');
    const inner = () =>
      page.waitFor(() => {
        const { document: within, avow: own } = document.querySelector('iframe').contentWindow;
        const root = within.querySelector('avow-consent')?.shadowRoot;
        return own && root && (root.querySelector('[data-layer]')?.dataset.layer ?? 'nothing');
      }, kPatience);
    await page.waitFor(() => {
      const within = document.querySelector('iframe').contentDocument;
      const root = within.querySelector('avow-consent')?.shadowRoot;
      return root && !root.querySelector('.banner');
    }, kPatience);
    assert.equal(await inner(), 'nothing');
    await press(page, 'accept');
    await page.waitFor(
      () =>
        document.querySelector('iframe').contentWindow.avow.choices.granted.includes('analytics'),
      kPatience,
    );
    assert.equal(await layer(page), 'door');
  });
});
