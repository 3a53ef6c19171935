#pragma once
// Several things in one sentence, as a language joins them (CLDR 48, listPatterns).

#include <span>

#include "notice/catalog.h"

namespace avow::notice {

/// "A", "A and B", "A, B and C". In a language that is written from the right, an item in Latin
/// script is isolated, so that it does not turn its neighbours around. Nothing gives an empty text.
[[nodiscard]] std::string join(const Catalog& catalog, std::span<const std::string> items);

}  // namespace avow::notice
