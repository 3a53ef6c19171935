// Where this page stands.

/** Whether a page of another origin stands around this one. */
export function framed(): boolean {
  try {
    for (let page: Window = window; page !== page.parent; page = page.parent)
      void page.parent.document;
    return false;
  } catch {
    return true;
  }
}
