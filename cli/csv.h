#pragma once
// Comma-separated values (RFC 4180), a row at a time, however large the file. Strict: a quote
// inside an unquoted field, text behind a closing quote, and what is not UTF-8 are refused.

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace avow::cli {

/// A field of more bytes is refused; so a quote that is never closed costs no more than that.
constexpr std::size_t kLongestField = 4'096;

struct CsvRow {
  std::uint64_t line = 0;  ///< the line on which it begins, from 1
  std::vector<std::string> fields;
  std::string error;  ///< what is wrong with the row, in a sentence; then there are no fields
};

class CsvReader {
 public:
  /// Reads on from where `file` stands; a byte order mark (UTF-8) at its beginning is passed over.
  explicit CsvReader(std::FILE* file) : file_(file) {}

  /// The next row; nothing at the end. Lines end in LF or CR LF.
  [[nodiscard]] std::optional<CsvRow> next();
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  /// The byte at hand, without taking it; -1 at the end.
  int peek();
  void take() { ++at_; }
  void skip_mark();
  bool take_line_end();
  /// Passes over the rest of a line that is refused.
  void skip_line();
  std::string quoted(std::string& field);
  std::string unquoted(std::string& field);

  std::FILE* file_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1, bytes_read_ = 0;
};

/// The fields as one line with its CR LF; quoted where need be.
[[nodiscard]] std::string csv_line(const std::vector<std::string_view>& fields);

}  // namespace avow::cli
