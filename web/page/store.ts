/** Prefix of all that is stored; `avow build` writes it in the place of this name. */
declare const AVOW_STORE: string;
export const store: string = AVOW_STORE;
