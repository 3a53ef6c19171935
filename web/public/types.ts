// The public types, written once. What the module exports is checked against them.

/** What is known of the visitor's answer. */
export interface Choices {
  /** Whether the visitor still has to be asked something. */
  readonly ask: boolean;
  /** Ids of the purposes that may run now; those that need no consent are among them. */
  readonly granted: readonly string[];
  /**
   * The record's short number, as shown to the visitor; null where nothing was recorded or a
   * refusal is anonymous.
   */
  readonly number: string | null;
  /** How far the last record has come. */
  readonly delivery: Delivery;
}

/**
 * none: nothing was recorded; saved: on this device; waiting: to be sent; delivered: the backend
 * has it; shelved: the backend will not take it, it can be exported; unsaved: this browser stores
 * nothing; erasing: deleted here at the visitor's wish, the backend is still to be told; erased: it
 * has been; unerased: it will not take that.
 */
export type Delivery =
  | 'none'
  | 'saved'
  | 'waiting'
  | 'delivered'
  | 'shelved'
  | 'unsaved'
  | 'erasing'
  | 'erased'
  | 'unerased';

/** What a backend said of one record. Status 0: nothing came back. */
export interface Answer {
  readonly status: number;
  readonly body?: string;
  /** Seconds, from Retry-After. */
  readonly retryAfter?: number;
}

/** Carries one sealed record to a backend. It must be harmless to send the same record twice. */
export type Transport = (record: {
  readonly id: string;
  readonly bytes: Uint8Array;
}) => Promise<Answer>;

/**
 * The visitor's records, sealed and opened. Their key, and the secret that erases, are in the file
 * that "your choices" hands to them, and to nobody else.
 */
export interface Export {
  readonly v: 'avow/v1 export';
  readonly records: readonly unknown[];
}

/** The consent API. Nothing here can say yes for the visitor. */
export interface Avow {
  /**
   * Settles once the gate has been set for this page; never rejects: a failure leaves everything
   * denied.
   */
  readonly ready: Promise<Choices>;
  readonly choices: Choices;
  /** Shows the notice: the open question, or "your choices" when there is none. */
  open(): Promise<void>;
  /** Says no to everything. May be called by anything at any time. */
  refuse(): Promise<Choices>;
  /** Takes every consent back. May be called by anything at any time. */
  withdraw(): Promise<Choices>;
  /**
   * Says yes to purposes that the visitor allowed in the host's own interface: `event` is their
   * click (by keyboard too), of the last second, and passed on once.
   */
  grant(purposes: string | readonly string[], event: Event): Promise<Choices>;
  /** Seals an opaque account reference (at most 128 bytes) into this visitor's records. */
  identify(subject: string): Promise<void>;
  export(): Promise<Export>;
  /**
   * Shows "your choices", where the visitor can delete the records here and at the backend, which
   * withdraws everything. No script can do it for them.
   */
  erase(): Promise<void>;
  /** Replaces the built-in HTTP transport. */
  deliverWith(transport: Transport): void;
}

/** `<avow-embed>`: its attributes are its state; it asks for its own purpose. */
export interface AvowEmbed extends HTMLElement {
  /** The frame that is shown, for a player's script; null while it is denied. */
  readonly frame: HTMLIFrameElement | null;
}

declare global {
  interface HTMLElementTagNameMap {
    'avow-embed': AvowEmbed;
  }
  interface HTMLElementEventMap {
    /** The frame of an `<avow-embed>` has loaded; the event's target is the element. */
    'avow-embed-load': Event;
  }
  interface DocumentEventMap {
    /** After the gate was first set. */
    'avow-ready': CustomEvent<Choices>;
    /** After what may run has changed, or a record has come further. */
    'avow-change': CustomEvent<Choices>;
    /**
     * Scripts of these purposes have run on this page, and their consent has been taken back since:
     * they go on until they stop themselves, or the page is loaded again.
     */
    'avow-withdrawn': CustomEvent<{ readonly running: readonly string[] }>;
  }
}
