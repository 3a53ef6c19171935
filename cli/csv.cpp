#include "csv.h"

#include "base/text.h"

namespace avow::cli {
namespace {

constexpr std::size_t kPiece = 262'144;
constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::string_view kTooLong =
    "A field has more than 4096 bytes, or its quote is not closed.";

}  // namespace

int CsvReader::peek() {
  if (at_ == buffer_.size()) {
    buffer_.resize(kPiece);
    at_ = 0;
    buffer_.resize(std::fread(buffer_.data(), 1, kPiece, file_));
    bytes_read_ += buffer_.size();
    if (buffer_.empty()) return -1;
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

void CsvReader::skip_mark() {
  if (bytes_read_ > 0) return;
  // The first piece that a file gives has more than three bytes, or is all of it.
  if (peek() >= 0 && std::string_view(buffer_).starts_with(kMark)) at_ = kMark.size();
}

/// LF, or CR LF; a CR alone is no end of a line.
bool CsvReader::take_line_end() {
  if (peek() == '\r') {
    take();
    if (peek() != '\n') return false;
  }
  if (peek() != '\n') return peek() < 0;
  take();
  ++line_;
  return true;
}

void CsvReader::skip_line() {
  for (int c = peek(); c >= 0; c = peek()) {
    take();
    if (c != '\n') continue;
    ++line_;
    return;
  }
}

/// What is wrong with the field; empty where nothing is.
std::string CsvReader::quoted(std::string& field) {
  take();
  for (int c = peek(); c >= 0; c = peek()) {
    take();
    if (c == '"') {
      if (peek() != '"') {
        const int next = peek();
        if (next < 0 || next == ',' || next == '\n' || next == '\r') return {};
        return "Text stands behind a closing quote.";
      }
      take();
    }
    if (c == '\n') ++line_;
    if (field.size() == kLongestField) return std::string(kTooLong);
    field += static_cast<char>(c);
  }
  return "A quote is not closed.";
}

std::string CsvReader::unquoted(std::string& field) {
  for (int c = peek(); c >= 0 && c != ',' && c != '\n' && c != '\r'; c = peek()) {
    if (c == '"') return "A quote stands inside a field that is not quoted.";
    if (field.size() == kLongestField) return std::string(kTooLong);
    field += static_cast<char>(c);
    take();
  }
  return {};
}

std::optional<CsvRow> CsvReader::next() {
  skip_mark();
  if (peek() < 0) return std::nullopt;
  CsvRow row{.line = line_, .fields = {}, .error = {}};
  for (;;) {
    std::string& field = row.fields.emplace_back();
    row.error = peek() == '"' ? quoted(field) : unquoted(field);
    if (row.error.empty() && !text::is_utf8(field)) row.error = "A field is not UTF-8.";
    if (!row.error.empty()) break;
    if (peek() == ',') {
      take();
      continue;
    }
    if (take_line_end()) return row;
    row.error = "A carriage return stands alone.";
    break;
  }
  row.fields.clear();
  skip_line();
  return row;
}

std::string csv_line(const std::vector<std::string_view>& fields) {
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    if (fields[i].find_first_of(",\"\r\n") == std::string_view::npos) {
      out += fields[i];
      continue;
    }
    out += '"';
    for (const char c : fields[i]) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  return out + "\r\n";
}

}  // namespace avow::cli
