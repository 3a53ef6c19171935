#pragma once
// Errors as problem details (RFC 9457). `detail` always says what to do.

#include "base/result.h"
#include "http.h"

namespace avow::collector {

[[nodiscard]] Reply problem(int status, std::string_view detail);
/// 422 with the core's own code: `code` is a member beside the standard ones.
[[nodiscard]] Reply unverifiable(const Error& error);
/// 429 or 503 with Retry-After.
[[nodiscard]] Reply come_back(int status, int seconds, std::string_view detail);
/// 405 with Allow.
[[nodiscard]] Reply wrong_method(std::string_view allowed);

/// A JSON document; `value` is already JSON text.
[[nodiscard]] Reply json_reply(int status, std::string text);
/// The standard reason phrase.
[[nodiscard]] std::string_view reason(int status);

}  // namespace avow::collector
