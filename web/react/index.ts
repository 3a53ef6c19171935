// avow/react: <avow-embed> as a component, and the choices as a hook. It speaks to the loader that
// the page embeds by its tag, and renders the same on a server as in a browser.

import { createElement, useSyncExternalStore } from 'react';
import type { HTMLAttributes, ReactElement, Ref, SyntheticEvent } from 'react';
import { CHANGES, NOTHING, now } from '../public/choices.js';
import type { AvowEmbed as AvowEmbedElement, Choices } from '../public/types.js';

export type { AvowEmbedElement, Choices };

export interface AvowEmbedProps extends HTMLAttributes<AvowEmbedElement> {
  /** The purpose that it needs, or several with spaces between them. */
  purpose: string;
  src: string;
  /** What the frame is called, for who does not see it. */
  title: string;
  width?: number | string;
  height?: number | string;
  loading?: 'eager' | 'lazy';
  referrerPolicy?: string;
  allow?: string;
  allowFullScreen?: boolean;
  sandbox?: string;
  name?: string;
  /** Each time that a frame has loaded: the live one, for a player's script. */
  onFrame?: (frame: HTMLIFrameElement) => void;
  ref?: Ref<AvowEmbedElement>;
}

/** A frame that asks. */
export function AvowEmbed({ onFrame, ...attributes }: AvowEmbedProps): ReactElement {
  return createElement('avow-embed', {
    ...attributes,
    // React listens for any event of an element that is not HTML's own.
    'onavow-embed-load': ({ currentTarget: { frame } }: SyntheticEvent<AvowEmbedElement>) => {
      if (frame) onFrame?.(frame);
    },
  });
}

const nothing = (): Choices => NOTHING;

function follow(changed: () => void): () => void {
  for (const name of CHANGES) document.addEventListener(name, changed);
  return () => {
    for (const name of CHANGES) document.removeEventListener(name, changed);
  };
}

/** The choices that hold now. Nothing is granted on a server, and until the loader has run. */
export function useChoices(): Choices {
  return useSyncExternalStore(follow, now, nothing);
}
