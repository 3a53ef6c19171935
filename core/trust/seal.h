#pragma once
// Sealing: standard binary age v1 files (c2sp.org/age) for X25519 recipients, made with libsodium's
// primitives alone, so that anybody's age opens what we seal and we open what age seals.

#include "trust/key.h"

namespace avow::trust {

/// Random bytes that sealing to `recipients` keys consumes: file key 16, payload nonce 16, one
/// ephemeral key each.
[[nodiscard]] constexpr std::size_t seal_entropy(std::size_t recipients) {
  return 32 + 32 * recipients;
}

/// Seals `plaintext` to every recipient (1 to 16). The result's length depends on the two lengths
/// alone.
[[nodiscard]] Result<Bytes> seal(ByteView plaintext, std::span<const Recipient> recipients,
                                 Entropy& entropy);

/// Opens an age v1 file with the first identity that fits. Every MAC is checked before a byte is
/// returned.
[[nodiscard]] Result<Bytes> open(ByteView file, std::span<const Identity> identities);

}  // namespace avow::trust
