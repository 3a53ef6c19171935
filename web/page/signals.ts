// What the browser says of the visit.

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** `navigator.globalPrivacyControl` (w3c/gpc): only `true` is a signal. */
export const gpc = (): boolean =>
  (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
