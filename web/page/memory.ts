// What a page remembers without the core: localStorage, which may be blocked, full, absent, and
// which anybody may have written to.

/** Reads give null where nothing can be read; writes tell whether they were kept. */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): boolean {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing is kept, so nothing has to go.
    }
  },
};

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

/** JSON that somebody else may have written: an object, or null. */
export function parsed<T>(text: string | null): T | null {
  try {
    const value: unknown = JSON.parse(text!); // null reads as "null"
    return typeof value === 'object' ? (value as T) : null;
  } catch {
    return null;
  }
}
