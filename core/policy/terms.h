#pragma once
// The material facts of a purpose, as one number.

#include "policy/policy.h"

namespace avow::policy {

/// SHA-256 over what PIPL 14(2) calls purpose, method and category, and over who receives it (PIPL
/// 23, 39): kind, basis, `separate`, methods, categories, recipients with role and country, and the
/// author's `revision`. Texts are not in it: a mended typo asks nobody again. Retention stands
/// beside it as a number.
[[nodiscard]] Digest terms(const Policy& policy, const Purpose& purpose);

/// Gives every purpose of a policy that was just read its terms.
void add_terms(Policy& policy);

}  // namespace avow::policy
