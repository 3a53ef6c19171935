#include "notice/sms.h"

#include <gtest/gtest.h>

#include <string>

namespace avow::notice {
namespace {

std::string repeated(std::string_view letter, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += letter;
  return out;
}

TEST(Sms, LatinLettersAreSeptets) {
  const SmsLength full = sms_length(repeated("a", 160));
  EXPECT_TRUE(full.gsm);
  EXPECT_EQ(full.units, 160u);
  EXPECT_EQ(full.messages, 1u);
  EXPECT_EQ(sms_length(repeated("a", 161)).messages, 2u);
  EXPECT_EQ(sms_length(repeated("a", 306)).messages, 2u);
  EXPECT_EQ(sms_length(repeated("a", 307)).messages, 3u);
  EXPECT_EQ(sms_length("äöüßéèàñØ£").units, 10u);
  EXPECT_EQ(sms_length("[€]").units, 6u) << "each takes the place of two";
}

TEST(Sms, OneLetterMoreMakesAllOfItUtf16) {
  for (const std::string_view letter : {"ç", "í", "’", "個", "ł", "в"}) {
    const SmsLength length = sms_length("a" + std::string(letter));
    EXPECT_FALSE(length.gsm) << letter;
    EXPECT_EQ(length.most, 70u);
    EXPECT_EQ(length.units, 2u) << letter;
  }
  EXPECT_EQ(sms_length(repeated("字", 70)).messages, 1u);
  EXPECT_EQ(sms_length(repeated("字", 71)).messages, 2u);
  EXPECT_EQ(sms_length(repeated("字", 134)).messages, 2u);
  EXPECT_EQ(sms_length(repeated("字", 135)).messages, 3u);
  EXPECT_EQ(sms_length("𠮷").units, 2u) << "a letter beyond the first plane takes two";
}

TEST(Sms, NothingIsOneMessage) { EXPECT_EQ(sms_length("").messages, 1u); }

}  // namespace
}  // namespace avow::notice
