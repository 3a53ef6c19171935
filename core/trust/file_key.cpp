#include "trust/file_key.h"

#include <sodium/crypto_aead_chacha20poly1305.h>
#include <sodium/crypto_auth_hmacsha256.h>

namespace avow::trust {
namespace {

constexpr std::string_view kHeaderInfo = "header";
constexpr std::string_view kPayloadInfo = "payload";
// A fixed nonce is safe here: a wrapping key comes from a fresh ephemeral share or a fresh salt and
// encrypts once.
constexpr ByteArray<12> kZeroNonce{};

void hmac_sha256(std::span<std::uint8_t, 32> out, ByteView key,
                 std::initializer_list<ByteView> parts) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  for (const ByteView part : parts) crypto_auth_hmacsha256_update(&state, part.data(), part.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
}

}  // namespace

FileKey::~FileKey() { wipe(bytes_); }

Secret hkdf_sha256(ByteView secret, ByteView salt, std::string_view info) {
  constexpr ByteArray<32> kNoSalt{};  // RFC 5869, section 2.2; an empty view may have no address
  Secret extracted, out;
  hmac_sha256(std::span<std::uint8_t, 32>(extracted.data(), 32),
              salt.empty() ? ByteView(kNoSalt) : salt, {secret});
  constexpr std::uint8_t kFirstBlock = 1;
  hmac_sha256(std::span<std::uint8_t, 32>(out.data(), 32), extracted.view(),
              {as_bytes(info), {&kFirstBlock, 1}});
  return out;
}

Bytes wrap(const Secret& wrapping_key, const FileKey& file_key) {
  Bytes body(kWrappedKeySize);
  crypto_aead_chacha20poly1305_ietf_encrypt(body.data(), nullptr, file_key.view().data(),
                                            file_key.view().size(), nullptr, 0, nullptr,
                                            kZeroNonce.data(), wrapping_key.data());
  return body;
}

std::optional<FileKey> unwrap(const Secret& wrapping_key, ByteView body) {
  // A longer body could be made to open under many keys at once, and so tell an attacker which one
  // we hold.
  if (body.size() != kWrappedKeySize) fatal("a wrapped file key of another size");
  FileKey out;
  if (crypto_aead_chacha20poly1305_ietf_decrypt(out.bytes().data(), nullptr, nullptr, body.data(),
                                                body.size(), nullptr, 0, kZeroNonce.data(),
                                                wrapping_key.data()) != 0) {
    return std::nullopt;
  }
  return out;
}

Digest header_mac(const FileKey& file_key, ByteView header) {
  const Secret key = hkdf_sha256(file_key.view(), {}, kHeaderInfo);
  Digest mac;
  hmac_sha256(mac, key.view(), {header});
  return mac;
}

Secret payload_key(const FileKey& file_key, ByteView nonce) {
  return hkdf_sha256(file_key.view(), nonce, kPayloadInfo);
}

}  // namespace avow::trust
