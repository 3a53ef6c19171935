// What all elements have in common that load from somebody else.

import { dom } from '../../page/dom.js';

/**
 * The address, where it is one of the web: `javascript:` would run in the page's own origin, and
 * what is in `data:` nobody has to have put there.
 */
export function web(address: string | null | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address!, dom.baseURI);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** `code`: one that docs/INTEGRATION.md explains, with a colon. */
export type Tell = (element: Element, what: string, code?: string) => void;

/**
 * Tells the page's developer of marks that cannot be followed: of each element once, and which it
 * is, as the console shows elements.
 */
export function teller(): Tell {
  const told = new WeakMap<Element, string>();
  return (element, what, code = '') => {
    const text = `avow: ${code}<${element.localName}> ${what} docs/INTEGRATION.md`;
    const before = told.get(element) ?? '';
    if (before.includes(text)) return;
    told.set(element, before + text);
    console.error(text, element);
  };
}

export const tellUnknown = (tell: Tell, element: Element, purpose: string): void =>
  tell(element, `waits for "${purpose}", which is no purpose of the policy.`, 'unknown-purpose: ');
