#pragma once
// The facts of a policy: all that decides (ids, kinds, bases, terms, recipients, keys, validity,
// jurisdictions) and the hash of each language's texts. Their SHA-256 is the policy id, so that one
// number names everything, and a visitor loads one language.

#include "policy/policy.h"

namespace avow::policy {

struct Facts {
  Policy policy;              ///< without words; `id` is the SHA-256 of the facts
  std::vector<Digest> texts;  ///< SHA-256 of the texts of `policy.languages`, in their order
};

/// The facts in canonical form (RFC 8785). `texts` has one hash a language, in the policy's order.
[[nodiscard]] std::string write_facts(const Policy& policy, const std::vector<Digest>& texts);

/// Reads what `write_facts` wrote. Facts were checked when they were compiled; what is read here is
/// checked again as far as the core's own invariants need it: shapes, bounds and references.
[[nodiscard]] Checked<Facts> read_facts(std::string_view json);

}  // namespace avow::policy
