// Deleting the visitor's records: here at once, and at the backend by a signed record that waits in
// the outbox like any other.

import { keys, toldKey } from '../page/keys.js';
import * as memory from '../page/memory.js';
import { AvowError } from '../public/error.js';
import { NOTHING } from '../store/store.js';
import type { Consent } from './consent.js';
import type { Decided, Page, Pressed, Visit } from './core.js';
import { changeOf } from './device.js';

export interface Erased {
  /** The erasure to send, and what holds now. */
  readonly record?: NonNullable<Pressed['record']>;
  readonly decided: Decided;
  /** All is gone here and the backend was not told: why it could not be, or nothing where it has
   * erased its part already. */
  readonly untold?: { readonly why?: unknown } | undefined;
}

/** `sealed`: the erasure of what is kept, as the core signs it. */
export async function eraseAll(
  { core, store, device, delivery }: Consent,
  page: Page,
  sealed: (visit: Visit, keyring: Uint8Array) => [Pressed, Uint8Array],
): Promise<Erased> {
  let answer: Pressed | undefined;
  let untold: { why?: unknown } | undefined;
  if (store.late)
    throw new AvowError(
      'stored-state',
      "The browser's database does not answer. Nothing was erased; load the page again.",
    );
  await store.transact((kept) => {
    const recorded = Boolean((kept.held as { record?: unknown } | null)?.record);
    // Who only ever refused has nothing to erase: the refusal names nobody, and goes on.
    if (kept.chain === null && !recorded) return null;
    if (kept.chain === null) {
      untold = {};
      return { kept: NOTHING, clear: true };
    }
    let erased: Pressed;
    let keyring: Uint8Array;
    try {
      [erased, keyring] = sealed(device.visit(kept), kept.keyring ?? new Uint8Array());
    } catch (error) {
      untold = { why: error }; // what was stored is damaged: it goes all the same
      return { kept: NOTHING, clear: true };
    }
    answer = erased;
    delivery.expect();
    // What was never sent need not be: the erasure covers it.
    return { ...changeOf(erased, keyring), clear: true };
  });
  memory.remove(toldKey(page.name));
  if (answer) {
    memory.remove(keys(page.name).pending);
    await device.look();
    delivery.forget();
  }
  const decided = core.decide(device.standing());
  return answer?.record ? { record: answer.record, decided } : { decided, untold };
}
