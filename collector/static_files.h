#pragma once
// A directory as a web site, for the demo and for tests: `--serve DIR`.

#include <filesystem>
#include <map>
#include <optional>

#include "http.h"

namespace avow::collector {

class StaticFiles {
 public:
  /// `headers` are added to every reply. Throws std::filesystem::filesystem_error if `root` is no
  /// directory.
  StaticFiles(const std::filesystem::path& root, std::vector<HeaderField> headers);
  /// GET and HEAD.
  [[nodiscard]] Reply answer(const Request& request);

 private:
  struct File {
    std::filesystem::file_time_type changed;
    std::uintmax_t size = 0;
    std::string etag;
    std::string content;
  };
  /// Where a path below the root ends, or nothing where that is outside of it.
  [[nodiscard]] std::optional<std::filesystem::path> inside(
      const std::filesystem::path& below) const;
  [[nodiscard]] const File* load(const std::filesystem::path& path);
  [[nodiscard]] Reply find(const Request& request);

  std::filesystem::path root_;
  std::vector<HeaderField> headers_;
  std::map<std::filesystem::path, File> loaded_;
};

/// A request path as a path below the root: percent-decoded, nothing hidden, nothing that climbs.
/// Ends with '/' for a directory. Nothing when it is not such a path.
[[nodiscard]] std::optional<std::string> safe_path(std::string_view path);

}  // namespace avow::collector
