// Markup that the core rendered, put into a shadow root. Works under Trusted Types and without
// inline styles.

interface Factory {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string },
  ): { createHTML(html: string): string };
}
const types = (globalThis as { trustedTypes?: Factory }).trustedTypes;
// The core escapes all text; this is the one place that vouches for it.
const rules = types?.createPolicy('avow', { createHTML: (html) => html });

let sheet: CSSStyleSheet;
let style: string;

/**
 * The element's open shadow root, filled: a root that is there already (declared in HTML) is
 * reused.
 */
export function fill(host: Element, html: string, css: string): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.innerHTML = rules ? rules.createHTML(html) : html;
  if (style !== css) (sheet = new CSSStyleSheet()).replaceSync((style = css));
  root.adoptedStyleSheets = [sheet];
  return root;
}

/** `data-act` of the control that the event hit, if it hit one. */
export const actOf = (event: Event): string | undefined =>
  (event.target as Element).closest<HTMLElement>('[data-act]')?.dataset['act'];
