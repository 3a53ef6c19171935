#include "base/text.h"

namespace avow::text {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What each character stands for; 255 where it is none of the alphabet. A search a character would
/// be most of the cost of reading an export.
constexpr ByteArray<256> inverse(std::string_view letters) {
  ByteArray<256> out{};
  for (std::uint8_t& value : out) value = 255;
  for (std::size_t i = 0; i < letters.size(); ++i)
    out[static_cast<std::uint8_t>(letters[i])] = static_cast<std::uint8_t>(i);
  return out;
}
constexpr ByteArray<256> kFromStandard = inverse(kStandard), kFromUrl = inverse(kUrl);

std::string_view alphabet(Base64 form) { return form == Base64::url ? kUrl : kStandard; }

/// Length of the UTF-8 sequence at `at`, or 0 where there is none (RFC 3629, section 4).
std::size_t sequence(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
  const auto tail = [&](std::size_t i, std::uint8_t low = 0x80, std::uint8_t high = 0xBF) {
    return i < s.size() && byte(i) >= low && byte(i) <= high;
  };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;   // overlong forms start below
    const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF;  // surrogates start above
    return tail(at + 1, low, high) && tail(at + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
    return tail(at + 1, low, high) && tail(at + 2) && tail(at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t utf8_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t step = sequence(bytes, at);
    if (step == 0) break;
    at += step;
  }
  return at;
}

bool is_utf8(std::string_view bytes) { return utf8_prefix(bytes) == bytes.size(); }

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

std::string to_hex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  char* at = out.data();
  for (const std::uint8_t b : bytes) {
    *at++ = digits[b >> 4];
    *at++ = digits[b & 15];
  }
  return out;
}

Result<Bytes> from_hex(std::string_view hex, std::size_t size) {
  if (hex.size() != size * 2) {
    return fail(Code::hex_malformed, {},
                "Got " + std::to_string(hex.size()) + " characters, want " +
                    std::to_string(size * 2) + ".");
  }
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  };
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) {
    const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return fail(Code::hex_malformed, "character " + std::to_string(2 * i));
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return out;
}

std::string to_base64(ByteView bytes, Base64 form) {
  const std::string_view letters = alphabet(form);
  std::string out((bytes.size() * 8 + 5) / 6, '\0');
  char* at = out.data();
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::uint8_t b : bytes) {
    bits = bits << 8 | b;
    for (held += 8; held >= 6; held -= 6) *at++ = letters[bits >> (held - 6) & 63];
  }
  if (held > 0) *at = letters[bits << (6 - held) & 63];
  if (form == Base64::standard) out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

Result<Bytes> from_base64(std::string_view text, Base64 form) {
  std::string_view body = text;
  if (form == Base64::standard) {
    if (text.size() % 4 != 0)
      return fail(Code::base64_malformed, {}, "The length is not a multiple of 4.");
    // At a multiple of 4, stripping at most two leaves the one right amount or a `=` that no
    // alphabet has.
    for (int i = 0; i < 2 && body.ends_with('='); ++i) body.remove_suffix(1);
  }
  if (body.size() % 4 == 1)
    return fail(Code::base64_malformed, {}, "The last group is one character long.");
  const ByteArray<256>& values = form == Base64::url ? kFromUrl : kFromStandard;
  Bytes out;
  out.reserve(body.size() * 3 / 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(body[i])];
    if (value == 255) return fail(Code::base64_malformed, "character " + std::to_string(i));
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<std::uint8_t>(bits >> held));
    }
  }
  if ((bits & ((1u << held) - 1)) != 0)
    return fail(Code::base64_malformed, {}, "Bits are left over.");
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace avow::text
