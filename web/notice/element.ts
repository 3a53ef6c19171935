// <avow-consent>: shows what the core rendered, in an open shadow root with stable hooks, and
// reports what was pressed. It knows layers and controls, not what they mean.

import type { Rendered } from './notice.js';
import type { dress, fill, raise } from '../loader/markup.js';
import type { keepClear } from '../page/room.js';
import type { stood } from '../page/seen.js';
import { Sight } from './sight.js';
import { dom } from '../page/dom.js';

/** A press on one of the notice's controls. */
export interface Pressing {
  readonly act: string;
  readonly layer: string;
  readonly trusted: boolean;
  /** What stands for the control, and what the browser says of it. */
  readonly control: HTMLElement | undefined;
  readonly seen: boolean;
  /** The purposes that are ticked, where the layer has ticks. */
  readonly ticked: readonly string[];
  /** The pointer is down on it, and nothing is pressed yet. */
  readonly begins: boolean;
}

/** The loader's: it holds the one Trusted Types policy, and measures presses of its own. */
export interface Markup {
  readonly fill: typeof fill;
  readonly dress: typeof dress;
  readonly raise: typeof raise;
  readonly keepClear: typeof keepClear;
  readonly stood: typeof stood;
}

/**
 * What shows the notice and hears of presses. No script of the page reaches it through the element.
 */
export interface Stage {
  show(layer: string, shown: Rendered, css: string): void;
  write(slots: Readonly<Record<string, string>>): void;
  hide(): void;
}
let stageOf: (
  element: AvowConsentElement,
  markup: Markup,
  onPress: (pressing: Pressing) => void,
) => Stage;
export { stageOf };

export class AvowConsentElement extends HTMLElement {
  static {
    stageOf = (element, markup, onPress) => {
      element.#markup = markup;
      element.#onPress = onPress;
      return {
        show: (layer, shown, css) => element.#show(layer, shown, css),
        write: (slots) => element.#write(slots),
        hide: () => element.#hide(),
      };
    };
  }

  #onPress: (pressing: Pressing) => void = () => {};
  #markup!: Markup;
  /** What each control was rendered for, whatever a script has written on it since. */
  readonly #acts = new WeakMap<Element, string>();
  /** And each box. */
  readonly #purposes = new WeakMap<Element, string>();
  readonly #sight = new Sight();
  #listening = false;
  #staying: MutationObserver | undefined;
  #returnTo: Element | null = null;
  /** The purposes that were ticked when the layer was shown, or by the visitor since. */
  #ticked = new Set<string>();
  #layer = '';
  /** What was rendered for it. */
  #html = '';

  /** Shows a layer in the place of the one before. */
  #show(layer: string, shown: Rendered, css: string): void {
    // Its controls are known already: what a script has written on them since says nothing.
    const again = this.#html === shown.html;
    const standing = this.#standing(layer, shown);
    if (layer !== this.#layer && !standing) {
      const active = dom.activeElement;
      if (this.#layer !== 'choices' && this.#layer !== 'yours')
        // a placeholder's button
        this.#returnTo = active === this ? null : (active?.shadowRoot?.activeElement ?? active);
    }
    const within = dom.activeElement === this;
    this.#layer = layer;
    this.#ticked = new Set(shown.ticked);
    const root = standing
      ? this.#takeOver(standing, css)
      : this.#markup.fill(this, shown.html, css);
    this.#html = shown.html;
    if (!(again && standing)) this.#know(root);
    for (const slot of root.querySelectorAll<HTMLElement>('[data-slot]'))
      if (!(slot.dataset['slot']! in shown.slots)) slot.textContent = '';
    this.#write(shown.slots);
    for (const box of root.querySelectorAll<HTMLInputElement>('input[data-purpose]'))
      box.checked = shown.ticked.includes(this.#purposes.get(box)!);
    for (const control of root.querySelectorAll<HTMLElement>('[data-act]'))
      control.hidden = shown.hidden.includes(this.#acts.get(control)!);
    this.#listen(root);
    this.#sight.watch(root.querySelectorAll('.answer'));
    this.#stay();
    this.#markup.keepClear(root);
    if (!standing) this.#focus(root, within);
  }

  /** Never on a control that answers. */
  #focus(root: ShadowRoot, within: boolean): void {
    const dialog = root.querySelector('dialog');
    if (dialog) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>('h2')!.focus();
      return;
    }
    // The control that was pressed is gone: focus goes where it came from, or to what stands in its
    // place and answers nothing.
    const next =
      (this.#returnTo?.isConnected && this.#returnTo) ||
      (within ? root.querySelector('[data-act=choose],[data-act=open]') : null);
    (next as HTMLElement | null)?.focus?.({ preventScroll: true });
    this.#returnTo = null;
  }

  /** Takes the notice off the page. */
  #hide(): void {
    this.#layer = '';
    this.remove();
  }

