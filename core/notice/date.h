#pragma once
// Days and periods as a language writes them (CLDR 48, the medium formats). The moment of a
// visitor's own answer is written by their browser.

#include "base/time.h"
#include "notice/catalog.h"

namespace avow::notice {

/// "25 Nov 2026": the UTC day of `at`.
[[nodiscard]] std::string day(const Catalog& catalog, time::Instant at);
/// "1 year, 6 months": a period's years, months and days, each with the form that its number has.
[[nodiscard]] std::string period(const Catalog& catalog, const time::Period& period);

}  // namespace avow::notice
