#include "trust/key.h"

#include <algorithm>

#include "base/text.h"
#include "trust/given.h"

namespace avow::trust {
namespace {

template <std::size_t N>
ByteArray<N> hex(std::string_view digits) {
  const auto bytes = text::from_hex(digits, N);
  EXPECT_TRUE(bytes) << digits;
  ByteArray<N> out{};
  if (bytes) std::ranges::copy(*bytes, out.begin());
  return out;
}

TEST(Key, SpellsAsAgeSpells) {
  // Bob's key pair of RFC 7748, section 6.1; the spellings are those of `age-keygen -y`.
  const auto identity =
      read_identity("AGE-SECRET-KEY-1TK4SSLNZF29YK70P079C8QQWUEHNHVFFYCVTDLGU979J0LUGUR4SMHZYQ2");
  const PublicKey known =
      hex<32>("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const Identity bob{
      Secret(hex<32>("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))};
  ASSERT_TRUE(identity);
  EXPECT_EQ(recipient_of(*identity).key, known);
  EXPECT_EQ(recipient_of(bob).key, known);
  EXPECT_EQ(write_identity(bob),
            "AGE-SECRET-KEY-1TK4SSLNZF29YK70P079C8QQWUEHNHVFFYCVTDLGU979J0LUGUR4SMHZYQ2");
  EXPECT_EQ(write_recipient({known}),
            "age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s0dmj33");
  const auto recipient =
      read_recipient("age1m60dkltm0hqmf56mv8pweep4xulcxs7gtduxwnddl3lpgmug9d8s0dmj33");
  ASSERT_TRUE(recipient);
  EXPECT_EQ(recipient->key, known);
}

TEST(Key, ARecipientIsNoIdentityAndTheOtherWayRound) {
  EXPECT_EQ(given::code(read_identity(write_recipient(given::recipient(1)))), "key-malformed");
  EXPECT_EQ(given::code(read_recipient(write_identity(given::identity(1)))), "key-malformed");
}

TEST(Key, ARecipientOfSmallOrderIsRefused) {
  // Sealing to these gives a shared secret that everybody knows. All have correct checksums.
  for (const std::string_view text :
       {"age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",
        "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya",
        "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9",
        "age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m"}) {
    const auto recipient = read_recipient(text);
    ASSERT_FALSE(recipient) << text;
    EXPECT_EQ(recipient.error().code, Code::key_malformed);
    EXPECT_NE(recipient.error().detail.find("small order"), std::string::npos)
        << recipient.error().detail;
  }
}

TEST(Key, ReadsAnIdentityFile) {
  const std::string one = write_identity(given::identity(1)),
                    two = write_identity(given::identity(2));
  const auto keys = read_identity_file("# created: 2026-11-22T03:04:05Z\n# public key: age1…\n" +
                                       one + "\n\n" + two + "\r\n");
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2u);
  EXPECT_EQ(recipient_of((*keys)[0]), given::recipient(1));
  EXPECT_EQ(recipient_of((*keys)[1]), given::recipient(2));
  EXPECT_TRUE(read_identity_file(one));  // no line feed at the end

  const auto typo = read_identity_file("# a comment\n" + one + "\nAGE-SECRET-KEY-1WRONG\n");
  ASSERT_FALSE(typo);
  EXPECT_EQ(typo.error().code, Code::key_malformed);
  EXPECT_EQ(typo.error().where, "line 3");
  EXPECT_EQ(given::code(read_identity_file(" " + one)), "key-malformed");
  EXPECT_EQ(given::code(read_identity_file("# only a comment\n\n")), "key-malformed");
  EXPECT_EQ(given::code(read_identity_file("")), "key-malformed");
}

TEST(Key, AnErrorNeverRepeatsTheSecret) {
  std::string typed = write_identity(given::identity(1));
  typed.back() = typed.back() == 'Q' ? 'P' : 'Q';
  const auto refused = read_identity_file(typed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(describe(refused.error()).find(typed.substr(20, 10)), std::string::npos);
}

TEST(Key, FingerprintIsSixteenDigitsInFours) {
  const Recipient bob{hex<32>("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")};
  EXPECT_EQ(fingerprint(bob), "691b e757 b41e 9bb9");
}

struct Rfc8032 {
  const char *seed, *device, *message, *signature;
};
// RFC 8032, section 7.1, tests 1 to 3.
constexpr Rfc8032 kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Key, SignsAsRfc8032) {
  for (const Rfc8032& known : kRfc8032) {
    const Secret seed(hex<32>(known.seed));
    const auto message = text::from_hex(known.message, std::string_view(known.message).size() / 2);
    ASSERT_TRUE(message);
    EXPECT_EQ(text::to_hex(device_key(seed)), known.device);
    EXPECT_EQ(text::to_hex(sign(seed, *message)), known.signature);
    EXPECT_TRUE(verify(hex<32>(known.device), hex<64>(known.signature), *message));
  }
}

TEST(Key, AFlippedBitInKeySignatureOrMessageIsRefused) {
  const Secret seed = given::secret(9);
  const PublicKey device = device_key(seed);
  const Bytes message = given::counting(20);
  const Signature signature = sign(seed, message);
  ASSERT_TRUE(verify(device, signature, message));
  const auto flip = [](auto bytes, std::size_t bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    return bytes;
  };
  for (std::size_t bit = 0; bit < 512; ++bit)
    EXPECT_FALSE(verify(device, flip(signature, bit), message)) << bit;
  for (std::size_t bit = 0; bit < 256; ++bit)
    EXPECT_FALSE(verify(flip(device, bit), signature, message)) << bit;
  for (std::size_t bit = 0; bit < 160; ++bit)
    EXPECT_FALSE(verify(device, signature, flip(message, bit))) << bit;
}

TEST(Key, AKeyOfSmallOrderSignsNothing) {
  // With the neutral element as key and as R, S = 0 satisfies the equation for every message.
  PublicKey neutral{};
  neutral[0] = 1;
  Signature forged{};
  forged[0] = 1;
  EXPECT_FALSE(verify(neutral, forged, as_bytes("anything")));
}

TEST(Key, ASignatureHasOneSpelling) {
  // S + L satisfies the equation too (RFC 8032, section 5.1.7 refuses it).
  constexpr std::uint8_t kL[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                   0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                   0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
  Signature signature = hex<64>(kRfc8032[0].signature);
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned>(signature[32 + i]) + kL[i];
    signature[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(verify(hex<32>(kRfc8032[0].device), signature, {}));
}

}  // namespace
}  // namespace avow::trust
