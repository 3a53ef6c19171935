// What the core is asked and what it answers. Made by `tests/update wire` from
// core/session/wire.h.

/** An error, or a warning. */
export interface Problem {
  /** its stable name */
  readonly code: string;
  /** a JSON pointer, a line or a byte offset; may be empty */
  readonly where: string;
  /** what was found there, and what is wanted */
  readonly detail: string;
  /** all of it in one line, for a log */
  readonly text: string;
}

/** The answer to a request that was refused. */
export interface Failure {
  readonly ok: false;
  /** all that is wrong, at least one */
  readonly errors: readonly Problem[];
}

/** What every request but `deliver`, `own` and `say` holds; alone, of `decide` and `erase`. */
export interface Visit {
  /** seconds since 1970 [0, 253402300799] */
  readonly now: number;
  /** one of the policy's [2 to 35 bytes] */
  readonly language: string;
  /** navigator.globalPrivacyControl */
  readonly gpc: boolean;
  /** ISO 3166 code, "" where it is not known */
  readonly place: string;
  /** whether the device remembers a no that `held` does not tell */
  readonly refused: boolean;
  /** what `press` returned as `choice`, or null */
  readonly held: unknown;
  /** what `press` returned as `chain`, or null */
  readonly chain: unknown;
  /** what another sub-domain told by the policy's cookie [0 to 3500 bytes] */
  readonly shared?: string;
}

export interface ViewRequest extends Visit {
  /** which layer of the notice [1 to 16 bytes] */
  readonly layer: string;
  /** of a frame [1 to 64 bytes] */
  readonly purpose?: string;
  /** the last act, where this page did it */
  readonly said?:
    | 'accept'
    | 'refuse'
    | 'save'
    | 'frame'
    | 'grant'
    | 'identify'
    | 'show-once'
    | 'erase'
    | 'withdraw';
  /** how far the last record has come */
  readonly delivery?:
    | 'none'
    | 'saved'
    | 'waiting'
    | 'delivered'
    | 'shelved'
    | 'unsaved'
    | 'erasing'
    | 'erased'
    | 'unerased';
}

/** How the notice stood when it was pressed. */
export interface Stood {
  /** percent of the larger answer's area that the smaller one has [0, 100] */
  readonly alike: number;
  /** 100, or 0 where the top layer shows something over them [0, 100] */
  readonly clear: number;
  /** of their words and the question's, in hundredths (WCAG 2.2); 0: cannot be told [0, 2100] */
  readonly contrast: number;
  /** pixels of the lowest [0, 9999] */
  readonly height: number;
  /** percent, through all that they stand in [0, 100] */
  readonly opacity: number;
  /** percent of probed points at which a press would have reached them [0, 100] */
  readonly reached: number;
  /** whether a page of another origin stands around it, and the control was seen there */
  readonly framed?: 'none' | 'seen' | 'unseen';
}

export interface Act {
  /** which control was used */
  readonly control:
    | 'accept'
    | 'refuse'
    | 'save'
    | 'withdraw'
    | 'frame'
    | 'show-once'
    | 'grant'
    | 'identify';
  /** the layer it stood on; left out where the host's own interface was used [0 to 16 bytes] */
  readonly layer?: string;
  /** whose interface it was */
  readonly via: 'notice' | 'host' | 'script';
  /** a real event (isTrusted) of the visitor's */
  readonly trusted: boolean;
  /** it waited in the page's storage, where every script can write */
  readonly stored?: boolean;
  /** when it was pressed, in seconds since 1970; `now` where it is left out [0, 253402300799] */
  readonly at?: number;
  /** save, grant: the purposes said yes to; frame: exactly one; at most 64 */
  readonly selected: readonly string[];
  /** how the notice stood when it was pressed */
  readonly stood?: Stood;
  /** the host's own control stood in a frame of another origin */
  readonly framed?: boolean;
  /** the slot `changed` stood there, filled */
  readonly told?: boolean;
}

export interface PressRequest extends Visit {
  /** the host's account reference, to seal into the record [1 to 128 bytes] */
  readonly subject?: string;
  /** what was pressed */
  readonly press: Act;
}

/** One record on its way. */
export interface OutboxEntry {
  /** the record's */
  readonly id: string;
  /** SHA-256 of the record's bytes */
  readonly digest: string;
  /** records of one device go in order, one at a time */
  readonly device: string;
  /** 1, 2, … within one device key */
  readonly seq: number;
  readonly op: 'set' | 'erase';
  readonly state: 'waiting' | 'shelved';
  /** why it is on the shelf: what a later page may try again, or what the backend refused */
  readonly reason: 'none' | 'refused' | 'too-many-tries';
  /** the last HTTP status, 0 for none */
  readonly status: number;
  readonly tries: number;
  /** milliseconds since 1970 */
  readonly not_before: number;
}

export type DeliveryEvent =
  | { readonly kind: 'start' | 'tick' }
  | {
      readonly kind: 'answer';
      /** the record that was sent */
      readonly id: string;
      /** HTTP status; 0: no answer came [0, 999] */
      readonly status: number;
      /** what the backend answered [0 to 65536 bytes] */
      readonly body?: string;
      /** seconds, where the backend asked for them [0, 1000000000] */
      readonly retry_after?: number;
    };

export interface DeliverRequest {
  /** milliseconds since 1970 [0, 253402300799000] */
  readonly now_ms: number;
  /** 32 fresh bits, to spread retries [0, 4294967295] */
  readonly random: number;
  /** what the last step returned, and every new entry */
  readonly outbox: unknown;
  /** why this step is taken */
  readonly event: DeliveryEvent;
}

