#include "archive.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/text.h"
#include "file.h"
#include "screen.h"

namespace avow::cli {
namespace {

namespace fs = std::filesystem;

std::string hash_of(std::string_view bytes) { return text::to_hex(sha256(as_bytes(bytes))); }

std::expected<void, std::string> add(const std::string& folder, const char* ending,
                                     std::string_view bytes) {
  if (const auto made = make_folder(folder); !made) return made;
  const std::string path = folder + "/" + hash_of(bytes) + ending;
  std::error_code none;
  return fs::exists(path, none) ? std::expected<void, std::string>() : replace_file(path, bytes);
}

/// The hashes of the files that end so; other files are not the archive's, such as what a run that
/// was ended left half-written.
std::expected<std::set<std::string>, std::string> read_kind(const std::string& folder,
                                                            const char* ending) {
  std::set<std::string> out;
  std::error_code failed;
  std::vector<std::string> paths;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    paths.push_back(at->path().string());
  if (failed) return std::unexpected(safe(folder) + ": " + failed.message() + ".");
  std::ranges::sort(paths);
  for (const std::string& path : paths) {
    if (fs::path(path).extension() != ending) continue;
    const auto bytes = read_file(path);
    if (!bytes) return std::unexpected(bytes.error());
    const std::string name = fs::path(path).stem().string();
    if (hash_of(*bytes) != name)
      return std::unexpected(safe(path) + ": its bytes are not what its name says.");
    out.insert(name);
  }
  return out;
}

}  // namespace

std::expected<void, std::string> keep(const std::string& folder, const session::Compiled& compiled,
                                      const std::string& change) {
  if (!change.empty()) {
    if (const auto added = add(folder + "/changes", ".json", change); !added) return added;
  }
  for (const session::Rendered& one : compiled.notices) {
    if (const auto added = add(folder + "/notices", ".html", one.html); !added) return added;
  }
  for (const std::string& texts : compiled.texts) {
    if (const auto added = add(folder + "/texts", ".json", texts); !added) return added;
  }
  if (const auto added = add(folder + "/policies", ".json", compiled.public_policy); !added)
    return added;
  // Last: facts that are there say that all they name is there.
  return add(folder + "/facts", ".json", compiled.written_facts);
}

std::expected<Archive, std::string> read_archive(const std::string& folder) {
  auto notices = read_kind(folder + "/notices", ".html");
  if (!notices) return std::unexpected(notices.error());
  auto facts = read_kind(folder + "/facts", ".json");
  if (!facts) return std::unexpected(facts.error());
  // Most companies have announced none.
  std::set<std::string> changes;
  std::error_code none;
  if (fs::exists(folder + "/changes", none)) {
    auto read = read_kind(folder + "/changes", ".json");
    if (!read) return std::unexpected(read.error());
    changes = std::move(*read);
  }
  return Archive{std::move(*notices), std::move(*facts), std::move(changes)};
}

}  // namespace avow::cli
