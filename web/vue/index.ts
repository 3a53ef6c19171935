// avow/vue: <avow-embed> as a component, and the choices as a composable. It speaks to the loader
// that the page embeds by its tag, and renders the same on a server as in a browser.

import { h, onBeforeUnmount, onMounted, shallowRef } from 'vue';
import type { FunctionalComponent, ShallowRef } from 'vue';
import { CHANGES, NOTHING, now } from '../public/choices.js';
import type { AvowEmbed as AvowEmbedElement, Choices } from '../public/types.js';

export type { AvowEmbedElement, Choices };

export interface AvowEmbedProps {
  /** The purpose that it needs, or several with spaces between them. */
  purpose: string;
  src: string;
  /** What the frame is called, for who does not see it. */
  title: string;
  width?: number | string;
  height?: number | string;
  loading?: 'eager' | 'lazy';
  referrerpolicy?: string;
  allow?: string;
  allowfullscreen?: boolean;
  sandbox?: string;
  name?: string;
}

/**
 * A frame that asks. `@frame` comes each time that a frame has loaded, with the live one, for a
 * player's script; a template's `ref` is the element itself.
 */
export const AvowEmbed: FunctionalComponent<
  AvowEmbedProps,
  { frame: (frame: HTMLIFrameElement) => void }
> = (_, { attrs, emit }) =>
  h('avow-embed', {
    ...attrs,
    onAvowEmbedLoad: ({ currentTarget }: Event) => {
      const { frame } = currentTarget as AvowEmbedElement;
      if (frame) emit('frame', frame);
    },
  });
AvowEmbed.emits = ['frame'];
AvowEmbed.inheritAttrs = false; // all of them are handed on above

/** The choices that hold now. Nothing is granted on a server, and until the component stands. */
export function useChoices(): Readonly<ShallowRef<Choices>> {
  const choices = shallowRef(NOTHING);
  const look = () => {
    choices.value = now();
  };
  onMounted(() => {
    for (const name of CHANGES) document.addEventListener(name, look);
    look();
  });
  onBeforeUnmount(() => {
    for (const name of CHANGES) document.removeEventListener(name, look);
  });
  return choices;
}
