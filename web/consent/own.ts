// What few visitors ask for, and no first visit does: their own copy, opened; to have all of it
// erased; and what they say to the company.

import factory from '../../build/wasm/wasm/avow-own-wasm.mjs';
import type { Export } from '../public/types.js';
import type { Sheets } from '../notice/notice.js';
import { dom } from '../page/dom.js';
import { asked, call, withVault } from './call.js';
import type { Consent } from './consent.js';
import type { Page } from './core.js';
import { fromBase64 } from './device.js';
import { eraseAll, type Erased } from './erase.js';
import { receipt } from './receipt.js';
import type { Loaded, OwnAnswer, OwnRequest, Pressed, SayAnswer, SayRequest } from './wire.js';

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

/** A part of the build, by its name. */
type Bytes = (name: string) => Promise<ArrayBuffer>;

const load = async (bytes: Bytes) => factory({ wasmBinary: await bytes('own-wasm') });

export async function own(
  bytes: Bytes,
  records: readonly Uint8Array[],
  keyring: Uint8Array,
): Promise<Export> {
  const wasm = await load(bytes);
  const request: OwnRequest = { records: records.map(toBase64) };
  return withVault(
    wasm,
    keyring,
    () => call<OwnAnswer>(wasm, () => wasm.own(), JSON.stringify(request)).export,
  )[0];
}

/** The files that a visitor is handed, by the acts of their controls. */
export type Handed = 'receipt' | 'key' | 'lists';

/** Hands the visitor a file; nothing of it goes anywhere else. */
export async function hand(
  what: Handed,
  consent: Consent,
  sheets: Sheets,
  language: string,
): Promise<void> {
  const data = what === 'key';
  const text =
    what === 'lists'
      ? sheets.lists
      : data
        ? JSON.stringify(await consent.export(), null, 2)
        : receipt(await consent.export(), sheets.receipt, language);
  const [type, ending] = data ? ['application/json', 'json'] : ['text/html', 'html'];
  const name = `avow-${what}.${ending}`;
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(dom.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Erases what was recorded. */
export async function erase(bytes: Bytes, consent: Consent, page: Page): Promise<Erased> {
  const wasm = await load(bytes);
  const texts = await bytes(`texts.${page.language}`);
  call<Loaded>(wasm, () => wasm.load(page.facts.byteLength), page.facts, texts);
  return eraseAll(consent, page, (visit, keyring) =>
    asked(visit, (text) =>
      withVault(wasm, keyring, () => call<Pressed>(wasm, () => wasm.erase(), text)),
    ),
  );
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
