#include "trust/bech32.h"

#include <array>

namespace avow::trust {
namespace {

constexpr std::string_view kLower = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::string_view kUpper = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
constexpr std::size_t kGroups =
    52;  // 32 bytes in groups of five bits, the last with four bits to spare
constexpr std::size_t kChecksum = 6;

std::string_view alphabet(Bech32Case letters) {
  return letters == Bech32Case::lower ? kLower : kUpper;
}

/// The BCH checksum of BIP 173 over prefix and groups; 1 where the groups end with the right one.
std::uint32_t polymod(std::string_view prefix, std::span<const std::uint8_t> groups) {
  static constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                 0x2a1462b3};
  std::uint32_t sum = 1;
  const auto add = [&sum](std::uint8_t group) {
    const std::uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ group;
    for (int i = 0; i < 5; ++i) sum ^= kGenerator[i] & (0u - (top >> i & 1));
  };
  const auto small = [](char c) {
    return static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  };
  for (const char c : prefix) add(small(c) >> 5);
  add(0);
  for (const char c : prefix) add(small(c) & 31);
  for (const std::uint8_t group : groups) add(group);
  return sum;
}

}  // namespace

std::string write_bech32(std::string_view prefix, const Secret& bytes, Bech32Case letters) {
  std::array<std::uint8_t, kGroups + kChecksum> groups{};
  const Wiping wiped(groups);
  std::uint32_t bits = 0;
  std::size_t held = 0, at = 0;
  for (const std::uint8_t b : bytes.view()) {
    bits = (bits << 8 | b) & 0xfff;
    for (held += 8; held >= 5; held -= 5) groups[at++] = bits >> (held - 5) & 31;
  }
  groups[at] = static_cast<std::uint8_t>(bits << (5 - held) & 31);
  const std::uint32_t sum = polymod(prefix, groups) ^ 1;
  for (std::size_t i = 0; i < kChecksum; ++i)
    groups[kGroups + i] = sum >> 5 * (kChecksum - 1 - i) & 31;

  std::string out;
  out.reserve(prefix.size() + 1 +
              groups.size());  // so that no shorter copy of a secret is left behind
  out += prefix;
  out += '1';
  for (const std::uint8_t group : groups) out += alphabet(letters)[group];
  return out;
}

Result<Secret> read_bech32(std::string_view prefix, std::string_view text, Bech32Case letters) {
  if (text.size() != prefix.size() + 1 + kGroups + kChecksum || !text.starts_with(prefix) ||
      text[prefix.size()] != '1') {
    return fail(Code::key_malformed, {},
                "Want " + std::string(prefix) + "1 and 58 more characters.");
  }
  std::array<std::uint8_t, kGroups + kChecksum> groups{};
  const Wiping wiped(groups);
  const std::size_t start = prefix.size() + 1;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t group = alphabet(letters).find(text[start + i]);
    if (group == std::string_view::npos) {
      return fail(Code::key_malformed, "character " + std::to_string(start + i),
                  "Not a Bech32 character in this case.");
    }
    groups[i] = static_cast<std::uint8_t>(group);
  }
  if (polymod(prefix, groups) != 1)
    return fail(Code::key_malformed, {}, "The checksum does not match: a typing error.");
  Secret out;
  std::uint32_t bits = 0;
  std::size_t held = 0, at = 0;
  for (std::size_t i = 0; i < kGroups; ++i) {
    bits = (bits << 5 | groups[i]) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      out.data()[at++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  if ((bits & ((1u << held) - 1)) != 0) return fail(Code::key_malformed, {}, "Bits are left over.");
  return out;
}

}  // namespace avow::trust
