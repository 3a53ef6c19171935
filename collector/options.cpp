#include "options.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "address.h"
#include "trust/record.h"

namespace avow::collector {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;

template <class Number>
Number number(std::string_view option, std::string_view text, Number least, Number most) {
  Number value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < least ||
      value > most) {
    throw UsageError(std::string(option) + " wants a number from " + std::to_string(least) +
                     " to " + std::to_string(most) + ".");
  }
  return value;
}

HeaderField header_field(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos ||
      text.find_first_of("\r\n") != std::string_view::npos) {
    throw UsageError("--header wants \"Name: value\".");
  }
  std::string_view value = text.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return {std::string(text.substr(0, colon)), std::string(value)};
}

std::string origin(std::string_view text) {
  const bool scheme = text.starts_with("https://") || text.starts_with("http://");
  const std::string_view host = scheme ? text.substr(text.find("//") + 2) : std::string_view();
  const auto sent = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]_").contains(c);
  };
  if (host.empty() || !std::ranges::all_of(host, sent)) {
    throw UsageError(
        "--origin wants scheme, host and port as a browser sends them, such as "
        "https://www.example.com: lower case, "
        "no path, no slash at the end. Got \"" +
        std::string(text) + "\".");
  }
  return std::string(text);
}

std::string site(std::string_view option, std::string_view text) {
  if (!trust::is_site(text)) {
    throw UsageError(
        std::string(option) +
        " wants a policy's \"site\", such as shop.example: a-z, 0-9, dot and hyphen. Got \"" +
        std::string(text) + "\".");
  }
  return std::string(text);
}

std::string proxy(std::string_view text) {
  if (std::string canonical = read_address(text); !canonical.empty()) return canonical;
  throw UsageError("--proxy wants one IP address, such as 10.0.0.5 or ::1. Got \"" +
                   std::string(text) + "\".");
}

std::filesystem::path folder(std::string_view text) {
  std::error_code error;
  if (!std::filesystem::is_directory(text, error))
    throw UsageError("--serve wants a directory. Got \"" + std::string(text) + "\".");
  return text;
}

void lock(Options& options, std::string_view text) {
  const std::size_t end = text.find('=');
  const bool named = end != std::string_view::npos;
  const Result<time::Period> period = time::read_period(named ? text.substr(end + 1) : text);
  if (!period || time::shortest_days(*period) == 0) {
    throw UsageError(
        "--lock-erased wants a period of ISO 8601, such as P3Y, P18M or P90D, after a site and "
        "\"=\" where it is of that site alone. Got \"" +
        std::string(text) + "\".");
  }
  const std::string of = named ? site("--lock-erased", text.substr(0, end)) : std::string();
  if (!options.store.locks.emplace(of, *period).second)
    throw UsageError("--lock-erased stands twice for the same site: which one is meant?");
}

struct Option {
  std::string_view name;
  std::string_view argument;  ///< empty: takes none
  std::string_view help;
  void (*set)(Options&, std::string_view);
  bool repeats = false;
};

