// `avow`: policies, keys and records at a terminal.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "screen.h"
#include "session/session.h"
#include "trust/machine.h"
#include "verbs.h"

namespace avow::cli {
namespace {

constexpr const Verb* kVerbs[] = {&kInit,   &kImport,     &kCheck,  &kBuild,  &kRender,
                                  &kChange, &kDeliveries, &kSchema, &kPublic, &kKeygen,
                                  &kOpen,   &kVerify,     &kFind};

void print_overview(std::FILE* to) {
  print(to,
        "avow: consent policies, keys and records\n\nusage: avow VERB [OPTION...] [FILE...]\n\n");
  for (const Verb* verb : kVerbs) {
    std::string line = "  " + std::string(verb->name);
    line.resize(14, ' ');
    print(to, line + std::string(verb->summary) + "\n");
  }
  print(to,
        "\n  avow VERB --help   what a verb does, with its options\n"
        "  avow --version\n\n"
        "exit codes: 0 fine, 1 something is wrong with what was checked or opened (or nothing was "
        "found),\n"
        "            2 usage, or a file that cannot be read or written\n");
}

int run(Words words) {
  if (words.empty()) {
    print_overview(stderr);
    return kUsage;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_overview(stdout);
    return kFine;
  }
  if (words[0] == "--version") {
    print(stdout, std::string(session::version()) + "\n");
    return kFine;
  }
  for (const Verb* verb : kVerbs) {
    if (verb->name != words[0]) continue;
    const Words rest = words.subspan(1);
    for (const std::string_view word : rest) {
      if (word == "--") break;
      if (word != "--help" && word != "-h") continue;
      print(stdout, verb->help);
      return kFine;
    }
    return verb->run(rest);
  }
  print(stderr, "avow: there is no verb \"" + safe(words[0]) + "\". Try: avow --help\n");
  return kUsage;
}

}  // namespace
}  // namespace avow::cli

int main(int count, char** argv) {
  using namespace avow::cli;
  avow::trust::use_fastest_code();
  const std::vector<std::string_view> words(argv + (count > 0 ? 1 : 0), argv + count);
  const int code = run(words);
  // A full disk shows only here; a report that was cut off must not look like a good one.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    print(stderr, "avow: the output could not be written\n");
    return kUsage;
  }
  return code;
}
