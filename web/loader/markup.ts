// Markup that the core rendered, put into a shadow root. Works under Trusted Types and without
// inline styles.

/** A Trusted Types policy. */
export interface Rules {
  createHTML(html: string): string;
  createScript(code: string): string;
  createScriptURL(url: string): string;
}
const same = (text: string) => text;

function rules(): Rules | undefined {
  try {
    // The core escapes all text, every script of ours has its integrity, and a marked script is the
    // page's own: this one place vouches for them.
    return (
      globalThis as { trustedTypes?: { createPolicy(name: string, rules: Rules): Rules } }
    ).trustedTypes?.createPolicy('avow', {
      createHTML: same,
      createScript: same,
      createScriptURL: same,
    });
  } catch {
    // The page's policy does not name ours: a refusal by the API still works.
    return undefined;
  }
}
let made: Rules | undefined;
let vouched = false;

/**
 * The page's one policy of ours, made when it is first needed; `given`: one that was made already.
 */
export function vouching(given?: Rules): Rules | undefined {
  if (!vouched) made = given ?? rules();
  vouched = true;
  return made;
}

export const scriptUrl = (url: string): string => vouching()?.createScriptURL(url) ?? url;

let sheet: CSSStyleSheet;
let style: string;

/** Gives a shadow root its style: one sheet for all of them. */
export function dress(root: ShadowRoot, css: string): void {
  if (style !== css) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync((style = css));
  }
  root.adoptedStyleSheets = [sheet];
}

/**
 * The element's open shadow root, filled: a root that is there already (declared in HTML) is
 * reused.
 */
export function fill(host: Element, html: string, css: string): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.innerHTML = vouching()?.createHTML(html) ?? html;
  dress(root, css);
  return root;
}

/** `data-act` of the control that this is, or is in. */
export const actOf = (target: Element): string | undefined =>
  target.closest<HTMLElement>('[data-act]')?.dataset['act'];
