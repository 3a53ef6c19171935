// How the notice stands on the screen at the moment it is pressed. Measured here, judged by the
// core (core/consent/fair.h), which grants nothing through a notice that was not to be seen.

import type { Stood } from '../consent/wire.js';
import { dom } from './dom.js';
import { framed } from './framed.js';

/** Red, green, blue from 0 to 255; from 0 to 1, how much it hides of what is behind it. */
type Colour = readonly [number, number, number, number];

let canvas: OffscreenCanvasRenderingContext2D | null | undefined;

/** What `getComputedStyle` says of a colour, in any space; NaN where it cannot be told. */
function colour(text: string): Colour {
  const [red = NaN, green = NaN, blue = NaN, alpha = 1] = (/^rgba?\((.*)\)/.exec(text)?.[1] ?? '')
    .split(',')
    .map(Number);
  if (blue >= 0) return [red, green, blue, alpha];
  canvas ??= globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('2d');
  if (!canvas) return [NaN, NaN, NaN, 1];
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data as unknown as Colour;
  return [r, g, b, a / 255];
}

/** A colour over another. */
const over = ([r, g, b, a]: Colour, [r2, g2, b2, a2]: Colour): Colour => {
  const all = a + (1 - a) * a2;
  const mixed = (front: number, back: number) => (a * front + (1 - a) * a2 * back) / (all || 1);
  return [mixed(r, r2), mixed(g, g2), mixed(b, b2), all];
};

/** Relative luminance (WCAG 2.2), and the 0.05 that its contrast adds. */
const luminance = ([red, green, blue]: Colour): number => {
  const [r, g, b] = [red, green, blue].map((part) => (part / 255) ** 2.2) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
};

/** What fills an element, with what shows through it, as far as the notice itself reaches. */
function fill(element: Element | null): Colour {
  const own = element && colour(getComputedStyle(element).backgroundColor);
  if (!own || own[3] === 1) return own ?? [0, 0, 0, 0];
  return over(own, fill(element.parentElement));
}

/** The contrast of an element's words in hundredths; 100 where there are none to be read. */
function contrast(element: Element): number {
  const words = dom.createRange();
  words.selectNodeContents(element);
  // Smaller than any that can be read.
  if (words.getBoundingClientRect().height < 8) return 100;
  const { webkitTextFillColor, color } = getComputedStyle(element);
  const ink = colour(webkitTextFillColor || color);
  // Through what is see-through, the page may show anything from black to white.
  const worst = [0, 255].map((page) => {
    const ground = over(fill(element), [page, page, page, 1]);
    const [low, high] = [luminance(ground), luminance(over(ink, ground))].sort((a, b) => a - b);
    return high! / low!;
  });
  return 100 * Math.min(...worst);
}

/** Filters that can hide; grey days of mourning and dark modes have others. */
const HIDES =
  /opacity|blur|url|(brightness|contrast)\((0?\.[0-4]|0\)|[2-9]|\d\d)|invert\(0?\.[2-8]/;

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

const GONE: Stood = {
  alike: 0,
  clear: 0,
  contrast: 0,
  height: 0,
  opacity: 0,
  reached: 0,
  framed: 'none',
};

type Point = readonly [x: number, y: number];
const pointsOf = ({ x, y, width, height }: DOMRect): Point[] =>
  POINTS.map(([across, down]) => [x + (width * across) / 10, y + (height * down) / 10]);

/** Whether a point lies under what an element of the top layer shows where it takes no presses. */
function veils(one: Element): (point: Point) => boolean {
  // The backdrop of a popover takes none; that of a modal does.
  const { backgroundColor, backgroundImage } = getComputedStyle(one, '::backdrop');
  if (!one.matches(':modal') && (backgroundImage !== 'none' || colour(backgroundColor)[3] > 0.1))
    return () => true;
  const parts = [one, ...one.querySelectorAll('*')].flatMap((part) => {
    const { pointerEvents, boxShadow } = getComputedStyle(part);
    // A shadow that is more than an ornament.
    const wide = Math.max(...(boxShadow.match(/\d+(?=px)/g) ?? []).map(Number));
    const reach = wide > 99 ? wide : 0;
    return reach || pointerEvents === 'none' ? [{ reach, box: part.getBoundingClientRect() }] : [];
  });
  return ([x, y]) =>
    parts.some(
      ({ reach, box: { left, right, top, bottom } }) =>
        left - reach <= x && x <= right + reach && top - reach <= y && y <= bottom + reach,
    );
}

/**
 * Figures of `control`, which the core rendered, and of the answers beside it. `made`: the notice
 * as the build has it, where the page's own HTML declares the one that stands.
 */
export function stood(control: Element, made?: Element | null): Stood {
  if (!control.isConnected) return GONE; // something put another in its place meanwhile
  const root = control.getRootNode() as ShadowRoot;
  const around = root.host.getRootNode() as Document | ShadowRoot;
  const pair = [...root.querySelectorAll('[data-act=accept],[data-act=refuse]')];
  const boxes = [...new Set([...pair, control])].map((one) => ({
    one,
    box: one.getBoundingClientRect(),
  }));
  const least = (figure: (one: Element, box: DOMRect) => number) =>
    Math.floor(Math.min(...boxes.map(({ one, box }) => figure(one, box)))) || 0;
  const areas = boxes.slice(0, pair.length).map(({ box }) => box.width * box.height);
  const layer = control.closest('[data-layer]')!;
  // What is asked, where it stands beside the answers.
  const question = root.querySelector('[data-layer=first] [part=text]');
  const over = [...dom.querySelectorAll(':popover-open,:modal,:fullscreen')]
    .filter((one) => !one.contains(root.host))
    .map(veils);
  const clear =
    (!made || root.host.localName !== 'avow-consent' || made.isEqualNode(layer)) &&
    boxes.every(
      ({ box }) => pointsOf(box).filter((point) => over.some((veil) => veil(point))).length < 3,
    );
  return {
    alike: pair.length ? Math.floor((100 * Math.min(...areas)) / Math.max(...areas)) || 0 : 100,
    clear: clear ? 100 : 0,
    contrast: Math.min(least(contrast), Math.floor(question ? contrast(question) : 2_100) || 2_100),
    height: least((_, { height }) => Math.min(height, 9_999)),
    opacity: Math.floor(100 * Math.min(opacity(control), question ? opacity(question) : 1)),
    reached: least(
      (one, box) =>
        pointsOf(box).filter(
          (point) =>
            // Firefox asked within the root alone does not see what lies over the host.
            around.elementFromPoint(...point) === root.host &&
            one.contains(root.elementFromPoint(...point)),
        ).length * 20,
    ),
    framed: framed() ? 'unseen' : 'none',
  };
}
