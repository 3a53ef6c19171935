// Registers the element and starts the consent of this page: what the loader fetches when there is
// something to decide.

import { AvowConsentElement } from '../notice/element.js';
import { openStore } from '../store/open.js';
import { Consent, type Start } from './consent.js';
import { Core } from './core.js';

export async function start(options: Start): Promise<Consent> {
  const { page, host, module } = options;
  const [core, store] = await Promise.all([Core.load(page), openStore(page.name, module)]);
  if (!customElements.get('avow-consent'))
    customElements.define('avow-consent', AvowConsentElement);
  customElements.upgrade(host);
  return new Consent(core, store, options);
}
