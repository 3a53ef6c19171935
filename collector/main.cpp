// avow-collector: the reference backend (docs/PROTOCOL.md).

#include <sys/stat.h>

#include <iostream>

#include "options.h"
#include "trust/machine.h"

namespace {

using namespace avow::collector;

int say(Exit code, const std::exception& error) {
  std::cerr << "avow-collector: " << error.what() << std::endl;
  return code;
}

int run(Options options) {
  Metrics metrics;
  SqliteStore store(options.store, metrics);
  options.routes.export_token = read_or_make_token(options.export_token_file);
  options.routes.locked_token = read_or_make_token(options.locked_token_file);
  Routes routes(options.routes, store, metrics);
  try {
    Server server(options.server, routes, metrics);
    if (options.once_ready) {
      const bool six = options.server.address.find(':') != std::string::npos;
      const std::string host = six ? '[' + options.server.address + ']' : options.server.address;
      std::cout << "ready http://" << host << ':' << server.port() << '/' << std::endl;
    }
    server.run();
  } catch (const std::system_error& error) {
    std::cerr << "avow-collector: cannot listen on " << options.server.address << " port "
              << options.server.port << ": " << error.code().message()
              << ". Choose others with --address (an IP address of this machine) and --port."
              << std::endl;
    return kCannotListen;
  }
  store.close();
  return kDone;
}

}  // namespace

int main(int argc, char** argv) {
  avow::trust::use_fastest_code();
  umask(077);  // records, the log and the token are for the collector's own user
  try {
    Options options = read_options(argc, argv);
    if (options.help) {
      std::cout << usage();
      return kDone;
    }
    return run(std::move(options));
  } catch (const UsageError& error) {
    std::cerr << "avow-collector: " << error.what() << " See avow-collector --help." << std::endl;
    return kUsage;
  } catch (const InUse& error) {
    return say(kDataInUse, error);
  } catch (const Refused& error) {
    return say(kStorageRefused, error);
  } catch (const SqliteError& error) {
    return say(kStorageRefused, error);
  } catch (const std::exception& error) {
    return say(kFailed, error);
  }
}
