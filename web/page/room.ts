// Room at the page's foot for what stands there: without it the banner, and later the door, would
// cover the page's last lines for ever, the legal links among them, and what the keyboard reaches
// (WCAG 2.2, 2.4.11).

import type { Avow } from '../public/types.js';
import { dom } from './dom.js';

let sheet: CSSStyleSheet | undefined;
let standing: HTMLElement | null = null;
let kept = 0;

/** A style sheet, since a style attribute on <html> would trip a framework that hydrates it. */
function keep(height: number): void {
  if (height === kept) return;
  kept = height;
  if (!sheet) dom.adoptedStyleSheets.push((sheet = new CSSStyleSheet()));
  sheet.replaceSync(
    height
      ? `@media screen{html{padding-bottom:${height}px!important;scroll-padding-bottom:${height}px}}`
      : '',
  );
}

/** Hears of the notice's size, and of a page that grows, after each layout and without one more. */
const sizes = new ResizeObserver(() => {
  // A page that fills the window, and no more, scrolls by itself where it has to.
  const { scrollHeight, clientHeight } = dom.documentElement;
  keep(standing?.isConnected && scrollHeight > clientHeight ? standing.offsetHeight : 0);
});

/** Keeps as much of the page clear as the layer in this root covers, and follows its size. */
export function keepClear(root: ShadowRoot): void {
  sizes.disconnect();
  standing = root.querySelector<HTMLElement>('.banner,.door');
  sizes.observe(dom.documentElement);
  if (standing) sizes.observe(standing);
  yieldTo(window, root);
}

/**
 * A page of the site in a frame of the site asks nothing: the page around it does, or one around
 * that.
 */
function yieldTo(within: Window, root: ShadowRoot): void {
  const page = within.parent as Window & { avow?: Avow };
  if (page === within) return;
  try {
    if (page.document.readyState !== 'complete')
      page.addEventListener('load', () => yieldTo(within, root), { once: true });
    // Taken from this document alone: the frame still hears of the answer, and of `open()`.
    if (page.avow?.choices) root.querySelector('.banner,.door')?.remove();
  } catch {
    // A page of somebody else's: its visitor has seen no question of ours.
  }
  yieldTo(page, root);
}