  /**
   * What the loader shows already, or the page's own HTML, stays as it is where it has the very
   * bytes that the core renders: no focus is lost and nothing is painted twice.
   */
  #standing(layer: string, shown: Rendered): Element | null {
    const standing = this.shadowRoot?.querySelector(`[data-layer="${layer}"]`);
    if (!standing || !this.isConnected) return null;
    // Put there again between a press and its release, a control would lose the click.
    if (this.#html === shown.html) return standing;
    if (this.#layer && layer !== 'first') return null;
    const copy = standing.cloneNode(true) as Element;
    for (const control of copy.querySelectorAll('[data-act]')) control.removeAttribute('hidden');
    // As nodes: engines spell them differently.
    const made = this.#markup.fill(dom.createElement('div'), shown.html, '');
    return copy.isEqualNode(made.firstElementChild) ? standing : null;
  }

  #takeOver(standing: Element, css: string): ShadowRoot {
    const root = this.shadowRoot!;
    for (const other of [...root.children]) if (!other.contains(standing)) other.remove();
    this.#markup.dress(root, css);
    return root;
  }

  /**
   * Sites that change pages by putting another body in place (Turbo and the like) keep their
   * notice.
   */
  #stay(): void {
    const shows = () => {
      if (this.#layer && !this.isConnected) this.#markup.raise(this);
    };
    this.#markup.raise(this);
    if (this.#staying) return;
    this.#staying = new MutationObserver(shows);
    this.#staying.observe(dom.documentElement, { childList: true });
  }

  /** Writes slots of the layer that is shown, and only those that changed. */
  #write(slots: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(slots)) {
      const slots = this.shadowRoot?.querySelectorAll(`[data-slot="${CSS.escape(name)}"]`) ?? [];
      for (const slot of slots) if (slot.textContent !== text) slot.textContent = text;
    }
  }

  /** Whether a slot of the layer that is shown says anything. */
  tells(slot: string): boolean {
    return Boolean(this.shadowRoot?.querySelector(`[data-slot=${slot}]`)?.textContent);
  }

  get shownLayer(): string {
    return this.isConnected ? this.#layer : '';
  }

  #know(root: ShadowRoot): void {
    for (const one of root.querySelectorAll<HTMLElement>('[data-act]'))
      this.#acts.set(one, one.dataset['act']!);
    for (const one of root.querySelectorAll<HTMLElement>('input[data-purpose]'))
      this.#purposes.set(one, one.dataset['purpose']!);
  }

  #listen(root: ShadowRoot): void {
    if (this.#listening) return;
    this.#listening = true;
    // A script's click on a label becomes a click on its box that looks like the visitor's: the two
    // come in one go.
    let scripted = false;
    for (const begin of ['pointerdown', 'keydown'])
      root.addEventListener(begin, ({ isTrusted, target }) => {
        // Where the visitor begins to press, that is over: a busy page runs no timer before it.
        scripted &&= !isTrusted;
        // What a yes takes to compute is done while the button is down, and shown to be.
        const control = (target as Element).closest<HTMLElement>('.answer');
        const act = control && this.#acts.get(control);
        if (act && isTrusted) setTimeout(() => this.#report(act, true, control, true));
      });
    root.addEventListener('click', (event) => {
      const target = event.target as HTMLInputElement;
      if (!event.isTrusted) {
        scripted = true;
        // not a microtask: WebKit runs those between the two where an automation clicked
        setTimeout(() => (scripted = false));
      }
      const purpose = this.#purposes.get(target);
      if (purpose !== undefined && event.isTrusted && !scripted) {
        this.#ticked[target.checked ? 'add' : 'delete'](purpose);
      }
      const control = target.closest<HTMLElement>('[data-act]');
      const act = control && this.#acts.get(control);
      if (act) this.#report(act, event.isTrusted, control);
    });
    // Escape closes a dialog: that is a close, never an answer. `cancel` does not bubble.
    root.addEventListener(
      'cancel',
      (event) => {
        event.preventDefault();
        this.#report('close', false);
      },
      true,
    );
  }

  #report(act: string, trusted: boolean, control?: HTMLElement, begins = false): void {
    // A tick that a script made is not the visitor's, even where the visitor presses "save".
    const ticked = [...this.shadowRoot!.querySelectorAll('input:checked')]
      .map((box) => this.#purposes.get(box)!)
      .filter((purpose) => this.#ticked.has(purpose));
    const seen = control !== undefined && this.#sight.seen(control);
    this.#onPress({ act, layer: this.#layer, trusted, control, seen, ticked, begins });
  }
}
