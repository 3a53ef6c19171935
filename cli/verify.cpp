// avow verify: whether records are what their devices signed, and none is missing or doubled. Opens
// nothing.
#include "arguments.h"
#include "base/text.h"
#include "examine.h"
#include "findings.h"
#include "in_order.h"
#include "screen.h"
#include "session/request.h"

namespace avow::cli {
namespace {

void tell_record(const Examined& examined, bool json) {
  if (!json) return print_errors(stdout, examined.source, examined.problems);
  const auto id = examined.id();
  print(stdout, json_line(json::Object{}
                              .set("source", safe(examined.source))
                              .set("id", id ? json::Value(text::to_hex(*id)) : json::Value())
                              .set("problems", session::write_errors(examined.problems))));
}

/// A visitor asked for erasure, and a backend that does not verify records could not act on it.
void tell_erasure(const Examined& examined, bool json) {
  const trust::Header& header = examined.record->header;
  const std::string device = text::to_hex(header.device);
  print(stdout,
        json ? json_line(
                   json::Object{}
                       .set("source", safe(examined.source))
                       .set("id", text::to_hex(examined.record->id))
                       .set("erase", json::Object{}.set("device", device).set("up_to", header.seq)))
             : safe(examined.source) +
                   ": to erase: the visitor asks to delete every record of device " + device +
                   " up to seq " + std::to_string(header.seq) + "\n");
}

struct Counts {
  std::int64_t records = 0, bad = 0, gaps = 0, forks = 0, erasures = 0, unreadable = 0;

  [[nodiscard]] bool all_good() const { return bad + gaps + forks == 0; }
};

void tell_summary(const Counts& counts, std::int64_t devices, bool json) {
  if (json) {
    // Who reads nothing but this line must not take a refused export for a good one.
    print(stdout, json_line(json::Object{}
                                .set("ok", counts.all_good() && counts.unreadable == 0)
                                .set("records", counts.records)
                                .set("devices", devices)
                                .set("bad", counts.bad)
                                .set("gaps", counts.gaps)
                                .set("forks", counts.forks)
                                .set("erasures", counts.erasures)
                                .set("unreadable", counts.unreadable)));
    return;
  }
  if (counts.records == 0) return print(stdout, "There is no record here.\n");
  const auto counted = [](std::int64_t n, std::string_view one) {
    return std::to_string(n) + " " + std::string(one) + (n == 1 ? "" : "s");
  };
  print(stdout, counted(counts.records, "record") + " of " + counted(devices, "device") + ": ");
  if (counts.erasures > 0) print(stdout, counted(counts.erasures, "request") + " to erase, ");
  print(stdout, counts.all_good()
                    ? "every signature, id and chain " +
                          std::string(counts.unreadable > 0 ? "of what could be read " : "") +
                          "is good\n"
                    : counted(counts.bad, "bad record") + ", " + counted(counts.gaps, "gap") +
                          ", " + counted(counts.forks, "fork") + "\n");
}

int run_verify(Words words) {
  const auto arguments = read_arguments(kVerify, words, {{"--json", false}}, 1, 10'000);
  if (!arguments) return kUsage;
  const bool json = arguments->has("--json");
  Intake intake(arguments->files());
  Progress progress(false);
  trust::ChainVerifier chains;
  Counts counts;
  in_order(
      intake, progress, [](const Incoming& incoming) { return examine(incoming, {}); },
      [&](const Examined& examined) {
        if (examined.unreadable) {
          ++counts.unreadable;
          print(stderr, "avow verify: " + examined.source + "\n");
          return;
        }
        ++counts.records;
        if (examined.record) chains.add(examined.record->header, examined.record->id);
        const bool good = examined.problems.empty();
        const bool erases = good && examined.record->header.op == trust::Op::erase;
        if (good && !erases) return;
        progress.clear();
        erases ? tell_erasure(examined, json) : tell_record(examined, json);
        ++(erases ? counts.erasures : counts.bad);
      });
  const trust::ChainVerifier::Report report = chains.report();
  for (const auto& finding : report.findings) {
    ++(finding.code == Code::chain_fork ? counts.forks : counts.gaps);
    print(stdout, json ? json_line(write_finding(finding)) : describe(finding) + "\n");
  }
  tell_summary(counts, report.devices, json);
  if (counts.unreadable > 0) return kUsage;
  return counts.all_good() ? kFine : kWrong;
}

}  // namespace

const Verb kVerify{"verify", "verifies records without any key: signatures, ids, chains, forks",
                   R"(usage: avow verify [--json] PATH...

Verifies every record's shape, signature and id, and every device's chain: no record missing (gap), no two records
after the same one (fork). Needs no key and opens nothing. Prints each problem and each request to erase that a
visitor's device has signed, then a summary.

PATH    a record file, a folder (every file in it, at any depth), an export of the collector, or - for stdin
--json  one line of JSON for each, and a last one
        {"bad", "devices", "erasures", "forks", "gaps", "ok", "records", "unreadable"}; ok is false also where a file
        could not be read or is what a backend said instead of an export

exit codes: 0 everything is good, 1 something is not, 2 usage or a file that cannot be read
)",
                   run_verify};

}  // namespace avow::cli
