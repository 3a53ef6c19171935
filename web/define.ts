// Registers the element and starts the consent of this page: what the loader fetches when there is
// something to decide.

import { Consent, type Start } from './consent.js';
import { AvowConsentElement } from './element.js';

export function start(options: Start): Promise<Consent> {
  if (!customElements.get('avow-consent'))
    customElements.define('avow-consent', AvowConsentElement);
  customElements.upgrade(options.host);
  return Consent.start(options);
}
