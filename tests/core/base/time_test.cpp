#include "base/time.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace avow::time {
namespace {

Instant at(std::string_view text) {
  const auto instant = read_instant(text);
  EXPECT_TRUE(instant) << text;
  return instant ? *instant : -1;
}
Period period(std::string_view text) {
  const auto read = read_period(text);
  EXPECT_TRUE(read) << text;
  return read ? *read : Period{};
}

TEST(Time, ReadsAndWritesInstants) {
  // Values of `date -u +%s -d …`.
  constexpr std::pair<std::string_view, Instant> known[] = {{"1970-01-01T00:00:00Z", 0},
                                                            {"2000-02-29T23:59:59Z", 951'868'799},
                                                            {"2026-11-22T03:04:05Z", 1'795'316'645},
                                                            {"2038-01-19T03:14:08Z", 2'147'483'648},
                                                            {"9999-12-31T23:59:59Z", kLatest}};
  for (const auto& [text, instant] : known) {
    EXPECT_EQ(at(text), instant);
    EXPECT_EQ(write_instant(instant), text);
  }
}

TEST(Time, AnInstantHasOneSpelling) {
  for (const std::string_view bad : {"",
                                     "2026-11-22",
                                     "2026-11-22T03:04:05",
                                     "2026-11-22T03:04:05+00:00",
                                     "2026-11-22T03:04:05.0Z",
                                     "2026-11-22t03:04:05Z",
                                     "2026-11-22T03:04:05z",
                                     "2026-11-22 03:04:05Z",
                                     "2026-11-22T24:00:00Z",
                                     "2026-11-22T03:60:00Z",
                                     "2026-12-31T23:59:60Z",
                                     "2026-02-29T00:00:00Z",
                                     "2100-02-29T00:00:00Z",
                                     "2026-04-31T00:00:00Z",
                                     "2026-00-10T00:00:00Z",
                                     "2026-13-10T00:00:00Z",
                                     "2026-01-00T00:00:00Z",
                                     "1969-12-31T23:59:59Z",
                                     "2026-1-22T03:04:05Z",
                                     "+2026-11-22T03:04:05Z",
                                     "2026-11-22T03:04:05Z ",
                                     "12026-11-22T03:04:05Z",
                                     "2026-11-22T-3:04:05Z"}) {
    const auto read = read_instant(bad);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, Code::time_malformed);
  }
}

TEST(Time, EveryDayComesBack) {
  for (Instant day = 0; day < 60'000 * kDay; day += kDay) {
    const std::string text = write_date(day);
    const auto read = read_date(text);
    ASSERT_TRUE(read) << text;
    ASSERT_EQ(*read, day) << text;
  }
  EXPECT_EQ(write_date(at("2026-11-22T23:59:59Z")), "2026-11-22");
  for (const std::string_view bad : {"", "2026-11-2", "2026-11-222", "2026/11/22", "2026-02-30"})
    EXPECT_FALSE(read_date(bad)) << bad;
}

TEST(Time, OutOfRangeIsWrittenAsTheNearestDay) {
  EXPECT_EQ(write_instant(-1), "1970-01-01T00:00:00Z");
  EXPECT_EQ(write_instant(kLatest + 1), "9999-12-31T23:59:59Z");
}

TEST(Time, ReadsPeriods) {
  EXPECT_EQ(period("P1Y6M"), (Period{18, 0}));
  EXPECT_EQ(period("P90D"), (Period{0, 90}));
  EXPECT_EQ(period("P2W"), (Period{0, 14}));
  EXPECT_EQ(period("P1Y2M3W4D"), (Period{14, 25}));
  EXPECT_EQ(period("P100Y"), (Period{1200, 0}));
  for (const std::string_view bad :
       {"",      "P",     "1Y",     "P1",      "PY",       "P0D", "P01D",   "P1D1M",
        "P1D1D", "P-1D",  "P1.5D",  "PT1H",    "P1YT1H",   "p1d", "P1d",    "P1D ",
        " P1D",  "P101Y", "P1201M", "P36601D", "P123456D", "P1H", "P99999Y"}) {
    const auto read = read_period(bad);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, Code::duration_malformed);
  }
}

TEST(Time, APeriodHasOneSpelling) {
  constexpr std::pair<std::string_view, std::string_view> spelled[] = {
      {"P18M", "P1Y6M"}, {"P12M", "P1Y"},           {"P2W", "P14D"},
      {"P90D", "P90D"},  {"P1Y2M3W4D", "P1Y2M25D"}, {"P100Y", "P100Y"}};
  for (const auto& [text, one] : spelled) {
    EXPECT_EQ(write_period(period(text)), one);
    EXPECT_EQ(period(one), period(text));
  }
}

TEST(Time, MonthsEndWhereTheyEnd) {
  const auto after = [](std::string_view from, std::string_view length) {
    return write_instant(add(at(from), period(length)));
  };
  EXPECT_EQ(after("2026-01-31T10:00:00Z", "P1M"), "2026-02-28T10:00:00Z");
  EXPECT_EQ(after("2028-01-31T10:00:00Z", "P1M"), "2028-02-29T10:00:00Z");
  EXPECT_EQ(after("2028-02-29T10:00:00Z", "P1Y"), "2029-02-28T10:00:00Z");
  EXPECT_EQ(after("2026-08-31T10:00:00Z", "P6M"), "2027-02-28T10:00:00Z");
  EXPECT_EQ(after("2026-01-31T10:00:00Z", "P1M1D"), "2026-03-01T10:00:00Z");  // the month first
  EXPECT_EQ(after("2026-12-31T23:59:59Z", "P1D"), "2027-01-01T23:59:59Z");
  EXPECT_EQ(after("9990-01-01T00:00:00Z", "P100Y"), "9999-12-31T23:59:59Z");
}

TEST(Time, NoPeriodIsLongerThanItsLongest) {
  for (const std::string_view text :
       {"P1M", "P3M", "P6M", "P12M", "P13M", "P1Y", "P2Y", "P4Y1M", "P90D", "P1Y2M3D"}) {
    const Period length = period(text);
    std::int64_t longest = 0;
    for (Instant from = 0; from < 1'500 * kDay; from += kDay)
      longest = std::max(longest, (add(from, length) - from) / kDay);
    EXPECT_LE(longest, longest_days(length)) << text;
    EXPECT_GE(longest * 100, longest_days(length) * 90) << text;  // and not wildly above it
  }
}

TEST(Time, NoPeriodIsShorterThanItsShortest) {
  for (int months = 0; months < 30; ++months) {
    const Period length{months, 2};
    std::int64_t shortest = 100'000;
    for (Instant from = 0; from < 1'500 * kDay; from += kDay)
      shortest = std::min(shortest, (add(from, length) - from) / kDay);
    EXPECT_GE(shortest, shortest_days(length)) << months;
    EXPECT_LE(shortest - shortest_days(length), 1) << months;
  }
}

TEST(Time, APeriodThatCoversAnotherNeverEndsBeforeIt) {
  const auto covered = [](std::string_view one, std::string_view other) {
    return covers(period(one), period(other));
  };
  EXPECT_TRUE(covered("P6M", "P6M"));
  EXPECT_TRUE(covered("P1Y", "P12M"));
  EXPECT_TRUE(covered("P366D", "P1Y"));
  EXPECT_TRUE(covered("P2M", "P59D"));
  EXPECT_FALSE(covered("P365D", "P1Y")) << "a leap year has a day more";
  EXPECT_FALSE(covered("P11M25D", "P1Y"));
  EXPECT_FALSE(covered("P1M", "P30D"));
}

TEST(Time, ADayStartsAtMidnight) {
  EXPECT_EQ(write_instant(start_of_day(at("2026-11-22T23:59:59Z"))), "2026-11-22T00:00:00Z");
  EXPECT_EQ(start_of_day(kDay), kDay);
}

}  // namespace
}  // namespace avow::time
