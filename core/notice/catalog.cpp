#include "notice/catalog.h"

#include <algorithm>
#include <iterator>

namespace avow::notice {
namespace {

constexpr std::string_view kIsolate = "\u2068", kPop = "\u2069";

}  // namespace

std::string fill(std::string_view pattern, std::span<const Filling> fillings) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    std::size_t taken = 0;
    for (const auto& [name, value] : fillings) {
      if (pattern.size() > name.size() + 1 && pattern.substr(1).starts_with(name) &&
          pattern[name.size() + 1] == '}') {
        out += value;
        taken = name.size() + 2;
      }
    }
    if (taken == 0) {
      out += '{';
      taken = 1;
    }
    pattern.remove_prefix(taken);
  }
  return out;
}

std::string fill(std::string_view pattern, std::initializer_list<Filling> fillings) {
  return fill(pattern, std::span(fillings.begin(), fillings.size()));
}

bool Catalog::speaks(std::string_view language) const {
  const std::string_view own = parts_.language;
  return own.starts_with(language) &&
         (own.size() == language.size() || own[language.size()] == '-');
}

std::string_view Catalog::text(std::string_view key) const {
  const auto it = parts_.texts.find(key);
  if (it == parts_.texts.end()) fatal("a catalog key that no catalog was checked for");
  return it->second;
}

std::string Catalog::text(std::string_view key, std::initializer_list<Filling> fillings) const {
  std::vector<std::string> kept;
  for (const Filling& one : fillings) kept.push_back(isolated(one.second));
  std::vector<Filling> isolated_ones;
  for (const Filling& one : fillings)
    isolated_ones.emplace_back(one.first, kept[isolated_ones.size()]);
  return fill(text(key), isolated_ones);
}

std::string Catalog::counted(std::string_view unit, std::int64_t n) const {
  const auto it = parts_.counts.find(unit);
  if (it == parts_.counts.end()) fatal("a unit that no catalog was checked for");
  const auto form = it->second.find(plural(parts_.language, n));
  if (form == it->second.end()) fatal("a number's form that no catalog was checked for");
  return fill(form->second, {{"n", digits(std::to_string(n))}});
}

std::string Catalog::digits(std::string_view number) const {
  if (parts_.numerals.empty()) return std::string(number);
  std::string out;
  for (const char c : number) {
    if (c >= '0' && c <= '9')
      out += parts_.numerals[static_cast<std::size_t>(c - '0')];
    else
      out += c;
  }
  return out;
}

std::string Catalog::isolated(std::string_view text) const {
  const auto latin = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (parts_.direction == "ltr" || std::ranges::none_of(text, latin) || text.contains(kIsolate))
    return std::string(text);
  std::string out(kIsolate);
  out += text;
  return out += kPop;
}

Catalog Catalog::as(std::string language) const {
  Catalog out = *this;
  out.parts_.language = std::move(language);
  return out;
}

}  // namespace avow::notice
