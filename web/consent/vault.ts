// Calling the core: text both ways, secrets through the one buffer that it owns (`Vault` in
// session.h).

import { AvowError } from '../public/error.js';
import type { Failure } from './wire.js';

/** Device seed, visitor's identity, erase secret. */
const KEYRING = 96;

export interface VaultModule {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  vaultAddress(): number;
  vaultSize(): number;
}

/**
 * Lends the core the keyring and fresh entropy, copies out what it left, and leaves nothing of
 * either in its memory.
 */
export function withVault<T>(
  wasm: VaultModule,
  keyring: Uint8Array | null,
  call: () => T,
): [T, Uint8Array] {
  const at = wasm.vaultAddress();
  const vault = wasm.HEAPU8.subarray(at, at + wasm.vaultSize());
  try {
    crypto.getRandomValues(vault.subarray(KEYRING));
    // of another length, it is none
    vault.set(keyring?.length === KEYRING ? keyring : new Uint8Array(KEYRING));
    return [call(), vault.slice(0, KEYRING)];
  } finally {
    vault.fill(0);
  }
}

/** The core's answer, or its first error thrown. */
export function read<T extends { readonly ok: true }>(answer: string): T {
  const value = JSON.parse(answer) as T | Failure;
  if (value.ok) return value;
  const first = value.errors[0]!;
  const more =
    value.errors.length > 1
      ? ` (and ${value.errors.length - 1} more; "avow check" lists them)`
      : '';
  throw new AvowError(first.code, first.text + more, first.where);
}
