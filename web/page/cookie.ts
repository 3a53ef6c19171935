// Cookies that scripts see. An element of the page may be named `cookie`: getter and setter are the
// document's own.

import { dom } from './dom.js';

/** Null where there is none of this name. */
export const cookie = (name: string): string | null =>
  RegExp(`(?:^|; )${name}=([^;]*)`).exec(dom.cookie)?.[1] ?? null;

/** A cookie as it is spelled, attributes and all. */
export const setCookie = (spelled: string): boolean =>
  Reflect.set(Document.prototype, 'cookie', spelled, document);
