// What lies over the notice and takes no presses, so that no point tells of it: in the top layer,
// where the notice stands.

import { colour } from './contrast.js';
import { dom } from './dom.js';

export type Point = readonly [x: number, y: number];

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
function topLayer(): Element[] {
  try {
    return [...dom.querySelectorAll(':popover-open,:modal,:fullscreen')];
  } catch {
    return [];
  }
}

/** Whether a point lies under something of the top layer that `host` does not stand in. */
export function veiled(host: Element): (point: Point) => boolean {
  const all = topLayer()
    .filter((one) => !one.contains(host))
    .map(veils);
  return (point) => all.some((veil) => veil(point));
}
