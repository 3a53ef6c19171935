// The visitor's own copy, as a module of its own: opening is the half of the core that a first
// visit never needs.
#include <emscripten/bind.h>

#include "text.h"
#include "vault.h"

namespace {

using namespace avow::wasm;

unsigned core_own() {
  const unsigned size = answer(avow::session::own(text(), vault()));
  scrub_stack();
  return size;
}

}  // namespace

EMSCRIPTEN_BINDINGS(avow_own) {
  emscripten::function("room", &room);
  emscripten::function("answerAddress", &answer_address);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("own", &core_own);
}
