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

/** Tells the page's developer of marks that cannot be followed, each once. */
export function teller(): Tell {
  const told = new Set<string>();
  return (element, what, code = '') => {
    const text = `avow: ${code}<${element.localName}> ${what} docs/INTEGRATION.md`;
    if (!told.has(text)) console.error(text);
    told.add(text);
  };
}

export const tellUnknown = (tell: Tell, element: Element, purpose: string): void =>
  tell(element, `waits for "${purpose}", which is no purpose of the policy.`, 'unknown-purpose: ');
