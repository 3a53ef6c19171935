#include "notice/date.h"

#include <algorithm>
#include <chrono>

namespace avow::notice {
namespace {

struct Date {
  int year;
  unsigned month, day;  ///< from 1
};

/// The Solar Hijri calendar, by its cycle of 33 years with 8 leap years: right from 1925 to 2088.
Date persian(std::int64_t days_since_1970) {
  // 1970 began on 11 Dey 1348, the 287th day of its year.
  std::int64_t rest = days_since_1970 + 286;
  int year = 1348;
  const auto leap = [](int y) {
    const auto leap_years = {1, 5, 9, 13, 17, 22, 26, 30};
    return std::ranges::find(leap_years, y % 33) != leap_years.end();
  };
  for (int length; rest >= (length = leap(year) ? 366 : 365); ++year) rest -= length;
  const auto day = static_cast<unsigned>(rest);
  if (day < 186) return {year, day / 31 + 1, day % 31 + 1};
  return {year, (day - 186) / 30 + 7, (day - 186) % 30 + 1};
}

Date date(Calendar calendar, time::Instant at) {
  const auto days = std::chrono::days{at / time::kDay};
  if (calendar == Calendar::persian) return persian(days.count());
  const std::chrono::year_month_day civil{std::chrono::sys_days{days}};
  const int ahead = calendar == Calendar::buddhist ? 543 : 0;
  return {static_cast<int>(civil.year()) + ahead, static_cast<unsigned>(civil.month()),
          static_cast<unsigned>(civil.day())};
}

std::string two_digits(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace

std::string day(const Catalog& catalog, time::Instant at) {
  const Dates& dates = catalog.dates();
  const Date date = notice::date(dates.calendar, std::clamp<time::Instant>(at, 0, time::kLatest));
  return fill(dates.day,
              {{"d", catalog.digits(std::to_string(date.day))},
               {"dd", catalog.digits(two_digits(date.day))},
               {"M", catalog.digits(std::to_string(date.month))},
               {"MM", catalog.digits(two_digits(date.month))},
               {"MMM", dates.months.empty() ? std::string() : dates.months[date.month - 1]},
               {"y", catalog.digits(std::to_string(date.year))}});
}

std::string period(const Catalog& catalog, const time::Period& period) {
  std::string out;
  const auto add = [&](std::string_view unit, std::int64_t n) {
    if (n == 0) return;
    const std::string part = catalog.counted(unit, n);
    out = out.empty() ? part : fill(catalog.lists().units, {{"0", out}, {"1", part}});
  };
  add("year", period.months / 12);
  add("month", period.months % 12);
  add("day", period.days);
  return out;
}

}  // namespace avow::notice
