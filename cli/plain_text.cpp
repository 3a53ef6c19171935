#include "plain_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace avow::cli {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Tags within a line: what they part was one word.
constexpr std::string_view kInline[] = {"a",     "abbr", "b",      "code", "em",  "i", "s",
                                        "small", "span", "strong", "sub",  "sup", "u"};

constexpr std::pair<std::string_view, std::string_view> kNamed[] = {
    {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};

std::string utf8(std::uint32_t code) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xc0 | (code >> 6)), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0)};
}

/// The character that a reference means, given what stands between its signs; empty where it is
/// none that is known.
std::string referred(std::string_view name) {
  for (const auto& [known, means] : kNamed)
    if (name == known) return std::string(means);
  if (!name.starts_with('#')) return {};
  const bool hex = name.starts_with("#x") || name.starts_with("#X");
  name.remove_prefix(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  const bool whole = error == std::errc() && end == name.data() + name.size();
  const bool character = code >= 0x20 && code < 0x110000 && (code < 0xd800 || code > 0xdfff);
  return whole && character ? utf8(code) : std::string();
}

/// Whether a tag or a comment begins here.
bool opens(std::string_view at) {
  return at.size() > 1 && at[0] == '<' && (is_letter(at[1]) || at[1] == '/' || at[1] == '!');
}

/// Whether this tag, without its signs, stands within a line.
bool is_inline(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  std::string name;
  for (const char c : tag) {
    if (!is_letter(c)) break;
    name += static_cast<char>(c | 0x20);
  }
  return std::ranges::find(kInline, name) != std::end(kInline);
}

/// Spaces and controls are one space, and none at the ends.
std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= 0x20;
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

std::string plain_text(std::string_view html) {
  std::string out;
  while (!html.empty()) {
    if (const std::size_t end = html.find('>'); opens(html) && end != std::string_view::npos) {
      if (!is_inline(html.substr(1, end - 1))) out += ' ';
      html.remove_prefix(end + 1);
      continue;
    }
    if (const std::size_t end = html.find(';'); html[0] == '&' && end != std::string_view::npos) {
      if (const std::string means = referred(html.substr(1, end - 1)); !means.empty()) {
        out += means;
        html.remove_prefix(end + 1);
        continue;
      }
    }
    out += html[0];
    html.remove_prefix(1);
  }
  return single_spaced(out);
}

}  // namespace avow::cli
