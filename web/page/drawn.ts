/** What stands is painted before anything else is done. */
export const drawn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));
