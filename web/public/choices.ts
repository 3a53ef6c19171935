// What a component library needs of the choices: where to read them, and when to look again.

import type { Avow, Choices } from './types.js';

/** Before the loader has run, and on a server, which knows no visitor's answer. */
export const NOTHING: Choices = { ask: true, granted: [], number: null, delivery: 'none' };

export const CHANGES = ['avow-ready', 'avow-change'] as const;

/** The same object until something changes. */
export const now = (): Choices => (globalThis as { avow?: Avow }).avow?.choices ?? NOTHING;
