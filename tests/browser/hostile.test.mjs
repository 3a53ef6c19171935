// Pages that make a yes of something else: style sheets, frames and scripts that cover, fade,
// stretch or imitate. Nothing is granted, the console says why, and no works all the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { granted, inEachEngine, kPatience, layer, press, runs, sent, shows } from './notice.mjs';
import { said, startSite } from './site.mjs';

/** A page of the site whose own style sheet and markup are given. */
const page = (css, body = '') =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>hostile</title><style>${css}</style>
<script type="module" src="/avow/avow.js"></script><body>${body}
<p style="padding:2em">Read on <a href="#x">here</a></p>`;

/** How a site answers with a page. */
const served = (html) => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: () => html,
});

async function hostile(t, visit, css, body) {
  const site = await startSite(t);
  site.change('/pages/hostile.html', served(page(css, body)));
  const here = await visit(t, `${site.url}/pages/hostile.html`);
  await shows(here, 'first');
  return { site, here };
}

/** Keeps what the console is told from now on, in the page. */
const listen = (here) =>
  here.evaluate(() => {
    globalThis.told = [];
    const { error } = console;
    console.error = (...words) => {
      globalThis.told.push(words.join(' '));
      error(...words);
    };
  });
const unfair = (here, figure) =>
  here.waitFor(
    (wanted) =>
      globalThis.told.some((one) => one.includes('notice-unfair') && one.includes(wanted)),
    { ...kPatience, args: [figure] },
  );

/** Waits until the notice has been looked at often enough for a press to hear of it. */
const looked = (here) =>
  here.evaluate(async () => {
    const turn = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const files = () => performance.getEntriesByType('resource');
    while (!files().some(({ name }) => /\/press\.\w+\.js$/.test(name))) await turn(50);
    // The page's own timers: on a busy machine they come late together.
    for (let looks = 0; looks < 4; looks++) await turn(600);
  });

/** A page of the site with this style sheet and a film that asks, once that stands. */
async function placeholder(t, visit, css) {
  const site = await startSite(t);
  const embed = '<avow-embed purpose="video" src="/hits/a.html" title="A film"></avow-embed>';
  site.change('/pages/hostile.html', served(page(css, embed)));
  const here = await visit(t, `${site.url}/pages/hostile.html`);
  await here.waitFor(
    () => document.querySelector('avow-embed')?.shadowRoot?.querySelector('[data-act=frame]'),
    kPatience,
  );
  await listen(here);
  return here;
}

const kBare = '<!doctype html><html lang="en"><meta charset="utf-8"><title>f</title>';

/** A page of another origin that frames one of the site; it keeps what it is told in `heard`. */
async function framed(t, visit, inside, style) {
  const site = await startSite(t);
  const around = await startSite(t);
  site.change('/pages/framed.html', served(`${kBare}${inside}`));
  around.change(
    '/pages/around.html',
    served(`${kBare}<style>body{margin:0}iframe{position:fixed;inset:0;border:0;${style}}</style>
