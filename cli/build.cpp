// avow build: makes everything that a company serves of a policy, and writes it.
#include <algorithm>
#include <ctime>

#include "announcing.h"
#include "archive.h"
#include "arguments.h"
#include "base/text.h"
#include "base/time.h"
#include "built.h"
#include "compiling.h"
#include "file.h"
#include "policy/shape.h"
#include "screen.h"
#include "session/session.h"

namespace avow::cli {
namespace {

using session::Compiled;

bool is_base(std::string_view base) {
  return base.ends_with('/') && policy::is_link(base) &&
         base.find_first_of("\"'&") == std::string_view::npos &&  // it stands in attributes
         (base.starts_with('/') || base.starts_with("https://"));
}

/// The policy that holds on the day of the build, and the one that will.
struct InForce {
  Compiled holds;
  std::optional<Compiled> later;
};

/// Before a policy holds the terms of the one before it do (PIPL 17(2)): nobody is asked about, or
/// has agreed to, what is not in effect yet. Nothing where it cannot be told which holds, which has
/// then been said; `code` then says how bad.
std::optional<InForce> in_force(const Arguments& arguments, Compiled newer, time::Instant today,
                                const Telling& telling, int& code) {
  const auto refuse = [&](const std::string& why) {
    print(stderr, "avow build: " + why + "\n");
    code = kWrong;
    return std::nullopt;
  };
  std::optional<Compiled> older;
  if (const auto file = arguments.value("--supersedes")) {
    older = compile_file(kBuild, *file, arguments.values("--catalog"), Use::publish, code,
                         telling.older);
    if (!older) return std::nullopt;
    const std::string hash = text::to_hex(sha256(as_bytes(older->public_policy)));
    if (!newer.policy.supersedes.empty() && newer.policy.supersedes != hash)
      return refuse(safe(*file) + " is not the policy that the newer one says it supersedes: its " +
                    "hash is " + hash + ".");
    if (older->policy.site != newer.policy.site)
      return refuse(safe(*file) + " is the policy of another site.");
    if (older->policy.effective_at >= newer.policy.effective_at)
      return refuse(safe(*file) + " holds from no earlier day than the policy that supersedes it.");
  }
  if (newer.policy.effective_at <= today) return InForce{std::move(newer), std::nullopt};
  const std::string from = time::write_date(newer.policy.effective_at);
  if (!older)
    return refuse("the policy holds from " + from +
                  " on: say with --supersedes which one holds until then, or build on that day.");
  if (older->policy.effective_at > today)
    return refuse("neither policy holds yet: the older one does from " +
                  time::write_date(older->policy.effective_at) + " on.");
  return InForce{std::move(*older), std::move(newer)};
}

/// When something else is to be served than today.
std::vector<Due> due_after(time::Instant today, const InForce& chosen, const Telling& told) {
  std::vector<Due> out;
  if (!chosen.later) return out;
  const policy::Policy& later = chosen.later->policy;
  if (!told.change.empty() && today < told.from)
    out.push_back({told.from, "the notice tells that version " + later.version + " comes"});
  out.push_back({later.effective_at, "version " + later.version + " holds, and " +
                                         chosen.holds.policy.version + " no longer does"});
  return out;
}

/// What is told on this day of the change in `--change`; nothing where it is not good, which has
/// then been said.
std::optional<Telling> telling(const Arguments& arguments, time::Instant today, int& code) {
  const auto file = arguments.value("--change");
  if (!file) return Telling{};
  const auto older = arguments.value("--supersedes");
  if (!older) {
    code =
        usage(kBuild,
              "--change wants --supersedes: it tells of a policy that takes the place of another.");
    return std::nullopt;
  }
  if (arguments.files()[0] == "-" || *older == "-") {
    code = usage(kBuild, "with --change both policies are files.");
    return std::nullopt;
  }
  const auto announcement = read_announcement(kBuild, *file, code);
  if (!announcement) return std::nullopt;
  const auto policies =
      read_two(kBuild, *older, arguments.files()[0], arguments.values("--catalog"), code);
  if (!policies) return std::nullopt;
  Errors breaches = breaches_of(*announcement, *policies);
  // What the file says of how people are told has to be so.
  if (!announcement->by(change::Way::notice))
    breaches.push_back({Code::wrong_value, "/channels", "A build tells by the notice."});
  if (announcement->audience == change::Audience::customers)
    breaches.push_back({Code::wrong_value, "/audience", "A build tells every visitor."});
  if (!breaches.empty()) {
    print_errors(stderr, *file, breaches);
    code = kWrong;
    return std::nullopt;
  }
  return told_on(today, *announcement, *policies);
}

void say_what_is_told(const Telling& told, const InForce& chosen) {
  if (told.change.empty()) return;
  const std::string change = "the change " + text::to_hex(sha256(as_bytes(told.change)));
  if (chosen.later && !told.cards.empty())
    print(stdout, "tells of   " + change + ", which is to come\n");
  if (!chosen.later && !told.newer.since->was.empty())
    print(stdout, "tells of   " + change + ", to who is asked again because of it\n");
  if (!told.announced) return;
  std::vector<std::string> languages = chosen.holds.policy.languages;
  languages.insert(languages.end(), chosen.later->policy.languages.begin(),
                   chosen.later->policy.languages.end());
  std::ranges::sort(languages);
  languages.erase(std::ranges::unique(languages).begin(), languages.end());
  for (const std::string& language : languages) {
    if (!told.cards.contains(language))
      print(stdout, "note       who reads \"" + safe(language) +
                        "\" is not told: only one of the two policies speaks it\n");
  }
}

int run_build(Words words) {
  const auto arguments = read_arguments(kBuild, words,
                                        {{"--out"},
                                         {"--archive"},
                                         {"--base"},
                                         {"--module"},
                                         {"--store"},
                                         {"--supersedes"},
                                         {"--change"},
                                         {"--on"},
                                         {"--catalog", true, {}, true},
                                         {"--linked-style", false}},
                                        1, 1);
  if (!arguments) return kUsage;
  const auto refuse = [](const std::string& why) {
    print(stderr, "avow build: " + why + "\n");
    return kUsage;
  };
  const auto out = arguments->value("--out");
  if (!out) return usage(kBuild, "--out says where to.");
  const std::string base = arguments->value("--base").value_or("/avow/");
  if (!is_base(base))
    return usage(
        kBuild, "--base is a path or an https: address that ends in a slash, without quotes or &.");
  const std::string store = arguments->value("--store").value_or("avow");
  if (!policy::is_id(store))
    return usage(kBuild, "--store is a word of small letters, digits and hyphens.");

  time::Instant today = std::time(nullptr);
  if (const auto on = arguments->value("--on")) {
    const auto day = time::read_date(*on);
    if (!day) return usage(kBuild, "--on is a date such as 2026-11-15.");
    today = *day;
  }
  int code = kFine;
  const auto told = telling(*arguments, today, code);
  if (!told) return code;
  auto newer = compile_file(kBuild, arguments->files()[0], arguments->values("--catalog"),
                            Use::publish, code, told->newer);
  if (!newer) return code;
  const auto module = read_module(arguments->value("--module"));
  if (!module) return refuse(module.error());
  const auto chosen = in_force(*arguments, std::move(*newer), today, *told, code);
  if (!chosen) return code;
  const Compiled* const compiled = &chosen->holds;

  // All of it is made before any of it is written. What is named by its content comes first, and an
  // entry takes the place of the one before in one step: a page never finds half a build.
  const Build build =
      make_build(*compiled, *module, *told, {base, store, arguments->has("--linked-style")});
  const auto write = [&](const File& file) {
    return replace_file(*out + "/" + file.name, file.bytes);
  };
  // The archive before all: no visitor may see a notice that nobody keeps.
  if (const auto folder = arguments->value("--archive")) {
    if (const auto kept = keep(*folder, *compiled, told->change); !kept)
      return refuse(kept.error());
    if (chosen->later) {
      if (const auto kept = keep(*folder, *chosen->later, told->change); !kept)
        return refuse(kept.error());
    }
  }
  if (const auto made = make_folder(*out); !made) return refuse(made.error());
  for (const auto* group : {&build.parts, &build.entries}) {
    for (const File& file : *group) {
      if (const auto written = write(file); !written) return refuse(written.error());
    }
  }
  const std::vector<Due> due = due_after(today, *chosen, *told);
  if (const auto written = write({"manifest.json", write_manifest(*compiled, build, base, due)});
      !written)
    return refuse(written.error());

  if (chosen->later)
    print(stdout, "holds      the older policy, version " + safe(compiled->policy.version) +
                      ", until " + time::write_date(chosen->later->policy.effective_at) + "\n");
  say_what_is_told(*told, *chosen);
  print(stdout, "policy id  " + text::to_hex(compiled->facts.id) + "\n");
  print(stdout, "files      " + std::to_string(build.parts.size() + build.entries.size() + 1) +
                    " in " + safe(*out) + ", listed in manifest.json\n");
  print(stdout, "the tag    " + *build.tags.find("avow.js")->string() + "\n");
  for (const auto& [name, needs] : build.csp.members())
    print(stdout, "CSP        " + name + " needs " + *needs.string() + "\n");
  tell_due(kBuild, due, words);
  return kFine;
}

}  // namespace

const Verb kBuild{"build", "writes all that a site serves of a policy",
                  R"(usage: avow build --out DIR [OPTION...] POLICY

Checks the policy, compiles it and writes what pages load: the loaders (avow.js, avow.LANGUAGE.js),
head.html and inline.LANGUAGE.html for pages that show the notice before any script, outputs.html
where the policy names outputs, the parts that the loaders fetch, named by their content, and
manifest.json, which lists every file with its hashes and the tag to paste. The same policy gives
the same bytes. Files that earlier builds named by their content are left: cached pages may still
ask for them.

  --out DIR        where to; it is made if need be
  --archive DIR    also keeps every notice, the facts and the texts under their hashes, for years:
                   avow open --archive then finds what each record names
  --base PATH      where DIR is served, "/avow/" unless said otherwise
  --store NAME     the prefix of all that is stored on a visitor's device, "avow" unless said
                   otherwise: two notices on one origin need two
  --linked-style   inline.LANGUAGE.html links its style, for pages whose CSP allows no inline style
  --catalog FILE   interface texts in a language that the tool does not bring along, or your own
  --supersedes OLDER  the policy before this one: until the day from which this one holds
                   ("effective_at", UTC) what is written is the older one. A build on that day is
                   due: the same command, which is printed, and which a clock of yours can run
  --change FILE    the announcement of that change (docs/CHANGE.md): from the day on which people
                   are told the notice tells of it, and from the day on which it holds whoever is
                   asked again sees what is different. A build is due on both days
  --on DATE        as if today were that day
  --module DIR     the packed web module; AVOW_MODULE, or beside the tool, unless said otherwise
POLICY  a file, or - for stdin

exit codes: 0 fine, 1 policy or catalog is not good (its problems are on stderr), 2 usage, or a file
            that cannot be read or written
)",
                  run_build};

}  // namespace avow::cli
