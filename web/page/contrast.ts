// Whether words can be read: what they and what is behind them are painted with.

import { dom } from './dom.js';

/** Red, green, blue from 0 to 255; from 0 to 1, how much it hides of what is behind it. */
type Colour = readonly [number, number, number, number];

/** Pixels; words that are smaller cannot be read. */
export const LEAST = 8;

const UNKNOWN: Colour = [NaN, NaN, NaN, 1];
const CANARY = '#123456';

let canvas: OffscreenCanvasRenderingContext2D | null | undefined;

/** What a colour is painted as by a canvas of one pixel. */
function pixel(on: OffscreenCanvasRenderingContext2D, text: string): Colour {
  on.fillStyle = text;
  on.clearRect(0, 0, 1, 1);
  on.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = on.getImageData(0, 0, 1, 1).data as unknown as Colour;
  return [red, green, blue, alpha / 255];
}

/** A canvas that tells what it has painted: browsers that hide who one is tell something else. */
function honest(): OffscreenCanvasRenderingContext2D | null {
  const made = globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('2d');
  return made && pixel(made, CANARY).join() === '18,52,86,1' ? made : null;
}

/** What a colour of any space is painted as. */
function painted(text: string): Colour {
  if (canvas === undefined) canvas = honest();
  if (!canvas) return UNKNOWN;
  canvas.fillStyle = CANARY;
  canvas.fillStyle = text; // stays as it was where the browser knows no such colour
  return canvas.fillStyle === CANARY && text !== CANARY ? UNKNOWN : pixel(canvas, text);
}

/** What `getComputedStyle` says of a colour, in any space; NaN where it cannot be told. */
export function colour(text: string): Colour {
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

const linear = (part: number) => (part / 255) ** 2.2;
/** Relative luminance (WCAG 2.2), and the 0.05 that its contrast adds. */
const luminance = ([red, green, blue]: Colour): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05;

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
  const stops = backgroundImage.match(/rgba?\([^)]*\)/g);
  if (!stops || backgroundImage.includes('url(')) return [UNKNOWN];
  return stops.flatMap((stop) => under.map((one) => over(colour(stop), one)));
}

/** Where an element's words stand. */
export function wordsOf(element: Element): DOMRect {
  const words = dom.createRange();
  words.selectNodeContents(element);
  return words.getBoundingClientRect();
}

/** The contrast of an element's words in hundredths; 100 where there are none to be read. */
export function contrast(element: HTMLElement): number {
  const style = getComputedStyle(element) as CSSStyleDeclaration & { webkitTextSecurity?: string };
  const { webkitTextFillColor, color, webkitTextStrokeWidth, webkitTextSecurity = 'none' } = style;
  const box = element.getBoundingClientRect();
  const words = wordsOf(element);
  if (
    words.height < LEAST ||
    // Lines laid over each other or cut off, letters pressed together.
    element.scrollHeight > element.clientHeight + LEAST ||
    box.width < element.offsetWidth / 2 ||
    // Dots, or smears, in the place of letters; or all of it beside the point.
    webkitTextSecurity !== 'none' ||
    parseFloat(webkitTextStrokeWidth) > 1 ||
    words.right < box.left + LEAST ||
    words.left > box.right - LEAST ||
    words.width > box.width + 99
  )
    return 100;
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
