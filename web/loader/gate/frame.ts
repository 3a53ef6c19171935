// What the page's own frames and those of <avow-embed> have in common.

/** The page's own that are marked. */
export const FRAMES = 'iframe[data-avow]';

/** What a live frame takes over from the element that stands for it. */
export const PASSED = 'loading referrerpolicy allow allowfullscreen sandbox name'.split(' ');