constexpr Option kOptions[] = {
    {"--data", "DIR",
     "where records are kept (collector.sqlite, export-token); created if missing; required",
     [](Options& o, std::string_view v) { o.store.directory = v; }},
    {"--port", "N", "port to listen on; 0 takes any free one (default 8787)",
     [](Options& o, std::string_view v) {
       o.server.port = number<unsigned short>("--port", v, 0, 65535);
     }},
    {"--address", "IP",
     "address to listen on (default 127.0.0.1; put a TLS proxy in front of the public)",
     [](Options& o, std::string_view v) { o.server.address = v; }},
    {"--proxy", "IP", "believe this peer's X-Forwarded-For; repeatable",
     [](Options& o, std::string_view v) { o.server.proxies.push_back(proxy(v)); }, true},
    {"--site", "SITE", "take records of this site only; repeatable (default: every site)",
     [](Options& o, std::string_view v) { o.routes.sites.insert(site("--site", v)); }, true},
    {"--origin", "ORIGIN", "let pages of this origin send records (CORS, exact match); repeatable",
     [](Options& o, std::string_view v) { o.routes.origins.insert(origin(v)); }, true},
    {"--export-token", "FILE",
     "the token that GET /v1/records wants; made if missing (default DIR/export-token)",
     [](Options& o, std::string_view v) { o.export_token_file = v; }},
    {"--lock-erased", "[SITE=]P",
     "lock what visitors of this site (of any) erase for a period such as P3Y before it is "
     "deleted, as its policy says (erase.mode keep-proof). GET /v1/locked shows it, with the token "
     "in DIR/locked-token; repeatable",
     [](Options& o, std::string_view v) { lock(o, v); }, true},
    {"--rate", "N", "requests a second from one address under /v1/; 0 for no limit (default 100)",
     [](Options& o, std::string_view v) {
       o.routes.rate = number<int>("--rate", v, 0, 1'000'000);
     }},
    {"--burst", "N", "requests that may come at once after a pause (default 400)",
     [](Options& o, std::string_view v) {
       o.routes.burst = number<int>("--burst", v, 1, 1'000'000);
     }},
    {"--daily", "MIB",
     "MiB of new records from one address a day; beyond it 429; 0 for no limit (default 64)",
     [](Options& o, std::string_view v) {
       o.routes.daily_bytes = number<int>("--daily", v, 0, 1'000'000) * kMiB;
     }},
    {"--connections", "N", "connections open at a time (default 10000)",
     [](Options& o, std::string_view v) {
       o.server.connections = number<std::size_t>("--connections", v, 1, 1'000'000);
     }},
    {"--connections-each", "N",
     "the same from one address, behind a --proxy its requests at a time (default 200)",
     [](Options& o, std::string_view v) {
       o.server.connections_each = number<std::size_t>("--connections-each", v, 1, 1'000'000);
     }},
    {"--bodies", "MIB",
     "memory for bodies that arrive or wait for the disk; beyond it 503, and 429 for an address "
     "with an eighth of it (default 64)",
     [](Options& o, std::string_view v) {
       o.server.body_memory = number<std::size_t>("--bodies", v, 1, 65'536) * kMiB;
     }},
    {"--queue", "N", "records that may wait for the disk; beyond it 503 (default 4096)",
     [](Options& o, std::string_view v) {
       o.store.queue = number<std::size_t>("--queue", v, 1, 1'000'000);
     }},
    {"--read-deadline", "S", "seconds that one request may take to arrive (default 10)",
     [](Options& o, std::string_view v) {
       o.server.read_deadline = std::chrono::seconds(number<int>("--read-deadline", v, 1, 3600));
     }},
    {"--serve", "DIR", "serve the files of this directory on the same origin",
     [](Options& o, std::string_view v) { o.routes.serve = folder(v); }},
    {"--header", "\"N: V\"", "with --serve: add this field to its replies; repeatable",
     [](Options& o, std::string_view v) { o.routes.headers.push_back(header_field(v)); }, true},
    {"--count-hits", "",
     "count requests to /hits/{name} in memory, for demos; GET /hits shows them",
     [](Options& o, std::string_view) { o.routes.count_hits = true; }},
    {"--once-ready", "", "print \"ready http://ADDRESS:PORT/\" once requests are answered",
     [](Options& o, std::string_view) { o.once_ready = true; }},
    {"--help", "", "print this", [](Options& o, std::string_view) { o.help = true; }},
};

}  // namespace

Options read_options(int argc, char** argv) {
  Options options;
  std::set<std::string_view> given;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const Option* found = nullptr;
    for (const Option& option : kOptions) {
      if (option.name == name) found = &option;
    }
    if (found == nullptr) throw UsageError("There is no option " + std::string(name) + ".");
    if (!found->argument.empty() && ++i == argc) {
      throw UsageError(std::string(name) + " wants " + std::string(found->argument) + ".");
    }
    if (!given.insert(name).second && !found->repeats)
      throw UsageError(std::string(name) + " stands twice: which one is meant?");
    found->set(options, found->argument.empty() ? std::string_view() : argv[i]);
  }
  if (options.help) return options;
  if (options.store.directory.empty())
    throw UsageError("--data DIR is required: say where records are to be kept.");
  if (!options.routes.headers.empty() && options.routes.serve.empty())
    throw UsageError("--header goes with --serve.");
  options.locked_token_file = options.store.directory / "locked-token";
  if (options.export_token_file.empty())
    options.export_token_file = options.store.directory / "export-token";
  return options;
}

std::string usage() {
  std::string out =
      "Usage: avow-collector --data DIR [options]\n\n"
      "Receives consent records, verifies their signatures and keeps them. It holds no private key "
      "and cannot read a\n"
      "choice. An acknowledged record is on disk.\n\n";
  for (const Option& option : kOptions) {
    std::string left = "  " + std::string(option.name) + ' ' + std::string(option.argument);
    left.resize(26, ' ');
    out += left + std::string(option.help) + '\n';
  }
  out +=
      "\nSIGTERM and SIGINT: accepts nothing more, finishes what has arrived, exits 0.\n"
      "Exit codes: 0 stopped as asked; 1 failed; 2 wrong usage; 3 the data cannot be kept safely "
      "there; 4 the data\n"
      "directory is in use by another collector; 5 cannot listen on the address.\n";
  return out;
}

}  // namespace avow::collector
