// What can be measured of any view of ours: what axe-core finds, the size of text and of targets,
// what stands beyond its box, and words in pieces. What asks for no page is run in one.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The source of axe-core, for a page's scripts. */
export const kAxe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What axe-core finds in these elements of the page, those that it has. */
export const axeFinds = async (...ours) => {
  const { violations, passes } = await axe.run(
    { include: ours.filter((one) => document.querySelector(one)).map((one) => [one]) },
    { iframes: false }, // what a live frame shows is somebody else's
  );
  return {
    violations: violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`).join('; ')}`,
    ),
    passes: passes.length,
  };
};

/** Texts of less than 16 px, and targets of less than 44 px. */
export const small = () => {
  const roots = [...document.querySelectorAll('avow-consent, avow-embed, avow-announcement')].map(
    (host) => host.shadowRoot,
  );
  /** Whether a link is a word or more of a sentence: nothing parts it from text beside it. */
  const within = (link) =>
    ['previousSibling', 'nextSibling'].some((way) => {
      for (let beside = link[way]; beside && beside.localName !== 'br'; beside = beside[way])
        if (beside.textContent.trim()) return true;
      return false;
    });
  const out = [];
  const targets = [];
  const called = ({ dataset, localName, textContent }) =>
    `${dataset.act ?? localName} “${textContent.trim().slice(0, 40)}”`;
  for (const element of roots.flatMap((root) => [...root.querySelectorAll('*')])) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest('[hidden]')) continue;
    const says = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim(),
    );
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (says && size < 16) out.push(`${element.localName}.${element.className}: text of ${size}px`);
    if (!element.matches('button, summary, input, select, textarea, a[href]')) continue;
    if (element.matches('a:not(.quiet)') && within(element)) continue;
    // What a finger can hit: a tick's label is part of it.
    const target = element.closest('label')?.getBoundingClientRect() ?? box;
    if (target.height < 44 || target.width < 44)
      out.push(`${called(element)}: ${Math.round(target.width)} × ${Math.round(target.height)}`);
    // What another covers is none of its own; what scrolls may lie under what does not.
    const around = element.closest('.head,.body,.foot,.words,.answers') ?? element.getRootNode();
    const before = targets.at(-1);
    if (
      before?.around === around &&
      Math.min(before.target.right, target.right) - Math.max(before.target.left, target.left) > 1 &&
      Math.min(before.target.bottom, target.bottom) - Math.max(before.target.top, target.top) > 1
    )
      out.push(`${called(element)} lies upon ${before.name}`);
    targets.push({ around, target, name: called(element) });
  }
  return out;
};

/** What stands beyond the window, or can be read only by scrolling sideways. */
export const overflow = () => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const out = wide > 0 ? [`the page by ${wide}px`] : [];
  const roots = [...document.querySelectorAll('avow-consent, avow-embed, avow-announcement')].map(
    (host) => host.shadowRoot,
  );
  for (const element of roots.flatMap((root) => [...root.querySelectorAll('*')])) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5))
      out.push(`${element.localName}.${element.className} from ${box.left} to ${box.right}`);
    if (
      element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 0 &&
      getComputedStyle(element).overflowX !== 'visible'
    )
      out.push(`${element.localName}.${element.className} scrolls sideways`);
  }
  return out;
};

/** Which controls cannot be pressed where they are. */
export const hidden = (page, ...acts) =>
  page.evaluate((wanted) => {
    const root = document.querySelector('avow-consent').shadowRoot;
    return wanted.filter((act) => {
      const { left, top, width, height } = root
        .querySelector(`[data-act=${act}]`)
        .getBoundingClientRect();
      const at = root.elementFromPoint(left + width / 2, top + height / 2);
      return !at?.closest(`[data-act=${act}]`);
    });
  }, acts);

/** How accept and refuse look, as one line each. */
export const pair = (page) =>
  page.evaluate(() =>
    ['refuse', 'accept'].map((act) => {
      const element = document
        .querySelector('avow-consent')
        .shadowRoot.querySelector(`[data-act=${act}]`);
      const { width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, borderColor, font } = getComputedStyle(element);
      return [width, height, color, backgroundColor, borderColor, font].join();
    }),
  );
