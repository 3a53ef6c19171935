#pragma once
// SHA-256, plain and with a domain label.

#include <initializer_list>

#include "base/bytes.h"

namespace avow {

using Digest = ByteArray<32>;

[[nodiscard]] Digest sha256(ByteView bytes);

/// SHA-256(label ‖ 0x00 ‖ parts…). Labels are versioned constants, so that no two uses can be taken
/// for each other.
[[nodiscard]] Digest labelled_sha256(std::string_view label, std::initializer_list<ByteView> parts);

}  // namespace avow
