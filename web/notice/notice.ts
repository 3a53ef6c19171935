// The notice on its page: takes a layer as the build has it, asks the core what it says to this
// visitor, and shows it.

import type { Core, Decided, Page, Shown, Visit } from '../consent/core.js';
import type { ReceiptWords } from '../consent/receipt.js';
import type { ViewRequest } from '../consent/wire.js';
import { shown as built, type Notices } from '../page/notices.js';
import type { Delivery } from '../public/types.js';
import type { AvowConsentElement, Stage } from './element.js';

/**
 * Long enough to be read twice, or to be spoken (WCAG 2.2.1: nothing is lost with it, "your
 * choices" says the same).
 */
const NEWS = 8_000;
/** After which a live region is known to those who read it out. */
const SETTLED = 100;

/** A layer, and what it says to this visitor. */
export interface Rendered extends Shown {
  readonly html: string;
}

/**
 * The layers that stand over a page, in one language, by their names: choices (others in some
 * places) and yours.
 */
export interface Sheets {
  readonly css: string;
  /** What is collected and what is given to whom, as a document to keep. */
  readonly lists: string;
  readonly receipt: ReceiptWords;
  /** What is said where a control of theirs did nothing. */
  readonly failed: string;
}

type Told = Visit & { readonly delivery: Delivery } & Pick<ViewRequest, 'said'>;

export class Notice {
  readonly #core: Core;
  readonly #element: AvowConsentElement;
  readonly #stage: Stage;
  readonly #told: () => Told;
  readonly #page: Page;
  readonly #json: <T>(name: string) => Promise<T>;
  #sheets: Sheets | undefined;
  /** The language that they speak. */
  #spoken = '';
  /** What the visitor ticked before the choices were closed without an answer. */
  #ticked: readonly string[] | undefined;
  /** The news that the door told last: nothing is told twice. */
  #latest = '';
  #fading: ReturnType<typeof setTimeout> | undefined;
  #news: ReturnType<typeof setTimeout> | undefined;

  /** `told`: what it speaks of, as it is now. `json`: parts of the build. */
  constructor(
    core: Core,
    element: AvowConsentElement,
    stage: Stage,
    told: () => Told,
    page: Page,
    json: <T>(name: string) => Promise<T>,
  ) {
    this.#page = page;
    this.#json = json;
    this.#core = core;
    this.#element = element;
    this.#stage = stage;
    this.#told = told;
  }

  /** Shows choices or yours, which few visits need. */
  async open(layer: 'choices' | 'yours'): Promise<void> {
    const { language } = this.#page;
    if (this.#spoken !== language) this.#sheets = await this.#json<Sheets>(`sheets.${language}`);
    this.#spoken = language;
    this.show(layer);
  }

  show(layer: string): void {
    if (layer === 'none') {
      this.#stage.hide();
      return;
    }
    const shown = this.#rendered(layer);
    const { status: _, ...slots } = shown.slots;
    const css = this.#page.notices['css']! + (this.#sheets?.css ?? '');
    this.#stage.show(layer, { ...shown, slots }, css);
    if (layer !== 'door') return;
    // Words that come with their live region are not read out: the region stands first.
    clearTimeout(this.#news);
    this.#news = setTimeout(() => this.update(), SETTLED);
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

  /** What the visitor ticked stays while the choices are closed. */
  keep(ticked: readonly string[]): void {
    this.#ticked = ticked;
  }

  /** It was answered: what holds is shown from now on. */
  forget(): void {
    this.#ticked = undefined;
    this.#latest = '';
  }

  /** What the files are made of that a visitor is handed; only once a sheet was opened. */
  get sheets(): Sheets {
    return this.#sheets!;
  }

  /** Says how far the record has come, where the layer that is shown says so. */
  update(): void {
    const { shownLayer } = this.#element;
    if (shownLayer === 'yours') this.#stage.write(this.#rendered(shownLayer).slots);
    if (shownLayer !== 'door') return;
    const { status = '' } = this.#rendered(shownLayer).slots;
    if (status === this.#latest) return;
    this.#latest = status;
    this.#stage.write({ status });
    this.#fade();
  }

  /** Says that a control of "your choices" did nothing; or nothing any more. */
  failed(failed = this.#sheets!.failed): void {
    this.#stage.write({ failed });
  }

  #rendered(layer: string): Rendered {
    const { notices, regime, language } = this.#page;
    const shown = this.#core.view({ ...this.#told(), layer });
    const html = built({ ...notices, ...this.#sheets } as Notices, layer, regime);
    const slots =
      layer === 'yours' ? { ...shown.slots, when: moment(shown, language) } : shown.slots;
    const ticked = (layer === 'choices' && this.#ticked) || shown.ticked;
    return { ...shown, html, slots, ticked };
  }

  /** The news of a record stays a while, then the door is only a door again. */
  #fade(): void {
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => {
      if (this.#element.shownLayer === 'door') this.#stage.write({ status: '' });
    }, NEWS);
  }
}

/** When the answer that is held was given, as the visitor writes dates. */
function moment({ when, day }: Shown, language: string): string {
  if (when === null) return '–';
  const [spoken] = language.split('-');
  const own = navigator.languages.find((one) => one.split('-')[0] === spoken) ?? language;
  const form = day ? ({ timeZone: 'UTC' } as const) : ({ timeStyle: 'short' } as const);
  return new Intl.DateTimeFormat(own, { dateStyle: 'medium', ...form }).format(when * 1_000);
}
