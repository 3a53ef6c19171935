#include "trust/seal.h"

#include <algorithm>

#include "base/text.h"
#include "trust/age_header.h"
#include "trust/given.h"
#include "trust/stream.h"

namespace avow::trust {
namespace {

constexpr std::string_view kBob =
    "AGE-SECRET-KEY-1TK4SSLNZF29YK70P079C8QQWUEHNHVFFYCVTDLGU979J0LUGUR4SMHZYQ2";  // RFC 7748,
                                                                                   // section 6.1

Bytes sealed(ByteView plaintext, const std::vector<Recipient>& recipients) {
  const Bytes random = given::counting(seal_entropy(recipients.size()));
  Entropy entropy{random};
  const auto out = seal(plaintext, recipients, entropy);
  EXPECT_TRUE(out);
  return out ? *out : Bytes{};
}
std::string opening(ByteView file, const Identity& identity) {
  return given::code(open(file, {&identity, 1}));
}

/// A file with these stanzas and a correct MAC: what an attacker who knows the file key can make.
Bytes forged(std::span<const Stanza> stanzas) {
  Bytes out = to_bytes(write_age_header(stanzas, FileKey{}));
  encrypt_payload(out, FileKey{}, PayloadNonce{}, as_bytes("forged"));
  return out;
}
/// A correct stanza that wraps the all-zero file key to `recipient`.
Stanza honest_stanza(const Recipient& recipient) {
  Bytes random = given::counting(seal_entropy(1));
  std::fill_n(random.begin(), 16, std::uint8_t{0});
  Entropy entropy{random};
  const auto file = seal({}, {&recipient, 1}, entropy);
  const auto header = read_age_header(*file);
  return header->stanzas[0];
}

TEST(Seal, SameEntropySameBytesNativeAndWasm) {
  const Bytes plaintext = to_bytes("What was said is sealed.\n");
  EXPECT_EQ(sealed(plaintext, {given::recipient(1), given::recipient(2)}),
            given::file("sealed.age"));
}

TEST(Seal, OpensWhatAgeSealed) {
  const auto identity = read_identity(kBob);
  ASSERT_TRUE(identity);
  const auto opened = open(given::file("foreign.age"), {&*identity, 1});
  ASSERT_TRUE(opened);
  EXPECT_EQ(given::to_text(*opened), "Sealed by another hand.\n");
}

TEST(Seal, EveryRecipientOpensAndNobodyElse) {
  for (std::size_t count = 1; count <= 16; ++count) {
    std::vector<Recipient> recipients;
    for (std::size_t i = 0; i < count; ++i)
      recipients.push_back(given::recipient(static_cast<std::uint8_t>(i + 1)));
    const Bytes file = sealed(as_bytes("said"), recipients);
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_EQ(opening(file, given::identity(static_cast<std::uint8_t>(i + 1))), "accepted");
    EXPECT_EQ(opening(file, given::identity(99)), "seal-no-match");
    const std::vector<Identity> several = {given::identity(99),
                                           given::identity(static_cast<std::uint8_t>(count))};
    EXPECT_TRUE(open(file, several));
  }
  EXPECT_EQ(given::code(open(sealed({}, {given::recipient(1)}), {})), "seal-no-match");
}

TEST(Seal, EverySizeComesBack) {
  for (const std::size_t size : {0ul, 1ul, 511ul, 65'535ul, 65'536ul, 65'537ul, 200'000ul}) {
    const Bytes plaintext = given::counting(size);
    const auto opened =
        open(sealed(plaintext, {given::recipient(1)}), std::vector{given::identity(1)});
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, plaintext);
  }
}

TEST(Seal, LengthDependsOnTheLengthsAlone) {
  const std::size_t want = sealed(Bytes(512), {given::recipient(1), given::recipient(2)}).size();
  for (int i = 3; i < 100; ++i) {
    const auto first = static_cast<std::uint8_t>(i);
    const Bytes random = given::counting(seal_entropy(2), first);
    Entropy entropy{random};
    const auto file = seal(given::counting(512, first),
                           std::vector{given::recipient(first), given::recipient(200)}, entropy);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), want);
  }
}

TEST(Seal, AFlippedBitAnywhereIsRefused) {
  const Bytes file = sealed(as_bytes("said"), {given::recipient(1)});
  const auto header = read_age_header(file);
  ASSERT_TRUE(header);
  const std::size_t stanzas_end = header->authenticated - 3;
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    Bytes altered = file;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const std::string got = opening(altered, given::identity(1));
    const std::size_t at = bit / 8;
    if (at >= header->size) {
      EXPECT_EQ(got, "seal-payload") << bit;
    } else if (at >= stanzas_end) {
      EXPECT_TRUE(got == "seal-mac" || got == "seal-header") << bit << " " << got;
    } else if (at < 22) {
      EXPECT_EQ(got, "seal-header") << bit;
    } else {
      // Another type, share or body opens nothing; otherwise the stanza's shape is what broke.
      EXPECT_TRUE(got == "seal-no-match" || got == "seal-stanza" || got == "seal-header")
          << bit << " " << got;
    }
  }
}

