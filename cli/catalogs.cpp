#include "catalogs.h"

#include "policy/language.h"

namespace avow::cli {
namespace {

constexpr std::string_view kEnding = ".json";

std::string_view tag_of(const embedded::File& file) {
  return file.name.substr(0, file.name.size() - kEnding.size());
}

/// The words of a file as they are written in a country: in Switzerland and Liechtenstein German
/// has no ß.
std::string as_written_in(std::string_view language, std::string_view words) {
  std::string out(words);
  const auto german = policy::nearest(language, {"de", "de-CH", "de-LI"});
  if (!german || *german == "de") return out;
  constexpr std::string_view kSharp = "ß";
  for (std::size_t at = out.find(kSharp); at != std::string::npos; at = out.find(kSharp, at))
    out.replace(at, kSharp.size(), "ss");
  return out;
}

}  // namespace

std::vector<std::string> embedded_languages() {
  std::vector<std::string> out;
  for (const embedded::File& file : embedded::kCatalogs) out.emplace_back(tag_of(file));
  return out;
}

std::optional<Embedded> embedded_catalog(const std::string& language) {
  const std::optional<std::string> from = policy::nearest(language, embedded_languages());
  if (!from) return std::nullopt;
  for (const embedded::File& file : embedded::kCatalogs) {
    if (tag_of(file) != *from) continue;
    const auto read = notice::read_catalog(as_written_in(language, file.text));
    if (!read) fatal("an embedded catalog that is not good");
    return Embedded{read->as(language), *from};
  }
  fatal("an embedded catalog that is not there");
}

}  // namespace avow::cli
