#include "vault.h"

#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace avow::wasm {
namespace {
std::uint8_t vault_bytes[session::kVaultSize];
}

session::Vault vault() { return session::Vault(vault_bytes); }
unsigned vault_address() {
  return static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(vault_bytes));
}
unsigned vault_size() { return session::kVaultSize; }

[[gnu::noinline]] void scrub_stack() {
  volatile std::uint8_t below[32'768];
  for (volatile std::uint8_t& byte : below) byte = 0;
}

}  // namespace avow::wasm

// Every block is wiped as it is freed: the plaintext of a choice must not outlive its sealing.
void operator delete(void* block) noexcept {
  std::memset(block, 0, malloc_usable_size(block));
  asm volatile(""
               :
               : "r"(block)
               : "memory");  // the wipe is not dead: free() may not let the compiler think so
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
