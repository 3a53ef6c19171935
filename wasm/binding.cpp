// The core as the browser sees it. Text goes through Embind; secrets go through one buffer that the
// core owns, because Embind's own argument buffers outlive the call and nobody wipes them.
#include <emscripten/bind.h>

#include <string>

#include "vault.h"

namespace {

using namespace avow::session;
using avow::wasm::scrub_stack;
using avow::wasm::vault;
using avow::wasm::vault_address;
using avow::wasm::vault_size;

/// The page's policy and catalog. A page has one; a second would load a second module.
Session page;

std::string core_version() { return std::string(version()); }
std::string core_load(const std::string& policy, const std::string& catalog) {
  return load(page, policy, catalog);
}
std::string core_decide(const std::string& request) { return decide(page, request); }
std::string core_view(const std::string& request) { return view(page, request); }
std::string core_press(const std::string& request) {
  std::string answer = press(page, request, vault());
  scrub_stack();
  return answer;
}
std::string core_erase(const std::string& request) {
  std::string answer = erase(page, request, vault());
  scrub_stack();
  return answer;
}
std::string core_deliver(const std::string& request) { return deliver(page, request); }

}  // namespace

EMSCRIPTEN_BINDINGS(avow) {
  emscripten::function("version", &core_version);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("load", &core_load);
  emscripten::function("decide", &core_decide);
  emscripten::function("view", &core_view);
  emscripten::function("press", &core_press);
  emscripten::function("erase", &core_erase);
  emscripten::function("deliver", &core_deliver);
}
