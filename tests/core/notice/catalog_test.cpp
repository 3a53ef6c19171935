#include "notice/catalog.h"

#include "notice/cldr.h"

namespace avow::notice {
namespace {

using policy::given::refusals;
using policy::given::with;

std::string english() { return given::catalog_text("en"); }

/// A catalog of one text, in a language that is written from the right.
Catalog from_the_right(const std::string& text) {
  Catalog::Parts parts = given::catalog("en").parts();
  parts.direction = "rtl";
  parts.texts = {{"a", text}};
  return Catalog(std::move(parts));
}

TEST(Catalog, TheShippedOnesAreCompleteAndNamedAfterTheirLanguage) {
  for (const std::string& language : given::languages())
    EXPECT_EQ(given::catalog(language).language(), language);
}

TEST(Catalog, NamesEveryMissingAndEveryUnknownText) {
  EXPECT_EQ(refusals(read_catalog(with(english(), "\"act.accept\"", "\"act.acept\""))),
            "catalog-incomplete /texts/act.accept\nunknown-field /texts/act.acept\n");
}

TEST(Catalog, ATextHasThePlacesThatItsKeyIsFilledWithAndNoOthers) {
  EXPECT_EQ(refusals(read_catalog(with(english(), "for: {purposes}. Change", "for it. Change"))),
            "wrong-value /texts/first.opt-in\n");
  EXPECT_EQ(refusals(read_catalog(with(english(), "{name} ({notes})", "{name} ({note})"))),
            "wrong-value /texts/noted\n");
}

TEST(Catalog, ACountHasTheFormsOfItsLanguageAndNoOthers) {
  EXPECT_EQ(
      refusals(read_catalog(with(english(), "\"other\": \"{n} days\"", "\"few\": \"{n} days\""))),
      "missing-field /counts/day/other\nunknown-field /counts/day/few\n");
  EXPECT_EQ(refusals(read_catalog(with(english(), "{n} days", "days"))),
            "wrong-value /counts/day/other\n");
  EXPECT_EQ(refusals(read_catalog(with(english(), "{n} day\"", "a day\""))), "accepted");
}

TEST(Catalog, DaysThatNameTheirMonthWantTheNames) {
  std::string text = with(english(), "\"months\": [", "\"moons\": [");
  EXPECT_EQ(refusals(read_catalog(text)),
            "missing-field /dates/months\nunknown-field /dates/moons\n");
  EXPECT_EQ(refusals(read_catalog(with(english(), "{d} {MMM} {y}", "{day} {MMM}"))),
            "wrong-value /dates/day\n");
}

TEST(Catalog, SaysWhoHasReviewedIt) {
  EXPECT_FALSE(given::catalog("en").reviewed());
  const auto read = read_catalog(
      with(english(), "\"reviewed\": false", R"("reviewed": {"by": "A. B.", "on": "2026-11-29"})"));
  ASSERT_TRUE(read);
  ASSERT_TRUE(read->reviewed());
  EXPECT_EQ(read->reviewed()->by, "A. B.");
  EXPECT_EQ(refusals(read_catalog(with(english(), "\"reviewed\": false", "\"reviewed\": true"))),
            "wrong-type /reviewed\n");
}

TEST(Catalog, FillsEachPlaceOnceAndLeavesStrangeOnesAlone) {
  EXPECT_EQ(fill("{x}{y}{x} {z} {", {{"x", "{y}"}, {"y", "2"}}), "{y}2{y} {z} {");
}

TEST(Catalog, FromTheRightLatinNamesKeepTheirDirectionToThemselves) {
  EXPECT_EQ(from_the_right("{x}: {y}").text("a", {{"x", "Yunmu {y}"}, {"y", "7"}}),
            "\u2068Yunmu {y}\u2069: 7");
  EXPECT_EQ(from_the_right("{x}").text("a", {{"x", "\u2068Yunmu\u2069 و\u2068Qing\u2069"}}),
            "\u2068Yunmu\u2069 و\u2068Qing\u2069");
  EXPECT_EQ(given::catalog("en").isolated("Yunmu"), "Yunmu");
}

TEST(Catalog, DigitsAreTheLanguagesOwn) {
  Catalog::Parts parts = given::catalog("en").parts();
  parts.numerals = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  EXPECT_EQ(Catalog(parts).counted("year", 20), "ca years");
}

}  // namespace
}  // namespace avow::notice
