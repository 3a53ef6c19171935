// Which of the policy's languages a page is shown.

/** The language nearest to those wanted: the same tag, the same language, else the first. */
export function negotiate(wanted: readonly string[], offered: readonly string[]): string {
  const lower = (tag: string) => tag.toLowerCase();
  const primary = (tag: string) => lower(tag).split('-')[0]!;
  for (const tag of wanted) {
    const found =
      offered.find((o) => lower(o) === lower(tag)) ??
      offered.find((o) => primary(o) === primary(tag));
    if (found) return found;
  }
  return offered[0]!;
}