export interface OwnRequest {
  /** the records' bytes, base64; at most 10000 */
  readonly records: readonly string[];
}

export interface SayRequest {
  /** seconds since 1970 [0, 253402300799] */
  readonly now: number;
  /** the policy's [1 to 253 bytes] */
  readonly site: string;
  /** the company's; at most 4 */
  readonly keys: readonly string[];
  /** the id of the policy that holds */
  readonly policy: string;
  /** the announcement's id */
  readonly change: string;
  /** in which it was announced [2 to 35 bytes] */
  readonly language: string;
  /** what they think [1 to 8000 bytes] */
  readonly message: string;
  /** where the visitor wants an answer [0 to 800 bytes] */
  readonly reply?: string;
}

/** An answer to `load`. */
export interface Loaded {
  readonly ok: true;
  /** the policy's id */
  readonly policy: string;
  /** what records name */
  readonly site: string;
  /** where records are put, or "" */
  readonly collector: string;
}

export interface Reason {
  readonly granted: boolean;
  readonly why:
    | 'basis'
    | 'answered'
    | 'default'
    | 'not-asked'
    | 'expired'
    | 'terms-changed'
    | 'longer-kept'
    | 'refused'
    | 'gpc'
    | 'stricter-place'
    | 'clock';
}

/** The decision as the loader reads it. */
export interface Verdict {
  /** the version of this form */
  readonly v: 2;
  /** the policy's id */
  readonly policy: string;
  readonly place: string;
  /** with the place, where that has exceptions */
  readonly regime: string;
  readonly gpc: boolean;
  /** seconds since 1970; outside [not_before, until) it has to be decided afresh */
  readonly not_before: number;
  readonly until: number;
  readonly granted: readonly string[];
  /** whether anything was granted that can be taken back */
  readonly withdrawable: boolean;
  readonly number: string | null;
}

/** What sub-domains tell each other. */
export interface Shared {
  /** core/consent/shared.h tells its form */
  readonly text: string;
  /** seconds since 1970: nothing in it stands any longer then */
  readonly until: number;
}

/** An answer to `decide`. */
export interface Decided {
  readonly ok: true;
  /** with the place, where that has exceptions */
  readonly regime: string;
  /** whether a question is open */
  readonly ask: boolean;
  /** what rests on the screen */
  readonly layer: 'first' | 'door' | 'none';
  /** the short number of the record that is held */
  readonly number: string | null;
  /** purposes that may run */
  readonly granted: readonly string[];
  /** of every purpose */
  readonly reasons: Readonly<Record<string, Reason>>;
  /** for the loader; null while a question is open */
  readonly verdict: Verdict | null;
  /** for the policy's cookie; null: nothing to tell */
  readonly shared: Shared | null;
  /** what was stored and cannot be read */
  readonly warnings: readonly Problem[];
}

/** An answer to `view`. */
export interface Shown {
  readonly ok: true;
  /** SHA-256 of the layer's HTML, as it was compiled */
  readonly notice: string;
  /** when the answer that is held was given, in seconds since 1970 */
  readonly when: number | null;
  /** whether only the day of it is kept (UTC) */
  readonly day: boolean;
  /** texts by the name of the slot they go to */
  readonly slots: Readonly<Record<string, string>>;
  /** purposes whose control is on */
  readonly ticked: readonly string[];
  /** acts that there is nothing for */
  readonly hidden: readonly string[];
}

export interface SealedBytes {
  readonly id: string;
  /** its short number, for people */
  readonly number: string;
  /** 1, 2, … within one device key */
  readonly seq: number;
  /** base64 */
  readonly bytes: string;
}

/** What `press` and `erase` make. */
export interface SealedRecord {
  /** to store, and to hand back as `held` */
  readonly choice: object;
  /** to store, and to hand back; null: no key is kept */
  readonly chain: object | null;
  /** null where the policy records no refusals */
  readonly record: SealedBytes | null;
  /** for the outbox */
  readonly entry: OutboxEntry | null;
}

/** An answer to `press` and `erase`. */
export type Pressed = Decided & SealedRecord;

/** An answer to `deliver`. */
export interface Step {
  readonly ok: true;
  /** what is left to send, and what is on the shelf */
  readonly outbox: readonly OutboxEntry[];
  /** what an answer did; gone: another tab has delivered it meanwhile */
  readonly outcome?: 'delivered' | 'ended' | 'retried' | 'shelved' | 'gone';
  /** the id of the record to send now */
  readonly send: string | null;
  /** milliseconds since 1970: when to take the next step */
  readonly at: number | null;
  /** entries that cannot be read */
  readonly warnings: readonly Problem[];
}

export interface EraseSecret {
  readonly device: string;
  readonly secret: string;
}

export interface OwnExport {
  readonly v: 'avow/v1 export';
  /** an age X25519 identity */
  readonly identity: string;
  /** what proves the right to have the chain deleted */
  readonly erase: EraseSecret;
  /** each with its opened payload, or why it cannot be opened */
  readonly records: readonly unknown[];
}

/** An answer to `say`. */
export interface SayAnswer {
  readonly ok: true;
  /** the record's */
  readonly id: string;
  /** SHA-256 of its bytes: what a backend acknowledges */
  readonly digest: string;
  /** the record, base64 */
  readonly bytes: string;
}

/** An answer to `own`. */
export interface OwnAnswer {
  readonly ok: true;
  readonly export: OwnExport;
}
