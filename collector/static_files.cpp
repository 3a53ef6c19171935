#include "static_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "base/text.h"
#include "problem.h"

namespace avow::collector {
namespace {

namespace fs = std::filesystem;

std::string_view content_type(const fs::path& path) {
  static const std::map<std::string, std::string_view, std::less<>> types = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".wasm", "application/wasm"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".md", "text/markdown; charset=utf-8"},
      {".xml", "application/xml"},
      {".webmanifest", "application/manifest+json"}};
  const auto type = types.find(path.extension().string());
  return type == types.end() ? "application/octet-stream" : type->second;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Whether a comma-separated list names the item, leaving quality values aside except "q=0".
bool lists(std::string_view list, std::string_view item) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.size(), list.find(','));
    std::string_view part = list.substr(0, end);
    list.remove_prefix(std::min(list.size(), end + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    const std::string_view name = part.substr(0, part.find_first_of("; "));
    if (name == item) return !part.ends_with("q=0");
  }
  return false;
}

}  // namespace

std::optional<std::string> safe_path(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::string decoded;
  for (std::size_t i = 0; i < path.size(); ++i) {
    char c = path[i];
    if (c == '%') {
      const int high = i + 2 < path.size() ? hex_digit(path[i + 1]) : -1;
      const int low = high < 0 ? -1 : hex_digit(path[i + 2]);
      if (low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '\\') return std::nullopt;
    decoded += c;
  }
  // A segment that begins with a dot is a parent, this directory, or a hidden file: none is for the
  // web.
  if (decoded.find("/.") != std::string::npos || decoded.find("//") != std::string::npos)
    return std::nullopt;
  return decoded.substr(1);
}

StaticFiles::StaticFiles(const fs::path& root, std::vector<HeaderField> headers)
    : root_(fs::canonical(root)),
      headers_(std::move(headers)) {
  if (!fs::is_directory(root_)) {
    throw fs::filesystem_error("Not a directory", root_,
                               std::make_error_code(std::errc::not_a_directory));
  }
}

const StaticFiles::File* StaticFiles::load(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return nullptr;
  const auto changed = fs::last_write_time(path, error);
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return nullptr;
  File& file = loaded_[path];
  if (file.etag.empty() || file.changed != changed || file.size != size) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return nullptr;
    std::ostringstream content;
    content << in.rdbuf();
    file = {changed, size, {}, std::move(content).str()};
    file.etag = '"' + text::to_hex(sha256(as_bytes(file.content))).substr(0, 32) + '"';
  }
  return &file;
}

std::optional<fs::path> StaticFiles::inside(const fs::path& below) const {
  std::error_code error;
  // Symbolic links may lead anywhere; what counts is where they end.
  fs::path path = fs::weakly_canonical(root_ / below, error);
  if (error || std::ranges::mismatch(root_, path).in1 != root_.end()) return std::nullopt;
  return path;
}

Reply StaticFiles::answer(const Request& request) {
  Reply reply = find(request);
  for (const HeaderField& field : headers_) reply.headers.push_back(field);
  return reply;
}

Reply StaticFiles::find(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD")
    return wrong_method("GET, HEAD, OPTIONS");
  const Reply missing = problem(404, "Nothing is here. Check the address.");
  const auto below = safe_path(request.path);
  if (!below) return missing;
  const auto found = inside(*below);
  if (!found) return missing;
  const fs::path& path = *found;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    if (below->empty() || below->ends_with('/')) {
      Request index = request;
      index.path += "index.html";
      return fs::is_regular_file(path / "index.html", error) ? find(index) : missing;
    }
    Reply reply{.status = 308, .headers = {}, .body = {}, .next_piece = {}};
    reply.set("Location", request.path + '/');
    return reply;
  }
  const File* file = load(path);
  if (file == nullptr) return missing;

  Reply reply;
  reply.set("Content-Type", std::string(content_type(path)));
  reply.set("Cache-Control", "no-cache");
  // The twin stands beside the address that was asked for, and is found as that address would be.
  const auto packed = inside(*below + ".br");
  if (packed && fs::is_regular_file(*packed, error)) {
    reply.set("Vary", "Accept-Encoding");
    const File* smaller = lists(request.header("Accept-Encoding"), "br") ? load(*packed) : nullptr;
    if (smaller != nullptr) {
      reply.set("Content-Encoding", "br");
      file = smaller;
    }
  }
  reply.set("ETag", file->etag);
  if (lists(request.header("If-None-Match"), file->etag)) {
    reply.status = 304;
  } else {
    reply.body = file->content;
  }
  return reply;
}

}  // namespace avow::collector
