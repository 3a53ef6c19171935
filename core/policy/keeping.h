#pragma once
// Whether a newer version of a purpose may keep data longer than an older one did, entry by entry.

#include "policy/policy.h"

namespace avow::policy {

/// A category of which some data may be kept longer.
struct Longer {
  std::string category;
  /// The newer entry that lets it; as many as there are where none speaks of the category.
  std::size_t entry = 0;
  /// Whether it is longer for sure: not another event from which a period runs, of which nobody
  /// knows but the author whether it comes later, nor a criterion in the place of a least time.
  bool surely = false;
};

/// The categories of both versions of which some data may be kept longer by `now` than by
/// `before`. What cannot be told counts as longer, and so does keeping of which nothing is said any
/// more.
[[nodiscard]] std::vector<Longer> longer_kept(const Purpose& before, const Purpose& now);

}  // namespace avow::policy
