// Where the tags of others wait to be told: queues that they find when they come, and take over.

/** A call's arguments; Google's tag knows one by its `arguments` object, an array it would skip. */
type Call = readonly unknown[];

interface Page {
  dataLayer?: unknown[];
  uetq?: { push(...call: Call): void };
  clarity?: { (...call: Call): void; q?: unknown[] };
}
const page = self as unknown as Page;

export const layer = (): unknown[] => (page.dataLayer ||= []);

/** How each queue takes a call. */
export const send: Readonly<Record<string, (...call: Call) => void>> = {
  dataLayer: function () {
    // biome-ignore lint/complexity/noArguments: it has to be the `arguments` object.
    layer().push(arguments);
  },
  uetq: (...call) => (page.uetq ||= []).push(...call),
  clarity: (...call) => {
    // As Clarity's own snippet begins: its script looks for `q`.
    const stub: NonNullable<Page['clarity']> = function () {
      // biome-ignore lint/complexity/noArguments: as Clarity's own.
      (stub.q ||= []).push(arguments);
    };
    (page.clarity ||= stub)(...call);
  },
};
