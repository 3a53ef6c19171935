// The C++ core in WebAssembly: loaded once, called with text, its secrets carried through the one
// buffer it owns.

import factory, { type MainModule } from '../../build/wasm/wasm/avow-core-wasm.mjs';
import type { Verdict } from '../page/verdict.js';
import { AvowError } from '../public/error.js';
import { read, withVault } from './vault.js';

/** What the page is to the core. */
export interface Page {
  /** Prefix of all that is stored: one notice an origin, unless `data-store` names another. */
  readonly name: string;
  readonly language: string;
  readonly place: string;
  readonly gpc: boolean;
  /** The policy, language and regime of the notices that are shown. */
  readonly under: string;
  readonly facts: string;
  readonly texts: string;
  /** The style of the layers that a page shows by itself. */
  readonly css: string;
  readonly wasm: ArrayBuffer;
}

/** What every call is given; see `core/session/session.h`. */
export interface Visit {
  readonly now: number;
  readonly language: string;
  readonly place: string;
  readonly gpc: boolean;
  readonly refused: boolean;
  readonly held: unknown;
  readonly chain: unknown;
}

export interface Warning {
  readonly code: string;
  readonly where: string;
  readonly text: string;
}

export interface Decided {
  readonly regime: string;
  /** Whether a question is open. */
  readonly ask: boolean;
  /** What rests on the screen. */
  readonly layer: 'first' | 'door' | 'none';
  readonly number: string | null;
  readonly granted: readonly string[];
  readonly reasons: Readonly<Record<string, { readonly granted: boolean; readonly why: string }>>;
  readonly verdict: Verdict | null;
  readonly warnings: readonly Warning[];
}

export interface Shown {
  readonly html: string;
  readonly notice: string;
  readonly slots: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
  readonly hidden: readonly string[];
}

export interface OutboxEntry {
  readonly id: string;
  readonly device: string;
  readonly seq: number;
  readonly op: 'set' | 'erase';
  readonly state: 'waiting' | 'shelved';
  /** Why it is on the shelf: what a later page may try again, or what the backend refused. */
  readonly reason: 'none' | 'refused' | 'too-many-tries';
}

export interface SealedRecord {
  readonly record: { readonly id: string; readonly number: string; readonly bytes: string } | null;
  readonly entry: OutboxEntry | null;
  readonly chain: object | null;
  readonly warnings: readonly Warning[];
}

export type Pressed = Decided & SealedRecord & { readonly choice: object };

export interface Step {
  readonly outbox: readonly OutboxEntry[];
  readonly outcome?: 'delivered' | 'ended' | 'retried' | 'shelved' | 'gone';
  readonly send: string | null;
  readonly at: number | null;
  readonly warnings: readonly Warning[];
}

interface Loaded {
  readonly policy: string;
  readonly site: string;
  readonly collector: string;
  readonly css: string;
}

/** Bytes of a document that the core reads (`json::Limits`). */
const LONGEST = 1 << 20;

export class Core {
  readonly #wasm: MainModule & { HEAPU8: Uint8Array<ArrayBuffer> };

  private constructor(
    wasm: MainModule & { HEAPU8: Uint8Array<ArrayBuffer> },
    /** What the policy says of itself, and the style of every layer. */
    readonly loaded: Loaded,
  ) {
    this.#wasm = wasm;
  }

  /** Reads the page's facts and texts, once. */
  static async load({ facts, texts, css, wasm }: Page): Promise<Core> {
    // The core refuses it too, but its memory does not hold every text that a server can send.
    for (const text of [facts, texts])
      if (new TextEncoder().encode(text).length > LONGEST)
        throw new AvowError('json-too-large', 'Facts and texts are at most 1 MiB long.');
    // Compiled before the glue has it: the glue would tell the console of a failure four times, and
    // end the page's wait never.
    const module = await WebAssembly.compile(wasm);
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ): object => {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    };
    const core = (await factory({ instantiateWasm })) as MainModule & {
      HEAPU8: Uint8Array<ArrayBuffer>;
    };
    const loaded = read<Loaded>(core.load(facts, texts));
    return new Core(core, { ...loaded, css: css + loaded.css });
  }

  decide(visit: Visit): Decided {
    return asked(visit, (request) => read(this.#wasm.decide(request)));
  }

  view(
    request: Visit & { layer: string; purpose?: string; delivery?: string; utc_offset: number },
  ): Shown {
    return asked(request, (text) => read(this.#wasm.view(text)));
  }

  /** Returns the keyring to store beside the chain; all zero where nothing is kept. */
  press(request: Visit & { press: object }, keyring: Uint8Array | null): [Pressed, Uint8Array] {
    return asked(request, (text) =>
      withVault(this.#wasm, keyring, () => read(this.#wasm.press(text))),
    );
  }

  erase(request: Visit, keyring: Uint8Array): [Pressed, Uint8Array] {
    return asked(request, (text) =>
      withVault(this.#wasm, keyring, () => read(this.#wasm.erase(text))),
    );
  }

  deliver(request: object): Step {
    return read(this.#wasm.deliver(JSON.stringify(request)));
  }
}

/**
 * Calls the core with what the device stores. What cannot travel as JSON, or is nothing that the
 * core ever wrote, is handed over as something that it cannot read, and says so. Each call draws
 * fresh entropy.
 */
function asked<T>(visit: Visit, call: (request: string) => T): T {
  try {
    return call(JSON.stringify(visit));
  } catch (error) {
    if (error instanceof AvowError && !error.code.startsWith('json-')) throw error;
    return call(
      JSON.stringify({ ...visit, held: visit.held && false, chain: visit.chain && false }),
    );
  }
}
