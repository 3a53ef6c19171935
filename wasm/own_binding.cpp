// The visitor's own copy, as a module of its own: opening is the half of the core that a first
// visit never needs.
#include <emscripten/bind.h>

#include <string>

#include "vault.h"

namespace {

std::string core_own(const std::string& request) {
  std::string answer = avow::session::own(request, avow::wasm::vault());
  avow::wasm::scrub_stack();
  return answer;
}

}  // namespace

EMSCRIPTEN_BINDINGS(avow_own) {
  emscripten::function("vaultAddress", &avow::wasm::vault_address);
  emscripten::function("vaultSize", &avow::wasm::vault_size);
  emscripten::function("own", &core_own);
}
