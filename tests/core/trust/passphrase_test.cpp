#include "trust/passphrase.h"

#include "trust/age_header.h"
#include "trust/given.h"
#include "trust/stream.h"

namespace avow::trust {
namespace {

constexpr int kQuick = 4;  // log2 N: a sixteenth of a millisecond; the format is the same
constexpr std::string_view kWords = "correct horse battery staple";

Bytes sealed(ByteView plaintext, int work_factor = kQuick) {
  const Bytes random = given::counting(kPassphraseEntropy);
  Entropy entropy{random};
  const auto out = seal_with_passphrase(plaintext, kWords, entropy, work_factor);
  EXPECT_TRUE(out);
  return out ? *out : Bytes{};
}

/// A file with these stanzas and a correct MAC under the all-zero file key.
Bytes forged(std::span<const Stanza> stanzas) {
  Bytes out = to_bytes(write_age_header(stanzas, FileKey{}));
  encrypt_payload(out, FileKey{}, PayloadNonce{}, {});
  return out;
}
std::string opening(ByteView file, std::string_view passphrase = kWords) {
  return given::code(open_with_passphrase(file, passphrase));
}

TEST(Passphrase, SameEntropySameBytesNativeAndWasm) {
  EXPECT_EQ(sealed(as_bytes("What was said is sealed.\n"), 10),
            given::file("sealed-passphrase.age"));
}

TEST(Passphrase, OpensWhatAnotherToolSealed) {
  const auto opened = open_with_passphrase(given::file("foreign-passphrase.age"), kWords);
  ASSERT_TRUE(opened);
  EXPECT_EQ(given::to_text(*opened), "Sealed by another hand.\n");
}

TEST(Passphrase, ComesBack) {
  for (const std::size_t size : {0ul, 1ul, 65'536ul, 65'537ul}) {
    const Bytes plaintext = given::counting(size);
    const auto opened = open_with_passphrase(sealed(plaintext), kWords);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, plaintext);
  }
}

TEST(Passphrase, AnotherPassphraseIsRefused) {
  const Bytes file = sealed(as_bytes("said"));
  EXPECT_EQ(opening(file), "accepted");
  for (const std::string_view other :
       {"correct horse battery stapl", "Correct horse battery staple", "",
        "correct horse battery staple "}) {
    EXPECT_EQ(opening(file, other), "seal-passphrase") << other;
  }
}

TEST(Passphrase, AFlippedBitAnywhereIsRefused) {
  const Bytes file = sealed(as_bytes("said"));
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    Bytes altered = file;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_NE(opening(altered), "accepted") << bit;
  }
}

TEST(Passphrase, WorkFactorsAreOneTo22InOneSpelling) {
  const auto with = [](std::string factor) {
    const Stanza stanza{"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", std::move(factor)}, Bytes(32)};
    return opening(forged({&stanza, 1}));
  };
  EXPECT_EQ(with("1"), "seal-passphrase");  // well-formed: it only does not open
  EXPECT_EQ(with("10"), "seal-passphrase");
  // A file may not hold the machine for minutes.
  for (const char* factor : {"23", "30", "64", "99", "100", "18446744073709551626"})
    EXPECT_EQ(with(factor), "seal-stanza") << factor;
  for (const char* factor : {"0", "01", "010", "+1", "-1", "1.0", "0x4", "1e1", "a"})
    EXPECT_EQ(with(factor), "seal-stanza") << factor;
}

TEST(Passphrase, AMalformedStanzaIsRefused) {
  const auto with = [](Stanza stanza) { return opening(forged({&stanza, 1})); };
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "4"}, Bytes(32)}), "seal-passphrase");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "4"}, Bytes(33)}), "seal-stanza");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "4"}, {}}), "seal-stanza");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA"}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "4", "4"}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAAAB", "4"}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"scrypt", {"AAAAAAAAAAAAAAAAAAAA", "4"}, Bytes(32)}), "seal-stanza");
}

TEST(Passphrase, StandsAlone) {
  const Stanza scrypt{"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "4"}, Bytes(32)};
  EXPECT_EQ(opening(forged(std::vector{scrypt, scrypt})), "seal-stanza");
  EXPECT_EQ(opening(forged(std::vector{scrypt, Stanza{"x-grease", {}, {}}})), "seal-stanza");
  EXPECT_EQ(opening(forged(std::vector{Stanza{"x-grease", {}, {}}})), "seal-no-match");
}

TEST(Passphrase, IsAskedForWhereItIsTheWayIn) {
  EXPECT_TRUE(wants_passphrase(sealed({})));
  EXPECT_TRUE(wants_passphrase(given::file("foreign-passphrase.age")));
  EXPECT_FALSE(wants_passphrase(given::file("foreign.age")));
  EXPECT_FALSE(wants_passphrase(as_bytes("AGE-SECRET-KEY-1")));
  EXPECT_FALSE(wants_passphrase({}));
}

TEST(Passphrase, RefusesToSealBadly) {
  const Bytes random = given::counting(kPassphraseEntropy);
  const auto sealing = [&random](std::string_view passphrase, int work_factor,
                                 std::size_t entropy_size) {
    Entropy entropy{ByteView(random).first(entropy_size)};
    return given::code(seal_with_passphrase({}, passphrase, entropy, work_factor));
  };
  EXPECT_EQ(sealing("x", 1, 48), "accepted");
  EXPECT_EQ(sealing("", 1, 48), "out-of-range");
  EXPECT_EQ(sealing("x", 0, 48), "out-of-range");
  EXPECT_EQ(sealing("x", 23, 48), "out-of-range");
  EXPECT_EQ(sealing("x", 1, 47), "entropy-short");
}

}  // namespace
}  // namespace avow::trust
