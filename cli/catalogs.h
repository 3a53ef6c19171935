#pragma once
// The interface texts that travel inside the tool (cmake/embed.cmake).

#include <expected>
#include <optional>
#include <span>
#include <string>

#include "notice/catalog.h"

namespace avow::embedded {
struct File {
  std::string_view name, text;
};
extern const std::span<const File> kCatalogs;
}  // namespace avow::embedded

namespace avow::cli {

/// The tags of the embedded catalogs.
[[nodiscard]] std::vector<std::string> embedded_languages();

/// The embedded catalog that readers of `language` are nearest to, under its tag; nothing where
/// there is none in that language. With it the tag of the file that it was taken from.
struct Embedded {
  notice::Catalog catalog;
  std::string from;
};
[[nodiscard]] std::optional<Embedded> embedded_catalog(const std::string& language);

}  // namespace avow::cli
