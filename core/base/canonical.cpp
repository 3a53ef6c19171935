#include "base/canonical.h"

#include <algorithm>

namespace avow::canonical {
namespace {

/// RFC 8785, section 3.2.3 sorts by UTF-16 code units. UTF-8 bytes sort by code point, which
/// differs in one case only: a character above U+FFFF is a surrogate pair (0xD800…) there and so
/// comes before U+E000…U+FFFF.
bool before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::ranges::mismatch(a, b);
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto p = static_cast<std::uint8_t>(*x), q = static_cast<std::uint8_t>(*y);
  const bool p_high = p >= 0xF0, q_high = q >= 0xF0;
  if (p_high != q_high) {
    const std::uint8_t other = p_high ? q : p;
    if (other >= 0xEE) return p_high;
  }
  return p < q;
}

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<std::uint8_t>(c) < 0x20; }

void write_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\t': out += "\\t"; break;
    case '\n': out += "\\n"; break;
    case '\f': out += "\\f"; break;
    case '\r': out += "\\r"; break;
    default:
      out += "\\u00";
      out += digits[static_cast<std::uint8_t>(c) >> 4];
      out += digits[static_cast<std::uint8_t>(c) & 15];
  }
}

void write_string(std::string& out, std::string_view text) {
  out += '"';
  // Whole runs at once: nearly all of a text needs no escape.
  for (;;) {
    const auto special = std::find_if(text.begin(), text.end(), needs_escape);
    const auto plain = static_cast<std::size_t>(special - text.begin());
    out.append(text.substr(0, plain));
    if (special == text.end()) break;
    write_escaped(out, *special);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

void write_value(std::string& out, const json::Value& value) {
  if (const auto* text = value.string()) {
    write_string(out, *text);
  } else if (const auto* number = value.integer()) {
    out += std::to_string(*number);
  } else if (const auto* flag = value.boolean()) {
    out += *flag ? "true" : "false";
  } else if (const auto* items = value.array()) {
    out += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i > 0) out += ',';
      write_value(out, (*items)[i]);
    }
    out += ']';
  } else if (const auto* object = value.object()) {
    std::vector<const json::Object::Member*> sorted;
    for (const auto& member : object->members()) sorted.push_back(&member);
    // By heap: a fraction of what std::sort is in the browser's core.
    const auto order = [](const auto* a, const auto* b) { return before(a->first, b->first); };
    std::make_heap(sorted.begin(), sorted.end(), order);
    std::sort_heap(sorted.begin(), sorted.end(), order);
    out += '{';
    bool first = true;
    for (const auto* member : sorted) {
      if (!first) out += ',';
      first = false;
      write_string(out, member->first);
      out += ':';
      write_value(out, member->second);
    }
    out += '}';
  } else {
    out += "null";
  }
}

}  // namespace

std::string write(const json::Value& value) {
  std::string out;
  write_value(out, value);
  return out;
}

Digest digest(const json::Value& value) { return sha256(as_bytes(write(value))); }

}  // namespace avow::canonical
