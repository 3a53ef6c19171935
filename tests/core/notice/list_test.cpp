#include "notice/list.h"

#include "notice/cldr.h"

namespace avow::notice {
namespace {

using Items = std::vector<std::string>;

TEST(List, EveryCatalogJoinsAsItsLanguageDoes) {
  const json::Array& cases = *given::cldr({"items"}).array();
  for (const std::string& language : given::languages()) {
    const Catalog catalog = given::catalog(language);
    const json::Array& wanted = *given::cldr({"lists", language}).array();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      Items items;
      for (const json::Value& item : *cases[i].array()) items.push_back(*item.string());
      EXPECT_EQ(given::bare(join(catalog, items)), given::bare(*wanted[i].string())) << language;
    }
  }
}

TEST(List, NothingIsNothing) { EXPECT_EQ(join(given::catalog("en"), {}), ""); }

TEST(List, WhereAnItemHoldsAJoinerAStrongerOneTellsThemApart) {
  const auto joined = [](const char* language, const Items& items) {
    return join(given::catalog(language), items);
  };
  EXPECT_EQ(joined("en", {"terms and prices", "ads"}), "terms and prices; ads");
  EXPECT_EQ(joined("en", {"ads", "maps, routes", "sandals"}), "ads; maps, routes; sandals");
  EXPECT_EQ(joined("en", {"ads", "sandals"}), "ads and sandals") << "only a word of its own joins";
  EXPECT_EQ(joined("en", {"terms and prices"}), "terms and prices");
  EXPECT_EQ(joined("zh-CN", {"姓名和联系方式", "咨询内容及拟办理事项"}),
            "姓名和联系方式；咨询内容及拟办理事项");
  EXPECT_EQ(joined("zh-CN", {"统计", "广告"}), "统计和广告");
  EXPECT_EQ(joined("el", {"όροι και τιμές", "χάρτες"}), "όροι και τιμές· χάρτες");
}

TEST(List, WhatIsJoinedIsNeverTakenForAPlaceToFill) {
  EXPECT_EQ(join(given::catalog("en"), Items{"{1}", "{0}", "x"}), "{1}, {0} and x");
}

}  // namespace
}  // namespace avow::notice
