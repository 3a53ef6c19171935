#include "policy/language.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace avow::policy {
namespace {

using Tags = std::vector<std::string>;

std::string near(std::string_view wanted, const Tags& offered) {
  return nearest(wanted, offered).value_or("none");
}

/// What the table of `spoken` says, looked up as a page does.
std::string looked_up(std::string tag, const Tags& offered) {
  const auto table = spoken(offered);
  std::ranges::transform(tag, tag.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  for (;;) {
    const auto found = std::ranges::find(table, tag, &std::pair<std::string, std::string>::first);
    if (found != table.end()) return found->second;
    const std::size_t end = tag.rfind('-');
    if (end == std::string::npos) return "none";
    tag.resize(end);
  }
}

TEST(Language, TheSameTagComesFirstWhateverItsCase) {
  EXPECT_EQ(near("PT-pt", {"pt-BR", "pt-PT"}), "pt-PT");
  EXPECT_EQ(near("en", {"en-GB", "en"}), "en");
}

TEST(Language, ChineseIsChosenByScriptAndThenByRegion) {
  const Tags all{"zh-CN", "zh-TW", "zh-HK"};
  EXPECT_EQ(near("zh", all), "zh-CN");
  EXPECT_EQ(near("zh-Hans", all), "zh-CN");
  EXPECT_EQ(near("zh-SG", all), "zh-CN");
  EXPECT_EQ(near("zh-Hans-HK", all), "zh-CN");
  EXPECT_EQ(near("zh-Hant", all), "zh-TW");
  EXPECT_EQ(near("zh-Hant-HK", all), "zh-HK");
  EXPECT_EQ(near("zh-MO", all), "zh-HK");
  EXPECT_EQ(near("yue", all), "zh-HK");
  EXPECT_EQ(near("zh-Hant-HK", {"zh-CN", "zh-TW"}), "zh-TW");
  EXPECT_EQ(near("zh-Hant-HK", {"en", "zh-CN"}), "zh-CN");
}

TEST(Language, PortugueseIsTheEuropeanOneOutsideOfBrazil) {
  const Tags both{"pt-PT", "pt-BR"};
  EXPECT_EQ(near("pt", both), "pt-BR");
  EXPECT_EQ(near("pt-AO", both), "pt-PT");
  EXPECT_EQ(near("pt-BR", both), "pt-BR");
  EXPECT_EQ(near("pt-BR", {"pt-PT"}), "pt-PT");
}

TEST(Language, OtherTagsForALanguageAreItsOwn) {
  EXPECT_EQ(near("iw", {"en", "he"}), "he");
  EXPECT_EQ(near("in-ID", {"en", "id"}), "id");
  EXPECT_EQ(near("no", {"en", "nb"}), "nb");
  EXPECT_EQ(near("nn-NO", {"en", "nb"}), "nb");
  EXPECT_EQ(near("nn", {"nb", "nn"}), "nn");
  EXPECT_EQ(near("sh", {"sr-Cyrl", "sr-Latn"}), "sr-Latn");
  EXPECT_EQ(near("sr", {"sr-Latn", "sr-Cyrl"}), "sr-Cyrl");
}

TEST(Language, AnotherLanguageIsNone) {
  EXPECT_EQ(near("fr", {"en", "de"}), "none");
  EXPECT_EQ(near("fil", {"fi"}), "none");
  EXPECT_EQ(near("", {"en"}), "none");
}

TEST(Language, ExtensionsAndPrivateUseSayNothing) {
  EXPECT_EQ(near("zh-u-rg-twzzzz", {"zh-TW", "zh-CN"}), "zh-CN");
  EXPECT_EQ(near("de-DE-1996-x-priv", {"en", "de"}), "de");
}

TEST(Language, ThePagesTableSaysTheSame) {
  const std::vector<Tags> policies{{"zh-CN", "en"},
                                   {"en", "zh-TW", "zh-CN"},
                                   {"zh-HK", "zh-TW", "zh-CN"},
                                   {"zh-Hant", "zh-Hans"},
                                   {"pt-PT", "pt-BR", "es", "es-419"},
                                   {"en-GB", "en-US", "he", "id", "nb"},
                                   {"de-AT", "de", "fr-CA", "sr-Latn", "sr-Cyrl"}};
  const Tags asked{"zh",         "zh-Hans",    "zh-Hant",    "zh-Hant-HK", "zh-hant-tw", "zh-CN",
                   "zh-TW",      "zh-HK",      "zh-MO",      "zh-SG",      "pt",         "pt-PT",
                   "pt-BR",      "pt-AO",      "es",         "es-ES",      "es-MX",      "es-AR",
                   "en",         "en-AU",      "en-US",      "iw-IL",      "in",         "no",
                   "nn",         "de",         "de-AT",      "de-CH",      "fr",         "fr-FR",
                   "fr-CA",      "sr",         "sr-Latn-RS", "sr-ME",      "ja",         "fil",
                   "zh-Hans-HK", "zh-Hans-TW", "en-GB-oed",  "de-DE-1996"};
  for (const Tags& policy : policies) {
    for (const std::string& tag : asked)
      EXPECT_EQ(looked_up(tag, policy), near(tag, policy)) << tag << " of " << policy[0];
  }
}

TEST(Language, ThePagesTableIsNoLongerThanItMustBe) {
  using Table = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(spoken({"zh-CN", "en"}), (Table{{"zh", "zh-CN"}, {"en", "en"}}));
  EXPECT_EQ(spoken({"de", "fr"}), (Table{{"de", "de"}, {"fr", "fr"}}));
}

}  // namespace
}  // namespace avow::policy
