#include "trust/secret.h"

#include <algorithm>
#include <sodium/utils.h>

namespace avow::trust {

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

void wipe(std::string& text) {
  // Short texts live inside the string object, long ones on the heap: data() is right for both.
  sodium_memzero(text.data(), text.size());
}

Secret::Secret(std::span<const std::uint8_t, 32> bytes) { std::ranges::copy(bytes, bytes_.begin()); }
Secret::~Secret() { wipe(bytes_); }

Result<Secret> Entropy::secret() {
  Secret out;
  if (auto filled = fill({out.data(), Secret::size()}); !filled) return std::unexpected(std::move(filled.error()));
  return out;
}

Result<void> Entropy::fill(std::span<std::uint8_t> out) {
  if (left_.size() < out.size()) {
    return fail(Code::entropy_short, {},
                "Got " + std::to_string(left_.size()) + " bytes, want " + std::to_string(out.size()) + ".");
  }
  std::ranges::copy(left_.first(out.size()), out.begin());
  left_ = left_.subspan(out.size());
  return {};
}

}  // namespace avow::trust
