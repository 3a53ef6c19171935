#pragma once
// The public form of a policy: every field that it declares, and nothing else.

#include "base/digest.h"
#include "policy/policy.h"

namespace avow::policy {

/// In canonical form (RFC 8785), good for `read` again. What has its default is left out and every
/// text is spelled by language, so that one policy has one spelling; `internal` members, `outputs`
/// and `stored` are no part of it.
[[nodiscard]] std::string write_public(const Policy& policy);

/// SHA-256 of that form: the name by which other files, and other policies, speak of a policy.
[[nodiscard]] Digest public_hash(const Policy& policy);

}  // namespace avow::policy
