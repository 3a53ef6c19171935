#include "notice/list.h"

#include <algorithm>

namespace avow::notice {
namespace {

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  for (const std::string_view one : beginnings) {
    if (text.starts_with(one)) return true;
  }
  return false;
}

/// Spanish says "e" for "y" before the sound of i, written i or hi, unless it begins a diphthong
/// (hie, hia).
bool sounds_like_i(std::string_view next) {
  if (begins_with_any(next, {"i", "I", "í", "Í"})) return true;
  return begins_with_any(next, {"hi", "Hi", "HI", "hí", "Hí"}) &&
         !begins_with_any(next, {"hia", "hie", "Hia", "Hie", "HIA", "HIE"});
}

/// Hebrew letters are U+0590 to U+05FF.
bool is_hebrew(std::string_view next) {
  return !next.empty() && next[0] >= '\xD6' && next[0] <= '\xD7';
}

/// The pattern as it sounds before `next`.
std::string before(const Catalog& catalog, std::string pattern, std::string_view next) {
  const auto turn = [&](std::string_view from, std::string_view to) {
    if (const std::size_t at = pattern.find(from); at != std::string::npos)
      pattern.replace(at, from.size(), to);
  };
  if (catalog.speaks("es") && sounds_like_i(next)) turn(" y ", " e ");
  // The word "and" is a letter in front of the next word: what is not Hebrew needs a hyphen.
  if (catalog.speaks("he") && is_hebrew(next)) turn("ו-", "ו");
  return pattern;
}

/// What stands between the holes of a pattern.
std::string_view between(std::string_view pattern) {
  const std::size_t from = pattern.find("{0}"), to = pattern.find("{1}");
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) return {};
  return pattern.substr(from + 3, to - from - 3);
}

/// Whether what joins items stands within one of them, so that nobody could tell where it ends.
bool ambiguous(const Catalog& catalog, std::span<const std::string> items) {
  std::vector<std::string_view> joiners{between(catalog.lists().two),
                                        between(catalog.lists().middle)};
  if (catalog.speaks("zh")) {
    for (const std::string_view one : {"及", "与", "與", "，"}) joiners.push_back(one);
  }
  return std::ranges::any_of(items, [&](const std::string& item) {
    return std::ranges::any_of(
        // A space alone, as in Thai, stands within any item.
        joiners, [&](std::string_view joiner) {
          return !joiner.empty() && joiner != " " && item.contains(joiner);
        });
  });
}

/// The stop that is stronger than a comma, as the language writes it.
std::string_view stronger(const Catalog& catalog) {
  if (catalog.speaks("zh") || catalog.speaks("ja")) return "；";
  if (catalog.speaks("ar") || catalog.speaks("fa")) return "؛ ";
  return catalog.speaks("el") ? "· " : "; ";  // the Greek sign ";" asks a question
}

}  // namespace

std::string join(const Catalog& catalog, std::span<const std::string> items) {
  if (items.empty()) return {};
  std::string out = catalog.isolated(items[0]);
  if (items.size() > 1 && ambiguous(catalog, items)) {
    for (const std::string& item : items.subspan(1)) {
      out += stronger(catalog);
      out += catalog.isolated(item);
    }
    return out;
  }
  const Lists& lists = catalog.lists();
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool first = i == 1, last = i + 1 == items.size();
    const std::string& pattern = first && last ? lists.two
                                 : first       ? lists.start
                                 : last        ? lists.end
                                               : lists.middle;
    out = fill(last ? before(catalog, pattern, items[i]) : pattern,
               {{"0", out}, {"1", catalog.isolated(items[i])}});
  }
  return out;
}

}  // namespace avow::notice
