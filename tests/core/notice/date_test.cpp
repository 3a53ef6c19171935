#include "notice/date.h"

#include "notice/cldr.h"

namespace avow::notice {
namespace {

constexpr time::Instant kAt = 1'795'593'367;  // 2026-11-25T07:56:07Z

/// English words around the days of a calendar.
Catalog counting_in(Calendar calendar) {
  Catalog::Parts parts = given::catalog("en").parts();
  parts.dates.calendar = calendar;
  parts.dates.day = "{y}-{M}-{d}";
  return Catalog(std::move(parts));
}

TEST(Date, ADayAsTheLanguageWritesIt) {
  const Catalog english = given::catalog("en"), chinese = given::catalog("zh-CN");
  EXPECT_EQ(day(english, kAt), "25 Nov 2026");
  EXPECT_EQ(day(chinese, kAt), "2026年11月25日");
}

TEST(Date, TheCalendarsAreThoseOfCldr) {
  const json::Array& days = *given::cldr({"days"}).array();
  for (const auto& [name, calendar] :
       {std::pair{"gregorian", Calendar::gregorian}, std::pair{"buddhist", Calendar::buddhist},
        std::pair{"persian", Calendar::persian}}) {
    const Catalog catalog = counting_in(calendar);
    const json::Array& wanted = *given::cldr({"calendars", name}).array();
    for (std::size_t i = 0; i < days.size(); ++i)
      EXPECT_EQ(day(catalog, *days[i].integer() * time::kDay), *wanted[i].string());
  }
}

TEST(Date, NoTimeIsTooEarlyOrTooLate) {
  EXPECT_EQ(day(given::catalog("en"), -1), "1 Jan 1970");
  EXPECT_EQ(day(given::catalog("en"), time::kLatest + time::kDay), "31 Dec 9999");
}

TEST(Period, EachPartHasTheFormOfItsNumber) {
  const Catalog english = given::catalog("en"), chinese = given::catalog("zh-CN");
  EXPECT_EQ(period(english, {.months = 12}), "1 year");
  EXPECT_EQ(period(english, {.months = 30}), "2 years, 6 months");
  EXPECT_EQ(period(english, {.months = 13, .days = 1}), "1 year, 1 month, 1 day");
  EXPECT_EQ(period(chinese, {.months = 18, .days = 3}), "1年6个月3日");
}

}  // namespace
}  // namespace avow::notice
