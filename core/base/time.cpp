#include "base/time.h"

#include <algorithm>
#include <chrono>

namespace avow::time {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

/// Reads exactly `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return -1;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// `value` in decimal, with zeros in front.
std::string padded(unsigned value, std::size_t width) {
  std::string out = std::to_string(value);
  return std::string(width - std::min(width, out.size()), '0') + out;
}

year_month_day civil(Instant at) { return year_month_day{sys_days{std::chrono::days{at / kDay}}}; }

Instant of(const year_month_day& date) { return sys_days{date}.time_since_epoch().count() * kDay; }

}  // namespace

Result<Instant> read_date(std::string_view text) {
  const int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  const bool shaped =
      text.size() == 10 && text[4] == '-' && text[7] == '-' && y >= 1970 && m > 0 && d > 0;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                            day{static_cast<unsigned>(d)}};
  if (!shaped || !date.ok())
    return fail(Code::time_malformed, {}, "Want a date such as 2026-11-22.");
  return of(date);
}

Result<Instant> read_instant(std::string_view text) {
  const Result<Instant> date = read_date(text.substr(0, std::min<std::size_t>(10, text.size())));
  const int h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
  const bool shaped =
      text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z';
  if (!date || !shaped || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
    return fail(Code::time_malformed, {}, "Want a UTC time such as 2026-11-22T03:04:05Z.");
  }
  return *date + h * 3600 + m * 60 + s;
}

std::string write_date(Instant at) {
  const year_month_day date = civil(std::clamp<Instant>(at, 0, kLatest));
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::string write_instant(Instant at) {
  at = std::clamp<Instant>(at, 0, kLatest);
  const auto second = static_cast<unsigned>(at % kDay);
  return write_date(at) + "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" +
         padded(second % 60, 2) + "Z";
}

Result<Period> read_period(std::string_view text) {
  const auto malformed = fail(Code::duration_malformed);
  if (!text.starts_with('P') || text.size() < 3 || text.size() > 16) return malformed;
  Period period;
  constexpr std::string_view kUnits = "YMWD";
  std::size_t unit = 0;
  for (std::size_t at = 1; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == at || end - at > 5 || end == text.size() || text[at] == '0') return malformed;
    const int amount = digits(text, at, end - at);
    const std::size_t found = kUnits.find(text[end], unit);
    if (found == std::string_view::npos) return malformed;
    switch (text[end]) {
      case 'Y': period.months += amount * 12; break;
      case 'M': period.months += amount; break;
      case 'W': period.days += amount * 7; break;
      default: period.days += amount;
    }
    unit = found + 1;
    at = end + 1;
  }
  if (period.months > 1200 || period.days > 36'600)
    return fail(Code::duration_malformed, {}, "At most 100 years.");
  return period;
}

std::string write_period(const Period& period) {
  std::string out = "P";
  const auto part = [&](int amount, char unit) {
    if (amount > 0) out += std::to_string(amount) + unit;
  };
  part(period.months / 12, 'Y');
  part(period.months % 12, 'M');
  part(period.days, 'D');
  return out;
}

Instant add(Instant at, const Period& period) {
  year_month_day date = civil(at) + std::chrono::months{period.months};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::min<Instant>(of(date) + at % kDay + period.days * kDay, kLatest);
}

std::int64_t longest_days(const Period& period) {
  return std::int64_t{period.months / 12} * 366 + std::int64_t{period.months % 12} * 31 +
         period.days;
}

std::int64_t shortest_days(const Period& period) {
  constexpr int kMonths[12] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
  return std::int64_t{period.months / 12} * 365 + kMonths[period.months % 12] + period.days;
}

bool covers(const Period& period, const Period& other) {
  return (period.months >= other.months && period.days >= other.days) ||
         shortest_days(period) >= longest_days(other);
}

Instant start_of_day(Instant at) { return at - at % kDay; }

}  // namespace avow::time
