#pragma once
// The interface texts of one language. They arrive as a value, so that no language is compiled into
// the browser's core.

#include <map>

#include "base/fields.h"

namespace avow::notice {

/// Complete by construction: `read_catalog` refuses a file that lacks a text.
class Catalog {
 public:
  Catalog(std::string language, std::string direction,
          std::map<std::string, std::string, std::less<>> texts);
  [[nodiscard]] const std::string& language() const { return language_; }
  /// "ltr" or "rtl".
  [[nodiscard]] const std::string& direction() const { return direction_; }
  /// The text of a key that `read_catalog` knows; any other key is a broken invariant.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  /// The text with each `{name}` replaced.
  [[nodiscard]] const auto& texts() const { return texts_; }
  using Filling = std::pair<std::string_view, std::string_view>;
  [[nodiscard]] std::string text(std::string_view key,
                                 std::initializer_list<Filling> fillings) const;

 private:
  std::string language_, direction_;
  std::map<std::string, std::string, std::less<>> texts_;
};

/// Reads `{"language": …, "direction": …, "texts": {key: text}}`; reports every missing and every
/// unknown key.
[[nodiscard]] Checked<Catalog> read_catalog(std::string_view json);
}  // namespace avow::notice
