// The core as the browser sees it. Text goes through Embind; secrets go through one buffer that the core owns, because
// Embind's own argument buffers outlive the call and nobody wipes them.
#include <emscripten/bind.h>
#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "session/session.h"

namespace {

using namespace avow::session;

std::uint8_t vault_bytes[kVaultSize];
Vault vault() { return Vault(vault_bytes); }

/// What calls left on the stack is overwritten after each call that saw a secret.
[[gnu::noinline]] void scrub_stack() {
  volatile std::uint8_t below[32'768];
  for (volatile std::uint8_t& byte : below) byte = 0;
}

std::string core_version() { return std::string(version()); }
unsigned vault_address() { return static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(vault_bytes)); }
unsigned vault_size() { return kVaultSize; }

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
std::string core_own(const std::string& request) {
  std::string answer = own(request, vault());
  scrub_stack();
  return answer;
}
std::string core_deliver(const std::string& policy, const std::string& request) { return deliver(policy, request); }

}  // namespace

// Every block is wiped as it is freed: the plaintext of a choice must not outlive its sealing.
void operator delete(void* block) noexcept {
  std::memset(block, 0, malloc_usable_size(block));
  asm volatile("" : : "r"(block) : "memory");  // the wipe is not dead: free() may not let the compiler think so
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

EMSCRIPTEN_BINDINGS(avow) {
  emscripten::function("version", &core_version);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("decide", &core_decide);
  emscripten::function("view", &core_view);
  emscripten::function("press", &core_press);
  emscripten::function("erase", &core_erase);
  emscripten::function("own", &core_own);
  emscripten::function("deliver", &core_deliver);
}
