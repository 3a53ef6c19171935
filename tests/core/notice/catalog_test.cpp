#include "notice/catalog.h"

#include "notice/given.h"

namespace avow::notice {
namespace {

TEST(Catalog, TheShippedOnesAreComplete) {
  EXPECT_EQ(given::catalog("en").language(), "en");
  EXPECT_EQ(given::catalog("zh-CN").language(), "zh-CN");
}

TEST(Catalog, NamesEveryMissingAndEveryUnknownText) {
  const std::string text =
      policy::given::with(given::catalog_text("en"), "\"act.accept\"", "\"act.acept\"");
  EXPECT_EQ(policy::given::refusals(read_catalog(text)),
            "catalog-incomplete /texts/act.accept\nunknown-field /texts/act.acept\n");
}

TEST(Catalog, FillsEachPlaceOnceAndLeavesStrangeOnesAlone) {
  const Catalog catalog("en", "ltr", {{"a", "{x}{y}{x} {z} {"}});
  EXPECT_EQ(catalog.text("a", {{"x", "{y}"}, {"y", "2"}}), "{y}2{y} {z} {");
}

}  // namespace
}  // namespace avow::notice
