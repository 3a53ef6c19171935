#pragma once
// The one buffer that text crosses the boundary in: the caller takes room, writes its UTF-8 there
// and calls; the answer stands in its place until room is taken again. Embind's own strings are
// copied byte by byte, in JavaScript that no engine has compiled by then.

#include <string>

namespace avow::wasm {

[[nodiscard]] std::string& text();

/// Makes room for so many bytes, and returns its address. What stood there is wiped.
[[nodiscard]] unsigned room(unsigned size);

/// Puts the answer there, and returns its size in bytes.
[[nodiscard]] unsigned answer(std::string words);

[[nodiscard]] unsigned answer_address();

}  // namespace avow::wasm
