#include "file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "screen.h"

namespace avow::cli {

std::string file_error(const std::string& path, int error) {
  return (path == "-" ? std::string("standard input") : safe(path)) + ": " + std::strerror(error) +
         ".";
}

std::expected<std::string, std::string> read_file(const std::string& path, std::size_t most) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return std::unexpected(file_error(path, errno));
  std::string out;
  char part[65'536];
  std::size_t got = 0;
  while (out.size() <= most && (got = std::fread(part, 1, sizeof part, file)) > 0)
    out.append(part, got);
  const int error = std::ferror(file) != 0 ? errno : 0;
  if (file != stdin) std::fclose(file);
  if (error != 0) return std::unexpected(file_error(path, error));
  if (out.size() > most) {
    return std::unexpected(safe(path) + ": larger than the " + std::to_string(most) +
                           " bytes that are read here.");
  }
  return out;
}

namespace {

/// Writes all of it and closes; on disk where that is told as done.
int write_all(int file, std::string_view bytes) {
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && fsync(file) != 0) error = errno;
  if (close(file) != 0 && error == 0) error = errno;
  return error;
}

}  // namespace

std::expected<void, std::string> write_new_file(const std::string& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return std::unexpected(file_error(path, errno));
  const int error = write_all(file, bytes);
  if (error == 0) return {};
  unlink(path.c_str());
  return std::unexpected(file_error(path, error));
}

std::expected<void, std::string> replace_file(const std::string& path, std::string_view bytes) {
  const std::string fresh = path + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return std::unexpected(file_error(fresh, errno));
  int error = write_all(file, bytes);
  if (error == 0 && rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  unlink(fresh.c_str());
  return std::unexpected(file_error(path, error));
}

std::expected<void, std::string> make_folder(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return std::unexpected(safe(path) + ": " + failed.message() + ".");
  if (!std::filesystem::is_directory(path, failed))
    return std::unexpected(safe(path) + ": not a folder.");
  return {};
}

}  // namespace avow::cli
