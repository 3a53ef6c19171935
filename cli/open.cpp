// avow open: what the records say.
#include "archive.h"
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

/// Whether the archive holds what the record names; null where it names nothing, or was not opened.
/// What it lacks is a problem of the record: years later, nobody could say what was answered.
json::Object archived(const Archive& archive, Examined& examined) {
  const json::Object* payload = examined.payload ? examined.payload->object() : nullptr;
  const auto look = [&](const char* key, const std::set<std::string>& held) -> json::Value {
    const json::Value* named = payload == nullptr ? nullptr : payload->find(key);
    const std::string* hash = named == nullptr ? nullptr : named->string();
    if (hash == nullptr) return {};
    if (held.contains(*hash)) return true;
    examined.problems.push_back({Code::not_archived, std::string("/") + key, *hash});
    return false;
  };
  json::Object out;
  out.set("notice", look("notice", archive.notices));
  if (const json::Value change = look("change", archive.changes); change != json::Value{})
    out.set("change", change);
  return out.set("policy", look("policy", archive.facts));
}

int run_open(Words words) {
  const auto arguments = read_arguments(
      kOpen, words, {{"--identity", true, "-i", true}, {"--passphrase-file"}, {"--archive"}}, 1,
      10'000);
  if (!arguments) return kUsage;
  const std::vector<std::string>& files = arguments->files();
  const PassphraseSource source{arguments->value("--passphrase-file").value_or(""),
                                std::ranges::find(files, "-") != files.end()};
  const auto identities = read_identities(arguments->values("--identity"), source);
  if (!identities) {
    print(stderr, "avow open: " + identities.error() + "\n");
    return kUsage;
  }

  std::optional<Archive> archive;
  if (const auto folder = arguments->value("--archive")) {
    auto read = read_archive(*folder);
    if (!read) {
      print(stderr, "avow open: " + read.error() + "\n");
      return kUsage;
    }
    archive = std::move(*read);
  }

  Intake intake(files);
  Progress progress(true);
  trust::ChainVerifier chains;
  std::uint64_t records = 0;
  bool wrong = false, unreadable = false;
  in_order(
      intake, progress,
      [&](const Incoming& incoming) {
        Examined examined = examine(incoming, *identities);
        if (examined.unreadable) return Line{{}, examined.source, {}, false};
        const json::Value asked = archive ? archived(*archive, examined) : json::Value{};
        json::Object told = *write_examined(examined).object();
        if (archive) told.set("archived", asked);
        Line line{json_line(told), {}, {}, !examined.problems.empty()};
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
                 R"(usage: avow open [-i KEY]... [--passphrase-file FILE] [--archive DIR] PATH...

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
  --archive DIR           what avow build --archive kept: each line then has "archived", which says whether the
                          notice and the policy that the record names are there; what is missing is a problem.
                          Nothing is opened where a file of the archive is damaged

exit codes: 0 all opened, 1 a record or a chain has a problem, 2 usage, or a file or key that cannot be read
)",
                 run_open};

}  // namespace avow::cli
