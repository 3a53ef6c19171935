// Calling the core: text both ways through one buffer that it owns, secrets through another
// (`Vault` in session.h).

import { AvowError } from '../public/error.js';
import type { Failure, Visit } from './wire.js';

/** Device seed, visitor's identity, erase secret. */
const KEYRING = 96;

export interface CalledModule {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  room(size: number): number;
  answerAddress(): number;
  vaultAddress(): number;
  vaultSize(): number;
}

/** Makes a module of the core of its file. */
export async function made<Module>(
  factory: (settings: object) => Promise<Module>,
  wasm: ArrayBuffer,
): Promise<Module> {
  // Compiled before the glue has it: the glue would tell the console of a failure four times, and
  // end the page's wait never.
  const module = await WebAssembly.compile(wasm);
  return factory({
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ): object {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
  });
}

/**
 * Puts text, or its UTF-8, one after the other where the core reads it, and returns its answer.
 * `run` calls the core, and gives the answer's size.
 */
export function call<T extends { readonly ok: true }>(
  wasm: CalledModule,
  run: () => number,
  ...words: (string | ArrayBuffer)[]
): T {
  const all = words.map((one) =>
    typeof one === 'string' ? new TextEncoder().encode(one) : new Uint8Array(one),
  );
  let at = wasm.room(all.reduce((sum, { length }) => sum + length, 0));
  for (const one of all) {
    wasm.HEAPU8.set(one, at);
    at += one.length;
  }
  try {
    const size = run();
    at = wasm.answerAddress();
    return read(new TextDecoder().decode(wasm.HEAPU8.subarray(at, at + size)));
  } finally {
    wasm.room(0); // nothing of it stays
  }
}

/**
 * Lends the core the keyring and fresh entropy, copies out what it left, and leaves nothing of
 * either in its memory.
 */
export function withVault<T>(
  wasm: CalledModule,
  keyring: Uint8Array | null,
  run: () => T,
): [T, Uint8Array] {
  const at = wasm.vaultAddress();
  const vault = wasm.HEAPU8.subarray(at, at + wasm.vaultSize());
  try {
    crypto.getRandomValues(vault.subarray(KEYRING));
    // of another length, it is none
    vault.set(keyring?.length === KEYRING ? keyring : new Uint8Array(KEYRING));
    return [run(), vault.slice(0, KEYRING)];
  } finally {
    vault.fill(0);
  }
}

/**
 * Calls the core with what the device stores. What cannot travel as JSON, or is nothing that the
 * core ever wrote, is handed over as something that it cannot read, and says so. Each call draws
 * fresh entropy.
 */
export function asked<T>(visit: Visit, ask: (request: string) => T): T {
  try {
    return ask(JSON.stringify(visit));
  } catch (error) {
    if (error instanceof AvowError && !error.code.startsWith('json-')) throw error;
    return ask(
      JSON.stringify({ ...visit, held: visit.held && false, chain: visit.chain && false }),
    );
  }
}

/** The core's answer, or its first error thrown. */
function read<T extends { readonly ok: true }>(answer: string): T {
  const value = JSON.parse(answer) as T | Failure;
  if (value.ok) return value;
  const first = value.errors[0]!;
  const more =
    value.errors.length > 1
      ? ` (and ${value.errors.length - 1} more; "avow check" lists them)`
      : '';
  throw new AvowError(first.code, first.text + more, first.where);
}
