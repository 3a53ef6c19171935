#include "trust/bech32.h"

#include "trust/given.h"

namespace avow::trust {
namespace {

constexpr std::string_view kSpelled =
    "age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s0dmj33";

TEST(Bech32, WritesWhatItReads) {
  const auto bytes = read_bech32("age", kSpelled, Bech32Case::lower);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(write_bech32("age", *bytes, Bech32Case::lower), kSpelled);
  for (int i = 0; i < 256; ++i) {
    const Secret some = given::secret(static_cast<std::uint8_t>(i));
    const auto again =
        read_bech32("X-", write_bech32("X-", some, Bech32Case::upper), Bech32Case::upper);
    ASSERT_TRUE(again);
    EXPECT_EQ(Bytes(again->view().begin(), again->view().end()),
              given::counting(32, static_cast<std::uint8_t>(i)));
  }
}

TEST(Bech32, ATypingErrorAnywhereIsRefused) {
  for (std::size_t i = 0; i < kSpelled.size(); ++i) {
    for (const char other : std::string_view("qpzry9x8gf2tvdw0s3jn54khce6mua7lbio1AQ \n")) {
      if (other == kSpelled[i]) continue;
      std::string typed(kSpelled);
      typed[i] = other;
      EXPECT_EQ(given::code(read_bech32("age", typed, Bech32Case::lower)), "key-malformed")
          << typed;
    }
  }
}

TEST(Bech32, TwoSwappedCharactersAreRefused) {
  for (std::size_t i = 4; i + 1 < kSpelled.size(); ++i) {
    std::string typed(kSpelled);
    std::swap(typed[i], typed[i + 1]);
    EXPECT_EQ(read_bech32("age", typed, Bech32Case::lower).has_value(), typed == kSpelled) << typed;
  }
}

TEST(Bech32, OneValueHasOneSpelling) {
  const auto refused = [](std::string_view text) {
    EXPECT_EQ(given::code(read_bech32("age", text, Bech32Case::lower)), "key-malformed") << text;
  };
  // Each of these has a correct checksum.
  refused("age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d83jm08vr");  // a bit set in the
                                                                              // padding
  refused("age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d7vpyl2");    // 31 bytes
  refused("agx1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s9awqgx");  // another prefix
  refused("AGE1M60DKLTM0HQMF56MV8PWEEP4XULCXS7GTDUXWNDDL3LPGMUG9D8S0DMJ33");  // the other case
  refused("age1M60DKLTM0HQMF56MV8PWEEP4XULCXS7GTDUXWNDDL3LPGMUG9D8S0DMJ33");  // mixed case
  refused("");
  refused(" age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s0dmj33");
  refused("age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s0dmj33\n");
}

}  // namespace
}  // namespace avow::trust
