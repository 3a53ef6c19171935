/**
 * The page's document, asked for its own members: an element named `querySelector` or `body`, which
 * a comment's author may have written, stands before them on `document` itself. It is no node: what
 * wants one takes `document`.
 */
export const dom = new Proxy(document, {
  get(target, name) {
    const value = Reflect.get(Document.prototype, name, target) as
      | { bind?: (self: Document) => unknown }
      | undefined;
    return value?.bind?.(target) ?? value;
  },
});
