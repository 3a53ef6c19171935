// <avow-embed>, the page's own marked frames, and the other elements that load from somebody else.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  answered,
  granted,
  inEachEngine,
  kPatience,
  layer,
  moveOn,
  press,
  runs,
  seen,
  shows,
} from './notice.mjs';
import { said, startSite } from './site.mjs';

async function pageWith(t, body, head = '') {
  const site = await startSite(t);
  site.change('/pages/embeds.html', {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Embeds</title>
      <meta name="viewport" content="width=device-width"><script src="/pages/watch.js"></script>
      <script>globalThis.ran = [];</script>${head}
      <script type="module" src="/avow/avow.js"></script></head><body>${body}</body></html>`,
  });
  return { site, url: `${site.url}/pages/embeds.html` };
}
const covered = (page, count = 1) =>
  page.waitFor(
    (wanted) =>
      [...document.querySelectorAll('avow-embed')].filter((one) =>
        one.shadowRoot.querySelector('[data-act=frame]'),
      ).length === wanted,
    { ...kPatience, args: [count] },
  );
const live = (page, count = 1) =>
  page.waitFor(
    (wanted) =>
      [...document.querySelectorAll('avow-embed')].filter((one) =>
        one.frame?.contentDocument?.querySelector('p'),
      ).length === wanted,
    { ...kPatience, args: [count] },
  );

inEachEngine(({ visit, name }) => {
  test('words that scroll in a small box are reached by the keyboard, and others are no stop', async (t) => {
    const { url } = await pageWith(
      t,
      `<avow-embed purpose="video" src="/hits/video.html" title="Small" style="width:320px;height:120px"></avow-embed>
<avow-embed purpose="video" src="/hits/video.html" title="Middle" style="width:320px;height:190px"></avow-embed>
<avow-embed purpose="video" src="/hits/video.html" title="Large" style="width:640px;height:360px"></avow-embed>`,
    );
    const page = await visit(t, url, { width: 400 });
    await covered(page, 3);
    const stops = await page.waitFor(() => {
      const of = (embed) =>
        [...embed.shadowRoot.querySelectorAll('.frame,.words')].map((box) => [
          box.scrollHeight > box.clientHeight,
          box.tabIndex === 0,
          // Where words go on, their last line fades instead of being cut through its middle.
          box.matches('.words') && getComputedStyle(box).maskImage !== 'none',
          box.matches('.words') && getComputedStyle(box).display !== 'contents',
        ]);
      const all = [...document.querySelectorAll('avow-embed')].map(of);
      return all.slice(0, 2).every((one) => one.some(([, stop]) => stop)) && all.flat();
    }, kPatience);
    for (const [scrolls, stop, fades, words] of stops) {
      assert.equal(stop, scrolls);
      assert.equal(fades && words, scrolls && words);
    }
    assert.ok(stops.some(([, , fades]) => fades));
    assert.ok(stops.some(([scrolls]) => scrolls));
  });

  test('avow-embed: its attributes are its state, and it adds none', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<avow-embed purpose="video" src="/hits/film.html" title="A film" width="320" height="240"
        allow="fullscreen" sandbox="allow-scripts allow-same-origin" loading="eager"></avow-embed>`,
      `<script>document.addEventListener('avow-embed-load', (event) =>
        ran.push([event.target.localName, event.target.frame.title].join()));</script>`,
    );
    const page = await visit(t, url);
    const html = await page.evaluate(() => document.querySelector('avow-embed').outerHTML);
    await covered(page);
    assert.equal(await page.evaluate(() => document.querySelector('avow-embed').frame), null);
    assert.deepEqual(site.hits(), {});
    await page.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
    await live(page);
    await page.waitFor(() => ran.length === 1, kPatience);
    assert.deepEqual(await page.evaluate(() => ran), ['avow-embed,A film']);
    assert.equal(await page.evaluate(() => document.querySelector('avow-embed').outerHTML), html);
    assert.deepEqual(
      await page.evaluate(() => {
        const { frame } = document.querySelector('avow-embed');
        const { width, height } = frame.getBoundingClientRect();
        const passed = ['title', 'allow', 'sandbox', 'loading'];
        return [width, height, ...passed.map((one) => frame.getAttribute(one))];
      }),
      [320, 240, 'A film', 'fullscreen', 'allow-scripts allow-same-origin', 'eager'],
    );

    // Another address is another frame; another title is not.
    await page.evaluate(() => {
      const embed = document.querySelector('avow-embed');
      globalThis.first = embed.frame;
      embed.title = 'Another film';
    });
    await page.waitFor(() => first.title === 'Another film', kPatience);
    assert.ok(await page.evaluate(() => document.querySelector('avow-embed').frame === first));
    const steps = await page.evaluate(() => {
      document.querySelector('avow-embed').setAttribute('src', '/hits/second.html');
      return history.length;
    });
    await page.waitFor(() => ran.length === 2, kPatience);
    assert.deepEqual(site.hits(), { film: 1, second: 1 });
    assert.equal(await page.evaluate(() => history.length), steps);
    // Another purpose is another question.
    await page.evaluate(() =>
      document.querySelector('avow-embed').setAttribute('purpose', 'marketing'),
    );
    await covered(page);
    assert.equal(await page.evaluate(() => first.isConnected), false);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('one frame is shown once, until the visitor says no; nothing else runs by it', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<avow-embed purpose="video" src="/hits/film.html" title="A film" width="400" height="300"></avow-embed>
       <avow-embed purpose="video" src="/hits/other.html" title="Another"></avow-embed>`,
    );
    const page = await visit(t, url);
    const once = () =>
      page.click('[data-act=show-once]', { inShadowOf: 'avow-embed', ...kPatience });
    await covered(page, 2);
    await once();
    await live(page);
    await covered(page);
    assert.deepEqual(await granted(page), []);
    assert.equal(await layer(page), 'first', 'the question is still open');
    assert.deepEqual(site.hits(), { film: 1 });

    // What was answered to all covers it again; a yes to one frame stays possible after a no.
    await press(page, 'refuse');
    await covered(page, 2);
    await once();
    await live(page);
    await covered(page);
    assert.deepEqual(await granted(page), []);
    const sent = (await site.arrived(3)).map(({ payload }) => said(payload));
    assert.deepEqual(
      sent.map(({ control, yes }) => [control, ...yes]),
      [['show-once', 'video'], ['refuse'], ['show-once', 'video']],
    );
    // Another page asks again.
    await page.reload();
    await covered(page, 2);
    assert.deepEqual(await granted(page), []);
    assert.deepEqual((await seen(page)).errors, []);
  });

  test('a placeholder or a control of the page leads to a separate consent, and gives none', async (t) => {
    const { url } = await pageWith(
      t,
      `<avow-embed purpose="crm" src="/hits/crm.html" title="A form" width="400" height="300"></avow-embed>
       <button id="own">Agree</button>`,
      `<script>addEventListener('click', (event) => event.target.id === 'own' &&
        avow.grant('crm', event).catch((error) => ran.push(error.code)));</script>`,
    );
    const page = await visit(t, url);
    const asked = () =>
      page.waitFor(() => {
        const root = document.querySelector('avow-consent')?.shadowRoot;
        const on = root?.activeElement;
        return on?.dataset.purpose === 'crm' && !on.closest('.purpose').querySelector('details');
      }, kPatience);
    await page.waitFor(
      () => document.querySelector('avow-embed').shadowRoot.querySelector('[data-act]'),
      kPatience,
    );
    assert.deepEqual(
      await page.evaluate(() =>
        [...document.querySelector('avow-embed').shadowRoot.querySelectorAll('[data-act]')].map(
          (one) => one.dataset.act,
        ),
      ),
      ['choose'],
    );
    await page.click('[data-act=choose]', { inShadowOf: 'avow-embed', ...kPatience });
    await asked();
    await press(page, 'close');
    await page.click('#own', kPatience);
    await asked();
    assert.deepEqual(await page.evaluate(() => ran), ['press-refused']);
    assert.deepEqual(await granted(page), []);
  });

  test('no address but one of the web is ever loaded', async (t) => {
    const { url } = await pageWith(
      t,
      `<avow-embed purpose="service" src="javascript:parent.ran.push('embed')"></avow-embed>
       <avow-embed purpose="service" src="data:text/html,<script>parent.ran.push('data')</script>"></avow-embed>
       <avow-embed purpose="service" src="/hits/a.html" srcdoc="<script>parent.ran.push('doc')</script>"></avow-embed>
       <iframe data-avow="service" data-avow-src="java&#10;script:parent.ran.push('frame')"></iframe>
       <iframe data-avow="service" data-avow-srcdoc="<script>parent.ran.push('doc')</script>"></iframe>
       <object data-avow="service" data-avow-src="javascript:parent.ran.push('object')"></object>`,
    );
    const page = await visit(t, url);
    await live(page);
    await page.waitFor(() => seen.errors.length > 0, kPatience);
    assert.deepEqual(await page.evaluate(() => ran), []);
    assert.deepEqual(
      await page.evaluate(() =>
        [...document.querySelectorAll('avow-embed')].map(({ frame }) =>
          frame?.hasAttribute('srcdoc'),
        ),
      ),
      [undefined, undefined, false, undefined].map((one) => one ?? null),
    );
    assert.match((await seen(page)).errors.join(), /no address of the web/);
  });

  test('after a withdrawal, Back asks nobody for the frame', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<iframe data-avow="video" data-avow-src="/hits/film.html" title="A film"></iframe>
       <avow-embed purpose="video" src="/hits/embed.html" title="A film"></avow-embed>`,
      '<script>addEventListener("unload", () => {});</script>', // no cache of whole pages
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    await live(page, 2);
    await site.arrived(1);
    await moveOn(page, `${site.url}/pages/order.html`);
    await press(page, 'withdraw');
    await runs(page);
    await site.arrived(2);
    const before = await site.settledHits();
    await page.evaluate(() => history.back());
    await page.waitFor(() => location.pathname.endsWith('embeds.html'), kPatience);
    await covered(page, 2);
    assert.deepEqual(await site.settledHits(), before);
  });

  test('a denied frame that has an address all the same is emptied, and told', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<iframe id="own" data-avow="video" data-avow-src="/hits/film.html" title="A film"></iframe>
       <iframe id="wrong" data-avow="video" src="/hits/wrong.html" title="Another"></iframe>`,
    );
    const page = await visit(t, url);
    const empty = (id) =>
      page.waitFor(
        (wanted) => document.querySelector(wanted).contentWindow.location.href === 'about:blank',
        { ...kPatience, args: [id] },
      );
    await covered(page);
    await empty('#wrong');
    await page.waitFor(() => seen.errors.length === 1, kPatience);
    assert.match((await seen(page)).errors[0], /<iframe> has a src/);
    // A lazy loader, say, gives one an address later.
    await page.evaluate(() => (document.querySelector('#own').src = '/hits/lazy.html'));
    await empty('#own');
    await site.settledHits();
    await empty('#own');
    await press(page, 'accept');
    await live(page);
    await empty('#own');
  });

  test('placeholder and frame have the box of the page’s own frame, and nothing moves', async (t) => {
    const frame = '<iframe data-avow="video" data-avow-src="/hits/w.html" title="film"></iframe>';
    const boxes = {
      pad: frame,
      embed: frame,
      ratio: frame,
      own: frame,
      row: frame + frame,
      grid: frame + frame,
      small: frame,
      plain: frame.replace('title', 'width="400" height="225" title'),
      bare: frame,
      quick: '<avow-embed purpose="video" src="/hits/w.html" title="film"></avow-embed>',
    };
    const css = `body{margin:0;padding:16px;max-width:760px}section{margin-bottom:24px}
      .pad{position:relative;padding-bottom:56.25%;height:0;overflow:hidden}
      .pad iframe{position:absolute;inset:0;width:100%;height:100%;border:0}
      .embed{position:relative;display:block;width:100%}
      .embed::before{content:"";display:block;padding-top:56.25%}
      .embed iframe{position:absolute;top:0;left:0;width:100%;height:100%;border:0}
      .ratio{aspect-ratio:16/9}.ratio iframe{width:100%;height:100%;border:0}
      .own iframe{aspect-ratio:16/9;width:100%;height:auto;border:0}
      .row{display:flex;gap:12px}.row iframe{flex:1;min-width:0;height:200px;border:0}
      .grid{display:grid;grid-template-columns:1fr 1fr;gap:12px}
      .grid>iframe{width:100%;height:180px;border:0}.grid>iframe:nth-child(1){grid-column:1/3}
      .small iframe{width:160px;height:90px;border:0}
      .quick avow-embed{display:block;width:100%;height:auto;aspect-ratio:16/9}
      @media(max-width:500px){.row{flex-direction:column}.row iframe{flex:none;width:100%;height:120px}}`;
    const page = await visit(
      t,
      (
        await pageWith(
          t,
          Object.entries(boxes)
            .map(([name, html]) => `<section class="${name}">${html}</section>`)
            .join(''),
          `<style>${css}</style>`,
        )
      ).url,
      { width: 800, height: 844 },
    );
    await covered(page, 12);
    /** Where each stands, with what a frame that is not marked has in its place. */
    const compare = () =>
      page.evaluate(() => {
        const rects = (root, what) =>
          [...root.querySelectorAll(what)].map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            const outer = root.getBoundingClientRect();
            return [x - outer.x, y - outer.y, width, height].map(Math.round).join(' ');
          });
        return [...document.querySelectorAll('section:not(.quick)')].map((section) => {
          const twin = section.cloneNode(true);
          for (const embed of twin.querySelectorAll('avow-embed')) embed.remove();
          for (const one of twin.querySelectorAll('iframe')) {
            one.removeAttribute('data-avow');
            one.removeAttribute('data-avow-src');
          }
          section.after(twin);
          const inside = (one) => [
            section.className,
            Math.round(one.getBoundingClientRect().height),
            Math.round(one.getBoundingClientRect().width),
          ];
          const both = [
            [...inside(section), ...rects(section, 'avow-embed')],
            [...inside(twin), ...rects(twin, 'iframe')],
          ];
          twin.remove();
          return both;
        });
      });
    const alike = async () => {
      for (const [ours, plain] of await compare()) {
        // WebKit takes the height of a line into account before it takes a part of the whole.
        if (name !== 'webkit' || ours[0] !== 'ratio') assert.deepEqual(ours, plain);
      }
    };
    await alike();
    // The controls of a placeholder are within its box, or can be scrolled to.
    const small = await page.evaluate(() => {
      const embed = document.querySelector('.small avow-embed');
      const box = embed.getBoundingClientRect();
      const button = embed.shadowRoot.querySelector('[data-act=frame]').getBoundingClientRect();
      return (
        button.bottom <= box.bottom + 1 && button.top >= box.top && button.right <= box.right + 1
      );
    });
    assert.ok(small);
    if (name === 'chromium') assert.deepEqual((await seen(page)).shifts, []);
    await press(page, 'accept');
    await live(page, 12);
    await alike();
    if (name === 'chromium') assert.deepEqual((await seen(page)).shifts, []);
  });

  if (name !== 'chromium') return;

  test('on a turned phone a placeholder has the box that the page then gives its frames', async (t) => {
    const { site } = await pageWith(
      t,
      `<iframe data-avow="video" data-avow-src="/hits/film.html" title="A film"></iframe>`,
      `<style>iframe{border:0;width:200px;height:150px}
       @media (orientation:landscape){iframe{width:320px;height:120px}}</style>`,
    );
    // A frame of a page is a window that a page can turn.
    site.change('/pages/phone.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><title>Phone</title>
        <iframe id="phone" src="/pages/embeds.html" style="width:390px;height:600px"></iframe>`,
    });
    const page = await visit(t, `${site.url}/pages/phone.html`);
    const turn = (width, height) =>
      page.evaluate(
        (...size) => {
          [phone.style.width, phone.style.height] = size.map((one) => `${one}px`);
        },
        width,
        height,
      );
    const takes = (...box) =>
      page.waitFor(
        (wanted) => {
          const embed = phone.contentDocument?.querySelector('avow-embed');
          const { width, height } = embed?.getBoundingClientRect() ?? {};
          return wanted === `${width} ${height}`;
        },
        { ...kPatience, args: [box.join(' ')] },
      );
    await takes(200, 150);
    await turn(600, 390);
    await takes(320, 120);
    await turn(390, 600);
    await takes(200, 150);
  });

  test('a poster that a page lays behind its placeholders stays as it was laid', async (t) => {
    const { site } = await pageWith(
      t,
      `<iframe data-avow="video" data-avow-src="/hits/film.html" title="A film"></iframe>`,
      `<style>avow-embed{background:#123 url(/pages/sky.png) top right/cover no-repeat}</style>`,
    );
    const page = await visit(t, `${site.url}/pages/embeds.html`);
    await covered(page);
    const laid = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('avow-embed'));
      return ['Color', 'Size', 'Position', 'Repeat'].map((name) => style[`background${name}`]);
    });
    assert.deepEqual(laid, ['rgb(17, 34, 51)', 'cover', '100% 0%', 'no-repeat']);
  });

  test('images, media, links and templates: given when allowed, taken back; the rest is told', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<img data-avow="marketing" data-avow-src="/hits/pixel" alt="">
       <link data-avow="marketing" rel="stylesheet" data-avow-href="/hits/sheet">
       <video data-avow="video" data-avow-src="/hits/clip"></video>
       <object data-avow="video" data-avow-src="/hits/object.html"></object>
       <p data-avow="video" data-avow-src="/hits/never"></p>
       <template data-avow="marketing"><b id="shop">shop</b>
         <script>ran.push('template');</script><script data-avow-src="/hits/chat.js"></script></template>`,
    );
    const page = await visit(t, url);
    await shows(page, 'first');
    await page.waitFor(() => seen.errors.length === 1, kPatience);
    assert.match((await seen(page)).errors[0], /<p> is not gated/);
    assert.deepEqual(await site.settledHits(), {});
    await press(page, 'accept');
    await page.waitFor(() => globalThis.__hits?.includes('chat') && ran.length === 1, kPatience);
    const hits = Object.keys(await site.settledHits());
    for (const one of ['pixel', 'sheet', 'clip', 'object', 'chat'])
      assert.ok(hits.includes(one), one);
    await press(page, 'withdraw');
    await runs(page);
    assert.deepEqual(
      await page.evaluate(
        () =>
          [...document.querySelectorAll('img,link,video,object')].filter(
            (one) =>
              one.hasAttribute('src') || one.hasAttribute('href') || one.hasAttribute('data'),
          ).length,
      ),
      0,
    );
    assert.equal(await page.evaluate(() => document.querySelector('#shop')), null);
  });

  test('mistakes in marks are told, each in one line', async (t) => {
    const { url } = await pageWith(
      t,
      `<script data-avow="analytics" src="/hits/no-type.js"></script>
       <script type="text/plain" data-avow="analytics analitics" src="/hits/misspelt.js"></script>
       <avow-embed purpose="vidoe" src="/hits/misspelt.html"></avow-embed>
       <iframe data-avow="video" title="nothing"></iframe>
       <img data-avow="marketing" src="/hits/pixel" alt="">
       <film-card></film-card>
       <script>document.querySelector('film-card').attachShadow({ mode: 'open' }).innerHTML =
         '<iframe data-avow="video" data-avow-src="/hits/inner.html"></iframe>';</script>`,
    );
    const page = await visit(t, url);
    await press(page, 'refuse');
    await page.waitFor(() => seen.errors.length >= 6, kPatience);
    const { errors } = await seen(page);
    for (const [what, times] of [
      ['<script> for "analytics" has no type="text/plain"', 1],
      ['unknown-purpose: <script> waits for "analitics"', 1],
      ['unknown-purpose: <avow-embed> waits for "vidoe"', 1],
      ['<iframe> has no data-avow-src', 1],
      ['<img> is not gated', 1],
      ['<film-card> has marks in its shadow root', 1],
      ['', 6],
    ])
      assert.equal(errors.filter((one) => one.includes(what)).length, times, what + errors.join());
    // One that comes later is told too, and one that is told already is not told again.
    await page.evaluate(() => {
      const late = document.createElement('avow-embed');
      late.setAttribute('purpose', 'later');
      document.body.append(late, late.cloneNode());
    });
    await page.waitFor(() => seen.errors.length >= 8, kPatience);
    for (const one of (await seen(page)).errors.slice(6)) assert.match(one, /"later"/);
    assert.equal((await seen(page)).errors.length, 8);
  });

  test('a page that nobody has pressed tells its mistakes, and of which element each is', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<script data-avow="analytics" id="a" src="/hits/no-type.js"></script>${[1, 2, 3]
        .map((n) => `<img data-avow="marketing" id="i${n}" src="/hits/pixel" alt="">`)
        .join('')}`,
      `<script>const { error } = console;
        console.error = (text, element) => (ran.push([text, element?.id].join()), error(text));</script>`,
    );
    const page = await visit(t, url);
    await shows(page, 'first');
    const told = await page.waitFor(() => ran.length >= 4 && ran, kPatience);
    assert.deepEqual(told.map((one) => one.slice(-2)).toSorted(), [',a', 'i1', 'i2', 'i3']);
    assert.match(told.join(), /<script> for "analytics" has no type="text\/plain"/);
    // A script alone has nothing else come that could tell.
    site.change('/pages/embeds.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Alone</title>
        <script src="/pages/watch.js"></script><script type="module" src="/avow/avow.js"></script>
        <script data-avow="analytics" src="/hits/no-type.js"></script><p>Text`,
    });
    await page.reload();
    await page.waitFor(() => seen.errors.some((one) => /has no type/.test(one)), kPatience);
  });

  test('a page that has a marked script fetched ahead is told', async (t) => {
    const { url } = await pageWith(
      t,
      '<script type="text/plain" data-avow="analytics" src="/hits/marked.js"></script>',
      `<link rel="preload" as="script" href="/hits/marked.js">
       <link rel="preload" as="script" href="/hits/own.js">`,
    );
    const page = await visit(t, url);
    await shows(page, 'first');
    await page.evaluate(() => avow.open()); // the core looks at marks
    await page.waitFor(() => seen.errors.length >= 1, kPatience);
    const { errors } = await seen(page);
    assert.equal(errors.length, 1);
    assert.match(errors[0], /<link> fetches \S+marked\.js, which is marked/);
  });

  test('the answered page: what is marked comes without a question', async (t) => {
    const { url, site } = await pageWith(
      t,
      '<avow-embed purpose="video" src="/hits/film.html" title="A film"></avow-embed>',
    );
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    await page.goto(url);
    await live(page);
    // A second element that a script adds, and takes away again.
    await page.evaluate(() => {
      const more = document.createElement('avow-embed');
      more.setAttribute('purpose', 'video');
      more.setAttribute('src', '/hits/more.html');
      document.body.append(more);
    });
    await live(page, 2);
    await page.evaluate(() => document.querySelector('avow-embed').remove());
    await live(page, 1);
    assert.deepEqual((await seen(page)).errors, []);
  });
});
