#include "trust/key.h"

#include <algorithm>
#include <sodium/crypto_scalarmult_curve25519.h>
#include <sodium/crypto_sign_ed25519.h>

#include "base/text.h"
#include "trust/bech32.h"

namespace avow::trust {
namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";
constexpr std::string_view kFingerprintLabel = "avow/v1 fingerprint";

/// libsodium's secret key: seed ‖ public key.
using SigningKey = ByteArray<crypto_sign_ed25519_SECRETKEYBYTES>;

PublicKey expand(const Secret& seed, SigningKey& key) {
  PublicKey device;
  crypto_sign_ed25519_seed_keypair(device.data(), key.data(), seed.data());
  return device;
}

/// Whether the point has small order. Every X25519 scalar is a multiple of 8, so any of them shows
/// it.
bool low_order(const PublicKey& point) {
  constexpr ByteArray<32> kAnyScalar = {1};
  PublicKey shared;
  return crypto_scalarmult_curve25519(shared.data(), kAnyScalar.data(), point.data()) != 0;
}

}  // namespace

Result<Recipient> read_recipient(std::string_view text) {
  auto bytes = read_bech32(kRecipientPrefix, text, Bech32Case::lower);
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  Recipient recipient;
  std::ranges::copy(bytes->view(), recipient.key.begin());
  // Whatever is sealed to such a key has a secret that everybody knows.
  if (low_order(recipient.key))
    return fail(Code::key_malformed, {}, "A point of small order, which seals nothing.");
  return recipient;
}

std::string write_recipient(const Recipient& recipient) {
  return write_bech32(kRecipientPrefix, Secret(recipient.key), Bech32Case::lower);
}

Result<Identity> read_identity(std::string_view text) {
  auto key = read_bech32(kIdentityPrefix, text, Bech32Case::upper);
  if (!key) return std::unexpected(std::move(key.error()));
  return Identity{*key};
}

std::string write_identity(const Identity& identity) {
  return write_bech32(kIdentityPrefix, identity.key, Bech32Case::upper);
}

Recipient recipient_of(const Identity& identity) {
  Recipient recipient;
  // The plain ladder over u = 9 (RFC 7748): in the browser's core, where the Ed25519 table is left
  // out, it is four times as fast as the library's detour over Edwards coordinates.
  constexpr PublicKey kBase = {9};
  if (crypto_scalarmult_curve25519(recipient.key.data(), identity.key.data(), kBase.data()) != 0)
    fatal("the base point has small order");
  return recipient;
}

Result<std::vector<Identity>> read_identity_file(std::string_view text) {
  std::vector<Identity> identities;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);  // age reads such files too
    if (line.empty() || line.starts_with('#')) continue;
    auto identity = read_identity(line);
    if (!identity)
      return fail(Code::key_malformed, "line " + std::to_string(number), identity.error().detail);
    identities.push_back(std::move(*identity));
  }
  if (identities.empty()) return fail(Code::key_malformed, {}, "There is no key in the file.");
  return identities;
}

std::string fingerprint(const Recipient& recipient) {
  const std::string digits =
      text::to_hex(ByteView(labelled_sha256(kFingerprintLabel, {recipient.key})).first(8));
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 4)
    out += (i == 0 ? "" : " ") + digits.substr(i, 4);
  return out;
}

PublicKey device_key(const Secret& seed) {
  SigningKey key;
  const Wiping wiped(key);
  return expand(seed, key);
}

Signature sign(const Secret& seed, ByteView message) {
  SigningKey key;
  const Wiping wiped(key);
  expand(seed, key);
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(), message.size(),
                               key.data());
  return signature;
}

bool verify(const PublicKey& device, const Signature& signature, ByteView message) {
  return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                             device.data()) == 0;
}

}  // namespace avow::trust
