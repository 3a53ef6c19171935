// The notice as the visitor's settings want it: printed, in forced colours, with more contrast,
// with less motion.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { announceLonger, kBefore } from './changing.mjs';
import { inEachEngine, kPatience, press, reaches, shows } from './notice.mjs';
import { rests } from './rests.mjs';
import { startSite } from './site.mjs';

const hosts = 'avow-consent,avow-embed,avow-announcement';

/** What of ours is displayed, by class. */
const displayed = (of) =>
  [...document.querySelectorAll(of)].flatMap((host) =>
    [...host.shadowRoot.querySelectorAll('.banner,.door,.sheet,.frame,.card,.whole')]
      .filter((one) => one.checkVisibility())
      .map((one) => one.classList[0]),
  );

/** Controls that cannot be told from text: no border, no line under their words, no mark. */
const edgeless = (of) =>
  [...document.querySelectorAll(of)]
    .flatMap((host) => [
      ...host.shadowRoot.querySelectorAll('button,input,textarea,.door output:not(:empty)'),
    ])
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const style = getComputedStyle(one);
      const border =
        style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) >= 1;
      const own = one.matches('input') && style.appearance !== 'none';
      const link = style.textDecorationLine === 'underline' && one.textContent;
      return !border && !own && !link && !one.querySelector('svg') && !one.matches('.close');
    })
    .map((one) => one.dataset.act ?? one.name ?? one.dataset.purpose);

/** Texts of less than 7:1 against what is behind them (WCAG 2.2, 1.4.6). */
const faint = (of) => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  /** The luminance of colours laid over one another. */
  const light = (...colors) => {
    for (const color of colors) {
      pixel.fillStyle = color;
      pixel.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const behind = (one) => {
    const all = [];
    for (let at = one; at; at = at.parentElement) all.unshift(getComputedStyle(at).backgroundColor);
    return ['white', ...all];
  };
  return [...document.querySelectorAll(of)].flatMap((host) =>
    [...host.shadowRoot.querySelectorAll('p,dt,dd,li,b,h2,h3,button,a,label')]
      .filter((one) => one.checkVisibility() && one.textContent.trim())
      .filter((one) => {
        const under = behind(one);
        const [a, b] = [light(...under, getComputedStyle(one).color), light(...under)];
        return Math.max(a, b) / Math.min(a, b) < 7;
      })
      .map((one) => `${one.localName}: ${one.textContent.trim().slice(0, 40)}`),
  );
};
/** What is told apart by an edge alone, where the edge has less than 4.5:1. */
const dim = (of) => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const light = (color) => {
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return [...document.querySelectorAll(of)]
    .flatMap((host) => [
      ...host.shadowRoot.querySelectorAll('.banner,.door,.sheet,.frame,.card,.whole,.purposes'),
    ])
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const { borderTopColor, backgroundColor } = getComputedStyle(one);
      const under = backgroundColor === 'rgba(0, 0, 0, 0)' ? one.closest('.sheet') : one;
      const paper = light(getComputedStyle(under).backgroundColor);
      const edge = light(borderTopColor);
      return Math.max(edge, paper) / Math.min(edge, paper) < 4.5;
    })
    .map((one) => one.className);
};
/** Grounds that something else shines through. */
const seeThrough = (of) => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const alpha = (color) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return pixel.getImageData(0, 0, 1, 1).data[3];
  };
  return [...document.querySelectorAll(of)]
    .flatMap((host) => [...host.shadowRoot.querySelectorAll('*')])
    .filter((one) => one.checkVisibility())
    .flatMap((one) => [
      [one.className || one.localName, getComputedStyle(one).backgroundColor],
      ...(one.matches('dialog[open]')
        ? [['backdrop', getComputedStyle(one, '::backdrop').backgroundColor]]
        : []),
    ])
    .filter(([, color]) => alpha(color) % 255 !== 0)
    .map(([name]) => name);
};
const moving = (of) =>
  [...document.querySelectorAll(of)]
    .flatMap((host) => [host, ...host.shadowRoot.querySelectorAll('*')])
    .filter((one) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(one);
      const long = (times) => times.split(',').some((time) => Number.parseFloat(time) > 0);
      return (animationName !== 'none' && long(animationDuration)) || long(transitionDuration);
    })
    .map((one) => one.className || one.localName);

inEachEngine(({ name, visit }) => {
  // The settings are the browser's to emulate, and one of them can.
  if (name !== 'chromium') return;

  /** Each of ours in turn, as a visitor comes to it. */
  async function eachView(t, look) {
    const site = await startSite(t);
    const policy = announceLonger(site);
    policy.on(kBefore);
    const page = await visit(t, `${site.url}/en/`);
    const seen = async (view) => {
      await rests(page);
      await look(page, view);
    };
    await shows(page, 'first');
    await page.waitFor(
      () => document.querySelector('avow-embed').shadowRoot.querySelector('.frame'),
      kPatience,
    );
    await seen('first');
    await press(page, 'choose');
    await shows(page, 'choices');
    await seen('choices');
    await press(page, 'close');
    await shows(page, 'first');
    await press(page, 'refuse');
    await reaches(page, 'delivered');
    await page.waitFor(
      () => document.querySelector('avow-consent').shadowRoot.querySelector('output').textContent,
      kPatience,
    );
    await seen('door');
    await press(page, 'open');
    await shows(page, 'yours');
    await seen('yours');
    await page.goto(`${site.url}/en/`);
    await page.waitFor(() => document.querySelector('avow-announcement')?.isConnected, kPatience);
    await seen('card');
    await page.click('[data-act=whole]', { inShadowOf: 'avow-announcement', ...kPatience });
    await seen('whole');
  }

  test('what is printed is the page', async (t) => {
    const views = [];
    await eachView(t, async (page, view) => {
      const before = await page.evaluate(displayed, hosts);
      assert.ok(before.length > 0, view);
      views.push(...before);
      await page.emulate({ media: 'print' });
      assert.deepEqual(await page.evaluate(displayed, hosts), [], view);
      await page.emulate({});
    });
    assert.deepEqual([...new Set(views)].sort(), [
      ...['banner', 'card', 'door', 'frame', 'sheet', 'whole'],
    ]);
  });

  test('in forced colours every control has an edge', async (t) => {
    await eachView(t, async (page, view) => {
      await page.emulate({ 'forced-colors': 'active' });
      assert.deepEqual(await page.evaluate(edgeless, hosts), [], view);
      await page.emulate({});
    });
  });

  test('with more contrast text has 7:1 and edges 4.5:1; with less motion nothing moves', async (t) => {
    let moved = 0;
    await eachView(t, async (page, view) => {
      moved += (await page.evaluate(moving, hosts)).length;
      await page.emulate({ 'prefers-contrast': 'more', 'prefers-reduced-motion': 'reduce' });
      assert.deepEqual(await page.evaluate(faint, hosts), [], view);
      assert.deepEqual(await page.evaluate(dim, hosts), [], view);
      assert.deepEqual(await page.evaluate(moving, hosts), [], view);
      await page.emulate({});
    });
    assert.ok(moved > 0, 'something does move for who has not asked for less');
  });

  test('with less transparency nothing shines through', async (t) => {
    let through = 0;
    await eachView(t, async (page, view) => {
      through += (await page.evaluate(seeThrough, hosts)).length;
      await page.emulate({ 'prefers-reduced-transparency': 'reduce' });
      assert.deepEqual(await page.evaluate(seeThrough, hosts), [], view);
      await page.emulate({});
    });
    assert.ok(through > 0, 'something shines through for who has not asked for less');
  });
});
