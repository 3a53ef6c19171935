#pragma once
// The words of a policy in one language: the other half of its facts.

#include "base/fields.h"
#include "policy/policy.h"

namespace avow::policy {

/// Every text of the policy in `language`, in the shape of the policy: objects hold objects, lists
/// hold one object an item, in the order of the facts.
[[nodiscard]] json::Object write_words(const Policy& policy, std::string_view language);

/// Puts words that `write_words` wrote into the policy that was read from the facts beside them.
void read_words(json::Fields& fields, Policy& policy, std::string_view language);

}  // namespace avow::policy
