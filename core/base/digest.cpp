#include "base/digest.h"

#include <sodium/crypto_hash_sha256.h>

namespace avow {

Digest sha256(ByteView bytes) {
  Digest out;
  crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
  return out;
}

Digest labelled_sha256(std::string_view label, std::initializer_list<ByteView> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  const auto add = [&](ByteView part) {
    crypto_hash_sha256_update(&state, part.data(), part.size());
  };
  add(as_bytes(label));
  constexpr std::uint8_t kEnd = 0;
  add({&kEnd, 1});
  for (const ByteView part : parts) add(part);
  Digest out;
  crypto_hash_sha256_final(&state, out.data());
  return out;
}

}  // namespace avow
