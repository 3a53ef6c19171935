#pragma once
// The interface texts that travel inside the tool (cmake/embed.cmake).

#include <expected>
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

/// The embedded catalog of a language, or nothing.
[[nodiscard]] inline std::string_view embedded_catalog(std::string_view language) {
  for (const embedded::File& file : embedded::kCatalogs) {
    if (file.name == std::string(language) + ".json") return file.text;
  }
  return {};
}

}  // namespace avow::cli
