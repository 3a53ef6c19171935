#pragma once
// What is known of languages from CLDR, through ICU: tests/vectors/language/cldr.json, by make.mjs
// beside it.

#include "notice/given.h"

namespace avow::notice::given {

/// The member at a path of keys.
inline const json::Value& cldr(std::initializer_list<std::string_view> path) {
  static const Checked<json::Value> kAll =
      json::read(policy::given::file("../language/cldr.json"),
                 {.bytes = 1u << 20, .depth = 8, .values = 100'000});
  if (!kAll) fatal("no CLDR vectors");
  const json::Value* at = &*kAll;
  for (const std::string_view key : path) {
    at = at->object() == nullptr ? nullptr : at->object()->find(key);
    if (at == nullptr) fatal("no such member of the CLDR vectors");
  }
  return *at;
}

/// The languages of all catalogs that are shipped.
inline std::vector<std::string> languages() {
  return policy::given::names_in("../../../locales", ".json");
}

/// Without the marks that isolate one direction of writing from the other.
inline std::string bare(std::string text) {
  for (const std::string_view mark : {"\u2068", "\u2069", "\u200F"}) {
    for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.erase(at, mark.size());
  }
  return text;
}

}  // namespace avow::notice::given