<script>heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
<iframe src="${site.url}/pages/framed.html"></iframe>`),
  );
  return { site, here: await visit(t, `${around.url}/pages/around.html`) };
}

/** A popover that is there once the notice is. */
const veil = (inside = '') => `<i popover=manual>${inside}</i><script>
(function place() {
  if (!document.querySelector('avow-consent')?.shadowRoot) return setTimeout(place, 20);
  const veil = document.querySelector('i');
  veil.showPopover();
  veil.id = 'placed';
})();
</script>`;
const kThin = 'i{position:fixed;inset:auto 0 0 auto;width:1px;height:1px;padding:0;border:0}';

/** More ways in which a notice is not to be seen: what, by which figure, a style sheet, markup. */
const kMoreWays = [
  ['it is tiny', 'contrast', 'avow-consent::part(banner){transform:scale(.3)}'],
  ['a filter hides it', 'opacity', 'html{filter:opacity(20%)}'],
  [
    'a mask hides it',
    'opacity',
    'avow-consent::part(banner){mask-image:linear-gradient(#000,#0003)}',
  ],
  ['its words are see-through', 'contrast', ':root{--avow-on-fill:#ffffff08}'],
  [
    'its colours are of another space',
    'contrast',
    ':root{--avow-fill:oklch(.4 .1 250);--avow-on-fill:oklch(.41 .1 250)}',
  ],
  ['its words have no size', 'contrast', 'avow-consent::part(answers){font-size:0}'],
  [
    'its words are not painted',
    'contrast',
    'avow-consent::part(answers){-webkit-text-fill-color:transparent}',
  ],
  ['the question is gone', 'contrast', 'avow-consent::part(body){display:none}'],
  ['the question is invisible', 'contrast', 'avow-consent::part(text){visibility:hidden}'],
  ['the question has no room', 'contrast', 'avow-consent::part(body){max-height:0;min-height:0}'],
  ['the question is cut', 'contrast', 'avow-consent::part(body){clip-path:inset(100%)}'],
  [
    'the question is folded',
    'contrast',
    'avow-consent::part(text){height:0;overflow:hidden;margin-bottom:4em}',
  ],
  [
    'the title lies over the question',
    'contrast',
    'avow-consent::part(title){position:absolute;inset:0 24em 0 0;background:#fff}',
  ],
  ['its lines lie over each other', 'contrast', 'avow-consent::part(text){line-height:0}'],
  [
    'the question is cut to a line',
    'contrast',
    'avow-consent::part(text){max-height:1.4em;overflow:hidden;width:60px}',
  ],
  ['it is pressed together', 'contrast', 'avow-consent::part(banner){transform:scaleX(.1)}'],
  [
    'its words are dots',
    'contrast',
    'avow-consent::part(answers),avow-consent::part(text){-webkit-text-security:disc}',
  ],
  [
    'its words are smeared',
    'contrast',
    'avow-consent::part(answers){-webkit-text-stroke:30px #1d4f91}',
  ],
  ['its words are spread', 'contrast', 'avow-consent::part(answers){letter-spacing:99em}'],
  ['a gradient hides it', 'contrast', ':root{--avow-fill:linear-gradient(#1d4f91,#fff)}'],
  ['filters add up', 'opacity', 'html{filter:contrast(.6) contrast(.6)}'],
  ['a filter makes all of it grey', 'opacity', 'html{filter:invert(.5)}'],
  ['a filter makes all of it white', 'opacity', 'html{filter:brightness(20)}'],
  ['a popover’s backdrop hides it', 'clear', `${kThin}i::backdrop{background:#fff}`, veil()],
  ['a popover’s shadow hides it', 'clear', `${kThin}i{box-shadow:0 0 0 9999.5px #fff}`, veil()],
  ['a popover’s outline hides it', 'clear', `${kThin}i{outline:9999px solid #fff}`, veil()],
  [
    'what is in a popover hides it',
    'clear',
    `${kThin}i{overflow:visible}b{position:fixed;inset:0;background:#fff;pointer-events:none}`,
    veil('<b></b>'),
  ],
];

/** What engines spell in their own ways. */
const kByEngine = /another space|not painted|backdrop/;

/** More pages that the notice stands above. */
const kMorePages = [
  ['fades', 'body{opacity:.02}'],
  ['is transformed', 'body{transform:scale(.3) rotate(4deg);perspective:9px}'],
  ['is not there', 'body{display:none}'],
  ['is masked', 'html,body{height:100%}body{mask-image:linear-gradient(#000,#0003)}'],
  ['is invisible to itself', 'body{content-visibility:hidden;zoom:.2}'],
];

