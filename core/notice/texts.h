#pragma once
// The texts of one language: the policy's words and the interface's, in one file, as a page loads
// them.

#include "notice/catalog.h"
#include "policy/policy.h"

namespace avow::notice {

/// In canonical form (RFC 8785): a catalog's members, and `words`, the policy's own.
[[nodiscard]] std::string write_texts(const policy::Policy& policy, const Catalog& catalog);

/// Reads what `write_texts` wrote: puts the words into `policy`, which was read from the facts
/// beside it, and gives the catalog.
[[nodiscard]] Checked<Catalog> read_texts(std::string_view json, policy::Policy& policy);

}  // namespace avow::notice
