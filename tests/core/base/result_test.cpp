#include "base/result.h"

#include <gtest/gtest.h>

#include <set>

namespace avow {
namespace {

TEST(Result, EveryCodeHasItsOwnNameAndSentence) {
  std::set<std::string_view> names, sentences;
  constexpr int kLast = static_cast<int>(Code::unknown_layer);
  for (int i = 0; i <= kLast; ++i) {
    const Code code = static_cast<Code>(i);
    const std::string_view spelled = name(code);
    EXPECT_FALSE(spelled.empty());
    EXPECT_EQ(spelled.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string_view::npos)
        << spelled;
    EXPECT_TRUE(sentence(code).ends_with('.')) << spelled;
    names.insert(spelled);
    sentences.insert(sentence(code));
  }
  EXPECT_EQ(names.size(), kLast + 1u);
  EXPECT_EQ(sentences.size(), kLast + 1u);
}

TEST(Result, DescribesInOneLine) {
  EXPECT_EQ(describe({Code::seal_mac, {}, {}}),
            "seal-mac: The header of the sealed part was altered.");
  EXPECT_EQ(describe({Code::record_header, "/seq", "Want a number from 1."}),
            "record-header at /seq: The header line is not a canonical avow/v1 header. Want a "
            "number from 1.");
}

TEST(Result, FailCarriesAllThree) {
  const Result<int> result = fail(Code::out_of_range, "line 3", "Got 9.");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{Code::out_of_range, "line 3", "Got 9."}));
}

#ifndef __EMSCRIPTEN__  // there is no second process to lose there
TEST(ResultDeathTest, ABrokenInvariantSaysWhere) {
  EXPECT_DEATH(fatal("the very place"), "broken invariant: the very place");
}
#endif

}  // namespace
}  // namespace avow
