// What a page shows by itself, before and without a core.

/**
 * The notices of one language that a page shows by itself, rendered by the core at build time:
 * banners ("first" and a regime), "door" (and with a regime where it has other words there), what
 * is shown where the core cannot run ("fallback"); their `language`, and the style of all of these
 * (`css`).
 */
export type Notices = Readonly<Record<string, string>>;

/** A layer as it is shown under a regime. */
export const shown = (notices: Notices, layer: string, regime: string): string =>
  (notices[`${layer} ${regime}`] ?? notices[layer])!;
