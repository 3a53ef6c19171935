// How far the record of what is held has come.

import type { OutboxEntry } from '../consent/core.js';
import type { Delivery as State } from '../public/types.js';

/**
 * How far the record of what is held has come: this is left in the outbox, and so much was known
 * before. `record`: its id; nothing where it is not known any more, so that no answer is linked to
 * a visitor, and all that is left speaks. An erasure that the backend is still to be told of, or
 * would not hear of, speaks over any later answer.
 */
export function reached(
  left: readonly OutboxEntry[],
  durable: boolean,
  before: State,
  record: string | undefined,
): State {
  const shelved = (some: readonly OutboxEntry[]) => some.some((one) => one.state === 'shelved');
  const erasures = left.filter((one) => one.op === 'erase');
  if (erasures.length > 0) return shelved(erasures) ? 'unerased' : 'erasing';
  const its = left.filter((one) => record === undefined || one.id === record);
  if (its.length > 0 && durable) return shelved(its) ? 'shelved' : 'waiting';
  if (before === 'erasing' || before === 'erased' || before === 'unerased') return 'erased';
  return durable ? 'delivered' : 'unsaved';
}
