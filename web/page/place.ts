// Where the visitor is, as far as the page's server says.

/** ISO 3166, in capitals as the policy has it; empty where the tag does not say. */
export const placeOf = (tag: HTMLScriptElement | undefined): string =>
  tag?.dataset['place']?.trim().toUpperCase() ?? '';
