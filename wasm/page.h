#pragma once
// The page that a module works for. It has one; a second would load a second module.

#include "session/session.h"

namespace avow::wasm {

/// Its policy's facts and the texts of its language.
[[nodiscard]] session::Session& page();

/// Reads both from the buffer, where so many bytes are the facts and the rest is the texts.
[[nodiscard]] unsigned load_page(unsigned facts);

}  // namespace avow::wasm
