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

TEST(List, WhatIsJoinedIsNeverTakenForAPlaceToFill) {
  EXPECT_EQ(join(given::catalog("en"), Items{"{1}", "{0}", "x"}), "{1}, {0} and x");
}

}  // namespace
}  // namespace avow::notice
