#pragma once
// Time as values: seconds since 1970 (UTC), civil dates, ISO 8601 durations. There is no clock
// here.

#include <cstdint>

#include "base/result.h"

namespace avow::time {

/// Seconds since 1970-01-01T00:00:00Z; from year 1970 to 9999.
using Instant = std::int64_t;
constexpr std::int64_t kDay = 86'400;
constexpr Instant kLatest = 253'402'300'799;  // 9999-12-31T23:59:59Z

/// A calendar duration: years and months first, then days (ISO 8601 without a time part).
struct Period {
  int months = 0;
  int days = 0;
  friend bool operator==(const Period&, const Period&) = default;
};

/// "2026-11-22T03:04:05Z"; refuses offsets, fractions and dates that do not exist.
[[nodiscard]] Result<Instant> read_instant(std::string_view text);
[[nodiscard]] std::string write_instant(Instant at);
/// "2026-11-22", as the first second of that day.
[[nodiscard]] Result<Instant> read_date(std::string_view text);
[[nodiscard]] std::string write_date(Instant at);

/// "P1Y6M", "P90D", "P2W": at least one part, none zero-filled, at most 100 years.
[[nodiscard]] Result<Period> read_period(std::string_view text);
/// The one spelling of a period in years, months and days.
[[nodiscard]] std::string write_period(const Period& period);
/// The same day so many months on (the month's last day where that day does not exist), then the
/// days.
[[nodiscard]] Instant add(Instant at, const Period& period);
/// The longest the period can be, in days: months count 31 days except that twelve make 366.
[[nodiscard]] std::int64_t longest_days(const Period& period);
/// The shortest it can be: one month 28 days, twelve 365.
[[nodiscard]] std::int64_t shortest_days(const Period& period);
/// Whether `period` never ends before `other` that begins with it, whenever that is.
[[nodiscard]] bool covers(const Period& period, const Period& other);

/// The first second of the UTC day of `at`.
[[nodiscard]] Instant start_of_day(Instant at);

}  // namespace avow::time
