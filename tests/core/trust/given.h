#pragma once
// What the trust tests are given: entropy that is the same everywhere, keys, and files from
// tests/vectors/trust/.

#include <gtest/gtest.h>

#include <cstdio>

#include "trust/seal.h"

namespace avow::trust::given {

/// 0, 1, 2, … from `first` on.
inline Bytes counting(std::size_t size, std::uint8_t first = 0) {
  Bytes out(size);
  for (std::uint8_t& b : out) b = first++;
  return out;
}

inline Secret secret(std::uint8_t first) {
  const Bytes bytes = counting(32, first);
  return Secret(std::span<const std::uint8_t, 32>(bytes.data(), 32));
}
inline Identity identity(std::uint8_t first) { return {secret(first)}; }
inline Recipient recipient(std::uint8_t first) { return recipient_of(identity(first)); }

inline Bytes file(const std::string& name) {
  const std::string path = AVOW_VECTORS "/trust/" + name;
  Bytes out;
  std::FILE* from = std::fopen(path.c_str(), "rb");
  EXPECT_NE(from, nullptr) << path;
  if (from == nullptr) return out;
  for (int c; (c = std::fgetc(from)) != EOF;) out.push_back(static_cast<std::uint8_t>(c));
  std::fclose(from);
  return out;
}

/// The code of a refusal, or nothing where there was none.
template <class T>
std::string code(const Result<T>& result) {
  return result ? "accepted" : std::string(name(result.error().code));
}

inline std::string to_text(ByteView bytes) { return std::string(as_text(bytes)); }

}  // namespace avow::trust::given
