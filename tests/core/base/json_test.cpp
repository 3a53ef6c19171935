#include "base/json.h"

#include <gtest/gtest.h>

namespace avow::json {
namespace {

std::string code(std::string_view text, const Limits& limits = {}) {
  const auto value = read(text, limits);
  return value ? "accepted" : std::string(name(value.error()[0].code));
}

TEST(Json, ReadsEveryType) {
  const auto value =
      read(R"({"n":null,"t":true,"f":false,"i":-7,"s":"a\u00e9\n","a":[1,[]],"o":{"b":{}}})");
  ASSERT_TRUE(value);
  const Object* object = value->object();
  ASSERT_NE(object, nullptr);
  EXPECT_EQ(object->size(), 7u);
  EXPECT_TRUE(object->find("n")->is_null());
  EXPECT_EQ(*object->find("t")->boolean(), true);
  EXPECT_EQ(*object->find("f")->boolean(), false);
  EXPECT_EQ(*object->find("i")->integer(), -7);
  EXPECT_EQ(*object->find("s")->string(), "a\xC3\xA9\n");
  EXPECT_EQ(object->find("a")->array()->size(), 2u);
  EXPECT_TRUE(object->find("o")->object()->find("b")->object()->empty());
  EXPECT_EQ(object->find("x"), nullptr);
  EXPECT_EQ(object->members()[0].first, "n");  // in the order written
  EXPECT_EQ(object->find("a")->type(), "array");
}

TEST(Json, ObjectsAreBuiltAndCompared) {
  Object object;
  object.set("a", 1).set("b", "x").set("a", 2);
  EXPECT_EQ(object.size(), 2u);
  EXPECT_EQ(*object.find("a")->integer(), 2);
  EXPECT_EQ(Value(object), Value(Object().set("a", 2).set("b", "x")));
  EXPECT_NE(Value(object), Value(Object().set("a", 2)));
}

TEST(Json, WhatIsNotJsonIsRefused) {
  for (const std::string_view bad : {"",           " ",
                                     "{",          "}",
                                     "[1,]",       "{\"a\":1,}",
                                     "{a:1}",      "{'a':1}",
                                     "// c\n1",    "/* c */1",
                                     "1 2",        "nul",
                                     "NaN",        "Infinity",
                                     "+1",         "01",
                                     ".5",         "1.",
                                     "\"a",        "\"\x01\"",
                                     "\"\\x\"",    "\"\\ud800\"",
                                     "[1",         "{\"a\"}",
                                     "true false", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(code(bad), "json-syntax") << bad;
  }
  EXPECT_EQ(code("\"\xFF\""), "json-utf8");
  EXPECT_EQ(read("[\n\"ab\xFF\"]").error()[0].where, "line 2, column 4");
  EXPECT_EQ(code("\"\xED\xA0\x80\""), "json-utf8");
}

TEST(Json, AZeroByteIsNoEnd) {
  // The parser takes one for the end of its input; what stands behind it would go unread.
  for (const std::string_view bad :
       {std::string_view("1\0", 2), std::string_view("{}\0garbage", 10), std::string_view("\0", 1),
        std::string_view("[1,\0 2]", 7)}) {
    EXPECT_EQ(code(bad), "json-syntax");
  }
}

TEST(Json, NumbersAreWholeAndFitIn53Bits) {
  EXPECT_EQ(*read("9007199254740991")->integer(), 9007199254740991);
  EXPECT_EQ(*read("-9007199254740991")->integer(), -9007199254740991);
  for (const std::string_view bad :
       {"9007199254740992", "-9007199254740992", "18446744073709551616", "1.0", "1e3", "0.5",
        "-0.0", "100000000000000000000000000000000"}) {
    EXPECT_EQ(code(bad), "json-not-integer") << bad;
  }
}

TEST(Json, ErrorsCarryTheirPlaceAllAtOnce) {
  const auto syntax = read("{\n  \"a\": 1,\n  \"b\": ?\n}");
  ASSERT_FALSE(syntax);
  EXPECT_EQ(syntax.error()[0].where.substr(0, 6), "line 3");

  const auto several = read(R"({"a":{"b/c":[1,2.5]},"d":1,"d":2,"e~":1.5})");
  ASSERT_FALSE(several);
  ASSERT_EQ(several.error().size(), 3u);
  EXPECT_EQ(several.error()[0], (Error{Code::json_not_integer, "/a/b~1c/1", {}}));
  EXPECT_EQ(several.error()[1], (Error{Code::json_duplicate_key, "/d", {}}));
  EXPECT_EQ(several.error()[2], (Error{Code::json_not_integer, "/e~0", {}}));
}

TEST(Json, ADuplicateKeyIsRefusedHoweverItIsSpelled) {
  EXPECT_EQ(code(R"({"a":1,"\u0061":2})"), "json-duplicate-key");
}

TEST(Json, IsBounded) {
  EXPECT_EQ(code("[1,2]", {.bytes = 5}), "accepted");
  EXPECT_EQ(code("[1,2]", {.bytes = 4}), "json-too-large");
  EXPECT_EQ(code("[[1]]", {.depth = 2}), "accepted");
  EXPECT_EQ(code("[[[1]]]", {.depth = 2}), "json-too-deep");
  EXPECT_EQ(code("[1,2]", {.values = 3}), "accepted");
  EXPECT_EQ(code("[1,2,3]", {.values = 3}), "json-too-many");
  EXPECT_EQ(code(R"({"ab":1})", {.name = 2}), "accepted");
  EXPECT_EQ(code(R"({"abc":1})", {.name = 2}), "json-too-large");
  EXPECT_EQ(code(R"({"a":1,"b":2})", {.members = 2}), "accepted");
  EXPECT_EQ(code(R"({"a":1,"b":2,"c":3})", {.members = 2}), "json-too-many");
  EXPECT_EQ(code(std::string(500'000, '[')), "json-too-deep");  // without a deep stack
}

TEST(Json, ErrorsAreBoundedToo) {
  std::string many = "[0.5";
  for (int i = 0; i < 20'000; ++i) many += ",0.5";
  const Checked<Value> read = json::read(many + "]");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().size(), kMostErrors);
}

TEST(Json, JoinsPointers) {
  EXPECT_EQ(join("", "a"), "/a");
  EXPECT_EQ(join("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(join("/a", 3), "/a/3");
}

}  // namespace
}  // namespace avow::json
