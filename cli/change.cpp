// avow change: a draft of the announcement of what is different between two policies.
#include "announcing.h"
#include "arguments.h"
#include "change/declaration.h"
#include "notice/draft.h"
#include "policy/public_writer.h"
#include "pretty.h"
#include "screen.h"

namespace avow::cli {
namespace {

/// The draft with every member in its place, those too that are empty yet.
json::Object write_draft(const change::Announcement& draft) {
  json::Object out = policy::PublicWriter::write(draft);
  json::Array changed;
  for (const change::Changed& one : draft.changed) {
    changed.push_back(policy::PublicWriter::write(one)
                          .set("asks_again", one.asks_again)
                          .set("decided_by", one.decided_by));
  }
  return out.set("changed", std::move(changed));
}

int run_change(Words words) {
  const auto arguments = read_arguments(kChange, words, {{"--catalog", true, {}, true}}, 2, 2);
  if (!arguments) return kUsage;
  int code = kFine;
  const auto policies = read_two(kChange, arguments->files()[0], arguments->files()[1],
                                 arguments->values("--catalog"), code);
  if (!policies) return code;
  const change::Announcement draft = notice::draft_of({policies->older, policies->older_catalogs},
                                                      {policies->newer, policies->newer_catalogs});
  if (draft.changed.empty()) {
    print(stderr, "avow change: nothing that visitors read is different.\n");
    return kWrong;
  }
  print(stdout, pretty(write_draft(draft)) + "\n");
  return kFine;
}

}  // namespace

const Verb kChange{"change", "drafts the announcement of a new version of a policy",
                   R"(usage: avow change [--catalog FILE]... OLDER NEWER

Prints a draft of a change.json: every member that people read and that the two policies say differently, with what was
and what is, in words and in each language of the newer one, and whether people are asked for their consent because of
it. What only you know is left empty: why, what it means for people, how they refuse. Dates, audience, channels,
signature and link are proposals. docs/CHANGE.md explains every member.

Then: avow check --change change.json OLDER NEWER      lists what is missing or not so
      avow render --change change.json OLDER NEWER     shows the announcement as page, mail or text message
      avow deliveries RESULTS.csv                      says who has been reached

--catalog FILE  interface texts in a language that the tool does not bring along, or your own
OLDER, NEWER    policies

exit codes: 0 fine, 1 a policy is not good, or nothing is different, 2 usage or a file that cannot be read
)",
                   run_change};

}  // namespace avow::cli
