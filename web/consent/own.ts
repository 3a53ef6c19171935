// What few visitors ask for, and no first visit does: their own copy, opened; to have all of it
// erased; another language on the same page; and what they say to the company.

import factory from '../../build/wasm/wasm/avow-own-wasm.mjs';
import type { Export } from '../public/types.js';
import type { Sheets } from '../notice/notice.js';
import { dom } from '../page/dom.js';
import { pressNow } from '../page/pending.js';
import { AvowError } from '../public/error.js';
import type { Store } from '../store/store.js';
import { asked, call, made, withVault } from './call.js';
import type { Consent } from './consent.js';
import type { Core, Page } from './core.js';
import { fromBase64 } from './device.js';
import { eraseAll, type Erased } from './erase.js';
import { receipt } from './receipt.js';
import type {
  Loaded,
  OwnAnswer,
  OwnExport,
  OwnRequest,
  Pressed,
  SayAnswer,
  SayRequest,
} from './wire.js';

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

/** A part of the build, by its name. */
type Bytes = (name: string) => Promise<ArrayBuffer>;

const load = async (bytes: Bytes) => made(factory, await bytes('own-wasm'));

/** What this device holds of its visitor, with what opens and erases it. */
async function copy(bytes: Bytes, store: Store): Promise<OwnExport> {
  const { keyring } = await store.read();
  if (!keyring) throw new AvowError('stored-state', 'This device holds no record.');
  const records = (await store.records()).filter((one) => one.keep);
  const wasm = await load(bytes);
  const request: OwnRequest = { records: records.map((one) => toBase64(one.bytes)) };
  return withVault(
    wasm,
    keyring,
    () => call<OwnAnswer>(wasm, () => wasm.own(), JSON.stringify(request)).export,
  )[0];
}

/** The same for a script: what opens and erases the records is the visitor's alone. */
export async function own(bytes: Bytes, store: Store): Promise<Export> {
  const { v, records } = await copy(bytes, store);
  return { v, records };
}

/** The files that a visitor is handed, by the acts of their controls. */
export type Handed = 'receipt' | 'key' | 'lists';

/** Hands the visitor a file; nothing of it goes anywhere else. */
export async function hand(
  what: Handed,
  bytes: Bytes,
  store: Store,
  sheets: Sheets,
  language: string,
): Promise<void> {
  const data = what === 'key';
  const text =
    what === 'lists'
      ? sheets.lists
      : data
        ? JSON.stringify(await copy(bytes, store), null, 2)
        : receipt(await copy(bytes, store), sheets.receipt, language);
  const [type, ending] = data ? ['application/json', 'json'] : ['text/html', 'html'];
  const name = `avow-${what}.${ending}`;
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(dom.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Erases what was recorded, in its turn; what is returned has to be done after it, where there is
 * anything.
 */
export async function erase(
  bytes: Bytes,
  consent: Consent,
  page: Page,
): Promise<(() => Promise<void>) | undefined> {
  const wasm = await load(bytes);
  const texts = await bytes(`texts.${page.language}`);
  call<Loaded>(wasm, () => wasm.load(page.facts.byteLength), page.facts, texts);
  const { record, decided, untold } = await eraseAll(consent, page, (visit, keyring) =>
    asked(visit, (text) =>
      withVault(wasm, keyring, () => call<Pressed>(wasm, () => wasm.erase(), text)),
    ),
  );
  if (record) consent.erased(record, decided);
  return untold && (() => leave(consent, untold));
}

/** What an erasure leaves behind everywhere, where the backend is not told. */
async function leave(consent: Consent, { why }: NonNullable<Erased['untold']>): Promise<void> {
  try {
    await consent.presses.carryOut(
      pressNow({ control: 'refuse', layer: '', via: 'script', trusted: false, selected: [] }),
      false,
    );
  } finally {
    consent.erased(); // it was not said as a refusal; and whatever comes, it is erased
  }
  if (why) throw why;
}

/** Lets the core and the page say everything in another language from now on. */
export async function speak(
  core: Core,
  page: Page,
  language: string,
  bytes: Bytes,
  json: <T>(name: string) => Promise<T>,
): Promise<void> {
  const notices = json<Page['notices']>(`notices.${language}`);
  core.speak(page.facts, await bytes(`texts.${language}`));
  page.notices = await notices;
  page.under = page.under.replace(`,${page.language},`, `,${language},`);
  page.language = language;
}

/** A message as the record that carries it. */
export async function say(
  bytes: Bytes,
  request: SayRequest,
): Promise<{ id: string; digest: string; bytes: Uint8Array }> {
  const wasm = await load(bytes);
  const [{ id, digest, bytes: sealed }] = withVault(wasm, null, () =>
    call<SayAnswer>(wasm, () => wasm.say(), JSON.stringify(request)),
  );
  return { id, digest, bytes: fromBase64(sealed) };
}
