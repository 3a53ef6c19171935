#pragma once
// What a policy may do and had better look at again, under the laws that it names. Linked by tools
// alone.

#include "policy/policy.h"

namespace avow::policy {

/// Each in a sentence or two, with its articles.
[[nodiscard]] std::vector<std::string> advice(const Policy& policy);

}  // namespace avow::policy
