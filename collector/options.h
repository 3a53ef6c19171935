#pragma once
// The command line.

#include <stdexcept>

#include "http.h"
#include "routes.h"
#include "sqlite.h"

namespace avow::collector {

/// What the process says when it ends.
enum Exit : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kStorageRefused = 3,
  kDataInUse = 4,
  kCannotListen = 5
};

struct Options {
  ServerOptions server;
  SqliteOptions store;
  RouteOptions routes;
  std::string export_token_file;  ///< empty: in the data directory
  std::string locked_token_file;  ///< for what visitors erased
  bool once_ready = false;
  bool help = false;
};

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws UsageError.
[[nodiscard]] Options read_options(int argc, char** argv);
[[nodiscard]] std::string usage();

}  // namespace avow::collector
