#include "trust/seal.h"

#include <algorithm>
#include <sodium/crypto_scalarmult_curve25519.h>

#include "base/text.h"
#include "trust/age_header.h"
#include "trust/stream.h"

namespace avow::trust {
namespace {

constexpr std::string_view kType = "X25519";
constexpr std::string_view kScryptType = "scrypt";
constexpr std::string_view kInfo = "age-encryption.org/v1/X25519";
constexpr std::size_t kMostRecipients = 16;

/// The key that wraps a file key between one share and one recipient; nothing where the shared
/// secret would be zero.
std::optional<Secret> wrapping_key(const Secret& own, const PublicKey& other,
                                   const PublicKey& share, const PublicKey& recipient) {
  Secret shared;
  // libsodium answers -1 for points of small order, whose shared secret (zero) everybody knows: RFC
  // 7748, section 6.1.
  if (crypto_scalarmult_curve25519(shared.data(), own.data(), other.data()) != 0)
    return std::nullopt;
  ByteArray<64> salt;
  std::ranges::copy(share, salt.begin());
  std::ranges::copy(recipient, salt.begin() + 32);
  return hkdf_sha256(shared.view(), salt, kInfo);
}

Result<PublicKey> read_share(const Stanza& stanza) {
  if (stanza.arguments.size() != 1)
    return fail(Code::seal_stanza, "X25519", "Want one argument, the share.");
  const auto bytes = text::from_base64(stanza.arguments[0], text::Base64::standard_unpadded);
  if (!bytes || bytes->size() != 32)
    return fail(Code::seal_stanza, "X25519", "The share is not 32 bytes of canonical base64.");
  if (stanza.body.size() != kWrappedKeySize)
    return fail(Code::seal_stanza, "X25519", "The body is not 32 bytes.");
  PublicKey share;
  std::ranges::copy(*bytes, share.begin());
  return share;
}

/// The file key from the first identity that fits any stanza. A malformed stanza is refused even
/// where another fits; the multiplication, which is what opening costs, is made until one does.
Result<FileKey> find_file_key(std::span<const Stanza> stanzas,
                              std::span<const Identity> identities) {
  std::vector<PublicKey> own;
  for (const Identity& identity : identities) own.push_back(recipient_of(identity).key);
  std::optional<FileKey> found;
  for (const Stanza& stanza : stanzas) {
    if (stanza.type == kScryptType && stanzas.size() > 1) {
      // Who knows the passphrase could otherwise add it to a file that others believe only a key
      // can open.
      return fail(Code::seal_stanza, "scrypt", "A passphrase stands beside another recipient.");
    }
    if (stanza.type != kType) continue;
    auto share = read_share(stanza);
    if (!share) return std::unexpected(std::move(share.error()));
    for (std::size_t i = 0; i < identities.size() && !found; ++i) {
      const auto wrapping = wrapping_key(identities[i].key, *share, *share, own[i]);
      if (!wrapping)
        return fail(Code::seal_stanza, "X25519", "The share is a point of small order.");
      found = unwrap(*wrapping, stanza.body);
    }
  }
  if (!found) return fail(Code::seal_no_match);
  return *found;
}

}  // namespace

Result<Bytes> seal(ByteView plaintext, std::span<const Recipient> recipients, Entropy& entropy) {
  if (recipients.empty() || recipients.size() > kMostRecipients) {
    return fail(Code::out_of_range, "recipients",
                "Got " + std::to_string(recipients.size()) + ", want 1 to 16.");
  }
  FileKey file_key;
  PayloadNonce nonce;
  if (auto filled = entropy.fill(file_key.bytes()); !filled)
    return std::unexpected(std::move(filled.error()));
  if (auto filled = entropy.fill(nonce); !filled) return std::unexpected(std::move(filled.error()));
  std::vector<Stanza> stanzas;
  for (const Recipient& recipient : recipients) {
    auto ephemeral = entropy.secret();
    if (!ephemeral) return std::unexpected(std::move(ephemeral.error()));
    const PublicKey share = recipient_of(Identity{*ephemeral}).key;
    const auto wrapping = wrapping_key(*ephemeral, recipient.key, share, recipient.key);
    if (!wrapping)
      return fail(Code::key_malformed, {},
                  "A recipient is a point of small order, which seals nothing.");
    stanzas.push_back({std::string(kType),
                       {text::to_base64(share, text::Base64::standard_unpadded)},
                       wrap(*wrapping, file_key)});
  }
  Bytes out = to_bytes(write_age_header(stanzas, file_key));
  encrypt_payload(out, file_key, nonce, plaintext);
  return out;
}

Result<Bytes> open(ByteView file, std::span<const Identity> identities) {
  auto header = read_age_header(file);
  if (!header) return std::unexpected(std::move(header.error()));
  auto file_key = find_file_key(header->stanzas, identities);
  if (!file_key) return std::unexpected(std::move(file_key.error()));
  if (auto checked = check_age_header(file, *header, *file_key); !checked)
    return std::unexpected(std::move(checked.error()));
  return decrypt_payload(*file_key, file.subspan(header->size));
}

}  // namespace avow::trust