inEachEngine(({ name, visit }) => {
  for (const [what, css] of [
    ['no part is an answer', 'avow-consent::part(answer){position:fixed;inset:0;opacity:0}'],
    [
      'the element draws nothing',
      'avow-consent{position:fixed!important;inset:0!important;display:block!important;opacity:0}',
    ],
    [
      'no pseudo-element lies over the page',
      `avow-consent::before,avow-consent::part(banner)::after{content:""!important;position:fixed;
inset:0;z-index:2147483647}`,
    ],
  ]) {
    test(`a click on the page’s text is no answer: ${what}`, async (t) => {
      const { here } = await hostile(t, visit, css);
      await here.clickAt(200, 40);
      await here.click('a');
      assert.equal(await layer(here), 'first');
      assert.deepEqual(await granted(here), []);
      await press(here, 'accept');
      await runs(here, 'analytics', 'marketing', 'video');
    });
  }

  test('a click on the page’s text ticks nothing, and what was ticked unseen is no yes', async (t) => {
    const { site, here } = await hostile(
      t,
      visit,
      `avow-consent::part(switch){position:fixed!important;inset:0!important;opacity:0!important;
padding:50vh!important;margin:-50vh!important;border:50vh solid!important;scale:99!important}
avow-consent::part(purpose){position:fixed!important;inset:0!important;opacity:0!important;
transform:scale(9)!important;z-index:9!important}`,
    );
    await press(here, 'choose');
    await shows(here, 'choices');
    const { title, boxes } = await here.evaluate(() => {
      const root = document.querySelector('avow-consent').shadowRoot;
      const { left, top, height } = root.querySelector('h2').getBoundingClientRect();
      const places = [...root.querySelectorAll('input')].map((one) => {
        const { x, y, width } = one.getBoundingClientRect();
        const label = one.closest('label').getBoundingClientRect();
        const inside = label.left <= x && x + width <= label.right && label.top <= y;
        return [inside, Math.round(width), getComputedStyle(one.closest('li')).opacity];
      });
      return { title: [left + 9, top + height / 2], boxes: places };
    });
    assert.deepEqual(
      boxes,
      boxes.map(() => [true, 48, '1']),
    );
    await here.clickAt(...title);
    assert.deepEqual(
      await here.evaluate(() => [
        ...document.querySelector('avow-consent').shadowRoot.querySelectorAll('input:checked'),
      ]),
      [],
    );
    await press(here, 'save');
    await shows(here, 'door');
    await site.arrived(1);
    const [{ payload }] = await site.opened();
    assert.deepEqual(
      payload.answers.filter(({ granted: yes }) => yes),
      [],
    );
  });

  for (const [what, figure, css, body] of [
    ['the banner fades', 'opacity', 'avow-consent::part(banner){opacity:.2}'],
    ['its words have its colour', 'contrast', ':root{--avow-on-fill:#1d4f91;--avow-fill:#1d4f90}'],
    [
      'refuse is covered',
      'reached',
      'i{position:fixed;margin:0;border:0;padding:0;background:#fff}',
      // Only what is in the top layer too can lie over the notice.
      `<i popover=manual></i><script>
(function place() {
  const root = document.querySelector('avow-consent')?.shadowRoot;
  const refuse = root?.querySelector('[data-act=refuse]');
  if (!refuse) return setTimeout(place, 20);
  const cover = document.querySelector('i');
  const { left, top, width, height } = refuse.getBoundingClientRect();
  Object.assign(cover.style,
    { inset: 'auto', left: left + 'px', top: top + 'px', width: width + 'px', height: height + 'px' });
  cover.showPopover();
  cover.id = 'placed';
})();
</script>`,
    ],
    [
      'its fill and its words are see-through',
      'contrast',
      `:root{--avow-fill:#0000;--avow-on-fill:#fff0;--avow-link:#0000}
avow-consent::part(banner){background:none;border:0;box-shadow:none}`,
    ],
    ...(name === 'chromium' ? kMoreWays : kMoreWays.filter(([what]) => kByEngine.test(what))),
  ]) {
    test(`a yes beside a notice that was not to be seen is none: ${what}`, async (t) => {
      const { site, here } = await hostile(t, visit, css, body);
      await listen(here);
      if (body) await here.waitFor(() => document.querySelector('#placed') !== null, kPatience);
      await press(here, 'accept');
      await unfair(here, figure);
      await shows(here, 'first');
      assert.deepEqual(await granted(here), []);
      // No is taken however the notice stands.
      await here.evaluate(() => document.querySelector('i')?.remove());
      await press(here, 'refuse');
      await shows(here, 'door');
      await site.arrived(1);
      const [opened] = await site.opened();
      assert.equal(said(opened.payload).control, 'refuse');
    });
  }

  for (const [what, css] of [
    ['under the mouse', 'avow-consent::part(banner):hover{opacity:1}'],
    ['while it has the focus', 'avow-consent::part(banner):focus-within{opacity:1}'],
    ['by what the page sees of it', 'html:has(avow-consent:hover){--seen:1}'],
  ]) {
    test(`a notice that is shown as it is pressed takes no yes at once: ${what}`, async (t) => {
      const hidden = 'avow-consent::part(banner){opacity:var(--seen,.01)}';
      const { site, here } = await hostile(t, visit, hidden + css);
      await listen(here);
      await looked(here);
      await press(here, 'accept');
      await unfair(here, 'opacity');
      await shows(here, 'first');
      assert.deepEqual(await granted(here), []);
      // Whoever has had it before their eyes for a while may say yes.
      await here.evaluate(() => {
        const style = document.createElement('style');
        style.textContent = 'avow-consent::part(banner){opacity:1!important}';
        document.head.append(style);
      });
      await looked(here);
      await press(here, 'accept');
      await runs(here, 'analytics', 'marketing', 'video');
      const [{ payload }] = await site.arrived(1);
      assert.equal(payload.press.stood.opacity, 100);
    });
  }

  for (const [what, css] of [
    ['is blurred and filtered', 'body{filter:blur(20px)}'],
    ['contains what is in it', 'body{contain:strict;height:90px;clip-path:inset(0)}'],
    ...(name === 'chromium' ? kMorePages : []),
  ]) {
    test(`the notice stands above a page that ${what}, and can be answered`, async (t) => {
      const { here } = await hostile(t, visit, css);
      const [bottom, height] = await here.evaluate(() => {
        const box = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('.banner')
          .getBoundingClientRect();
        return [innerHeight - box.bottom, box.height];
      });
      assert.equal(Math.round(bottom), 16);
      assert.ok(height > 60, `${height}px high`);
      await press(here, 'accept');
      await runs(here, 'analytics', 'marketing', 'video');
    });
  }

  test('no first line or letter of the notice’s words is painted otherwise than the rest', async (t) => {
    const { here } = await hostile(
      t,
      visit,
      `avow-consent::part(text)::first-line,avow-consent::part(title)::first-letter,
avow-consent::part(banner)::first-line{color:#f0f!important;font-size:1px!important;
background:#f0f!important}`,
    );
    const painted = await here.evaluate(() =>
      ['text', 'title'].flatMap((part) => {
        const words = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector(`[part=${part}]`);
        return ['::first-line', '::first-letter'].map((pseudo) => {
          const { color, fontSize, backgroundColor } = getComputedStyle(words, pseudo);
          const whole = getComputedStyle(words);
          return [color === whole.color, fontSize === whole.fontSize, backgroundColor];
        });
      }),
    );
    assert.deepEqual(
      painted,
      painted.map(() => [true, true, 'rgba(0, 0, 0, 0)']),
    );
  });

  test('elements named as the document’s own members break nothing', async (t) => {
    const names = 'querySelector body scripts head documentElement createElement readyState';
    const more = 'addEventListener dispatchEvent querySelectorAll activeElement currentScript';
    const body = `${names} ${more}`
      .split(' ')
      .map((name) => `<img name="${name}" alt=""><form name="${name}"></form>`)
      .join('');
    const script = '<script type="text/plain" data-avow="analytics">analytics = 1;</script>';
    const site = await startSite(t);
    site.change('/pages/hostile.html', served(page('', body + script)));
    const here = await visit(t, `${site.url}/pages/hostile.html`);
    const [x, y] = await here.waitFor(() => {
      const host = Document.prototype.querySelector.call(document, 'avow-consent');
      const accept = host?.shadowRoot?.querySelector('[data-act=accept]');
      const box = accept?.getBoundingClientRect();
      return box && [box.x + box.width / 2, box.y + box.height / 2];
    }, kPatience);
    assert.notEqual(await here.evaluate(() => typeof document.querySelector), 'function');
    await here.clickAt(x, y);
    await here.waitFor(() => globalThis.analytics === 1, kPatience);
  });

  test('grey days of mourning, dark modes and frosted glass are no reason to refuse', async (t) => {
    const css = `html{filter:grayscale(100%) invert(1) hue-rotate(180deg) contrast(.9)}
:root{--avow-paper:rgb(255 255 255/.85)}
avow-consent::part(banner){background-image:linear-gradient(#fff,#eef6ffcc)}`;
    const { here } = await hostile(t, visit, css);
    await press(here, 'accept');
    await runs(here, 'analytics', 'marketing', 'video');
  });

  test('the record tells how the notice stood', async (t) => {
    const site = await startSite(t);
    const here = await visit(t, `${site.url}/pages/host.html`);
    await press(here, 'accept');
    await site.arrived(1);
    const [{ payload }] = await site.opened();
    const { stood } = payload.press;
    assert.deepEqual(Object.keys(stood).toSorted(), [
      ...['alike', 'clear', 'contrast', 'framed', 'height', 'opacity', 'reached'],
    ]);
    assert.deepEqual(
      [stood.reached, stood.opacity, stood.clear, stood.framed],
      [100, 100, 100, 'none'],
    );
    assert.ok(stood.contrast >= 450 && stood.height >= 44 && stood.alike >= 95);
  });

  test('a refuse button that a script calls accept refuses', async (t) => {
    const site = await startSite(t);
    const here = await visit(t, `${site.url}/pages/host.html`);
    await shows(here, 'first');
    // The core starts as the pointer comes near, and would put its own in the changed one's place.
    await here.waitFor(() => {
      const host = document.querySelector('avow-consent');
      host.dispatchEvent(new Event('pointerover'));
      return host.shownLayer === 'first';
    }, kPatience);
    await here.evaluate(() => {
      const root = document.querySelector('avow-consent').shadowRoot;
      root.querySelector('[data-act=refuse]').dataset.act = 'accept';
    });
    await press(here, 'accept'); // the first of that name: the refuse button
    await shows(here, 'door');
    assert.deepEqual(await granted(here), []);
    await site.arrived(1);
    const [opened] = await site.opened();
    assert.equal(said(opened.payload).control, 'refuse');
  });

  test('a click passes once, when it is made, and not one on the notice', async (t) => {
    const site = await startSite(t);
    const here = await visit(t, `${site.url}/pages/host.html`);
    await shows(here, 'first');
    await here.evaluate(() => {
      addEventListener('click', (event) => (globalThis.last = event), true);
      const button = Object.assign(document.createElement('button'), {
        id: 'own',
        textContent: 'OK',
      });
      document.body.prepend(button);
    });
    const ask = (...purposes) =>
      here.evaluate(
        (wanted) =>
          avow.grant(wanted, globalThis.last).then(
            (c) => c.granted,
            (e) => e.code,
          ),
        purposes,
      );
    await press(here, 'choose');
    await shows(here, 'choices');
    assert.equal(await ask('analytics'), 'press-refused', 'a click on the notice');
    await press(here, 'close');
    await shows(here, 'first');
    await here.click('#own');
    assert.ok((await ask('analytics')).includes('analytics'), 'a click of the host’s own');
    assert.equal(await ask('video'), 'press-refused', 'used before');
    await here.click('#own');
    const old = await here.evaluate(() => globalThis.last.timeStamp);
    await here.waitFor((at) => performance.now() - at > 1_000, { ...kPatience, args: [old] });
    assert.equal(await ask('video'), 'press-refused', 'of long ago');
    await here.evaluate(() => {
      Object.defineProperty(Event.prototype, 'type', { get: () => 'click' });
    });
    await here.evaluate(() => (globalThis.last = new Event('keydown')));
    assert.equal(await ask('video'), 'press-refused', 'not the visitor’s');
  });

  test('a click on the notice is none of the host’s, though what weighs it is still to come', async (t) => {
    const site = await startSite(t);
    site.change('/pages/hostile.html', served(page('')));
    const once = await visit(t, `${site.url}/pages/hostile.html`);
    await press(once, 'refuse');
    await site.arrived(1);
    await sent(once);
    let records = 1;
    for (const declared of [false, true]) {
      if (declared) {
        const [head, html] = ['head.html', 'inline.en.html'].map((file) => site.made(file));
        site.change('/pages/hostile.html', served(`${kBare}${head}<body>${html}`));
      }
      const rest = declared ? site.hold(site.path('rest.js')) : () => {};
      const weighs = site.hold(site.path('press.js'));
      await once.goto(`${site.url}/pages/blank.html`);
      await once.goto(`${site.url}/pages/hostile.html`);
      await once.waitFor(
        () =>
          globalThis.avow &&
          document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-act=open]'),
        kPatience,
      );
      await once.evaluate(() => {
        globalThis.got = [];
        const button = { id: 'own', textContent: 'OK' };
        document.body.prepend(Object.assign(document.createElement('button'), button));
        // What a script does that would take the door's click for its own.
        Event.prototype.composedPath = () => [document.body];
        Object.defineProperty(Event.prototype, 'target', { get: () => document.body });
        addEventListener('click', (event) =>
          avow.grant('video', event).then(
            ({ granted: all }) => got.push(all.includes('video')),
            ({ code }) => got.push(code),
          ),
        );
      });
      await press(once, 'open');
      rest();
      weighs();
      assert.deepEqual(
        await once.waitFor(() => globalThis.got.length > 0 && globalThis.got, kPatience),
        ['press-refused'],
      );
      // And the host's own is, on a line that takes its time.
      await once.goto(`${site.url}/pages/blank.html`);
      const late = site.hold(site.path(declared ? 'rest.js' : 'press.js'));
      await once.goto(`${site.url}/pages/hostile.html`);
      await once.waitFor(() => globalThis.avow?.ready.then(() => true), kPatience);
      await once.evaluate(() => {
        globalThis.got = [];
        const button = { id: 'own', textContent: 'OK' };
        document.body.prepend(Object.assign(document.createElement('button'), button));
        document.querySelector('#own').addEventListener('click', (event) => {
          globalThis.at = performance.now();
          avow.grant('video', event).then(
            ({ granted: all }) => got.push(all.includes('video') || all.join()),
            ({ code }) => got.push(code),
          );
        });
      });
      await once.click('#own');
      await once.waitFor(() => performance.now() - globalThis.at > 1_500, kPatience);
      late();
      assert.deepEqual(
        await once.waitFor(() => globalThis.got.length > 0 && globalThis.got, kPatience),
        [true],
      );
      await once.evaluate(() => avow.withdraw());
      records += 2;
      await site.arrived(records);
      await sent(once);
    }
  });

  test('no click is made of another event by what a script redefines, nor by a label', async (t) => {
    const site = await startSite(t);
    const here = await visit(t, `${site.url}/pages/host.html`);
    await shows(here, 'first');
    await here.evaluate(() => {
      const button = { id: 'own', textContent: 'OK' };
      document.body.prepend(Object.assign(document.createElement('button'), button));
      globalThis.ask = (event, purpose = 'video') =>
        avow.grant(purpose, event).then(
          (c) => c.granted.join(),
          (e) => e.code,
        );
      globalThis.kept = {};
      addEventListener(
        'click',
        (event) => (kept[event.target.id || event.target.localName] = event),
        true,
      );
      /** Has every function and getter say what would make a click of an event. */
      globalThis.fool = () => {
        const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
        const real = performance.now.bind(performance);
        const lies = [
          [Event.prototype, 'type', () => 'click'],
          [Event.prototype, 'timeStamp', () => real()],
          [Event.prototype, 'target', () => document.body],
          [Element.prototype, 'localName', () => 'div'],
          [UserActivation.prototype, 'isActive', () => true],
        ].map(([of, key, get]) => {
          const before = getOwnPropertyDescriptor(of, key);
          defineProperty(of, key, { get, configurable: true });
          return [of, key, before];
        });
        const getters = lies.map(([of, key, before]) => [
          before.get,
          getOwnPropertyDescriptor(of, key).get,
        ]);
        const iterate = Array.prototype.values;
        const mine = (list) => list[0] instanceof Node;
        const path = Event.prototype.composedPath;
        const some = Array.prototype.some;
        const test = RegExp.prototype.test;
        for (const [of, key, value] of [
          [Event.prototype, 'composedPath', () => []],
          [String.prototype, 'startsWith', () => false],
          [WeakSet.prototype, 'has', () => false],
          [Performance.prototype, 'now', () => globalThis.at],
          [
            RegExp.prototype,
            'test',
            function (text) {
              return `${this}` !== '/^avow-/' && apply(test, this, [text]);
            },
          ],
          [
            Array.prototype,
            'some',
            function (...all) {
              return !mine(this) && apply(some, this, all);
            },
          ],
          [
            Array.prototype,
            Symbol.iterator,
            function () {
              return apply(iterate, mine(this) ? [] : this, []);
            },
          ],
          [
            Function.prototype,
            'call',
            function (self, ...all) {
              for (let i = 0; i < getters.length; i++)
                if (getters[i][0] === this) return getters[i][1]();
              return this === path ? [] : apply(this, self, all);
            },
          ],
        ]) {
          lies.push([of, key, getOwnPropertyDescriptor(of, key)]);
          defineProperty(of, key, { value, configurable: true, writable: true });
        }
        return () => {
          for (let i = lies.length - 1; i >= 0; i--) defineProperty(...lies[i]);
        };
      };
      /** A yes to this event, asked for while all of them lie; `at`: what the page's clock says. */
      globalThis.fooled = (event, at) => {
        globalThis.at = at ?? performance.now();
        const restore = fool();
        return ask(event).finally(restore);
      };
    });
    // What weighs a click is there before anything is redefined: it came with the notice.
    assert.equal(await here.evaluate(() => ask(new Event('click'))), 'press-refused');
    await press(here, 'choose');
    await shows(here, 'choices');
    const refused = async (what, ...of) =>
      assert.equal(await here.evaluate(what, ...of), 'press-refused', String(what));
    const kept = (id, at) => refused((of, now) => fooled(globalThis.kept[of], now), id, at);
    await kept('avow-consent');
    await press(here, 'close');
    await shows(here, 'first');
    await here.click('#own');
    assert.match(await here.evaluate(() => ask(globalThis.kept.own, 'analytics')), /analytics/);
    await kept('own'); // used
    await here.click('#own');
    const made = await here.evaluate(() => globalThis.kept.own.timeStamp);
    await here.waitFor((at) => performance.now() - at > 1_000, { ...kPatience, args: [made] });
    await kept('own', made + 1); // old
    await refused(() => fooled(new MouseEvent('click')));
    await refused(() => fooled({ isTrusted: true, type: 'click', __proto__: globalThis.kept.own }));
    // In WebKit such a click is trusted, while nobody is doing anything. Chromium's driver calls
    // whatever it evaluates a visitor's deed.
    if (name !== 'chromium')
      await here.waitFor(() => !navigator.userActivation.isActive, kPatience);
    await refused(() => {
      const label = document.createElement('label');
      label.innerHTML = '<input type="checkbox" id="boxed">';
      document.body.append(label);
      label.click();
      return ask(globalThis.kept.boxed);
    });
  });

  if (name === 'chromium') {
    test('what a script writes on a control or a box says nothing of what it is', async (t) => {
      const site = await startSite(t);
      const here = await visit(t, `${site.url}/pages/host.html`);
      await press(here, 'choose');
      await shows(here, 'choices');
      // A box called by another purpose's name, a separate consent's: what was ticked is saved.
      await here.evaluate(() => {
        const root = document.querySelector('avow-consent').shadowRoot;
        const box = root.querySelector('input[data-purpose=analytics]');
        box.id = 'renamed';
        box.dataset.purpose = 'crm';
      });
      await here.click('#renamed', { inShadowOf: 'avow-consent', ...kPatience });
      await here.evaluate(() => {
        const save = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('[data-act=save]');
        save.id = 'saves';
        save.dataset.act = 'accept';
      });
      await here.click('#saves', { inShadowOf: 'avow-consent', ...kPatience });
      const [{ payload }] = await site.arrived(1);
      assert.deepEqual(said(payload).yes, ['analytics']);
      assert.equal(said(payload).control, 'save');
    });

    test('a refuse button called accept refuses, where the same layer is shown again too', async (t) => {
      const site = await startSite(t);
      const here = await visit(t, `${site.url}/pages/host.html`);
      await shows(here, 'first');
      await here.evaluate(async () => {
        await avow.open(); // the core has shown it
        const refuse = document
          .querySelector('avow-consent')
          .shadowRoot.querySelector('[data-act=refuse]');
        refuse.id = 'refuses';
        refuse.dataset.act = 'accept';
        await avow.open();
      });
      await here.click('#refuses', { inShadowOf: 'avow-consent', ...kPatience });
      const [{ payload }] = await site.arrived(1);
      assert.equal(said(payload).control, 'refuse');
    });

    test('markup that copies the tag chooses neither the place nor the nonce', async (t) => {
      const site = await startSite(t);
      for (const copy of [
        '<script type="text/plain" src="/avow/avow.js"></script>',
        '<script type="module" nonce="mine" src="/avow/avow.js"></script>',
        '<script type="module" src="/avow/avow.js" data-place="US-CA"></script>',
      ]) {
        site.change('/pages/hostile.html', {
          status: 200,
          headers: {
            'content-type': 'text/html',
            'content-security-policy': `script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'`,
          },
          body: () => `${kBare}<body>${copy}
  <script type="text/plain" nonce="mine" data-avow="service">globalThis.ran = 'marked';</script>
  <script type="text/plain" data-avow="service">globalThis.ran = 'marked';</script>
  <script nonce="abc">onerror = (what) => (globalThis.thrown = what);</script>
  <script type="module" nonce="abc" src="/avow/avow.js"></script>`,
        });
        const here = await visit(t, `${site.url}/pages/hostile.html`);
        assert.match(await here.waitFor(() => globalThis.thrown, kPatience), /tags differ/);
        assert.deepEqual(
          await here.evaluate(() => [typeof globalThis.ran, typeof globalThis.avow]),
          ['undefined', 'undefined'],
        );
      }
    });

    test('a notice that somebody declared on a page of one tag is not taken for the build’s', async (t) => {
      const site = await startSite(t);
      const { policy } = site.company.manifest;
      const fake = `<avow-consent lang="en" data-avow="${policy},en,opt-in"><template shadowrootmode="open">
  <section data-layer="first"><button class="answer" data-act="accept" style="height:60px">Read on</button>
  </section></template></avow-consent>`;
      site.change('/pages/hostile.html', served(page('', fake)));
      const here = await visit(t, `${site.url}/pages/hostile.html`);
      await here.waitFor(
        () =>
          document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-act=refuse]'),
        kPatience,
      );
      assert.equal(
        await here.evaluate(() =>
          document.querySelector('avow-consent').shadowRoot.textContent.includes('Read on'),
        ),
        false,
      );
      await press(here, 'accept');
      await runs(here, 'analytics', 'marketing', 'video');
      const [{ payload }] = await site.arrived(1);
      assert.ok(payload.press.stood.alike >= 80, 'both answers of the build’s');
    });

    test('a placeholder whose words cannot be read takes no yes', async (t) => {
      const here = await placeholder(t, visit, ':root{--avow-ink:#0000;--avow-soft:#0000}');
      await here.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
      await unfair(here, 'contrast');
      assert.deepEqual(await granted(here), []);
    });

    test('a placeholder that is shown as it is pressed takes no yes', async (t) => {
      const css = 'avow-embed{opacity:.01}avow-embed:hover{opacity:1}';
      const here = await placeholder(t, visit, css);
      await looked(here);
      await here.click('[data-act=frame]', { inShadowOf: 'avow-embed', ...kPatience });
      await unfair(here, 'opacity');
      assert.deepEqual(await granted(here), []);
    });

    test('a placeholder’s control allows its own purpose, whatever a script writes on it', async (t) => {
      for (const [written, purpose] of [
        ['accept', 'video'],
        ['save', 'video'],
        ['frame', 'analytics'],
      ]) {
        const here = await placeholder(t, visit, '');
        await here.evaluate(
          (act, id) => {
            const embed = document.querySelector('avow-embed');
            embed.shadowRoot.querySelector('[data-act=frame]').dataset.act = act;
            // As the click comes down, before it arrives.
            addEventListener('click', () => embed.setAttribute('purpose', id), true);
          },
          written,
          purpose,
        );
        await here.click(`[data-act=${written}]`, { inShadowOf: 'avow-embed', ...kPatience });
        if (purpose === 'video') await runs(here, 'video');
        else {
          await unfair(here, 'stood'); // what was pressed is no longer there
          assert.deepEqual(await granted(here), []);
        }
      }
    });

    test('a declared notice that is not the build’s takes no yes', async (t) => {
      const site = await startSite(t);
      const [head, html] = ['head.html', 'inline.en.html'].map((file) => site.made(file));
      for (const [what, change] of [
        ['refuse is called accept', (all) => all.replace('data-act="refuse"', 'data-act="accept"')],
        [
          'refuse is accept while it is pressed',
          (all) => `<script>addEventListener('click', () => {
  const refuse = document.querySelector('avow-consent').shadowRoot.querySelector('[data-act=refuse]');
  refuse.dataset.act = 'accept';
  setTimeout(() => (refuse.dataset.act = 'refuse'));
}, true);</script>${all}`,
        ],
      ]) {
        site.change('/pages/hostile.html', served(`${kBare}${head}<body>${change(html)}`));
        assert.notEqual(change(html), html);
        const here = await visit(t, `${site.url}/pages/hostile.html`);
        await listen(here);
        await here.waitFor(() => globalThis.avow, kPatience); // it listens from then on
        // The control that says no, whatever it is called.
        await here.click('.answer', { inShadowOf: 'avow-consent', ...kPatience });
        // Where the core was quicker, its own notice stands there, and has taken the no.
        await here.waitFor(
          () => globalThis.told.some((one) => one.includes('notice-unfair')) || !avow.choices.ask,
          kPatience,
        );
        assert.deepEqual(await granted(here), [], what);
      }
    });

    test('a host’s own control in a frame of another origin grants nothing', async (t) => {
      const { here } = await framed(
        t,
        visit,
        `<script type="module" src="/avow/avow.js"></script>
<button style="position:fixed;inset:0;width:100%" onclick="avow.grant('video', event).then(
  (all) => parent.postMessage({ all }, '*'), ({ code, where }) => parent.postMessage({ code, where }, '*'))">
OK</button>`,
        'width:300px;height:300px;opacity:.02',
      );
      // Above the frame's own notice, which may be there by now or not.
      for (let tries = 0; tries < 40; tries++) {
        await here.clickAt(150, 20);
        if (await here.evaluate(() => globalThis.heard.length > 0)) break;
        await sleep(300);
      }
      assert.deepEqual(await here.waitFor(() => globalThis.heard[0], kPatience), {
        code: 'notice-unfair',
        where: '/press/framed',
      });
    });

    test('a script that opens the erasure leaves the keyboard on nothing that erases', async (t) => {
      const site = await startSite(t);
      const here = await visit(t, `${site.url}/pages/host.html`);
      await press(here, 'accept');
      await site.arrived(1);
      await here.evaluate(() => avow.erase());
      await shows(here, 'yours');
      assert.equal(
        await here.evaluate(
          () => document.querySelector('avow-consent').shadowRoot.activeElement.localName,
        ),
        'summary',
      );
      for (const key of ['Enter', 'Space']) await here.key(key);
      await sleep(300);
      assert.notEqual((await here.evaluate(() => avow.choices)).delivery, 'erased');
      assert.equal((await site.collector.exported()).length, 1);
    });
  }

  for (const [how, opacity] of [
    ['that hides it', 0.01],
    ['that shows it', 1],
  ]) {
    test(`in a frame of another origin, ${how}, a yes needs the browser’s word`, async (t) => {
      // What the framed page's console is told, and where its accept stands, goes to the top.
      const { site, here } = await framed(
        t,
        visit,
        `<script>
const { error } = console;
console.error = (...words) => (parent.postMessage({ told: words.join(' ') }, '*'), error(...words));
document.addEventListener('avow-change', ({ detail }) => parent.postMessage({ detail }, '*'));
(function find() {
  const accept = document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-act=accept]');
  setTimeout(find, 50); // the frame may get its size late
  if (!accept) return;
  const { x, y, width, height } = accept.getBoundingClientRect();
  parent.postMessage({ accept: [x + width / 2, y + height / 2] }, '*');
})();
</script><script type="module" src="/avow/avow.js"></script><p>Framed.`,
        `width:100vw;height:100vh;opacity:${opacity}`,
      );
      const heard = (wanted) =>
        here.waitFor((name) => globalThis.heard.findLast((one) => name in one)?.[name], {
          ...kPatience,
          args: [wanted],
        });
      const clickAccept = async () => here.clickAt(...(await heard('accept')));
      // A browser takes no press on a frame that it has not painted yet.
      const told = () =>
        here.evaluate(() => globalThis.heard.findLast((one) => 'told' in one)?.told);
      for (let tries = 0; tries < 40 && !(await told()); tries++) {
        await clickAccept();
        await sleep(300);
      }
      // Whatever came before the core was there to look.
      assert.match(await heard('told'), /notice-unfair.*framed/);
      if (name !== 'chromium' || opacity < 1) return;
      // Chromium says that it was seen, once it has looked.
      let granted = false;
      for (let tries = 0; !granted; tries++) {
        assert.ok(tries < 40, 'Chromium never says that the notice was seen');
        await clickAccept();
        await sleep(300); // visitors pause, and Chromium looks ten times a second at most
        granted = await here.evaluate(() =>
          globalThis.heard.some(({ detail }) => detail?.granted.includes('analytics')),
        );
      }
      await site.arrived(1);
      const [{ payload }] = await site.opened();
      assert.equal(payload.press.stood.framed, 'seen');
    });
  }
});
