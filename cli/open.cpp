// avow open: what the records say.
#include "arguments.h"
#include "examine.h"
#include "findings.h"
#include "identities.h"
#include "in_order.h"
#include "screen.h"

namespace avow::cli {
namespace {

struct Line {
  std::string text;
  std::string unreadable;
  std::optional<std::pair<trust::Header, trust::RecordId>> link;
  bool wrong = false;
};

int run_open(Words words) {
  const auto arguments = read_arguments(
      kOpen, words, {{"--identity", true, "-i", true}, {"--passphrase-file"}}, 1, 10'000);
  if (!arguments) return kUsage;
  const std::vector<std::string>& files = arguments->files();
  const PassphraseSource source{arguments->value("--passphrase-file").value_or(""),
                                std::ranges::find(files, "-") != files.end()};
  const auto identities = read_identities(arguments->values("--identity"), source);
  if (!identities) {
    print(stderr, "avow open: " + identities.error() + "\n");
    return kUsage;
  }

  Intake intake(files);
  Progress progress(true);
  trust::ChainVerifier chains;
  std::uint64_t records = 0;
  bool wrong = false, unreadable = false;
  in_order(
      intake, progress,
      [&](const Incoming& incoming) {
        const Examined examined = examine(incoming, *identities);
        if (examined.unreadable) return Line{{}, examined.source, {}, false};
        Line line{json_line(write_examined(examined)), {}, {}, !examined.problems.empty()};
        if (examined.record) line.link.emplace(examined.record->header, examined.record->id);
        return line;
      },
      [&](const Line& line) {
        if (!line.unreadable.empty()) {
          unreadable = true;
          print(stderr, "avow open: " + line.unreadable + "\n");
          return;
        }
        ++records;
        wrong = wrong || line.wrong;
        if (line.link) chains.add(line.link->first, line.link->second);
        print(stdout, line.text);
      });
  if (records == 0 && !unreadable) print(stderr, "avow open: There is no record here.\n");
  for (const auto& finding : chains.report().findings) {
    // Who opens one record out of many knows that the others are elsewhere.
    if (records == 1 && finding.code == Code::chain_gap) continue;
    wrong = true;
    print(stderr, "avow open: " + describe(finding) + "\n");
  }
  return unreadable ? kUsage : wrong ? kWrong : kFine;
}

}  // namespace

const Verb kOpen{"open", "opens records: prints one JSON line each",
                 R"(usage: avow open [-i KEY]... [--passphrase-file FILE] PATH...

Verifies each record (shape, signature, id), opens it with the keys, compares what is sealed inside with the header
outside, and prints one line of JSON in input order:
  {"header", "id", "number", "payload", "problems", "received_at", "source"}
A bad record never stops the rest: its problems stand in its line. Gaps and forks in a device's chain are told on
stderr at the end (no gap where there is only one record).

PATH  a record file, a folder (every file in it, at any depth), an export of the collector, or - for stdin
  -i, --identity KEY      an identity file of avow keygen or age-keygen, plain or sealed to a passphrase; may repeat.
                          Without one the records are verified and their payload is null.
  --passphrase-file FILE  its first line is the passphrase; else it is read from stdin if that is neither a terminal
                          nor "-", else typed at the terminal, once

exit codes: 0 all opened, 1 a record or a chain has a problem, 2 usage, or a file or key that cannot be read
)",
                 run_open};

}  // namespace avow::cli
