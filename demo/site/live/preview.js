// The frame in which a page shows the notice on a page of its own.

/** `show` a layer or language in the frame, `set` its custom properties and its scheme. */
export async function openPreview(frame) {
  const ready = () => frame.contentWindow?.show !== undefined;
  if (!ready()) await new Promise((done) => frame.addEventListener('load', done, { once: true }));
  const { style } = frame.contentDocument.documentElement;
  return {
    show: (wanted) => frame.contentWindow.show(wanted),
    set(properties) {
      for (const [name, value] of Object.entries(properties)) {
        if (value === '') style.removeProperty(name);
        else style.setProperty(name, value);
      }
    },
  };
}
