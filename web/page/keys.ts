// What a page remembers, by name.

/** Names of what is stored. `name`: "avow", unless `avow build --store` says otherwise. */
export const keys = (name: string) => ({
  verdict: `${name}:verdict`,
  pending: `${name}:pending`,
  waiting: `${name}:waiting`,
});

/** Where it is remembered what another sub-domain told last. */
export const sharedKey = (name: string): string => `${name}:shared`;

/** Where it is remembered which announcement of a change was closed. */
export const toldKey = (name: string): string => `${name}:told`;
