#pragma once
// The interface of one language: its texts, and how it joins, counts and dates. A catalog arrives
// as a value, so that no language is compiled into the core.

#include <map>
#include <optional>
#include <span>

#include "base/fields.h"
#include "notice/plural.h"

namespace avow::notice {

using Filling = std::pair<std::string_view, std::string_view>;

/// `pattern` with each `{name}` replaced once; a name without a filling stays as it stands.
[[nodiscard]] std::string fill(std::string_view pattern, std::span<const Filling> fillings);
[[nodiscard]] std::string fill(std::string_view pattern, std::initializer_list<Filling> fillings);

/// How several things become one text; `{0}` is what stands before, `{1}` what is added.
struct Lists {
  std::string two, start, middle, end;  ///< "A and B"; "A, B"; "…, C"; "… and D"
  std::string units;                    ///< "1 year, 6 months"
};

enum class Calendar { gregorian, buddhist, persian };

/// How a day is written: `{d}`, `{dd}`, `{M}`, `{MM}`, `{MMM}` (a name of `months`), `{y}`.
struct Dates {
  Calendar calendar = Calendar::gregorian;
  std::string day;
  std::vector<std::string> months;  ///< twelve, or none where days are written in digits
};

/// Who of those who speak the language from childhood has read the catalog, and when.
struct Review {
  std::string by, on;
};

/// A number's texts, by the categories that the language has.
using Counted = std::map<Plural, std::string>;

/// Complete by construction: `read_catalog` refuses a file that lacks a text.
class Catalog {
 public:
  struct Parts {
    std::string language;               ///< a BCP 47 tag
    std::string direction = "ltr";      ///< or "rtl"
    std::optional<Review> reviewed;     ///< nothing: nobody has
    std::vector<std::string> numerals;  ///< ten digits; none: 0 to 9
    Lists lists;
    Dates dates;
    std::map<std::string, Counted, std::less<>> counts;     ///< year, month, day, working-day
    std::map<std::string, std::string, std::less<>> texts;  ///< by key
  };

  explicit Catalog(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const std::string& language() const { return parts_.language; }
  [[nodiscard]] const std::string& direction() const { return parts_.direction; }
  [[nodiscard]] const std::optional<Review>& reviewed() const { return parts_.reviewed; }
  [[nodiscard]] const Lists& lists() const { return parts_.lists; }
  [[nodiscard]] const Dates& dates() const { return parts_.dates; }
  /// Whether this is the language of the primary tag `language`, in whatever country or script.
  [[nodiscard]] bool speaks(std::string_view language) const;

  /// The text of a key that `read_catalog` knows; any other key is a broken invariant.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  /// The text with each `{name}` replaced by what it stands for, isolated where need be.
  [[nodiscard]] std::string text(std::string_view key,
                                 std::initializer_list<Filling> fillings) const;
  /// "3 days": `unit` is year, month or day.
  [[nodiscard]] std::string counted(std::string_view unit, std::int64_t n) const;
  /// `number` in the digits of the language.
  [[nodiscard]] std::string digits(std::string_view number) const;
  /// In a language that is written from the right, text with Latin letters between the marks that
  /// keep its direction to itself (U+2068, U+2069); any other text as it is.
  [[nodiscard]] std::string isolated(std::string_view text) const;

  /// The same for another tag of the same language: an Austrian's German.
  [[nodiscard]] Catalog as(std::string language) const;

 private:
  Parts parts_;
};

/// Reads a catalog file (locales/); reports every missing and every unknown key, a text that does
/// not have the `{names}` that its key is filled with, and a count that has not exactly the
/// categories of its language.
[[nodiscard]] Checked<Catalog> read_catalog(std::string_view json);

}  // namespace avow::notice
