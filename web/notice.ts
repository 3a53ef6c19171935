// The notice on its page: asks the core for a layer, and shows it.

import type { Core, Decided, Shown, Visit } from './core.js';
import type { AvowConsentElement } from './element.js';
import type { Gate } from './gate.js';
import { report } from './report.js';
import type { Delivery } from './types.js';

/**
 * Long enough to be read twice, or to be spoken (WCAG 2.2.1: nothing is lost with it, "your
 * choices" says the same).
 */
const NEWS = 8_000;

export class Notice {
  private fading: ReturnType<typeof setTimeout> | undefined;
  private granted: readonly string[] = [];
  private frames: Record<string, string> = {};
  private growing: MutationObserver | undefined;
  private readonly unknown = new Set<string>();

  /** `told`: what it speaks of, as it is now. */
  constructor(
    private readonly core: Core,
    private readonly element: AvowConsentElement,
    private readonly gate: Gate,
    private readonly told: () => Visit & { readonly delivery: Delivery },
  ) {}

  show(layer: string): void {
    this.element.show(layer, this.rendered(layer));
    if (layer === 'entry') this.fade();
  }

  /**
   * The layer to show after a change that was not made here. What the visitor has open stays, with
   * the ticks they made; null: as it is.
   */
  still({ ask }: Decided): string | null {
    const { shownLayer } = this.element;
    if (shownLayer === 'choices') return null;
    return ask ? 'first' : shownLayer === 'yours' ? 'yours' : 'entry';
  }

  /** Says how far the record has come, where the layer that is shown says so. */
  update(): void {
    const { shownLayer } = this.element;
    if (shownLayer === 'entry' || shownLayer === 'yours')
      this.element.write(this.rendered(shownLayer).slots);
    this.fade();
  }

  /** Puts a placeholder in the place of each frame that may not load. */
  cover(granted: readonly string[]): void {
    this.granted = granted;
    // a purpose may be called "constructor"
    this.frames = Object.create(null) as Record<string, string>;
    this.gate.cover(this.frames, '');
    this.draw();
    // Pages grow: a frame that comes later has its placeholder too.
    this.growing ??= new MutationObserver(() => this.draw());
    this.growing.observe(document, { childList: true, subtree: true });
  }

  private draw(): void {
    let css = '';
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(
      'iframe[data-avow][data-src]',
    )) {
      const purpose = frame.dataset['avow']!;
      if (this.granted.includes(purpose) || purpose in this.frames || this.unknown.has(purpose))
        continue;
      try {
        ({ html: this.frames[purpose], css } = this.rendered('frame', purpose));
      } catch (error) {
        this.unknown.add(purpose);
        // a mark that the policy does not know stays closed, and the developer is told
        report(error);
      }
    }
    if (css) this.gate.cover(this.frames, css);
  }

  private rendered(layer: string, purpose?: string): Shown {
    const utc_offset = -new Date().getTimezoneOffset();
    return this.core.view({ ...this.told(), layer, utc_offset, ...(purpose ? { purpose } : {}) });
  }

  /** The news of a record stays a while, then the entry is only a door again. */
  private fade(): void {
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      if (this.element.shownLayer === 'entry') this.element.write({ status: '' });
    }, NEWS);
  }
}
