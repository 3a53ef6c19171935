#include "trust/age_header.h"

#include <algorithm>

#include "trust/given.h"

namespace avow::trust {
namespace {

constexpr std::string_view kMac = "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";

std::string read(std::string_view lines) { return given::code(read_age_header(as_bytes(lines))); }
/// A header with these stanza lines between version and MAC.
std::string stanza(std::string_view lines) {
  return read("age-encryption.org/v1\n" + std::string(lines) + std::string(kMac));
}

TEST(AgeHeader, ReadsStanzas) {
  const std::string text =
      "age-encryption.org/v1\n-> X25519 abc\nAAAA\n-> grease\n\n" + std::string(kMac) + "payload";
  const auto header = read_age_header(as_bytes(text));
  ASSERT_TRUE(header);
  ASSERT_EQ(header->stanzas.size(), 2u);
  EXPECT_EQ(header->stanzas[0].type, "X25519");
  EXPECT_EQ(header->stanzas[0].arguments, std::vector<std::string>{"abc"});
  EXPECT_EQ(header->stanzas[0].body, Bytes(3));
  EXPECT_EQ(header->stanzas[1].type, "grease");
  EXPECT_TRUE(header->stanzas[1].body.empty());
  EXPECT_EQ(header->mac, Digest{});
  EXPECT_EQ(text.substr(header->authenticated - 3, 4), "--- ");
  EXPECT_EQ(text.substr(header->size), "payload");
}

TEST(AgeHeader, WhatIsWrittenIsReadAgain) {
  for (std::size_t size = 0; size < 200; ++size) {
    const Stanza one{"a", {"b", "c"}, given::counting(size)};
    const std::string text = write_age_header({&one, 1}, FileKey{});
    const auto header = read_age_header(as_bytes(text));
    ASSERT_TRUE(header) << text;
    EXPECT_EQ(header->stanzas[0].body, one.body);
    EXPECT_EQ(header->stanzas[0].arguments, one.arguments);
    EXPECT_EQ(header->size, text.size());
    EXPECT_TRUE(check_age_header(as_bytes(text), *header, FileKey{}));
    FileKey other;
    other.bytes()[0] = 1;
    EXPECT_EQ(given::code(check_age_header(as_bytes(text), *header, other)), "seal-mac");
  }
}

TEST(AgeHeader, AnotherVersionOrShapeIsRefused) {
  EXPECT_EQ(read(""), "seal-header");
  EXPECT_EQ(read("age-encryption.org/v1"), "seal-header");
  EXPECT_EQ(read("age-encryption.org/v1\n"), "seal-header");
  EXPECT_EQ(read("age-encryption.org/v2\n-> a\n\n" + std::string(kMac)), "seal-header");
  EXPECT_EQ(read("age-encryption.org/v1\r\n-> a\n\n" + std::string(kMac)), "seal-header");
  EXPECT_EQ(read(" age-encryption.org/v1\n-> a\n\n" + std::string(kMac)), "seal-header");
  EXPECT_EQ(read("age-encryption.org/v1\n-> a\n\n" + std::string(kMac.substr(0, kMac.size() - 1))),
            "seal-header");
  EXPECT_EQ(stanza(""), "seal-header");  // no stanza
  EXPECT_EQ(stanza("junk\n"), "seal-header");
  EXPECT_EQ(stanza("-> a\n\n"), "accepted");
}

TEST(AgeHeader, ArgumentsAreWordsWithOneSpaceBetween) {
  EXPECT_EQ(stanza("-> a b\n\n"), "accepted");
  EXPECT_EQ(stanza("-> \n\n"), "seal-stanza");
  EXPECT_EQ(stanza("->\n\n"), "seal-header");
  EXPECT_EQ(stanza("->  a\n\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> a  b\n\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> a \n\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> a\tb\n\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> \xC3\xA9\n\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> a\r\n\n"), "seal-stanza");
}

TEST(AgeHeader, ABodyHasOneSpelling) {
  const std::string full(64, 'A');
  EXPECT_EQ(stanza("-> a\n" + full + "\n\n"), "accepted");
  EXPECT_EQ(stanza("-> a\n" + full + "\nAAAA\n"), "accepted");
  EXPECT_EQ(stanza("-> a\n" + full + "\n"),
            "seal-stanza");  // a full line is followed by a shorter one
  EXPECT_EQ(stanza("-> a\n" + full + "A\n"), "seal-stanza");       // too long a line
  EXPECT_EQ(stanza("-> a\n" + full + "AAAA\n\n"), "seal-stanza");  // the same, though it decodes
  EXPECT_EQ(stanza("-> a\nAAA\nAAAA\n"), "seal-header");           // a short line ends the body
  EXPECT_EQ(stanza("-> a\nAB\n"), "seal-stanza");                  // bits left over
  EXPECT_EQ(stanza("-> a\nAA==\n"), "seal-stanza");                // padding
  EXPECT_EQ(stanza("-> a\nAA-_\n"), "seal-stanza");                // the other alphabet
  EXPECT_EQ(stanza("-> a\nAA A\n"), "seal-stanza");
  EXPECT_EQ(read("age-encryption.org/v1\n-> a\nAAAA"), "seal-stanza");
}

TEST(AgeHeader, HoldsNoMoreThanItsLimits) {
  const auto many = [](std::string_view one, std::size_t count) {
    std::string out;
    while (count-- > 0) out += one;
    return out;
  };
  EXPECT_EQ(stanza(many("-> a\n\n", 32)), "accepted");
  EXPECT_EQ(stanza(many("-> a\n\n", 33)), "seal-stanza");
  EXPECT_EQ(stanza("-> a" + many(" b", 16) + "\n\n"), "accepted");
  EXPECT_EQ(stanza("-> a" + many(" b", 17) + "\n\n"), "seal-stanza");
  // 4096 bytes, line feeds included, of every stanza for itself; however they are spread.
  EXPECT_EQ(stanza(many("-> " + many("a", 4'091) + "\n\n", 2)), "accepted");
  EXPECT_EQ(stanza("-> " + many("a", 4'092) + "\n\n"), "seal-stanza");
  const std::string full = many("A", 64) + "\n";
  EXPECT_EQ(stanza(many("-> a\n" + many(full, 62) + many("A", 60) + "\n", 2)), "accepted");
  EXPECT_EQ(stanza("-> ab\n" + many(full, 62) + many("A", 60) + "\n"), "seal-stanza");
  EXPECT_EQ(stanza("-> a\n" + many(full, 63) + "\n"), "seal-stanza");
  const auto refused = read_age_header(
      as_bytes("age-encryption.org/v1\n" + many("-> a\n\n", 33) + std::string(kMac)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "byte 214");
  EXPECT_EQ(refused.error().detail, "At most 32 stanzas, each of 16 arguments and 4096 bytes.");
}

TEST(AgeHeader, AMacHasOneSpelling) {
  const auto mac = [](std::string_view line) {
    return read("age-encryption.org/v1\n-> a\n\n" + std::string(line) + "\n");
  };
  EXPECT_EQ(mac("--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "accepted");
  EXPECT_EQ(mac("--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"),
            "seal-header");  // bits left over
  EXPECT_EQ(mac("--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), "seal-header");  // padding
  EXPECT_EQ(mac("--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "seal-header");    // 31 bytes
  EXPECT_EQ(mac("---  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "seal-header");
  EXPECT_EQ(mac("---AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "seal-header");
  EXPECT_EQ(mac("--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r"), "seal-header");
  EXPECT_EQ(mac("---"), "seal-header");
}

}  // namespace
}  // namespace avow::trust
