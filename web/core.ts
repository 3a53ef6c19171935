// The C++ core in WebAssembly: loaded once, called with text, its secrets carried through the one
// buffer it owns.

import factory, { type MainModule } from '../build/wasm/wasm/avow-core-wasm.mjs';
import type { Verdict } from './page.js';
import { AvowError } from './types.js';
import { read, withVault } from './vault.js';

/** What every call is given; see `core/session/session.h`. */
export interface Visit {
  readonly now: number;
  readonly language: string;
  readonly place: string;
  readonly gpc: boolean;
  readonly refused: boolean;
  readonly held: string | null;
  readonly chain: string | null;
}

export interface Warning {
  readonly code: string;
  readonly where: string;
  readonly text: string;
}

export interface Decided {
  readonly site: string;
  readonly collector: string;
  readonly regime: string;
  readonly ask: boolean;
  readonly number: string | null;
  readonly granted: readonly string[];
  readonly verdict: Verdict | null;
  readonly warnings: readonly Warning[];
}

export interface Shown {
  readonly html: string;
  readonly css: string;
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

/** Bytes of a document that the core reads (`json::Limits`). */
const LONGEST = 1 << 20;

export class Core {
  private constructor(
    private readonly wasm: MainModule & { HEAPU8: Uint8Array<ArrayBuffer> },
    /** SHA-256 of the policy's text. */
    readonly text: string,
  ) {}

  /**
   * Reads the page's policy and catalog, once. `wasm`: the core's address; by default the file
   * beside this module.
   */
  static async load(policy: string, catalog: string, wasm?: string): Promise<Core> {
    // The core refuses it too, but its memory does not hold every text that a server can send.
    for (const text of [policy, catalog]) {
      if (new TextEncoder().encode(text).length > LONGEST)
        throw new AvowError('json-too-large', 'A policy or a catalog is at most 1 MiB long.');
    }
    const module = await compile(wasm || new URL('./avow-core-wasm.wasm', import.meta.url).href);
    // Compiled before the glue has it: the glue would tell the console of a failure four times, and
    // end the page's wait never.
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
    return new Core(core, read<{ text: string }>(core.load(policy, catalog)).text);
  }

  decide(visit: Visit): Decided {
    return read(this.wasm.decide(JSON.stringify(visit)));
  }

  view(
    request: Visit & { layer: string; purpose?: string; delivery?: string; utc_offset: number },
  ): Shown {
    return read(this.wasm.view(JSON.stringify(request)));
  }

  /** Returns the keyring to store beside the chain; all zero where nothing is kept. */
  press(request: object, keyring: Uint8Array | null): [Pressed, Uint8Array] {
    return this.withVault(keyring, () => read(this.wasm.press(JSON.stringify(request))));
  }

  erase(request: Visit, keyring: Uint8Array): [Pressed, Uint8Array] {
    return this.withVault(keyring, () => read<Pressed>(this.wasm.erase(JSON.stringify(request))));
  }

  deliver(request: object): Step {
    return read(this.wasm.deliver(JSON.stringify(request)));
  }

  private withVault<T>(keyring: Uint8Array | null, call: () => T): [T, Uint8Array] {
    return withVault(this.wasm, keyring, call);
  }
}

async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  // Not as it streams in: Firefox 140 waits for ever where a module is cut off, and streaming
  // insists on a type of its own.
  return WebAssembly.compile(await response.arrayBuffer());
}
