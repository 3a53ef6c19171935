#pragma once
// Markup that is escaped by construction: `raw` takes what is written in our own source, `text`
// everything else.

#include <string>
#include <string_view>

namespace avow::notice {

class Html {
 public:
  /// Markup from a string literal; the type refuses run-time text.
  template <std::size_t N>
  Html& raw(const char (&literal)[N]) {
    out_.append(literal, N - 1);
    return *this;
  }
  /// Any text, escaped for content and for double-quoted attributes.
  Html& text(std::string_view any);
  Html& add(const Html& more);
  [[nodiscard]] const std::string& str() const { return out_; }

 private:
  std::string out_;
};

}  // namespace avow::notice
