// What a page remembers without the core: localStorage, which may be blocked, full, absent, and
// which anybody may have written to.

/** Null where nothing can be read. */
export function get(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Whether it was kept. */
export function set(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept, so nothing has to go.
  }
}

/** JSON that somebody else may have written: an object, or null. */
export function parsed<T>(text: string | null): T | null {
  try {
    const value: unknown = JSON.parse(text!); // null reads as "null"
    return typeof value === 'object' ? (value as T) : null;
  } catch {
    return null;
  }
}
