// How the notice stands on the screen at the moment it is pressed. Measured here, judged by the
// core (core/consent/fair.h), which grants nothing through a notice that was not to be seen.

import type { Stood } from '../consent/wire.js';
import { dom } from './dom.js';

/** Relative luminance (WCAG 2.2) of what `getComputedStyle` calls rgb(…); NaN of anything else. */
function luminance(colour: string): number {
  const [red = NaN, green = NaN, blue = NaN] = (/^rgba?\((.*)\)/.exec(colour)?.[1] ?? '')
    .split(',')
    .map((part) => (Number(part) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
}

/** Whether a page of another origin stands around this one. */
function framed(): boolean {
  try {
    for (let page: Window = window; page !== page.parent; page = page.parent)
      void page.parent.document;
    return false;
  } catch {
    return true;
  }
}

/** Filters that can hide; grey days of mourning and dark modes have others. */
const HIDES = /opacity|blur|url|(brightness|contrast)\(0?(\.[0-4]|\))/;

/** What is left of an element through everything that it stands in. */
function opacity(element: Element | undefined): number {
  if (!element) return 1;
  const { filter, maskImage, mixBlendMode, opacity: own } = getComputedStyle(element);
  const around = element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  const plain = maskImage === 'none' && mixBlendMode === 'normal' && !HIDES.test(filter);
  return (plain ? Number(own) : 0) * opacity(around);
}

/** Points of a control, across and down in tenths of its box: the middle, and near each corner. */
const POINTS = [
  [5, 5],
  [2, 2],
  [8, 2],
  [2, 8],
  [8, 8],
] as const;

/** Figures of `control`, which the core rendered, and of the answers beside it. */
export function stood(control: Element): Stood {
  const root = control.getRootNode() as ShadowRoot;
  const pair = [...root.querySelectorAll('[data-act=accept],[data-act=refuse]')];
  const boxes = [...new Set([...pair, control])].map((one) => ({
    one,
    box: one.getBoundingClientRect(),
  }));
  const least = (figure: (one: Element, box: DOMRect) => number) =>
    Math.floor(Math.min(...boxes.map(({ one, box }) => figure(one, box)))) || 0;
  const areas = boxes.slice(0, pair.length).map(({ box }) => box.width * box.height);
  // What takes no presses is not found at a point; in the top layer it may lie over everything.
  const over = [...dom.querySelectorAll(':popover-open,:modal,:fullscreen')].some((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return (
      getComputedStyle(one).pointerEvents === 'none' &&
      !one.contains(root.host) &&
      boxes.some(({ box: { x, y } }) => left <= x && x <= right && top <= y && y <= bottom)
    );
  });
  return {
    alike: pair.length ? Math.floor((100 * Math.min(...areas)) / Math.max(...areas)) || 0 : 100,
    clear: over ? 0 : 100,
    contrast: least((one) => {
      const { color, backgroundColor } = getComputedStyle(one);
      const [low, high] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
      return (100 * high!) / low!;
    }),
    height: least((_, { height }) => Math.min(height, 9_999)),
    opacity: Math.floor(100 * opacity(control)),
    reached: least(
      (one, { x, y, width, height }) =>
        POINTS.filter(([across, down]) =>
          one.contains(root.elementFromPoint(x + (width * across) / 10, y + (height * down) / 10)),
        ).length * 20,
    ),
    framed: framed() ? 'unseen' : 'none',
  };
}
