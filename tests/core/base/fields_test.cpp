#include "base/fields.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace avow::json {
namespace {

Value value(std::string_view text) {
  Checked<Value> read = json::read(text, {});
  EXPECT_TRUE(read) << text;
  return read ? std::move(*read) : Value{};
}

/// "code pointer" of each error, in the order they were found.
std::vector<std::string> listed(const Errors& errors) {
  std::vector<std::string> out;
  for (const Error& error : errors)
    out.push_back(std::string(name(error.code)) + " " + error.where);
  return out;
}

using Listed = std::vector<std::string>;

enum class Colour { red, green };
constexpr Spelling<Colour> kColours[] = {{"red", Colour::red}, {"green", Colour::green}};

TEST(Fields, ReadWhatIsThere) {
  const Value document = value(R"({"t":"text","n":-3,"b":true,"d":")" + std::string(64, 'a') +
                               R"(","c":"green","l":["x","y"],"z":null})");
  Errors errors;
  Fields fields(document, "", errors);
  EXPECT_EQ(fields.text("t"), "text");
  EXPECT_EQ(fields.integer("n", -3, 3), -3);
  EXPECT_TRUE(fields.boolean("b"));
  EXPECT_EQ(fields.digest("d")[31], 0xaa);
  EXPECT_EQ(fields.choice("c", kColours), Colour::green);
  EXPECT_EQ(fields.texts("l", 1, 2), (Listed{"x", "y"}));
  EXPECT_EQ(fields.optional("z"), nullptr);  // null is absent
  fields.finish();
  EXPECT_EQ(listed(errors), Listed{});
}

TEST(Fields, WhatIsLeftOutIsAnErrorOrTheOther) {
  const Value document = value("{}");
  Errors errors;
  Fields fields(document, "/here", errors);
  EXPECT_EQ(fields.optional_text("t"), "");
  EXPECT_EQ(fields.optional_integer("n", 0, 9, 7), 7);
  EXPECT_TRUE(fields.optional_boolean("b", true));
  EXPECT_EQ(fields.optional_choice("c", kColours, Colour::green), Colour::green);
  EXPECT_TRUE(fields.texts("l", 0, 9).empty());
  EXPECT_EQ(listed(errors), Listed{});
  (void)fields.text("t");
  (void)fields.integer("n", 0, 9);
  (void)fields.boolean("b");
  (void)fields.digest("d");
  (void)fields.choice("c", kColours);
  (void)fields.texts("l", 1, 9);
  EXPECT_EQ(listed(errors),
            (Listed{"missing-field /here/t", "missing-field /here/n", "missing-field /here/b",
                    "missing-field /here/d", "missing-field /here/c", "missing-field /here/l"}));
}

TEST(Fields, OtherTypesAndRangesAreReportedEachAtItsPlace) {
  const Value document = value(
      R"({"t":1,"long":"12345","n":"1","far":10,"b":0,"d":"AA","c":"blue","l":["x",2,"x","12345"],"few":[]})");
  Errors errors;
  Fields fields(document, "", errors);
  EXPECT_EQ(fields.text("t"), "");
  EXPECT_EQ(fields.text("long", {1, 4}), "");
  EXPECT_EQ(fields.integer("n", 2, 9), 2);
  EXPECT_EQ(fields.optional_integer("far", 0, 9, 5), 5);
  EXPECT_FALSE(fields.boolean("b"));
  EXPECT_EQ(fields.digest("d"), Digest{});
  EXPECT_EQ(fields.choice("c", kColours), Colour::red);
  EXPECT_EQ(fields.texts("l", 1, 9, {1, 4}), Listed{"x"});
  EXPECT_TRUE(fields.texts("few", 1, 9).empty());
  EXPECT_EQ(listed(errors),
            (Listed{"wrong-type /t", "out-of-range /long", "wrong-type /n", "out-of-range /far",
                    "wrong-type /b", "out-of-range /d", "wrong-value /c", "wrong-type /l/1",
                    "duplicate-id /l/2", "out-of-range /l/3", "out-of-range /few"}));
}

TEST(Fields, WhatNobodyReadIsUnknownAndItsPointerIsEscaped) {
  const Value document = value(R"({"known":1,"a/b~c":2,"":3})");
  Errors errors;
  Fields fields(document, "/at", errors);
  (void)fields.optional("known");
  fields.finish();
  std::vector<std::string> got = listed(errors);
  std::ranges::sort(got);
  EXPECT_EQ(got, (Listed{"unknown-field /at/", "unknown-field /at/a~1b~0c"}));
}

TEST(Fields, ErrorsAreBounded) {
  std::string many = "[0";
  for (int i = 0; i < 5'000; ++i) many += ",0";
  const Value document = value("{\"l\":" + many + "]}");
  Errors errors;
  (void)Fields(document, "", errors).texts("l", 0, 10'000);
  EXPECT_EQ(errors.size(), kMostErrors);
}

TEST(Fields, WhatIsNoObjectIsOneErrorAndNotOneAMember) {
  for (const char* text : {"[]", "7", "\"text\"", "null"}) {
    const Value document = value(text);
    Errors errors;
    Fields fields(document, "/x", errors);
    (void)fields.text("t");
    (void)fields.integer("n", 0, 1);
    fields.finish();
    EXPECT_EQ(listed(errors), Listed{"wrong-type /x"}) << text;
  }
}

}  // namespace
}  // namespace avow::json
