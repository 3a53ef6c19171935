/** The purposes in the value of `data-avow`: one, or several with white space between them. */
export const purposesOf = (mark: string): string[] => mark.trim().split(/\s+/);
