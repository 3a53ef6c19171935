// How fast `avow` opens and verifies an export: makes one in a temporary folder, then runs the tool
// on it.
//   build/native/bench/open_records [RECORDS] [AVOW]
#include <sys/resource.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "bench.h"
#include "trust/machine.h"
#include "visitor.h"

namespace {

using namespace avow;

constexpr int kPresses = 5;  // a visitor's

/// An export of `records` records of visitors who press five times each. On all cores: a press
/// costs far more than its line.
void make_export(const std::filesystem::path& path, int records, const given::Site& site) {
  std::ofstream out(path, std::ios::binary);
  const int visitors = (records + kPresses - 1) / kPresses;
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  constexpr int kRound = 1'000;
  for (int first = 0; first < visitors; first += kRound) {
    const int many = std::min(kRound, visitors - first);
    std::vector<std::string> lines(static_cast<std::size_t>(many));
    std::atomic<int> next = 0;
    const auto work = [&] {
      for (int v; (v = next++) < many;) {
        given::Visitor visitor(site, "bench/" + std::to_string(first + v));
        for (int i = 0; i < kPresses && (first + v) * kPresses + i < records; ++i) {
          given::Visitor::Press press;
          if (i > 0) press = {.control = "save", .layer = "choices"};
          if (i % 2 == 1) press.selected = {"statistics"};
          const json::Value answer = visitor.press(press);
          lines[static_cast<std::size_t>(v)] += visitor.line(answer);
        }
      }
    };
    {
      std::vector<std::jthread> helpers;
      for (unsigned t = 0; t < threads; ++t) helpers.emplace_back(work);
    }
    for (const std::string& one : lines) out << one;
  }
}

/// Processor time of the programs that ran, all cores together: what a busy machine cannot falsify.
double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void run(const char* what, const std::string& command, int records) {
  const double used = processor_seconds();
  const auto began = bench::Clock::now();
  const int status = std::system(command.c_str());
  const double seconds = bench::seconds_since(began);
  if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "failed: %s\n", command.c_str());
    std::exit(1);
  }
  std::printf("%-12s %7d records in %6.2f s  %8.0f a second, %4.0f us of processor each\n", what,
              records, seconds, records / seconds, (processor_seconds() - used) / records * 1e6);
}

}  // namespace

int main(int count, char** words) {
  trust::use_fastest_code();
  const int records = count > 1 ? std::atoi(words[1]) : 100'000;
  const std::filesystem::path tool =
      count > 2 ? words[2]
                : std::filesystem::canonical("/proc/self/exe").parent_path().parent_path() / "cli" /
                      "avow";
  char folder[] = "/tmp/avow-bench-XXXXXX";
  if (records < 1 || mkdtemp(folder) == nullptr) return 2;
  const std::filesystem::path exported = std::filesystem::path(folder) / "export.ndjson";
  const auto began = bench::Clock::now();
  const std::string policy = bench::read(AVOW_SAMPLE "/sample.json"),
                    catalog = bench::read(AVOW_CATALOGS "/zh-CN.json");
  make_export(exported, records, given::open_site(policy, catalog));
  const std::uintmax_t size = std::filesystem::file_size(exported);
  std::printf("made %d records, %ju bytes, in %.1f s\n", records, size,
              bench::seconds_since(began));
  const auto quoted = [](const std::filesystem::path& path) { return "'" + path.string() + "'"; };
  const std::string key = " -i " + quoted(AVOW_SAMPLE "/keys/daily.key") + " ";
  run("avow verify", quoted(tool) + " verify " + quoted(exported) + " > /dev/null", records);
  run("avow open", quoted(tool) + " open" + key + quoted(exported) + " > /dev/null", records);
  std::filesystem::remove_all(folder);
  return 0;
}
