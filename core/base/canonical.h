#pragma once
// The only writer of bytes that are hashed or signed: JSON Canonicalization Scheme (RFC 8785) over
// our integer-only values.

#include "base/digest.h"
#include "base/json.h"

namespace avow::canonical {

/// Members sorted by UTF-16 code units, no white space, the shortest escapes.
[[nodiscard]] std::string write(const json::Value& value);

/// SHA-256 of `write(value)`.
[[nodiscard]] Digest digest(const json::Value& value);

}  // namespace avow::canonical
