#pragma once
// What the notice tests are given: the catalogs as they are shipped.

#include "notice/notice.h"
#include "policy/given.h"

namespace avow::notice::given {

inline std::string catalog_text(const std::string& language) {
  return policy::given::file("../../../locales/" + language + ".json");
}

inline Catalog catalog(const std::string& language) {
  Checked<Catalog> read = read_catalog(catalog_text(language));
  if (read) return std::move(*read);
  for (const Error& error : read.error()) ADD_FAILURE() << describe(error);
  return Catalog({});
}

/// The text that a person reads, a space where a tag was.
inline std::string words(std::string_view html) {
  std::string out;
  bool tag = false;
  for (const char c : html) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') {
      tag = false;
      out += ' ';
    }
  }
  return out;
}

/// How often `what` stands in `text`.
inline std::size_t times(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

}  // namespace avow::notice::given
