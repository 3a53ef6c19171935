#pragma once
// Keys: X25519 for sealing, spelled as age spells them (Bech32), and Ed25519 for a device's
// signature.

#include "base/digest.h"
#include "trust/secret.h"

namespace avow::trust {

using PublicKey = ByteArray<32>;  ///< Ed25519 (RFC 8032) or X25519 (RFC 7748)
using Signature = ByteArray<64>;  ///< Ed25519

/// Who can open a seal: an X25519 public key, `age1…`.
struct Recipient {
  PublicKey key{};
  friend bool operator==(const Recipient&, const Recipient&) = default;
};
/// The secret half, `AGE-SECRET-KEY-1…`.
struct Identity {
  Secret key;
};

[[nodiscard]] Result<Recipient> read_recipient(std::string_view text);
[[nodiscard]] std::string write_recipient(const Recipient& recipient);
[[nodiscard]] Result<Identity> read_identity(std::string_view text);
[[nodiscard]] std::string write_identity(const Identity& identity);
[[nodiscard]] Recipient recipient_of(const Identity& identity);
/// An identity file as age-keygen writes it: one key a line, `#` comments and empty lines; errors
/// carry the line.
[[nodiscard]] Result<std::vector<Identity>> read_identity_file(std::string_view text);
/// What two people compare by voice: the first 8 bytes of SHA-256("avow/v1 fingerprint\0" ‖ key),
/// "3f2a 91c0 …".
[[nodiscard]] std::string fingerprint(const Recipient& recipient);

/// The Ed25519 public key of a 32-byte seed.
[[nodiscard]] PublicKey device_key(const Secret& seed);
[[nodiscard]] Signature sign(const Secret& seed, ByteView message);
/// Strict: refuses small-order keys and non-canonical signatures, as libsodium does.
[[nodiscard]] bool verify(const PublicKey& device, const Signature& signature, ByteView message);

}  // namespace avow::trust
