// The core as the browser sees it. Text goes through Embind; secrets go through one buffer that the core owns, because
// Embind's own argument buffers outlive the call and nobody wipes them.
#include <emscripten/bind.h>

#include <string>

#include "vault.h"

namespace {

using namespace avow::session;
using avow::wasm::scrub_stack;
using avow::wasm::vault;
using avow::wasm::vault_address;
using avow::wasm::vault_size;

std::string core_version() { return std::string(version()); }

std::string core_decide(const std::string& policy, const std::string& catalog, const std::string& request) {
  return decide(policy, catalog, request);
}
std::string core_view(const std::string& policy, const std::string& catalog, const std::string& request) {
  return view(policy, catalog, request);
}
std::string core_press(const std::string& policy, const std::string& catalog, const std::string& request) {
  std::string answer = press(policy, catalog, request, vault());
  scrub_stack();
  return answer;
}
std::string core_erase(const std::string& policy, const std::string& request) {
  std::string answer = erase(policy, request, vault());
  scrub_stack();
  return answer;
}
std::string core_deliver(const std::string& policy, const std::string& request) { return deliver(policy, request); }

}  // namespace

EMSCRIPTEN_BINDINGS(avow) {
  emscripten::function("version", &core_version);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("decide", &core_decide);
  emscripten::function("view", &core_view);
  emscripten::function("press", &core_press);
  emscripten::function("erase", &core_erase);
  emscripten::function("deliver", &core_deliver);
}
