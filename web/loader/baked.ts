// What `avow build` puts into the loader: all that a page needs of one policy to deny, to show its
// notice and to apply what was decided before, without asking anybody.

import type { Notices } from '../page/notices.js';

/** A file's name, beside the loader, and its integrity. */
export type Part = readonly [file: string, integrity: string];

export interface Baked {
  /** SHA-256 of the canonical facts, hexadecimal. */
  readonly policy: string;
  /** The file that names all the others. */
  readonly parts: Part;
  /** What a visitor is shown by the tag that they ask for, in lower case, or by its beginning. */
  readonly languages: Readonly<Record<string, string>>;
  /** Regime by place; everywhere else, and where the place is not known: opt-in. */
  readonly places: Readonly<Record<string, string>>;
  /** What rests on the screen where nothing was answered, by regime, and by "regime gpc". */
  readonly layers: Readonly<Record<string, 'first' | 'door' | 'none'>>;
  /** Purposes that rest on no consent. */
  readonly free: readonly string[];
  /** Null for pages that bring their notice along in their HTML. */
  readonly notices: Notices | null;
  /** Whether the policy names what purposes keep on the device. */
  readonly clears?: true;
  /** The languages in which a change of the policy is announced (web/announce). */
  readonly announces?: Readonly<Record<string, true>>;
  /** The cookie by which sub-domains share an answer, and their domain. */
  readonly shared?: readonly [cookie: string, domain: string];
}

/** `avow build` writes the value in the place of this name. */
declare const AVOW_BAKED: Baked;
export const baked: Baked = AVOW_BAKED;
