#pragma once
// How a language counts: which of a text's forms stands with a whole number (CLDR 48, plurals.xml,
// cardinal rules).

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/fields.h"

namespace avow::notice {

/// CLDR's plural categories.
enum class Plural { zero, one, two, few, many, other };

constexpr json::Spelling<Plural> kPlurals[] = {{"zero", Plural::zero}, {"one", Plural::one},
                                               {"two", Plural::two},   {"few", Plural::few},
                                               {"many", Plural::many}, {"other", Plural::other}};

/// The largest number that is ever counted in words: the days of a hundred years.
constexpr std::int64_t kMostCounted = 36'600;

/// The category of `n`, from 0 to `kMostCounted`. A language without a rule here counts as most do:
/// one, and other.
[[nodiscard]] Plural plural(std::string_view language, std::int64_t n);

/// The categories that numbers from 0 to `kMostCounted` have in the language, in the order above:
/// what a catalog must have a text for. Those of fractions and of millions are not among them.
[[nodiscard]] std::vector<Plural> plurals_of(std::string_view language);

}  // namespace avow::notice
