#include "trust/stream.h"

#include <algorithm>
#include <sodium/crypto_aead_chacha20poly1305.h>

namespace avow::trust {
namespace {

constexpr std::size_t kChunk = 65'536;
constexpr std::size_t kTag = 16;
constexpr std::size_t kSealedChunk = kChunk + kTag;

/// Eleven bytes of counter, big-endian, then whether this is the last chunk: no chunk can move, and
/// no end be forged.
ByteArray<12> chunk_nonce(std::uint64_t counter, bool last) {
  ByteArray<12> nonce{};
  for (std::size_t i = 0; i < 8; ++i) nonce[10 - i] = static_cast<std::uint8_t>(counter >> 8 * i);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

std::unexpected<Error> refuse(std::size_t chunk, const char* detail) {
  return fail(Code::seal_payload, "chunk " + std::to_string(chunk), detail);
}

}  // namespace

void encrypt_payload(Bytes& out, const FileKey& file_key, const PayloadNonce& nonce,
                     ByteView plaintext) {
  const Secret key = payload_key(file_key, nonce);
  // One chunk even when there is nothing to say; a full last chunk is not followed by an empty one.
  const std::size_t chunks = plaintext.empty() ? 1 : (plaintext.size() + kChunk - 1) / kChunk;
  out.reserve(out.size() + nonce.size() + plaintext.size() + chunks * kTag);
  append(out, nonce);
  for (std::size_t i = 0; i < chunks; ++i) {
    const ByteView part =
        plaintext.subspan(i * kChunk, std::min(kChunk, plaintext.size() - i * kChunk));
    const std::size_t at = out.size();
    out.resize(at + part.size() + kTag);
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data() + at, nullptr, part.data(), part.size(),
                                              nullptr, 0, nullptr,
                                              chunk_nonce(i, i + 1 == chunks).data(), key.data());
  }
}

Result<Bytes> decrypt_payload(const FileKey& file_key, ByteView payload) {
  if (payload.size() < kPayloadNonceSize)
    return fail(Code::seal_header, {}, "The payload has no nonce.");
  const Secret key = payload_key(file_key, payload.first(kPayloadNonceSize));
  payload = payload.subspan(kPayloadNonceSize);
  const std::size_t chunks =
      payload.empty() ? 1 : (payload.size() + kSealedChunk - 1) / kSealedChunk;
  const std::size_t rest = payload.size() - (chunks - 1) * kSealedChunk;
  if (rest < kTag) return refuse(chunks - 1, "Cut off.");
  // Otherwise the same content would have two spellings, and a cut at a chunk's end could pass for
  // the end.
  if (rest == kTag && chunks > 1)
    return refuse(chunks - 1, "The last chunk is empty but not the only one.");

  Bytes out(payload.size() - chunks * kTag);
  for (std::size_t i = 0; i < chunks; ++i) {
    const ByteView part = payload.subspan(
        i * kSealedChunk, std::min(kSealedChunk, payload.size() - i * kSealedChunk));
    // An empty vector has no data(); libsodium is given a place it does not write to.
    std::uint8_t none = 0;
    std::uint8_t* to = out.empty() ? &none : out.data() + i * kChunk;
    if (crypto_aead_chacha20poly1305_ietf_decrypt(
            to, nullptr, nullptr, part.data(), part.size(), nullptr, 0,
            chunk_nonce(i, i + 1 == chunks).data(), key.data()) != 0) {
      wipe(out);
      return refuse(i, "Altered, moved or not where the file ends.");
    }
  }
  return out;
}

}  // namespace avow::trust
