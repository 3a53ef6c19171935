#pragma once
// The declaration of change.json, told to editors and to readers. Linked by tools alone.

#include <map>

#include "base/json.h"

namespace avow::change {

/// The JSON Schema (2020-12) of a change.json.
[[nodiscard]] json::Object json_schema();
/// The Markdown table of each object's members, by the object's name ("" is the file itself).
[[nodiscard]] std::map<std::string, std::string> field_tables();

}  // namespace avow::change
