#pragma once
// All that a site serves of a compiled policy, made in memory: what `avow build` writes.

#include <string>
#include <vector>

#include "announcing.h"
#include "base/json.h"
#include "due.h"
#include "module.h"
#include "session/compile.h"

namespace avow::cli {

struct File {
  std::string name, bytes;
};

/// The files of one build. Those that are named by their content come first; what names them after.
struct Build {
  std::vector<File> parts, entries;
  json::Object tags, csp;
};

struct BuildOptions {
  std::string base;   ///< where the build is served
  std::string store;  ///< prefix of all that is stored on a device
  bool linked = false;
};

/// The parts, the loaders that name them, and what pages bring along in their HTML.
[[nodiscard]] Build make_build(const session::Compiled& compiled, const Module& module,
                               const Telling& telling, BuildOptions options);

/// manifest.json: every file with its hashes, the tag to paste, what a CSP needs, and when another
/// build is due.
[[nodiscard]] std::string write_manifest(const session::Compiled& compiled, const Build& build,
                                         const std::string& base, const std::vector<Due>& due);

}  // namespace avow::cli
