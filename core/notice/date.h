#pragma once
// Days, moments and periods as a language writes them (CLDR 48, the medium formats, with the clock
// of twenty-four hours, which nobody reads wrong).

#include "base/time.h"
#include "notice/catalog.h"

namespace avow::notice {

/// "25 Nov 2026": the UTC day of `at`.
[[nodiscard]] std::string day(const Catalog& catalog, time::Instant at);
/// "25 Nov 2026, 07:56": on a clock that is `utc_offset` minutes ahead of UTC.
[[nodiscard]] std::string moment(const Catalog& catalog, time::Instant at, std::int64_t utc_offset);
/// "1 year, 6 months": a period's years, months and days, each with the form that its number has.
[[nodiscard]] std::string period(const Catalog& catalog, const time::Period& period);

}  // namespace avow::notice
