// The notice on its page: asks the core for a layer, and shows it.

import type { Core, Decided, Shown, Visit } from '../consent/core.js';
import type { Delivery } from '../public/types.js';
import type { AvowConsentElement, Stage } from './element.js';

/**
 * Long enough to be read twice, or to be spoken (WCAG 2.2.1: nothing is lost with it, "your
 * choices" says the same).
 */
const NEWS = 8_000;

export class Notice {
  readonly #core: Core;
  readonly #element: AvowConsentElement;
  readonly #stage: Stage;
  readonly #told: () => Visit & { readonly delivery: Delivery };
  readonly #sheets: () => Promise<string>;
  /** Of the layers that a page shows by itself, until a sheet is to be shown. */
  #style: string;
  #dressed = false;
  #fading: ReturnType<typeof setTimeout> | undefined;

  /** `told`: what it speaks of, as it is now. `sheets`: the style of choices and yours. */
  constructor(
    core: Core,
    element: AvowConsentElement,
    stage: Stage,
    told: () => Visit & { readonly delivery: Delivery },
    css: string,
    sheets: () => Promise<string>,
  ) {
    this.#style = css;
    this.#sheets = sheets;
    this.#core = core;
    this.#element = element;
    this.#stage = stage;
    this.#told = told;
  }

  /** Shows choices or yours, whose style few visits need. */
  async open(layer: 'choices' | 'yours'): Promise<void> {
    if (!this.#dressed) this.#style += await this.#sheets();
    this.#dressed = true;
    this.show(layer);
  }

  show(layer: string): void {
    if (layer === 'none') this.#stage.hide();
    else this.#stage.show(layer, this.#rendered(layer), this.#style);
    if (layer === 'door') this.#fade();
  }

  /**
   * The layer to show after a change that was not made here. What the visitor has open stays, with
   * the ticks they made; null: as it is.
   */
  still({ layer }: Decided): string | null {
    const { shownLayer } = this.#element;
    if (shownLayer === 'choices') return null;
    return layer === 'door' && shownLayer === 'yours' ? 'yours' : layer;
  }

  /** Says how far the record has come, where the layer that is shown says so. */
  update(): void {
    const { shownLayer } = this.#element;
    if (shownLayer === 'door' || shownLayer === 'yours')
      this.#stage.write(this.#rendered(shownLayer).slots);
    this.#fade();
  }

  #rendered(layer: string): Shown {
    const utc_offset = -new Date().getTimezoneOffset();
    return this.#core.view({ ...this.#told(), layer, utc_offset });
  }

  /** The news of a record stays a while, then the door is only a door again. */
  #fade(): void {
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => {
      if (this.#element.shownLayer === 'door') this.#stage.write({ status: '' });
    }, NEWS);
  }
}
