#pragma once
#include <string>
#include <string_view>

namespace avow::cli {

/// JSON text as the same value in a script: a string that holds more double quotes than single ones
/// stands in single quotes, so that markup needs no escapes in it and packs better (ECMA-262,
/// 12.9.4; JSON's other escapes mean the same there).
[[nodiscard]] std::string script_literal(std::string_view json);

}  // namespace avow::cli
