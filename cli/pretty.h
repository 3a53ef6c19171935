#pragma once
// JSON for people: members in the order they were set, two spaces a level.

#include <string>

#include "base/json.h"

namespace avow::cli {

[[nodiscard]] std::string pretty(const json::Value& value);

}  // namespace avow::cli
