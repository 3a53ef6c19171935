// The C++ core in WebAssembly: loaded once, called with text, its secrets carried through the one
// buffer it owns.

import factory, { type MainModule } from '../../build/wasm/wasm/avow-core-wasm.mjs';
import type { Baked } from '../loader/baked.js';
import type { Notices } from '../page/notices.js';
import { asked, call, made, withVault } from './call.js';
import type {
  Decided,
  DeliverRequest,
  Loaded,
  Pressed,
  PressRequest,
  Shown,
  Step,
  ViewRequest,
  Visit,
} from './wire.js';

export type {
  Decided,
  DeliveryEvent,
  OutboxEntry,
  Pressed,
  SealedRecord,
  Shown,
  Step,
  Visit,
  Problem as Warning,
} from './wire.js';

/** What the page is to the core. */
export interface Page {
  /** Prefix of all that is stored: one notice an origin, unless a build names another. */
  readonly name: string;
  /** What the loader knows of the policy. */
  readonly baked: Pick<Baked, 'clears' | 'languages' | 'shared'>;
  language: string;
  readonly place: string;
  readonly regime: string;
  readonly gpc: boolean;
  /** The policy, language and regime of the notices that are shown. */
  under: string;
  /** As they were served, in UTF-8. */
  readonly facts: ArrayBuffer;
  readonly texts: ArrayBuffer;
  /** What a page shows by itself, in its language. */
  notices: Notices;
  readonly wasm: ArrayBuffer;
}

export class Core {
  readonly #wasm: MainModule & { HEAPU8: Uint8Array<ArrayBuffer> };

  private constructor(
    wasm: MainModule & { HEAPU8: Uint8Array<ArrayBuffer> },
    /** What the policy says of itself. */
    readonly loaded: Loaded,
  ) {
    this.#wasm = wasm;
  }

  /** Reads the page's facts and texts, once. */
  static async load({ facts, texts, wasm }: Page): Promise<Core> {
    const core = (await made(factory, wasm)) as MainModule & {
      HEAPU8: Uint8Array<ArrayBuffer>;
    };
    const loaded = call<Loaded>(core, () => core.load(facts.byteLength), facts, texts);
    return new Core(core, loaded);
  }

  /** Says the same policy in other words from now on. */
  speak(facts: ArrayBuffer, texts: ArrayBuffer): void {
    call<Loaded>(this.#wasm, () => this.#wasm.load(facts.byteLength), facts, texts);
  }

  decide(visit: Visit): Decided {
    return asked(visit, (request) => call(this.#wasm, () => this.#wasm.decide(), request));
  }

  view(request: ViewRequest): Shown {
    return asked(request, (text) => call(this.#wasm, () => this.#wasm.view(), text));
  }

  /** Returns the keyring to store beside the chain; all zero where nothing is kept. */
  press(request: PressRequest, keyring: Uint8Array | null): [Pressed, Uint8Array] {
    return asked(request, (text) =>
      withVault(this.#wasm, keyring, () => call(this.#wasm, () => this.#wasm.press(), text)),
    );
  }

  deliver(request: DeliverRequest): Step {
    return call(this.#wasm, () => this.#wasm.deliver(), JSON.stringify(request));
  }
}
