#pragma once
// Records as they come in: from record files, folders of them, and exports of the collector (one
// JSON object a line,
// {"id", "received_at", "record": base64}). One at a time, so that memory does not grow with the
// archive.

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace avow::cli {

/// A record of 64 KiB in base64, and room.
constexpr std::size_t kLongestLine = 131'072;
/// What a line of an export may be.
constexpr json::Limits kLineLimits{.bytes = kLongestLine, .depth = 8, .values = 1'000};

/// One record before anything in it is believed.
struct Incoming {
  enum class Form { line, record, too_long, unreadable };
  Form form = Form::record;
  std::string source;  ///< "export.ndjson:12", or the record's own path
  std::string bytes;   ///< the line or the record; what the system said where it is unreadable
};

class Intake {
 public:
  /// `paths`: files, folders (every regular file in them, at any depth, in the order of their
  /// paths), "-" for stdin.
  explicit Intake(const std::vector<std::string>& paths);
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;
  ~Intake();

  /// The next record; nothing at the end. A file that cannot be read is one `unreadable`.
  [[nodiscard]] std::optional<Incoming> next();
  /// How much of all that is there has been read, in percent; nothing where stdin does not tell.
  [[nodiscard]] std::optional<int> percent() const;

 private:
  struct File {
    std::string path;
    std::uint64_t size = 0;
    std::string error;  ///< why it cannot be read, as far as is known before trying
  };
  void list(const std::string& path);
  [[nodiscard]] std::optional<Incoming> begin(const File& file);
  [[nodiscard]] std::optional<Incoming> next_line();
  bool fill();
  void close();

  std::vector<File> files_;
  std::size_t next_file_ = 0;
  std::uint64_t bytes_total_ = 0, bytes_read_ = 0;
  bool sized_ = true;

  std::FILE* open_ = nullptr;  ///< the export being read
  std::string path_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 0;
};

}  // namespace avow::cli
