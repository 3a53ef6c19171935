#pragma once
// What a fuzz target holds the code to: the promises of its doc comments, for any input at all.

#include <cstdio>
#include <cstdlib>

#include "base/bytes.h"

namespace avow::fuzz {

/// Ends the run where a promise is broken; libFuzzer keeps the input.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "Broken promise: %s\n", what);
  std::abort();
}

/// What the fuzzer gives, each time in memory of its own, so that a read beyond it is seen.
inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return as_text(ByteView(data, size));
}

}  // namespace avow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
