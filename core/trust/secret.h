#pragma once
// Bytes that are wiped when they go out of scope, and the random bytes a host hands in.

#include "base/bytes.h"
#include "base/result.h"

namespace avow::trust {

/// Overwrites `bytes` in a way the compiler may not remove.
void wipe(std::span<std::uint8_t> bytes);
/// The same over all that a string holds (not what it held before it grew: that is the allocator's
/// to wipe).
void wipe(std::string& text);

/// Wipes a buffer on every way out of the scope that filled it.
template <class Buffer>
class Wiping {
 public:
  explicit Wiping(Buffer& buffer) : buffer_(buffer) {}
  Wiping(const Wiping&) = delete;
  Wiping& operator=(const Wiping&) = delete;
  ~Wiping() { wipe(buffer_); }

 private:
  Buffer& buffer_;
};

/// Thirty-two secret bytes: a device seed, an X25519 identity or an erase secret. Wiped on
/// destruction.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::span<const std::uint8_t, 32> bytes);
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret();
  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
  [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
  static constexpr std::size_t size() { return 32; }
  [[nodiscard]] ByteView view() const { return bytes_; }

 private:
  ByteArray<32> bytes_{};
};

/// Random bytes from the host's generator, each used once. The core draws none itself
/// (docs/ARCHITECTURE.md, Trust).
class Entropy {
 public:
  explicit Entropy(ByteView bytes) : left_(bytes) {}
  /// The next 32 bytes as a secret of their own.
  [[nodiscard]] Result<Secret> secret();
  /// Fills `out`, or fails with `entropy-short`.
  [[nodiscard]] Result<void> fill(std::span<std::uint8_t> out);

 private:
  ByteView left_;
};

}  // namespace avow::trust
