// <iframe data-avow data-avow-src>, for pages that keep their frames: each has an <avow-embed>
// after it, in its box. The frame itself stays empty for ever: on Back, browsers load again what a
// frame of the page's HTML once had.

import { dom } from '../../page/dom.js';
import { FRAMES, PASSED } from './frame.js';
import type { Gate } from './gate.js';
import type { Tell } from './marked.js';

/**
 * What says nothing of how a frame stands among its neighbours, or says it a second time. A poster
 * that a page lays behind its placeholders stays as the page lays it.
 */
const NOT_ITS_BOX =
  /^(-|display|contain|background|width$|height$)|inline|block|origin|image|content/;

/**
 * Ends what a frame loads, and what it has loaded. Sent elsewhere in the middle of it, a frame can
 * keep its page loading for ever in Chromium: it is stopped first, and then may be empty already.
 */
function leave(frame: Window | null): void {
  try {
    frame!.stop();
    if (frame!.location.href === 'about:blank') return;
  } catch {
    // somebody else's document, which has arrived
  }
  frame?.location.replace('about:blank');
}

/** What it gives is to be called after each change of page or grants. */
export function start(gate: Gate, tell: Tell): () => void {
  // Important rules in a layer win over those that are in none; and no attribute of the page's own
  // element is changed.
  const hides = new CSSStyleSheet();
  hides.replaceSync(`@layer{${FRAMES}[data-avow-src]{display:none!important}}`);
  const embeds = new Map<HTMLIFrameElement, { embed: HTMLElement; again: () => void }>();

  function place(frame: HTMLIFrameElement, embed: HTMLElement): void {
    hides.disabled = true; // for a moment that nobody sees
    const { display } = getComputedStyle(frame);
    hides.disabled = false;
    // Of what is not displayed, the style is told as it was written, percentages and all. What an
    // ordinary element has as well needs no words.
    embed.style.cssText = `display:${display === 'inline' ? 'inline-block' : display}`;
    const [theirs, ours] = [getComputedStyle(frame), getComputedStyle(embed)];
    const css = [...theirs]
      .filter((name) => !NOT_ITS_BOX.test(name))
      .map((name) => [name, theirs.getPropertyValue(name)])
      .filter(([name, value]) => ours.getPropertyValue(name!) !== value);
    const { width, height, aspectRatio } = theirs;
    const ratio = aspectRatio !== 'auto';
    // A frame has a size of its own, where an ordinary element would stretch or fold.
    css.push(['width', width === 'auto' && !(ratio && height !== 'auto') ? '300px' : width]);
    css.push(['height', height === 'auto' && !ratio ? '150px' : height]);
    for (const [name, value] of css) embed.style.setProperty(name!, value!);
  }

  /** What it loads, and how. */
  function pass(frame: HTMLIFrameElement, embed: HTMLElement): void {
    embed.hidden = frame.hidden;
    const passed = { purpose: frame.dataset['avow'], src: frame.dataset['avowSrc'] };
    for (const [name, value] of [
      ...Object.entries(passed),
      ...['title', ...PASSED].map((name) => [name, frame.getAttribute(name)] as const),
    ])
      if (value == null) embed.removeAttribute(name);
      else if (embed.getAttribute(name) !== value) embed.setAttribute(name, value);
  }

  function add(frame: HTMLIFrameElement): void {
    const embed = dom.createElement('avow-embed');
    embed.setAttribute('beside', '');
    const again = () => {
      pass(frame, embed);
      place(frame, embed);
    };
    pass(frame, embed);
    frame.after(embed);
    place(frame, embed);
    embeds.set(frame, { embed, again });
    new MutationObserver(() => {
      empty(frame);
      again();
    }).observe(frame, { attributes: true });
  }

  /** Of a denied frame that has an address all the same, at least nothing stays. */
  function empty(frame: HTMLIFrameElement): void {
    if (gate.allows(frame.dataset['avow']!) && !frame.dataset['avowSrc']) return;
    let blank = !frame.getAttribute('src');
    try {
      blank &&= frame.contentWindow!.location.href === 'about:blank';
    } catch {
      blank = false; // somebody else's document
    }
    if (blank || emptied.get(frame) === frame.getAttribute('src')) return;
    emptied.set(frame, frame.getAttribute('src'));
    leave(frame.contentWindow);
    tell(frame, 'has a src, which it loads before anybody is asked: data-avow-src is gated.');
  }
  const emptied = new WeakMap<HTMLIFrameElement, string | null>();

  function look(): void {
    const sheets = dom.adoptedStyleSheets;
    if (!sheets.includes(hides)) sheets.push(hides);
    for (const [frame, { embed }] of embeds) {
      if (frame.isConnected && frame.matches('[data-avow-src]')) {
        // Moved, with what stood beside it left behind.
        if (frame.nextElementSibling !== embed) frame.after(embed);
        continue;
      }
      embed.remove();
      embeds.delete(frame);
    }
    const ours = new Set([...embeds.values()].map(({ embed }) => embed));
    // A copy of the page (Turbo's snapshots) brings copies of what stood beside its frames.
    for (const embed of dom.querySelectorAll<HTMLElement>('avow-embed[beside]'))
      if (!ours.has(embed)) embed.remove();
    for (const frame of dom.querySelectorAll<HTMLIFrameElement>(FRAMES)) {
      empty(frame);
      if (frame.dataset['avowSrc'] === undefined) {
        if (!frame.src) tell(frame, 'has no data-avow-src, and is not gated.');
        continue;
      }
      if (!embeds.has(frame)) add(frame);
    }
  }
  // A turned phone, another width of the window: other rules may hold for the frame.
  addEventListener('resize', () => embeds.forEach(({ again }) => again()));
  dom.addEventListener(
    'load',
    ({ target }) => {
      if ((target as Element).matches?.(FRAMES)) {
        emptied.delete(target as HTMLIFrameElement);
        look();
      }
    },
    true,
  );
  return look;
}
