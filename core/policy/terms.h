#pragma once
// The material facts of a purpose, as one number.

#include "policy/policy.h"

namespace avow::policy {

/// SHA-256 over what a consent is given to (PIPL 14(2), 23, 39; GDPR 4(11)): the purpose's kind,
/// basis, `separate` and methods; its data with their class and whom they are about; by whom it is
/// pursued; who receives which of the data, as what, and where; and the author's `revision`. A
/// company counts by its registration, or by its name in the policy's first language. Other texts
/// are not in it: a mended typo asks nobody again. Retention stands beside it as a number.
[[nodiscard]] Digest terms(const Policy& policy, const Purpose& purpose);

/// Whether a member of the `controller`, or of an object in one of the lists of a policy's written
/// form, is in the terms of a purpose that uses it.
[[nodiscard]] bool is_material(std::string_view list, std::string_view member);

/// Gives every purpose of a policy that was just read its terms.
void add_terms(Policy& policy);

}  // namespace avow::policy
