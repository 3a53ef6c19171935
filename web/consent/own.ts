// The visitor's own copy, opened: fetched when somebody asks for it, since a first visit never
// does.

import factory from '../../build/wasm/wasm/avow-own-wasm.mjs';
import type { Export } from '../public/types.js';
import { call, withVault } from './call.js';
import type { OwnAnswer, OwnRequest } from './wire.js';

export { receipt } from './receipt.js';

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

export async function own(
  wasmBinary: ArrayBuffer,
  records: readonly Uint8Array[],
  keyring: Uint8Array,
): Promise<Export> {
  const wasm = await factory({ wasmBinary });
  const request: OwnRequest = { records: records.map(toBase64) };
  return withVault(
    wasm,
    keyring,
    () => call<OwnAnswer>(wasm, () => wasm.own(), JSON.stringify(request)).export,
  )[0];
}
