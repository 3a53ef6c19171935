// A module of the core as the tests call it: text in, text out, through the buffer that it owns, as
// web/consent/call.ts does.

import { readFileSync } from 'node:fs';

const fileOf = (name) => new URL(`../../build/wasm/wasm/${name}.wasm`, import.meta.url);

/** A module, made by its glue of its file. */
export const made = (factory, name) =>
  factory({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(readFileSync(fileOf(name)), imports).then(({ instance }) =>
        done(instance),
      );
      return {};
    },
  });

const kCalls = ['version', 'load', 'decide', 'view', 'press', 'erase', 'deliver', 'own'];

/** The module with each of its calls taking and giving text. */
export function called(wasm) {
  const calls = { HEAPU8: wasm.HEAPU8, vaultAddress: wasm.vaultAddress, vaultSize: wasm.vaultSize };
  for (const name of kCalls.filter((one) => wasm[one]))
    calls[name] = (...words) => {
      const request = Buffer.from(words.join(''));
      wasm.HEAPU8.set(request, wasm.room(request.length));
      const size = name === 'load' ? wasm.load(Buffer.byteLength(words[0])) : wasm[name]();
      const at = wasm.answerAddress();
      const answer = Buffer.from(wasm.HEAPU8.subarray(at, at + size)).toString();
      wasm.room(0);
      return answer;
    };
  return calls;
}
