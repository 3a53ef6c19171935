#include "base/text.h"

#include <gtest/gtest.h>

namespace avow::text {
namespace {

std::string code(const Result<Bytes>& result) {
  return result ? "accepted" : std::string(name(result.error().code));
}

TEST(Text, Utf8HasOneSpelling) {
  for (const std::string_view good :
       {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
        "na\xC3\xAFve \xE4\xBD\xA0 \xF0\x9F\x99\x82"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
  for (const std::string_view bad : {"\x80",
                                     "\xBF",
                                     "\xC0\x80",
                                     "\xC1\xBF",
                                     "\xE0\x80\x80",
                                     "\xE0\x9F\xBF",  // overlong
                                     "\xED\xA0\x80",
                                     "\xED\xBF\xBF",  // surrogates
                                     "\xF0\x80\x80\x80",
                                     "\xF0\x8F\xBF\xBF",
                                     "\xF4\x90\x80\x80",
                                     "\xF5\x80\x80\x80",
                                     "\xFF",
                                     "\xFE",
                                     "\xC2",
                                     "\xE2\x82",
                                     "\xF0\x9F\x99",
                                     "\xC2\x41",
                                     "\xE2\x41\x82",
                                     "a\xC2"}) {  // cut off
    EXPECT_FALSE(is_utf8(bad)) << to_hex(as_bytes(bad));
  }
}

TEST(Text, LengthCountsCodePoints) {
  EXPECT_EQ(length(""), 0u);
  EXPECT_EQ(length("abc"), 3u);
  EXPECT_EQ(length("\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x99\x82"), 3u);
}

TEST(Text, HexIsLowerCaseAndOfTheExactLength) {
  const Bytes bytes = {0x00, 0x0f, 0xa5, 0xff};
  EXPECT_EQ(to_hex(bytes), "000fa5ff");
  const auto read = from_hex("000fa5ff", 4);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, bytes);
  EXPECT_EQ(to_hex({}), "");
  EXPECT_EQ(code(from_hex("", 0)), "accepted");
  for (const std::string_view bad :
       {"000FA5FF", "000fa5f", "000fa5ff0", "000fa5fg", " 00fa5ff", "0x0fa5ff", ""}) {
    EXPECT_EQ(code(from_hex(bad, 4)), "hex-malformed") << bad;
  }
}

TEST(Text, Base64AsRfc4648) {
  // Section 10.
  constexpr std::pair<std::string_view, std::string_view> known[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, spelled] : known) {
    EXPECT_EQ(to_base64(as_bytes(plain), Base64::standard), spelled);
    const std::string bare(spelled.substr(0, spelled.find('=')));
    EXPECT_EQ(to_base64(as_bytes(plain), Base64::standard_unpadded), bare);
    EXPECT_EQ(to_base64(as_bytes(plain), Base64::url), bare);
    EXPECT_EQ(from_base64(spelled, Base64::standard).value_or(Bytes{1}), to_bytes(plain));
    EXPECT_EQ(from_base64(bare, Base64::standard_unpadded).value_or(Bytes{1}), to_bytes(plain));
  }
  const Bytes high = {0xfb, 0xff, 0xbf};
  EXPECT_EQ(to_base64(high, Base64::standard), "+/+/");
  EXPECT_EQ(to_base64(high, Base64::url), "-_-_");
}

TEST(Text, Base64HasOneSpelling) {
  for (const std::string_view bad :
       {"Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zh==", "Zm9=", "Zm8", "Zm 9v", "Zm9v\n",
        "Zm9v=", "Zm9v====", "-_-_", "Zm=v", "=Zm9", "Zg==Zg=="}) {
    EXPECT_EQ(code(from_base64(bad, Base64::standard)), "base64-malformed") << bad;
  }
  for (const std::string_view bad : {"Zg==", "Z", "Zh", "Zm9", "Zm9vY", "Zm9v ", "-_-_"}) {
    EXPECT_EQ(code(from_base64(bad, Base64::standard_unpadded)), "base64-malformed") << bad;
  }
  EXPECT_EQ(code(from_base64("+/+/", Base64::url)), "base64-malformed");
}

TEST(Text, EveryBase64GroupThatIsReadIsSpelledTheSame) {
  // All two-character groups: exactly those that decode come back as they were.
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int accepted = 0;
  for (const char a : letters) {
    for (const char b : letters) {
      const std::string spelled{a, b};
      const auto read = from_base64(spelled, Base64::standard_unpadded);
      if (!read) continue;
      ++accepted;
      EXPECT_EQ(to_base64(*read, Base64::standard_unpadded), spelled);
    }
  }
  EXPECT_EQ(accepted, 256);
}

TEST(Text, EscapedTextCannotLeaveItsPlace) {
  EXPECT_EQ(escape_html("<b a=\"x\" c='y'>&amp;"),
            "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(escape_html("plain \xC3\xA9"), "plain \xC3\xA9");
}

}  // namespace
}  // namespace avow::text
