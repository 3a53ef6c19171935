#include "screen.h"

#include "base/canonical.h"
#include "base/text.h"

namespace avow::cli {
namespace {

/// One code point of `text` at `at`, or its byte where it is not UTF-8.
struct Point {
  std::uint32_t value;
  std::size_t size;
  bool valid;
};

Point point_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<std::uint8_t>(text[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (!text::is_utf8(text.substr(at, size))) return {lead, 1, false};
  std::uint32_t value = size == 1 ? lead : lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i)
    value = value << 6 | (static_cast<std::uint8_t>(text[at + i]) & 0x3F);
  return {value, size, true};
}

/// C0 and C1 controls, DEL, and what turns or hides the reading direction (Unicode Bidi_Control),
/// line separators.
bool steers(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += "0123456789abcdef"[value >> shift & 15];
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= 0x20 && text[at] < 0x7F) {  // nearly always
      out += text[at++];
      continue;
    }
    const Point point = point_at(text, at);
    if (!point.valid) {
      out += "\\x";
      append_hex(out, point.value, 2);
    } else if (steers(point.value)) {
      out += "\\u";
      append_hex(out, point.value, 4);
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  return out;
}

}  // namespace

void print(std::FILE* to, std::string_view text) { std::fwrite(text.data(), 1, text.size(), to); }

std::string safe(std::string_view any) { return escaped(any); }

// In canonical JSON such characters stand inside strings only, where \uXXXX says the same.
std::string json_line(const json::Value& value) { return escaped(canonical::write(value)) + "\n"; }

void print_errors(std::FILE* to, std::string_view file, const Errors& errors) {
  for (const Error& error : errors) {
    std::string line = safe(file) + ": ";
    if (!error.where.empty()) line += safe(error.where) + ": ";
    line += std::string(name(error.code)) + ": " + std::string(sentence(error.code));
    if (!error.detail.empty()) line += " " + safe(error.detail);
    print(to, line + "\n");
  }
}

}  // namespace avow::cli
