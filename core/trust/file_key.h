#pragma once
// The file key of an age v1 file (c2sp.org/age): 16 random bytes, which every stanza wraps and from
// which every other key of the file is derived.

#include <optional>

#include "base/digest.h"
#include "trust/secret.h"

namespace avow::trust {

/// Wiped on destruction.
class FileKey {
 public:
  FileKey() = default;
  FileKey(const FileKey&) = default;
  FileKey& operator=(const FileKey&) = default;
  ~FileKey();
  [[nodiscard]] std::span<std::uint8_t> bytes() { return bytes_; }
  [[nodiscard]] ByteView view() const { return bytes_; }

 private:
  ByteArray<16> bytes_{};
};

constexpr std::size_t kWrappedKeySize = 32;  ///< ChaCha20-Poly1305 of 16 bytes

/// HKDF-SHA-256 (RFC 5869), 32 bytes.
[[nodiscard]] Secret hkdf_sha256(ByteView secret, ByteView salt, std::string_view info);

/// A stanza's body: the file key under a key that wraps this one file key and nothing else.
[[nodiscard]] Bytes wrap(const Secret& wrapping_key, const FileKey& file_key);
/// Nothing where `wrapping_key` is another one. `body` must be exactly `kWrappedKeySize` bytes.
[[nodiscard]] std::optional<FileKey> unwrap(const Secret& wrapping_key, ByteView body);

/// The MAC over a header's bytes up to and including `---`.
[[nodiscard]] Digest header_mac(const FileKey& file_key, ByteView header);
/// The key that encrypts the payload after its 16-byte nonce.
[[nodiscard]] Secret payload_key(const FileKey& file_key, ByteView nonce);

}  // namespace avow::trust
