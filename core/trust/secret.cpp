#include "trust/secret.h"

#include <algorithm>
#include <cstring>

namespace avow::trust {

void wipe(std::span<std::uint8_t> bytes) {
  if (bytes.empty()) return;
  std::memset(bytes.data(), 0, bytes.size());
  // Tells the compiler that somebody may read them now. sodium_memzero relies on a weak symbol for
  // this, which link-time optimisation sees through: in the WebAssembly build secrets stayed on the
  // stack.
  __asm__ volatile("" : : "r"(bytes.data()) : "memory");
}

void wipe(std::string& text) {
  // Short texts live inside the string object, long ones on the heap: data() is right for both.
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

Secret::Secret(std::span<const std::uint8_t, 32> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}
Secret::~Secret() { wipe(bytes_); }

Result<Secret> Entropy::secret() {
  Secret out;
  if (auto filled = fill({out.data(), Secret::size()}); !filled)
    return std::unexpected(std::move(filled.error()));
  return out;
}

Result<void> Entropy::fill(std::span<std::uint8_t> out) {
  if (left_.size() < out.size()) {
    return fail(
        Code::entropy_short, {},
        "Got " + std::to_string(left_.size()) + " bytes, want " + std::to_string(out.size()) + ".");
  }
  std::ranges::copy(left_.first(out.size()), out.begin());
  left_ = left_.subspan(out.size());
  return {};
}

}  // namespace avow::trust
