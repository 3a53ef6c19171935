#include "base/canonical.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace avow::canonical {
namespace {

std::string again(std::string_view text) {
  const auto value = json::read(text);
  EXPECT_TRUE(value) << text;
  return value ? write(*value) : "";
}

TEST(Canonical, SortsByUtf16AsRfc8785) {
  // Section 3.2.3's example: the Hebrew letter U+FB33 sorts after the emoji, whose UTF-16 begins
  // with D83D.
  const std::string text =
      "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet "
      "With Dagesh\",\"1\":\"One\","
      "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin "
      "Small Letter O With Diaeresis\"}";
  EXPECT_EQ(
      again(text),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"\xC3\xB6\":\"Latin "
      "Small Letter O With Diaeresis\","
      "\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x80\":\"Emoji: Grinning "
      "Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(Canonical, SortsAroundTheSurrogates) {
  // U+D7FF and U+DFFF's neighbours: below the surrogates, above them, and beyond the first plane.
  EXPECT_EQ(again("{\"\\uffff\":1,\"\\ue000\":2,\"\\ud7ff\":3,\"\\ud800\\udc00\":4,"
                  "\"\\udbff\\udfff\":5,\"a\":6,\"\":7,\"ab\":8}"),
            "{\"\":7,\"a\":6,\"ab\":8,\"\xED\x9F\xBF\":3,\"\xF0\x90\x80\x80\":4,"
            "\"\xF4\x8F\xBF\xBF\":5,\"\xEE\x80\x80\":2,\"\xEF\xBF\xBF\":1}");
}

TEST(Canonical, EscapesAsRfc8785) {
  // Section 3.2.2.2: the two-character escapes, \u00xx in lower case for other controls, nothing
  // else.
  EXPECT_EQ(
      again(R"("\u0000\u0007\b\t\n\u000b\f\r\u001f \"\\\/\u007f\u0080\u2028\u00e9")"),
      "\"\\u0000\\u0007\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\x7F\xC2\x80\xE2\x80\xA8\xC3\xA9\"");
}

TEST(Canonical, WritesEveryType) {
  EXPECT_EQ(again(R"( { "b" : [ 1 , -2 , 0 , true , false , null ] , "a" : { } , "c" : [ ] } )"),
            R"({"a":{},"b":[1,-2,0,true,false,null],"c":[]})");
  EXPECT_EQ(again("-0"), "0");
  EXPECT_EQ(again("-9007199254740991"), "-9007199254740991");
}

TEST(Canonical, IsAFixedPoint) {
  for (const std::string_view text :
       {R"({"z":1,"a":{"y":[],"x":"\u001b"}})", R"([[],{},""])", R"("\ud83d\ude00")"}) {
    const std::string once = again(text);
    EXPECT_EQ(again(once), once);
  }
}

TEST(Canonical, DigestIsOfTheWrittenBytes) {
  EXPECT_EQ(text::to_hex(digest(json::Object())), text::to_hex(sha256(as_bytes("{}"))));
  EXPECT_EQ(digest(*json::read(R"({"b":1,"a":2})")), digest(*json::read(R"({ "a": 2, "b": 1 })")));
  EXPECT_NE(digest(*json::read(R"({"a":1})")), digest(*json::read(R"({"a":2})")));
}

}  // namespace
}  // namespace avow::canonical
