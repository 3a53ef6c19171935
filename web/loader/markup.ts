// Markup that the core rendered, put into a shadow root. Works under Trusted Types and without
// inline styles.

import { dom } from '../page/dom.js';

/** A Trusted Types policy. */
export interface Rules {
  createHTML(html: string): string;
  createScript(code: string): string;
  createScriptURL(url: string): string;
}
declare const trustedTypes: { createPolicy(name: string, rules: Rules): Rules };

const same = (text: string) => text;
const plain: Rules = { createHTML: same, createScript: same, createScriptURL: same };

let made: Rules | undefined;

function rules(): Rules {
  try {
    // The core escapes all text, every script of ours has its integrity, and a marked script is the
    // page's own: this one place vouches for them.
    return trustedTypes.createPolicy('avow', plain);
  } catch {
    // The browser has no Trusted Types, or the page's policy does not name ours: a refusal by the
    // API still works.
    return plain;
  }
}

/** The page's one policy of ours, made when it is first needed. */
export const vouching = (): Rules => (made ??= rules());

/** Takes over the one that was made already. */
export function vouchBy(given: Rules): void {
  made = given;
}

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
  root.innerHTML = vouching().createHTML(html);
  dress(root, css);
  return root;
}

/**
 * Puts the notice before the page's body and above all of it, in the top layer: a body that
 * filters, transforms, clips or hides what is in it would hide the notice too.
 */
export function raise(host: HTMLElement): void {
  if (!host.isConnected) dom.body.before(host);
  // It speaks in the page's own font, which pages give to what is within their body.
  if (host.parentNode === dom.documentElement)
    host.style.setProperty('--_font', getComputedStyle(dom.body).fontFamily);
  host.popover = 'manual';
  host.togglePopover?.(true); // older browsers have none, and show it where it stands
}

/**
 * Whether this click asks for the notice: on a control of the page's (`data-avow-open`), in an open
 * shadow root too. It then does nothing else. To be asked while the event comes down (capture),
 * since menus stop it.
 */
export function opens(event: Event, path: readonly HTMLElement[]): boolean {
  const asked = path.some(({ dataset }) => dataset?.['avowOpen'] !== undefined);
  if (asked) event.preventDefault();
  return asked;
}

/** The control that this is, or is in. */
export const controlOf = (target: Element): HTMLElement | null =>
  target.closest<HTMLElement>('[data-act]');
