#pragma once
// The declaration of a policy's fields, told to editors and to readers. Linked by tools alone.

#include <map>

#include "base/json.h"

namespace avow::policy {

/// The JSON Schema (2020-12) of an authored policy. It sees what a schema can: not references,
/// declared languages or the calendar.
[[nodiscard]] json::Object json_schema();

/// The Markdown table of each object's fields, by the object's name ("" is the policy itself).
[[nodiscard]] std::map<std::string, std::string> field_tables();

}  // namespace avow::policy
