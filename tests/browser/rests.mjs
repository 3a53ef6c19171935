// When a picture of a page can be taken.

/** Waits until nothing of the notice is on its way, and the fonts are there. */
export const rests = (tab) =>
  tab.evaluate(async () => {
    const roots = [document, document.querySelector('avow-consent')?.shadowRoot].filter(Boolean);
    const moving = () => roots.flatMap((one) => one.getAnimations());
    const endless = (one) => one.effect?.getComputedTiming().endTime === Infinity;
    while (moving().some((one) => !endless(one) && one.playState === 'running')) {
      await Promise.allSettled(
        moving()
          .filter((one) => !endless(one))
          .map((one) => one.finished),
      );
    }
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
