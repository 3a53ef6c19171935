#pragma once
// The announcement that a comparison of two policies makes by itself.

#include "change/announcement.h"
#include "notice/catalog.h"
#include "policy/policy.h"

namespace avow::notice {

/// A policy and its interface texts, one for each of its languages in its order.
struct Spoken {
  const policy::Policy& policy;
  std::span<const Catalog> catalogs;
};

/// An announcement of everything that is different, with what was and is in every language of the
/// newer policy (in the older's first language where the older one does not speak it), and every
/// text empty that only the author can write. People are told 30 days before the newer policy
/// holds, and heard until 7 days before.
[[nodiscard]] change::Announcement draft_of(const Spoken& older, const Spoken& newer);

}  // namespace avow::notice
