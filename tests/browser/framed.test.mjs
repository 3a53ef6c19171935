// A page of the site in a frame: of another origin, where only the browser can say what was seen,
// and of the site itself, where the page around it asks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inEachEngine, kPatience } from './notice.mjs';
import { said, startSite } from './site.mjs';

const html = (body) => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>framed</title>
<style>body{margin:0}iframe{position:fixed;inset:0;width:100vw;height:100vh;border:0}</style>
<body>${body}`,
});
const kTag = '<script type="module" src="/avow/avow.js"></script>';

/** Goes to the top, ten times a second: `state()` of the framed page, and where controls stand. */
const reports = (state) => `<script>
const where = (selector) => {
  for (const host of document.querySelectorAll('avow-consent,avow-embed')) {
    const { x, y, width, height } = host.shadowRoot?.querySelector(selector)?.getBoundingClientRect() ?? {};
    if (width) return [x + width / 2, y + height / 2];
  }
};
setInterval(() => top.postMessage((${state})(), '*'), 100);
</script>`;

/** A page of another origin around `body`, a page of the site; `frames` are more of its pages. */
async function inAnother(t, visit, body, { policy, frames = {} } = {}) {
  const site = await startSite(t, { policy });
  const around = await startSite(t);
  site.change('/pages/framed.html', html(body));
  for (const [name, inside] of Object.entries(frames)) site.change(`/pages/${name}`, html(inside));
  around.change(
    '/pages/around.html',
    html(`<script>addEventListener('message', ({ data }) => (globalThis.heard = data));</script>
<iframe src="${site.url}/pages/framed.html"></iframe>`),
  );
  const here = await visit(t, `${around.url}/pages/around.html`);
  /** Waits for what the framed page says of itself. */
  const hears = (isSo, ...args) => here.waitFor(isSo, { ...kPatience, args });
  /** Presses what stands at `name` until the framed page says so: the first press may be lost. */
  const pressUntil = async (name, isSo) => {
    for (let tries = 0; ; tries++) {
      assert.ok(tries < 10, `pressing ${name} comes to nothing`);
      const at = await hears((wanted) => globalThis.heard?.[wanted], name);
      await sleep(300); // visitors pause, and Chromium looks ten times a second at most
      await here.clickAt(...at);
      // A second press would land on what the first one brings.
      if (await here.waitFor(isSo, { timeout: 3_000 }).catch(() => false)) return;
    }
  };
  return { site, here, hears, pressUntil };
}

const kPlaceholder = `${reports(`() => {
  const root = document.querySelector('avow-consent')?.shadowRoot;
  const box = root?.querySelector('input[data-purpose=video]');
  return {
    layer: root?.querySelector('[data-layer]')?.dataset.layer,
    unfolded: box?.closest('.purpose').querySelector('details').open,
    focused: Boolean(box) && root.activeElement === box,
    ticked: box?.checked,
    granted: globalThis.avow?.choices.granted.includes('video'),
    shown: Boolean(document.querySelector('avow-embed')?.frame),
    frame: where('[data-act=frame]'), once: where('[data-act=show-once]'),
    box: where('input[data-purpose=video]'), save: where('[data-act=save]'),
  };
}`)}${kTag}
<avow-embed purpose="video" src="/hits/video.html" title="A film" width="400" height="300"></avow-embed>`;

inEachEngine(({ name, visit }) => {
  for (const control of ['frame', 'once'])
    test(`a placeholder in a frame of another origin leads to its choice: ${control}`, async (t) => {
      const { site, hears, pressUntil } = await inAnother(t, visit, kPlaceholder);
      await pressUntil(control, () => globalThis.heard.layer === 'choices');
      const { granted, shown } = await hears(
        () => globalThis.heard.unfolded && globalThis.heard.focused && globalThis.heard,
      );
      assert.deepEqual([granted, shown], [false, false], 'nobody says that it was seen');
      assert.deepEqual(site.hits(), {});
      // There the browser says it, where it can.
      await pressUntil('box', () => globalThis.heard.ticked);
      if (name !== 'chromium') return;
      await pressUntil('save', () => globalThis.heard.granted);
      await hears(() => globalThis.heard.shown);
      const [{ payload }] = await site.arrived(1);
      assert.deepEqual([payload.press.stood.framed, said(payload).yes], ['seen', ['video']]);
    });

  test('a placeholder in a frame grants by itself where the policy says so', async (t) => {
    const policy = (authored) => {
      authored.framed = 'allow';
    };
    const { site, pressUntil } = await inAnother(t, visit, kPlaceholder, { policy });
    await pressUntil('frame', () => globalThis.heard.granted);
    const [{ payload }] = await site.arrived(1);
    assert.deepEqual([payload.press.layer, said(payload).yes], ['frame', ['video']]);
  });

  test('a page of the site in one of the site asks nothing, within a foreign frame too', async (t) => {
    // What the innermost page has, by the one around it: the two are of one origin.
    const inner = `${kTag}<script>
setInterval(() => {
  const root = document.querySelector('avow-consent')?.shadowRoot;
  parent.inner = root && globalThis.avow
    ? { banner: Boolean(root.querySelector('.banner')), granted: avow.choices.granted } : null;
}, 50);</script><p>Inner`;
    const outer = `${reports(`() => ({
      asks: Boolean(where('.banner [data-act=accept]')), inner: globalThis.inner,
      accept: where('[data-act=accept]'), granted: globalThis.avow?.choices.granted,
    })`)}${kTag}<iframe src="/pages/inner.html"></iframe>`;
    const { hears, pressUntil } = await inAnother(t, visit, outer, {
      policy: (authored) => {
        authored.framed = 'allow';
      },
      frames: { 'inner.html': inner },
    });
    await hears(() => globalThis.heard?.asks && globalThis.heard.inner?.banner === false);
    await pressUntil('accept', () => globalThis.heard.granted.includes('analytics'));
    await hears(() => globalThis.heard.inner.granted.includes('analytics'));
  });
});
