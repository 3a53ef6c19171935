#pragma once
// Whether a newer version of a purpose may keep data longer than an older one did, entry by entry.

#include "policy/policy.h"

namespace avow::policy {

/// The categories of both versions of which some data may be kept longer by `now` than by
/// `before`. What cannot be told counts as longer: another event from which a period runs, a
/// criterion in the place of a least time, keeping of which nothing is said any more.
[[nodiscard]] std::vector<std::string> longer_kept(const Purpose& before, const Purpose& now);

}  // namespace avow::policy
