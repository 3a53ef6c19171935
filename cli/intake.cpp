#include "intake.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/text.h"
#include "file.h"
#include "screen.h"
#include "trust/record.h"

namespace avow::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 262'144;  // read at a time; more than twice the longest line

/// A file that is named by an id holds the record of that id, whatever is in it.
bool is_named_by_an_id(const std::string& path) {
  return text::from_hex(fs::path(path).stem().string(), 32).has_value();
}

/// The first line decides: what stands behind a record's header was written by whoever sealed it,
/// and could look like any number of lines of an export. Behind a first line that is broken, any
/// line may show what the file is.
bool looks_like_export(std::string_view first_piece) {
  const std::string_view first = first_piece.substr(0, first_piece.find('\n'));
  const auto document = json::read(first, kLineLimits);
  const json::Object* object = document ? document->object() : nullptr;
  if (object != nullptr && object->find("record") != nullptr) return true;
  if (first.starts_with("{\"device\":")) return false;  // as every header line begins
  for (std::string_view rest = first_piece; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.starts_with('{') && line.contains("\"record\"")) return true;
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return false;
}

/// What a backend said instead of an export (RFC 9457), or nothing.
std::string refusal(std::string_view first_piece) {
  if (!first_piece.starts_with('{')) return {};
  const auto document = json::read(first_piece, {.bytes = 65'536, .depth = 4, .values = 100});
  const json::Object* object = document ? document->object() : nullptr;
  const json::Value* status = object == nullptr ? nullptr : object->find("status");
  const json::Value* detail = object == nullptr ? nullptr : object->find("detail");
  if (status == nullptr || status->integer() == nullptr || detail == nullptr ||
      detail->string() == nullptr)
    return {};
  return "No export: the backend answered " + std::to_string(*status->integer()) + ": " +
         safe(*detail->string());
}

}  // namespace

Intake::Intake(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) list(path);
}

Intake::~Intake() { close(); }

void Intake::list(const std::string& path) {
  if (path == "-") {
    sized_ = false;
    files_.push_back({path, 0, {}});
    return;
  }
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    std::error_code unsized_error;
    const std::uint64_t size =
        fs::is_regular_file(path, unsized_error) ? fs::file_size(path, unsized_error) : 0;
    files_.push_back({path, unsized_error ? 0 : size, {}});
    bytes_total_ += files_.back().size;
    return;
  }
  const std::size_t first = files_.size();
  fs::recursive_directory_iterator it(path, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code one;
    if (!it->is_regular_file(one)) continue;
    const std::uint64_t size = it->file_size(one);
    files_.push_back({it->path().string(), one ? 0 : size, {}});
    bytes_total_ += files_.back().size;
  }
  std::ranges::sort(files_.begin() + static_cast<std::ptrdiff_t>(first), files_.end(), {},
                    &File::path);
  if (error) files_.push_back({path, 0, file_error(path, error.value())});
}

std::optional<int> Intake::percent() const {
  if (!sized_ || bytes_total_ == 0) return std::nullopt;
  return static_cast<int>(std::min<std::uint64_t>(100, bytes_read_ * 100 / bytes_total_));
}

std::optional<Incoming> Intake::next() {
  for (;;) {
    if (open_ != nullptr) {
      if (auto line = next_line()) return line;
      close();
    }
    if (next_file_ == files_.size()) return std::nullopt;
    if (auto whole = begin(files_[next_file_++])) return whole;
  }
}

/// Opens a file. A record comes back whole; of an export the lines follow.
std::optional<Incoming> Intake::begin(const File& file) {
  const auto unreadable = [&](std::string why) {
    return Incoming{Incoming::Form::unreadable, file.path, std::move(why)};
  };
  if (!file.error.empty()) return unreadable(file.error);
  path_ = file.path;
  open_ = path_ == "-" ? stdin : std::fopen(path_.c_str(), "rbe");
  if (open_ == nullptr) return unreadable(file_error(path_, errno));
  line_ = 0;
  fill();
  if (std::ferror(open_) != 0) {
    const int error = errno;
    close();
    return unreadable(file_error(path_, error));
  }
  // An export without a line is an empty answer of the collector; an empty file is a record that
  // was cut off.
  if ((looks_like_export(buffer_) && !is_named_by_an_id(path_)) ||
      (buffer_.empty() && path_ == "-"))
    return std::nullopt;
  if (std::string said = refusal(buffer_); !said.empty()) {
    close();
    return unreadable(std::move(said));
  }
  Incoming whole{Incoming::Form::record, path_, buffer_.substr(0, trust::kLargestRecord + 1)};
  close();
  return whole;
}

/// Reads on behind what is still to be taken; false at the end.
bool Intake::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t held = buffer_.size();
  buffer_.resize(held + kPiece);
  const std::size_t got = std::fread(buffer_.data() + held, 1, kPiece, open_);
  buffer_.resize(held + got);
  bytes_read_ += got;
  return got > 0;
}

std::optional<Incoming> Intake::next_line() {
  bool too_long = false;
  for (;;) {
    std::size_t end = buffer_.find('\n', at_);
    if (end == std::string::npos) {
      too_long = too_long || buffer_.size() - at_ > kLongestLine;
      if (too_long) at_ = buffer_.size();  // the rest of it is not kept either
      if (fill()) continue;
      if (std::ferror(open_) != 0) {
        std::clearerr(open_);
        return Incoming{Incoming::Form::unreadable, path_, file_error(path_, errno)};
      }
      end = buffer_.size();
      if (end == at_ && !too_long) return std::nullopt;
    }
    const std::string_view line = std::string_view(buffer_).substr(at_, end - at_);
    at_ = std::min(end + 1, buffer_.size());
    ++line_;
    if (line.empty() && !too_long) continue;
    std::string source = (path_ == "-" ? "stdin:" : path_ + ":") + std::to_string(line_);
    if (too_long || line.size() > kLongestLine)
      return Incoming{Incoming::Form::too_long, std::move(source), {}};
    return Incoming{Incoming::Form::line, std::move(source), std::string(line)};
  }
}

void Intake::close() {
  if (open_ != nullptr && open_ != stdin) std::fclose(open_);
  open_ = nullptr;
  buffer_.clear();
  at_ = 0;
}

}  // namespace avow::cli
