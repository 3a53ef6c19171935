#include "module.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "file.h"
#include "screen.h"
#include "session/session.h"

namespace avow::cli {
namespace {

namespace fs = std::filesystem;

/// Where the module is once tool and module are built or installed.
std::string beside_the_tool() {
  std::error_code none;
  const fs::path tool = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (const fs::path& folder : {tool / "../share/avow/web", tool / "../../web"}) {
    if (fs::exists(folder / "module.txt", none)) return folder.lexically_normal().string();
  }
  return {};
}

}  // namespace

std::expected<Module, std::string> read_module(const std::optional<std::string>& given) {
  std::string folder = given.value_or("");
  if (folder.empty()) {
    const char* named = std::getenv("AVOW_MODULE");
    folder = named != nullptr && *named != '\0' ? named : beside_the_tool();
  }
  if (folder.empty())
    return std::unexpected("the web module is not beside the tool: name its folder with --module.");
  const auto version = read_file(folder + "/module.txt");
  if (!version) return std::unexpected(version.error());
  // A notice must be rendered by the core that the page will run.
  if (*version != std::string(session::version()) + "\n")
    return std::unexpected(safe(folder) + ": the module is " + safe(*version) + ", the tool " +
                           std::string(session::version()) + ": build them together.");
  Module out;
  const std::pair<std::string*, const char*> files[] = {
      {&out.loader, "loader.js"},      {&out.rest, "rest.js"},
      {&out.head, "head.js"},          {&out.embed, "embed.js"},
      {&out.beside, "beside.js"},      {&out.others, "others.js"},
      {&out.press, "press.js"},        {&out.core, "core.js"},
      {&out.core_wasm, "core.wasm"},   {&out.own, "own.js"},
      {&out.own_wasm, "own.wasm"},     {&out.defaults, "defaults.js"},
      {&out.outputs, "outputs.js"},    {&out.clear, "clear.js"},
      {&out.shared, "shared.js"},      {&out.announce, "announce.js"},
      {&out.transient, "transient.js"}};
  for (const auto& [bytes, name] : files) {
    auto read = read_file(folder + "/" + name);
    if (!read) return std::unexpected(read.error());
    *bytes = std::move(*read);
  }
  const std::pair<const std::string*, const char*> loaders[] = {
      {&out.loader, "loader.js"},    {&out.rest, "rest.js"},   {&out.defaults, "defaults.js"},
      {&out.outputs, "outputs.js"},  {&out.clear, "clear.js"}, {&out.shared, "shared.js"},
      {&out.announce, "announce.js"}};
  for (const auto& [bytes, name] : loaders) {
    const std::size_t at = bytes->find(kBaked);
    if (at == std::string::npos || bytes->find(kBaked, at + 1) != std::string::npos)
      return std::unexpected(safe(folder) + "/" + name + ": not a packed loader.");
  }
  return out;
}

}  // namespace avow::cli
