#include "notice/plural.h"

#include <algorithm>

#include "notice/cldr.h"

namespace avow::notice {
namespace {

TEST(Plural, EveryRuleIsThatOfCldr) {
  for (const auto& [language, letters] : given::cldr({"plurals"}).object()->members()) {
    std::string got;
    for (std::int64_t n = 0; n < 220; ++n)
      got += "zowfm-"[static_cast<std::size_t>(plural(language, n))];
    EXPECT_EQ(got, *letters.string()) << language;
  }
}

TEST(Plural, ALanguageHasTheCategoriesThatItsNumbersHave) {
  const auto categories = [](std::string_view language) {
    std::string out;
    for (const Plural one : plurals_of(language))
      out += std::string(json::spelled(kPlurals, one)) + " ";
    return out;
  };
  EXPECT_EQ(categories("zh-CN"), "other ");
  EXPECT_EQ(categories("en"), "one other ");
  EXPECT_EQ(categories("pl"), "one few many ");
  EXPECT_EQ(categories("sl"), "one two few other ");
  EXPECT_EQ(categories("ar"), "zero one two few many other ");
  EXPECT_EQ(categories("tlh"), "one other ");
}

TEST(Plural, NoNumberThatIsCountedHasAnotherCategory) {
  for (const std::string& language : given::languages()) {
    const std::vector<Plural> known = plurals_of(language);
    for (std::int64_t n = 0; n <= kMostCounted; ++n)
      ASSERT_NE(std::ranges::find(known, plural(language, n)), known.end()) << language << " " << n;
  }
}

TEST(Plural, ACountryCountsAsItsLanguageUnlessItCountsByItself) {
  EXPECT_EQ(plural("de-AT", 1), Plural::one);
  EXPECT_EQ(plural("pt-BR", 0), Plural::one);
  EXPECT_EQ(plural("pt-PT", 0), Plural::other);
  EXPECT_EQ(plural("frr", 0), Plural::other);
  EXPECT_EQ(plural("frr", 1), Plural::one);
}

}  // namespace
}  // namespace avow::notice
