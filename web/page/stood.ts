// How the notice stands on the screen at a moment. Measured here, judged by the core
// (core/consent/fair.h), which grants nothing through a notice that was not to be seen.

import type { Stood } from '../consent/wire.js';
import { contrast, LEAST, wordsOf } from './contrast.js';
import { framed } from './framed.js';
import { veiled, type Point } from './veils.js';

/** Whether this is the topmost at a point. */
function topmost(one: Element, point: Point): boolean {
  const root = one.getRootNode() as ShadowRoot;
  const around = root.host.getRootNode() as Document | ShadowRoot;
  return (
    // Firefox asked within the root alone does not see what lies over the host.
    around.elementFromPoint(...point) === root.host && one.contains(root.elementFromPoint(...point))
  );
}

/** Whether what is asked stands where it can be read: in its own box, on the screen, uncovered. */
function readable(question: Element): boolean {
  const words = wordsOf(question);
  const body = question.closest('[part=body]')!;
  const box = body.getBoundingClientRect();
  const { scrollTop } = body; // whoever has read on can scroll back to it
  const x = Math.max(words.left, box.left, 0);
  const width = Math.min(words.right, box.right, innerWidth) - x;
  const upTo = (moved: number) => Math.min(words.bottom + moved, box.bottom, innerHeight);
  const from = (moved: number) => Math.max(words.top + moved, box.top, 0);
  const [y, height] = [from(0), upTo(0) - from(0)];
  const open = pointsOf(new DOMRect(x, y, width, height)).filter((at) => topmost(question, at));
  return (
    getComputedStyle(question).visibility === 'visible' &&
    upTo(scrollTop) - from(scrollTop) >= LEAST &&
    width >= LEAST &&
    (height < LEAST || open.length > 3)
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

const pointsOf = ({ x, y, width, height }: DOMRect): Point[] =>
  POINTS.map(([across, down]) => [x + (width * across) / 10, y + (height * down) / 10]);

/** What the controls of a layer are called, in their order. */
const actsOf = (layer: Element): (string | undefined)[] =>
  [...layer.querySelectorAll<HTMLElement>('[data-act]')].map(({ dataset }) => dataset['act']);

/**
 * Whether a layer has the controls that the build made, each in its place, and this one among them
 * is what it was taken for when it was pressed.
 */
function genuine(control: Element, act: string | undefined, made: Element): boolean {
  const layer = control.closest('[data-layer]')!;
  const at = [...layer.querySelectorAll('[data-act]')].indexOf(control);
  const acts = actsOf(made);
  return String(actsOf(layer)) === String(acts) && acts[at] === act;
}

/** What is asked, where it stands beside the answers. */
const questionsOf = (root: ParentNode): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(
    '[data-layer=first] [part=text],[data-layer=choices] .body>p,.frame p',
  ),
];

/** What is left of all of them, in percent. */
const remains = (all: readonly Element[]): number =>
  // The words of a placeholder fade at the foot of a small box, by our own style.
  Math.floor(100 * Math.min(...all.map((one) => opacity(one.closest('.frame') ?? one))));

/** What of it a style alone can change as it is pressed; what cannot be told counts as plain. */
export function painted(control: HTMLElement): Pick<Stood, 'contrast' | 'opacity'> {
  const all = [control, ...questionsOf(control.getRootNode() as ShadowRoot)];
  const contrasts = all.map((one) => Math.floor(contrast(one)) || 2_100);
  return { contrast: Math.min(...contrasts), opacity: remains(all) };
}

/**
 * Figures of `control`, which the core rendered, and of the answers beside it. `made`: the notice
 * as the build has it, where the page's own HTML declares the one that stands, and `act` what the
 * control was taken for.
 */
export function measured(control: HTMLElement, act?: string, made?: Element | null): Stood {
  if (!control.isConnected) return GONE; // something put another in its place meanwhile
  const root = control.getRootNode() as ShadowRoot;
  if (made && root.host.localName === 'avow-consent' && !genuine(control, act, made)) return GONE;
  const pair = [...root.querySelectorAll<HTMLElement>('[data-act=accept],[data-act=refuse]')];
  const boxes = [...new Set([...pair, control])].map((one) => ({
    one,
    box: one.getBoundingClientRect(),
  }));
  const least = (figure: (one: HTMLElement, box: DOMRect) => number) =>
    Math.floor(Math.min(...boxes.map(({ one, box }) => figure(one, box)))) || 0;
  const areas = boxes.slice(0, pair.length).map(({ box }) => box.width * box.height);
  const questions = questionsOf(root);
  const [question] = questions;
  const covered = veiled(root.host);
  const clear = boxes.every(({ box }) => pointsOf(box).filter(covered).length < 3);
  // Among the choices, and in a small box, it may be scrolled out of view.
  const stands = question && (question.matches('.body>p,.frame p') || readable(question));
  const words = stands === false ? [100] : questions.map((one) => contrast(one) || 2_100);
  return {
    alike: pair.length ? Math.floor((100 * Math.min(...areas)) / Math.max(...areas)) || 0 : 100,
    clear: clear ? 100 : 0,
    contrast: Math.floor(Math.min(least(contrast), 2_100, ...words)),
    height: least((_, { height }) => Math.min(height, 9_999)),
    opacity: remains([control, ...questions]),
    reached: least((one, box) => pointsOf(box).filter((at) => topmost(one, at)).length * 20),
    framed: framed() ? 'unseen' : 'none',
  };
}
