#pragma once
// Authored JSON → Policy. Everything that is wrong is reported at once, each with its JSON pointer.

#include "policy/authored.h"

namespace avow::policy {

/// Reads an authored policy (docs/POLICY.md). Checks references, languages, bounds, and that no
/// fields together say what is not so; what a law asks is law.h's. In a draft a required member
/// that is absent is no error but one of `gaps`.
[[nodiscard]] Checked<AuthoredPolicy> read(std::string_view json);

}  // namespace avow::policy
