#include "notice/plural.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace avow::notice {
namespace {

using enum Plural;

/// What CLDR's rules speak of.
struct Number {
  std::int64_t n, tens, hundreds;  ///< itself, modulo 10, modulo 100

  [[nodiscard]] bool ends_in(std::int64_t least, std::int64_t most) const {
    return tens >= least && tens <= most;
  }
  [[nodiscard]] bool teen(std::int64_t least, std::int64_t most) const {
    return hundreds >= least && hundreds <= most;
  }
};

using Rule = Plural (*)(const Number&);

Plural all_alike(const Number&) { return other; }
Plural one_is_one(const Number& x) { return x.n == 1 ? one : other; }
Plural none_is_one(const Number& x) { return x.n <= 1 ? one : other; }
Plural arabic(const Number& x) {
  if (x.n <= 2) return x.n == 0 ? zero : x.n == 1 ? one : two;
  if (x.teen(3, 10)) return few;
  return x.teen(11, 99) ? many : other;
}
Plural hebrew(const Number& x) { return x.n == 1 ? one : x.n == 2 ? two : other; }
Plural icelandic(const Number& x) { return x.tens == 1 && x.hundreds != 11 ? one : other; }
Plural latvian(const Number& x) {
  if (x.tens == 0 || x.teen(11, 19)) return zero;
  return x.tens == 1 ? one : other;
}
Plural lithuanian(const Number& x) {
  if (x.tens == 0 || x.teen(11, 19)) return other;
  return x.tens == 1 ? one : few;
}
Plural east_slavic(const Number& x) {
  if (x.tens == 1 && x.hundreds != 11) return one;
  return x.ends_in(2, 4) && !x.teen(12, 14) ? few : many;
}
Plural south_slavic(const Number& x) {
  const Plural slavic = east_slavic(x);
  return slavic == many ? other : slavic;
}
Plural polish(const Number& x) {
  if (x.n == 1) return one;
  return x.ends_in(2, 4) && !x.teen(12, 14) ? few : many;
}
Plural czech(const Number& x) { return x.n == 1 ? one : x.n >= 2 && x.n <= 4 ? few : other; }
Plural slovenian(const Number& x) {
  if (x.hundreds == 1) return one;
  return x.hundreds == 2 ? two : x.teen(3, 4) ? few : other;
}
Plural romanian(const Number& x) {
  if (x.n == 1) return one;
  return x.n == 0 || x.teen(1, 19) ? few : other;
}
Plural maltese(const Number& x) {
  if (x.n == 1 || x.n == 2) return x.n == 1 ? one : two;
  if (x.n == 0 || x.teen(3, 10)) return few;
  return x.teen(11, 19) ? many : other;
}
Plural irish(const Number& x) {
  if (x.n == 1 || x.n == 2) return x.n == 1 ? one : two;
  if (x.n >= 3 && x.n <= 6) return few;
  return x.n >= 7 && x.n <= 10 ? many : other;
}

struct Language {
  std::string_view tag;
  Rule rule;
};

/// The languages that do not count as most do. Whole tags stand before their language: European
/// Portuguese counts otherwise than Brazilian.
constexpr Language kLanguages[] = {
    {"pt-PT", one_is_one}, {"pt", none_is_one},  {"fr", none_is_one},  {"hy", none_is_one},
    {"hi", none_is_one},   {"fa", none_is_one},  {"bn", none_is_one},  {"gu", none_is_one},
    {"kn", none_is_one},   {"zu", none_is_one},  {"am", none_is_one},  {"as", none_is_one},
    {"ar", arabic},        {"he", hebrew},       {"is", icelandic},    {"mk", icelandic},
    {"lv", latvian},       {"lt", lithuanian},   {"ru", east_slavic},  {"uk", east_slavic},
    {"be", east_slavic},   {"hr", south_slavic}, {"sr", south_slavic}, {"bs", south_slavic},
    {"pl", polish},        {"cs", czech},        {"sk", czech},        {"sl", slovenian},
    {"ro", romanian},      {"mt", maltese},      {"ga", irish},        {"zh", all_alike},
    {"yue", all_alike},    {"ja", all_alike},    {"ko", all_alike},    {"th", all_alike},
    {"vi", all_alike},     {"id", all_alike},    {"in", all_alike},    {"ms", all_alike},
    {"my", all_alike},     {"lo", all_alike},    {"km", all_alike},    {"jv", all_alike},
    {"bo", all_alike},     {"iw", hebrew},
};

Rule rule_of(std::string_view language) {
  for (const Language& one : kLanguages) {
    if (language == one.tag || (language.starts_with(one.tag) && language[one.tag.size()] == '-'))
      return one.rule;
  }
  return one_is_one;
}

Plural of(Rule rule, std::int64_t n) { return rule({n, n % 10, n % 100}); }

}  // namespace

Plural plural(std::string_view language, std::int64_t n) { return of(rule_of(language), n); }

std::vector<Plural> plurals_of(std::string_view language) {
  const Rule rule = rule_of(language);
  bool met[std::size(kPlurals)] = {};
  // The rules look at hundreds: two of them hold whatever there is.
  for (std::int64_t n = 0; n < 200; ++n) met[static_cast<std::size_t>(of(rule, n))] = true;
  std::vector<Plural> out;
  for (const auto& [name, category] : kPlurals) {
    if (met[static_cast<std::size_t>(category)]) out.push_back(category);
  }
  return out;
}

}  // namespace avow::notice