TEST(Seal, CutAnywhereIsRefused) {
  const Bytes file = sealed(as_bytes("said"), {given::recipient(1)});
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_NE(opening(ByteView(file).first(size), given::identity(1)), "accepted") << size;
  }
}

TEST(Seal, TakesExactlyTheEntropyItSays) {
  for (std::size_t count = 1; count <= 4; ++count) {
    const std::vector<Recipient> recipients(count, given::recipient(1));
    const Bytes random = given::counting(seal_entropy(count) + 1);
    Entropy enough{random};
    EXPECT_TRUE(seal({}, recipients, enough));
    std::uint8_t rest = 0;
    EXPECT_TRUE(enough.fill({&rest, 1}));
    EXPECT_EQ(rest, random.back());
    Entropy short_by_one{ByteView(random).first(seal_entropy(count) - 1)};
    EXPECT_EQ(given::code(seal({}, recipients, short_by_one)), "entropy-short");
  }
}

TEST(Seal, OneToSixteenRecipients) {
  const Bytes random = given::counting(seal_entropy(17));
  Entropy entropy{random};
  EXPECT_EQ(given::code(seal({}, {}, entropy)), "out-of-range");
  EXPECT_EQ(given::code(seal({}, std::vector<Recipient>(17, given::recipient(1)), entropy)),
            "out-of-range");
}

TEST(Seal, ARecipientOfSmallOrderSealsNothing) {
  const Bytes random = given::counting(seal_entropy(2));
  Entropy entropy{random};
  EXPECT_EQ(given::code(seal({}, std::vector{given::recipient(1), Recipient{}}, entropy)),
            "key-malformed");
}

TEST(Seal, AnAlteredHeaderUnderAKnownFileKeyIsRefused) {
  // Dropping a recipient leaves every remaining stanza correct: only the MAC shows it.
  const Bytes file = sealed(as_bytes("said"), {given::recipient(1), given::recipient(2)});
  const std::string text = given::to_text(file);
  const std::size_t second = text.find("-> ", 30), end = text.find("---");
  EXPECT_EQ(opening(to_bytes(text.substr(0, second) + text.substr(end)), given::identity(1)),
            "seal-mac");
}

TEST(Seal, UnknownStanzasAreSteppedOver) {
  const std::vector<Stanza> stanzas = {{"x-grease", {"any"}, Bytes(100)},
                                       honest_stanza(given::recipient(1))};
  const Identity identity = given::identity(1);
  const auto opened = open(forged(stanzas), {&identity, 1});
  ASSERT_TRUE(opened);
  EXPECT_EQ(given::to_text(*opened), "forged");
}

TEST(Seal, APassphraseBesideAKeyIsRefused) {
  const std::vector<Stanza> stanzas = {honest_stanza(given::recipient(1)),
                                       {"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "10"}, Bytes(32)}};
  EXPECT_EQ(opening(forged(stanzas), given::identity(1)), "seal-stanza");
}

TEST(Seal, ALonePassphraseIsNoMatchForAKey) {
  const Stanza stanza{"scrypt", {"AAAAAAAAAAAAAAAAAAAAAA", "10"}, Bytes(32)};
  EXPECT_EQ(opening(forged({&stanza, 1}), given::identity(1)), "seal-no-match");
}

TEST(Seal, AMalformedStanzaIsRefusedEvenWhereAnotherFits) {
  const auto with = [](Stanza bad) {
    const std::vector<Stanza> stanzas = {honest_stanza(given::recipient(1)), std::move(bad)};
    return opening(forged(stanzas), given::identity(1));
  };
  const std::string share =
      text::to_base64(given::recipient(5).key, text::Base64::standard_unpadded);
  EXPECT_EQ(with({"X25519", {share}, Bytes(32)}), "accepted");
  // A body that could open under many keys at once tells who opened it (partitioning oracle).
  EXPECT_EQ(with({"X25519", {share}, Bytes(33)}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {share}, Bytes(31)}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {share}, {}}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {share, "more"}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {share.substr(1)}, Bytes(32)}), "seal-stanza");
  EXPECT_EQ(with({"X25519", {share + "="}, Bytes(32)}), "seal-stanza");
}

TEST(Seal, ANeutralShareOpensNothing) {
  const Stanza neutral{
      "X25519", {std::string(43, 'A')}, Bytes(32)};  // everybody knows the shared secret
  EXPECT_EQ(
      opening(forged(std::vector{neutral, honest_stanza(given::recipient(1))}), given::identity(1)),
      "seal-stanza");
  // Behind the stanza that fits it is not multiplied any more, as in age: the header's MAC vouches
  // for it.
  EXPECT_EQ(
      opening(forged(std::vector{honest_stanza(given::recipient(1)), neutral}), given::identity(1)),
      "accepted");
}

}  // namespace
}  // namespace avow::trust
