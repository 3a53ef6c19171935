// What the browser says of the visit, and what parts of a page tell each other.

/** The visitor has said no to something; whoever else dispatches it can only deny. */
export const NO = 'avow-no';

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** `navigator.globalPrivacyControl` (w3c/gpc): only `true` is a signal. */
export const gpc = (): boolean =>
  (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
