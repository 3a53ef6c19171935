// Scripts as pages write them: what they write, what they wait for, and what they stand among.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { answered, inEachEngine, kPatience, moveOn, press, runs, seen, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const kHtml = { 'content-type': 'text/html; charset=utf-8' };
const kDeferred = 'globalThis.deferred = 1; ran.push(0)';
const kScript = { 'content-type': 'text/javascript' };

/** A page with this in its body, and scripts by path. */
async function pageWith(t, body, { scripts = {}, tag = '', headers = {}, delay = {} } = {}) {
  const site = await startSite(t);
  site.change('/pages/written.html', {
    status: 200,
    headers: { ...kHtml, ...headers },
    body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Written</title>
      <script ${tag} src="/pages/watch.js"></script>
      <script ${tag}>globalThis.ran = [];</script>
      <script type="module" ${tag} src="/avow/avow.js"></script></head><body>${body}</body></html>`,
  });
  for (const [path, code] of Object.entries(scripts))
    site.change(path, { status: 200, headers: kScript, body: () => code, delay: delay[path] });
  return { site, url: `${site.url}/pages/written.html` };
}
const ran = (page, count) =>
  page.waitFor((wanted) => globalThis.ran?.length >= wanted && ran, {
    ...kPatience,
    args: [count],
  });

inEachEngine(({ name, visit }) => {
  test('what scripts write stands beside them, and its scripts run in order', async (t) => {
    const { url } = await pageWith(
      t,
      `<h1 id="title">A shop</h1>
       <div id="inline"><script type="text/plain" data-avow="analytics">
         document.write('<b>one'); document.writeln(' and two</b>');
         document.write('<script src="/nested.js"><\\/script><script>ran.push("second")<\\/script>');
       </script></div>
       <div id="external"><script type="text/plain" data-avow="marketing" src="/writer.js"></script></div>
       <p id="after">After it.</p>`,
      {
        scripts: {
          '/nested.js': `ran.push('first'); document.write('<i>of the nested one</i>');`,
          '/writer.js': `document.write('<b>external</b>');
            setTimeout(() => { document.write('late'); ran.push('late'); });`,
        },
        delay: { '/nested.js': 200 },
      },
    );
    const page = await visit(t, url);
    await shows(page, 'first');
    for (const again of [() => press(page, 'accept'), () => page.goto(url)]) {
      await again();
      await ran(page, 3);
      await page.waitFor(
        () => document.querySelector('#external b') && document.querySelector('#inline i'),
        kPatience,
      );
      assert.deepEqual(
        await page.evaluate(() => ({
          title: document.querySelector('#title').textContent,
          inline: document.querySelector('#inline b').textContent.trim(),
          external: document.querySelector('#external b').textContent,
          after: document.querySelector('#after').textContent,
          order: ran.filter((one) => one !== 'late'),
          notice: document.querySelectorAll('avow-consent').length,
        })),
        {
          title: 'A shop',
          inline: 'one and two',
          external: 'external',
          after: 'After it.',
          order: ['first', 'second'],
          notice: 1,
        },
      );
      assert.match((await seen(page)).errors.join(), /a late document\.write/);
    }
  });

  test('listeners for the page’s own beginning are served, once', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<script type="text/plain" data-avow="analytics">
         addEventListener('load', (event) => ran.push(event.type));
         document.addEventListener('DOMContentLoaded', (event) => ran.push(event.type));
         addEventListener('DOMContentLoaded', { handleEvent() { ran.push('object'); } });
         addEventListener('scroll', () => ran.push('scroll'));
       </script>`,
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    const once = ['DOMContentLoaded', 'load', 'object'];
    assert.deepEqual((await ran(page, 3)).toSorted(), once);
    await site.arrived(1);
    await moveOn(page, url); // now they are there before the events
    assert.deepEqual((await ran(page, 3)).toSorted(), once);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.deepEqual((await ran(page, 3)).toSorted(), once);
  });

  test('the page’s own handlers come once, whatever a script asks for before them', async (t) => {
    const { url } = await pageWith(
      t,
      `<script>onload = () => ran.push('own'); onpageshow = () => ran.push('shown');</script>
       <div><script type="text/plain" data-avow="analytics">
         document.addEventListener('DOMContentLoaded', () => ran.push('dom'));
         document.write('<b>written</b>');
       </script></div>`,
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    await ran(page, 3);
    await moveOn(page, url);
    await page.waitFor(() => document.querySelector('div b'), kPatience);
    await ran(page, 3);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.deepEqual((await ran(page, 3)).toSorted(), ['dom', 'own', 'shown']);
  });

  test('a released script that opens the page anew, or writes by the prototype, wipes nothing', async (t) => {
    const { url } = await pageWith(
      t,
      `<h1>A shop</h1><div id="here"><script type="text/plain" data-avow="analytics">
         document.open();
         Document.prototype.write.call(document, '<b>one</b>');
         document.write('<b>two', '</b>');
         document.writeln('<b>three</b>');
         document.close();
         const other = document.implementation.createHTMLDocument('');
         other.open();
         other.write('<p>elsewhere');
         other.close();
         ran.push(other.body.textContent);
         setTimeout(() => { document.open(); document.close(); ran.push('late'); });
       </script></div><p>After it.</p>`,
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    assert.deepEqual(await ran(page, 2), ['elsewhere', 'late']);
    await page.waitFor(() => document.querySelectorAll('#here b').length === 3, kPatience);
    assert.deepEqual(
      await page.evaluate(() => [
        [...document.querySelectorAll('#here b')].map((one) => one.textContent).join(''),
        document.querySelectorAll('h1,p').length,
        document.querySelectorAll('avow-consent').length,
      ]),
      ['onetwothree', 2, 1],
    );
    assert.match((await seen(page)).errors.join(), /a late document\.open/);
  });

  test('a late onload, and late listeners, are served once; the page’s own is not called again', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<script>onload = () => ran.push('own'); onpageshow = () => ran.push('own pageshow');</script>
       <script type="text/plain" data-avow="analytics">
         const before = window.onload;
         window.onload = (event) => {
           before?.();
           ran.push(event.type, event.target === document, event.currentTarget === window);
         };
         const image = new Image();
         image.addEventListener('load', () => ran.push('image'));
         image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
       </script>
       <script type="text/plain" data-avow="marketing">
         if (!window.onload) window.onload = () => ran.push('second');
         document.addEventListener('readystatechange', ({ target, type }) => {
           if (target.readyState === 'complete') ran.push(type);
         });
         addEventListener('pageshow', ({ type, persisted }) => ran.push(type, persisted));
         addEventListener('load', null);
       </script>`,
    );
    const page = await visit(t, url);
    await ran(page, 2);
    await press(page, 'accept');
    const all = ['image', 'load', 'own', 'own pageshow', 'pageshow', 'readystatechange', 'second'];
    all.push(true, true, false);
    const told = async (count) => (await ran(page, count)).toSorted();
    assert.deepEqual(await told(all.length), all.toSorted());
    await site.arrived(1);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.deepEqual(await told(all.length), all.toSorted());
    await moveOn(page, url); // now they are there before the events, and there is one handler
    const once = ['image', 'load', 'own', 'own pageshow', 'pageshow', 'readystatechange'];
    await page.waitFor((wanted) => wanted.every((one) => ran.includes(one)), {
      ...kPatience,
      args: [once],
    });
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    for (const one of once)
      assert.equal((await ran(page, 6)).filter((each) => each === one).length, 1, one);
  });

  test('DOMContentLoaded is not called before what the page defers has run', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<script type="text/plain" data-avow="analytics">
         addEventListener('DOMContentLoaded', () => ran.push(globalThis.deferred ?? 'too early'));
       </script>
       <script defer src="/deferred.js"></script>`,
      { scripts: { '/deferred.js': kDeferred } },
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    await ran(page, 2);
    await site.arrived(1);
    await page.waitFor(() => localStorage.getItem('avow:waiting') === null, kPatience);
    let release;
    site.change('/deferred.js', {
      ...{ status: 200, headers: kScript, body: () => kDeferred },
      delay: new Promise((resolve) => (release = resolve)),
    });
    const arriving = page.goto(url);
    // The loader has applied the verdict by then, or the test says nothing.
    if (name === 'chromium')
      await page.waitFor(
        () => document.readyState === 'interactive' && globalThis.avow?.choices.granted.length > 1,
        kPatience,
      );
    await sleep(200); // time for what should not happen
    release();
    await arriving;
    assert.deepEqual(await ran(page, 2), [0, 1]);
  });

  test('a page that declares a function called onload runs its scripts all the same', async (t) => {
    const { url } = await pageWith(
      t,
      `<script>function onload() { ran.push('own'); }</script>
       <script type="text/plain" data-avow="analytics">ran.push('marked');</script>`,
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    await page.waitFor(() => globalThis.ran.includes('marked'), kPatience);
  });

  test('a mark without a purpose runs nothing, whatever is allowed', async (t) => {
    const { url } = await pageWith(
      t,
      `<script type="text/plain" data-avow="">ran.push('empty');</script>
       <script type="text/plain" data-avow=" ">ran.push('blank');</script>
       <template data-avow><script>ran.push('template');</script></template>
       <script type="text/plain" data-avow="analytics">ran.push('marked');</script>
       <script type="text/plain" data-avow="marketing">ran.push('last');</script>`,
    );
    const page = await visit(t, url);
    await press(page, 'accept');
    await ran(page, 2);
    await moveOn(page, url);
    assert.deepEqual(await ran(page, 2), ['marked', 'last']);
  });

  test('an inline script that is still being read is left alone', async (t) => {
    const { url, site } = await pageWith(t, '');
    let more;
    const page = await visit(t, `${site.url}/pages/host.html`);
    await answered(site, page, 'accept');
    site.change('/pages/written.html', {
      answer: async (_, response) => {
        response.writeHead(200, kHtml);
        response.write(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slow</title>
          <script>globalThis.ran = []; globalThis.uncaught = []; onerror = (e) => uncaught.push(e);</script>
          <script type="module" async src="/avow/avow.js"></script></head><body>
          <script type="text/plain" data-avow="analytics">ran.push('first half');
          ${'// '.padEnd(3000, 'x')}
          ran.push('sec`);
        await new Promise((resolve) => (more = resolve));
        response.end(`ond half');</script><p id="end">End</p></body></html>`);
      },
    });
    const before = site.asked.length;
    const arriving = page.goto(url);
    // WebKit's driver asks nothing of a page that is being read.
    if (name !== 'webkit') {
      await page.waitFor(
        () => globalThis.ran && globalThis.avow && document.querySelector('avow-consent'),
        kPatience,
      );
      assert.deepEqual(await page.evaluate(() => ran), []);
    } else while (!site.asked.slice(before).includes('/avow/avow.js')) await sleep(50);
    await sleep(200); // time for what should not happen
    more();
    await arriving;
    assert.deepEqual(await ran(page, 2), ['first half', 'second half']);
    assert.deepEqual(await page.evaluate(() => uncaught), []);
  });

  test('a script that never answers holds up its own purpose alone; two purposes need both', async (t) => {
    const { url, site } = await pageWith(
      t,
      `<script type="text/plain" data-avow="analytics" src="/never.js"></script>
       <script type="text/plain" data-avow="analytics">ran.push('behind it');</script>
       <script type="text/plain" data-avow="marketing">ran.push('marketing');</script>
       <script type="text/plain" data-avow="marketing crm">ran.push('both');</script>
       <script type="text/plain" data-avow=" analytics  marketing ">ran.push('two');</script>`,
    );
    site.change('/never.js', { delay: new Promise(() => {}) });
    const page = await visit(t, url);
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    assert.deepEqual(await ran(page, 2), ['marketing', 'two']);
  });

  test('where the tag has a nonce, only scripts with the same nonce run', async (t) => {
    const policy = `script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; base-uri 'none'`;
    const { url } = await pageWith(
      t,
      `<p id="place"></p>
       <script type="text/plain" nonce="abc" data-avow="service">ran.push('the page’s own');</script>
       <script type="text/plain" nonce="abc" data-avow="service">
         document.write('<script nonce="abc">ran.push("written")<\\/script>' +
           '<script>ran.push("injected into what it writes")<\\/script>');</script>`,
      {
        tag: 'nonce="abc"',
        headers: { 'content-security-policy': policy },
        scripts: { '/evil.js': `ran.push('evil')` },
      },
    );
    const page = await visit(t, url);
    assert.deepEqual(await ran(page, 2), ['the page’s own', 'written']);
    await page.evaluate(() => {
      document.querySelector('#place').innerHTML =
        `<script type="text/plain" data-avow="service" src="/evil.js"></script>
         <script type="text/plain" nonce="wrong" data-avow="service">ran.push('inline')</script>
         <template data-avow="service"><script src="/evil.js"></script><i id="there"></i></template>`;
    });
    await page.waitFor(() => document.querySelector('#there'), kPatience);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.deepEqual(await ran(page, 2), ['the page’s own', 'written']);
  });

  test('under Trusted Types marked scripts run', async (t) => {
    const { url } = await pageWith(
      t,
      `<script type="text/plain" data-avow="service" onload="ran.push('loaded')" src="/own.js"></script>
       <script type="text/plain" data-avow="service">ran.push('inline');</script>
       <script type="text/plain" data-avow="service" data-type="module">ran.push('module');</script>`,
      {
        headers: {
          'content-security-policy': "require-trusted-types-for 'script'; trusted-types avow",
        },
        scripts: { '/own.js': `ran.push('external')` },
      },
    );
    const page = await visit(t, url);
    assert.deepEqual((await ran(page, 4)).toSorted(), ['external', 'inline', 'loaded', 'module']);
    assert.deepEqual((await seen(page)).violations, []);
  });

  test('a script finds itself where the page has it, while it runs and later; no copy stays', async (t) => {
    // As a widget does: what it shows comes later, and goes beside the script.
    const widget = (name) => `{
      const own = document.currentScript;
      ran.push([own.id, own.dataset.of, own.parentNode.localName].join());
      setTimeout(() => {
        own.before(Object.assign(document.createElement('b'), { textContent: '${name}' }));
        ran.push(document.currentScript);
      }, 50);
    }`;
    const { url } = await pageWith(
      t,
      `<main><script type="text/plain" data-avow="service" id="mine" data-of="x">${widget('inline')}
         </script><script type="text/plain" data-avow="service" id="far" data-of="y" src="/far.js">
         </script><script type="text/plain" data-avow="service" data-type="module">
           ran.push(document.currentScript);
         </script></main>`,
      { scripts: { '/far.js': widget('external') }, delay: { '/far.js': 100 } },
    );
    const page = await visit(t, url);
    await page.waitFor(() => ran.length === 5, kPatience);
    const found = await page.evaluate(() => ({
      ran: ran.filter((one) => typeof one === 'string').sort(),
      late: ran.filter((one) => typeof one !== 'string'),
      shown: [...document.querySelectorAll('main > b')].map((one) => one.textContent),
      scripts: [...document.querySelectorAll('main script')].map((one) => one.type),
    }));
    assert.deepEqual(found, {
      ran: ['far,y,main', 'mine,x,main'],
      late: [null, null, null],
      shown: ['inline', 'external'],
      scripts: ['text/plain', 'text/plain', 'text/plain'],
    });
    assert.deepEqual((await seen(page)).uncaught, []);
  });

  test('the page’s own elements stay, and a copy of the page runs anew', async (t) => {
    const { url } = await pageWith(
      t,
      `<main><script type="text/plain" data-avow="service" id="mine" class="x">ran.push(
         document.currentScript.isConnected);</script></main>`,
    );
    const page = await visit(t, url);
    assert.deepEqual(await ran(page, 1), [true]);
    const kept = await page.evaluate(() => {
      const marked = document.querySelector('#mine');
      const [copy, kept] = [document.querySelector('main').cloneNode(true), marked.outerHTML];
      marked.remove(); // as a framework does with what it made
      document.querySelector('main').replaceWith(copy);
      return /^<script type="text\/plain" data-avow="service" id="mine"/.test(kept);
    });
    assert.ok(kept);
    assert.deepEqual(await ran(page, 2), [true, true]);
    assert.deepEqual((await seen(page)).uncaught, []);
  });
});
