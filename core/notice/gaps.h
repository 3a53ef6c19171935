#pragma once
// What a draft does not say yet, put into the words that people read.

#include <span>

#include "notice/catalog.h"
#include "policy/policy.h"

namespace avow::notice {

/// Fills every required text that is absent, and every language that a text lacks, with the words
/// for a gap, so that who reads a draft sees where one is. For looking at alone: nothing of it is
/// published.
void name_gaps(policy::Policy& policy, std::span<const Catalog> catalogs);

}  // namespace avow::notice
