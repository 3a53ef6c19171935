// Which of the policy's languages a page is shown.

/**
 * The language that `avow build` found nearest to the first of those wanted that is spoken at all:
 * each tag is looked up whole, then without its last part, and so on. Else the policy's first.
 */
export function negotiate(
  wanted: readonly (string | undefined)[],
  spoken: Readonly<Record<string, string>>,
): string {
  for (const tag of wanted)
    for (let at = tag?.toLowerCase(); at; at = at.replace(/-?[^-]*$/, ''))
      if (Object.hasOwn(spoken, at)) return spoken[at]!;
  return Object.values(spoken)[0]!;
}
