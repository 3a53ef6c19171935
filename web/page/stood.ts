// How the notice stands on the screen at the moment it is pressed. Measured here, judged by the
// core (core/consent/fair.h), which grants nothing through a notice that was not to be seen.

import type { Stood } from '../consent/wire.js';
import { dom } from './dom.js';
import { framed } from './framed.js';

/** Red, green, blue from 0 to 255; from 0 to 1, how much it hides of what is behind it. */
type Colour = readonly [number, number, number, number];

const UNKNOWN: Colour = [NaN, NaN, NaN, 1];
const CANARY = '#123456';

let canvas: OffscreenCanvasRenderingContext2D | null | undefined;

/** What a colour of any space is painted as. */
function painted(text: string): Colour {
  canvas ??= globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('2d');
  if (!canvas) return UNKNOWN;
  canvas.fillStyle = CANARY;
  if (text !== CANARY) {
    // Browsers that hide who one is paint and tell something else.
    if (painted(CANARY).join() !== '18,52,86,1') return UNKNOWN;
    canvas.fillStyle = text;
    if (canvas.fillStyle === CANARY) return UNKNOWN; // it knows no such colour
  }
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data as unknown as Colour;
  return [red, green, blue, alpha / 255];
}

/** What `getComputedStyle` says of a colour, in any space; NaN where it cannot be told. */
function colour(text: string): Colour {
  const [red = NaN, green = NaN, blue = NaN, alpha = 1] = (/^rgba?\((.*)\)/.exec(text)?.[1] ?? '')
    .split(',')
    .map(Number);
  return blue >= 0 ? [red, green, blue, alpha] : painted(text);
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

/**
 * What may fill an element, with what shows through it, as far as the notice itself reaches: one
 * colour, or those of a gradient. A picture's cannot be told.
 */
function fills(element: Element | null): Colour[] {
  if (!element) return [[0, 0, 0, 0]];
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const plain = colour(backgroundColor);
  const under =
    plain[3] === 1 ? [plain] : fills(element.parentElement).map((one) => over(plain, one));
  if (backgroundImage === 'none') return under;
  const stops = backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
  if (stops.length === 0 || backgroundImage.includes('url(')) return [UNKNOWN];
  return stops.flatMap((stop) => under.map((one) => over(colour(stop), one)));
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
  const grounds = fills(element).flatMap((fill) =>
    [0, 255].map((page) => over(fill, [page, page, page, 1])),
  );
  const ratios = grounds.map((ground) => {
    const [low, high] = [luminance(ground), luminance(over(ink, ground))].sort((a, b) => a - b);
    return high! / low!;
  });
  return 100 * Math.min(...ratios);
}

/** Whether what is asked stands where it can be read: in its own box, and on the screen. */
function readable(question: Element): boolean {
  const words = dom.createRange();
  words.selectNodeContents(question);
  const { top, bottom, left, right } = words.getBoundingClientRect();
  const box = question.closest('[part=body]')!.getBoundingClientRect();
  const { clipPath, visibility } = getComputedStyle(question);
  return (
    clipPath === 'none' &&
    visibility === 'visible' &&
    Math.min(bottom, box.bottom, innerHeight) - Math.max(top, box.top, 0) >= 8 &&
    Math.min(right, box.right, innerWidth) - Math.max(left, box.left, 0) >= 8
  );
}

/** Filters of which little of a picture is left, whatever their figure. */
const HIDES = /opacity|blur|url/;

/** How much of the difference between light and dark some filters leave. */
const left = (filter: string): number =>
  [...filter.matchAll(/(contrast|brightness|invert)\(([\d.e+-]+)\)/g)].reduce(
    (all, [, name, figure]) =>
      all * Math.abs(name === 'invert' ? 1 - 2 * Number(figure) : Number(figure)),
    1,
  );

/** What is left of an element through everything that it stands in. */
function opacity(element: Element | undefined, light = 1): number {
  if (!element) return light < 0.5 || light > 3 ? 0 : 1;
  const { filter, maskImage, mixBlendMode, opacity: own } = getComputedStyle(element);
  const around = element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  const plain = (maskImage ?? 'none') === 'none' && mixBlendMode === 'normal';
  return (plain && !HIDES.test(filter) ? Number(own) : 0) * opacity(around, light * left(filter));
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

/** Whether an element, or its backdrop, paints anything. */
const paints = ({
  backgroundColor,
  backgroundImage,
  borderTopWidth,
  boxShadow,
}: CSSStyleDeclaration) =>
  colour(backgroundColor)[3] > 0.1 ||
  backgroundImage !== 'none' ||
  borderTopWidth !== '0px' ||
  boxShadow !== 'none';

/** Whether a point lies under what an element of the top layer shows where it takes no presses. */
function veils(one: Element): (point: Point) => boolean {
  // The backdrop of a popover takes none; that of a modal does.
  const backdrop = getComputedStyle(one, '::backdrop');
  const blurs = (backdrop.backdropFilter ?? 'none') !== 'none';
  if (!one.matches(':modal') && (paints(backdrop) || blurs)) return () => true;
  const parts = [one, ...one.querySelectorAll('*')].flatMap((part) => {
    const style = getComputedStyle(part);
    // A shadow or an outline that is more than an ornament.
    const outline = style.outlineStyle === 'none' ? '' : style.outlineWidth;
    const lengths = `${style.boxShadow} ${outline}`.match(/[\d.e+]+(?=px)/g) ?? [];
    const wide = Math.max(...lengths.map(Number));
    const reach = wide > 99 ? wide : 0;
    const seen = paints(style) || part.matches('img,svg,video,canvas,iframe,object,embed');
    return reach || (style.pointerEvents === 'none' && seen)
      ? [{ reach, box: part.getBoundingClientRect() }]
      : [];
  });
  return ([x, y]) =>
    parts.some(
      ({ reach, box: { left, right, top, bottom } }) =>
        left - reach <= x && x <= right + reach && top - reach <= y && y <= bottom + reach,
    );
}

/** What stands in the top layer; older browsers have no popovers. */
function above(): Element[] {
  try {
    return [...dom.querySelectorAll(':popover-open,:modal,:fullscreen')];
  } catch {
    return [];
  }
}

/** Whether the controls of two layers are the same, each in its place. */
const sameControls = (a: Element, b: Element): boolean => {
  const [one, other] = [a, b].map((layer) =>
    [...layer.querySelectorAll<HTMLElement>('[data-act]')].map(({ dataset }) => dataset['act']),
  );
  return String(one) === String(other);
};

/**
 * Figures of `control`, which the core rendered, and of the answers beside it. `made`: the notice
 * as the build has it, where the page's own HTML declares the one that stands, and `act` what the
 * control was taken for.
 */
export function stood(control: Element, act?: string, made?: Element | null): Stood {
  if (!control.isConnected) return GONE; // something put another in its place meanwhile
  const root = control.getRootNode() as ShadowRoot;
  const layer = control.closest('[data-layer]')!;
  if (made && root.host.localName === 'avow-consent') {
    // The same controls, and this one among them what it was taken for when it was pressed.
    const at = [...layer.querySelectorAll('[data-act]')].indexOf(control);
    const there = made.querySelectorAll<HTMLElement>('[data-act]')[at]?.dataset['act'];
    if (!sameControls(made, layer) || there !== act) return GONE;
  }
  const around = root.host.getRootNode() as Document | ShadowRoot;
  const pair = [...root.querySelectorAll('[data-act=accept],[data-act=refuse]')];
  const boxes = [...new Set([...pair, control])].map((one) => ({
    one,
    box: one.getBoundingClientRect(),
  }));
  const least = (figure: (one: Element, box: DOMRect) => number) =>
    Math.floor(Math.min(...boxes.map(({ one, box }) => figure(one, box)))) || 0;
  const areas = boxes.slice(0, pair.length).map(({ box }) => box.width * box.height);
  // What is asked, where it stands beside the answers.
  const question = root.querySelector(
    '[data-layer=first] [part=text],[data-layer=choices] .body>p',
  );
  const over = above()
    .filter((one) => !one.contains(root.host))
    .map(veils);
  const clear = boxes.every(
    ({ box }) => pointsOf(box).filter((point) => over.some((veil) => veil(point))).length < 3,
  );
  const scrolls = layer?.getAttribute('data-layer') !== 'first';
  const words = question && (scrolls || readable(question) ? contrast(question) : 100);
  return {
    alike: pair.length ? Math.floor((100 * Math.min(...areas)) / Math.max(...areas)) || 0 : 100,
    clear: clear ? 100 : 0,
    contrast: Math.min(least(contrast), Math.floor(words ?? 2_100) || 2_100),
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
