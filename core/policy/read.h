#pragma once
// Authored JSON → Policy. Everything that is wrong is reported at once, each with its JSON pointer.

#include "policy/outputs.h"

namespace avow::policy {

/// Reads an authored policy (docs/POLICY.md). Checks references, languages, bounds and what the law
/// asks of the fields' combination (separate consent, necessity and impact of sensitive data).
[[nodiscard]] Checked<AuthoredPolicy> read(std::string_view json);

}  // namespace avow::policy
