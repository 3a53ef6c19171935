// avow check: whether a policy says all that it must, and what it comes to.
#include <algorithm>
#include <cstdint>

#include "announcing.h"
#include "arguments.h"
#include "base/text.h"
#include "catalogs.h"
#include "file.h"
#include "notice/spoken.h"
#include "policy/diff.h"
#include "policy/advice.h"
#include "policy/law.h"
#include "policy/members.h"
#include "screen.h"
#include "session/compile.h"
#include "session/request.h"

namespace avow::cli {
namespace {

using policy::Policy;
using policy::Purpose;
using session::LoadedPolicy;

std::string asked(const Purpose& purpose) {
  if (json::is_open(purpose.basis))
    return "asked or told: the ground is " + std::string(policy::kOpen);
  if (purpose.asked_elsewhere()) return "asked where it is pursued, not on the site";
  if (!purpose.asks()) return "not asked, rests on " + std::string(policy::spell(purpose.basis));
  std::string out = purpose.separate ? "asked separately" : "asked";
  if (purpose.answers_to_gpc()) out += ", off under Global Privacy Control";
  return out;
}

template <class Items, class Used>
void unused(std::vector<std::string>& notes, std::string_view what, const Items& items, Used used) {
  for (const auto& item : items) {
    if (!used(item.id))
      notes.push_back(std::string(what) + " \"" + item.id + "\" belongs to no purpose.");
  }
}

/// What the interface's texts are worth in each of the policy's languages.
void about_catalogs(std::vector<std::string>& notes, const Policy& policy) {
  std::string unread;
  for (const std::string& language : policy.languages) {
    const auto embedded = embedded_catalog(language);
    const std::string quoted = "\"" + language + "\"";
    if (!embedded) {
      notes.push_back("There are no interface texts in " + quoted +
                      ": a page in it needs a catalog of its own.");
      continue;
    }
    if (embedded->from != language)
      notes.push_back("The interface texts in " + quoted + " are those of \"" + embedded->from +
                      "\".");
    if (const auto& reviewed = embedded->catalog.reviewed())
      notes.push_back("The interface texts in " + quoted + " were reviewed by " + reviewed->by +
                      " on " + reviewed->on + ".");
    else
      unread += (unread.empty() ? "" : ", ") + language;
  }
  if (!unread.empty())
    notes.push_back("No native speaker has reviewed the interface texts in: " + unread + ".");
}

/// The countries of `storage` that its text stands for: the notice leaves out codes beside words.
std::vector<std::string> untold_storage(Policy policy) {
  if (!policy.storage || policy.storage->text.empty()) return {};
  policy.storage->text = {};
  std::vector<std::string> out = notice::unnamed_countries(policy);
  std::erase_if(out, [&](const std::string& code) {
    return std::ranges::find(policy.storage->countries, code) == policy.storage->countries.end();
  });
  return out;
}

/// What is allowed and yet worth a second look.
std::vector<std::string> notes(const Policy& policy) {
  std::vector<std::string> out;
  if (policy.keys.size() == 1)
    out.push_back(
        "There is one key only: if it is lost, no record can be opened. Add a recovery key.");
  about_catalogs(out, policy);
  const auto any_purpose = [&](auto member) {
    return [&policy, member](const std::string& id) {
      const auto names_it = [&](const Purpose& p) {
        return std::ranges::find(p.*member, id) != (p.*member).end();
      };
      return std::ranges::any_of(policy.purposes, names_it);
    };
  };
  unused(out, "Category", policy.categories, any_purpose(&Purpose::categories));
  unused(out, "Recipient", policy.recipients, any_purpose(&Purpose::recipients));
  for (std::string& advised : policy::advice(policy)) out.push_back(std::move(advised));
  if (const auto codes = notice::unnamed_countries(policy); !codes.empty()) {
    out.push_back("Visitors read country codes as they are: " + policy::listed(codes) +
                  ". Give `country_names` to the recipients there, or `text` to `storage`.");
  }
  if (const auto codes = untold_storage(policy); !codes.empty()) {
    out.push_back("Visitors do not read that data is stored in: " + policy::listed(codes) +
                  ". Nothing names it, and `storage` has a `text`: say it there, or give "
                  "`country_names` to a recipient there.");
  }
  if (policy.collector.url.empty()) {
    out.push_back(
        "There is no collector: records stay on the visitors' devices, unless your page hands "
        "avow.deliverWith() a transport.");
  }
  // A draft may not say yet until when.
  if (policy.erase.mode == policy::EraseMode::keep_proof && policy.erase.until) {
    const std::string until = time::write_period(*policy.erase.until);
    out.push_back("An erased record is to be locked for " + until +
                  ": your backend must do that. avow-collector does with --lock-erased " + until +
                  ", and deletes it at once without.");
  }
  const auto may_ask = [](const Purpose& one) { return one.asks() || json::is_open(one.basis); };
  if (std::ranges::none_of(policy.purposes, may_ask)) {
    const bool elsewhere = std::ranges::any_of(policy.purposes, &Purpose::asked_elsewhere);
    out.push_back(elsewhere
                      ? "What rests on consent is asked elsewhere: nobody is asked on the site."
                      : "No purpose rests on consent: visitors are asked nothing.");
  }
  return out;
}

/// A policy that could be read, its id where the tool knows every language's interface texts, and
/// what keeps it from being good.
struct Read {
  LoadedPolicy loaded;
  std::optional<Digest> id;
  Errors problems;  ///< what a draft lacks, and what a law asks
};

void tell(const std::string& file, const Read& read) {
  const LoadedPolicy& loaded = read.loaded;
  const policy::AuthoredPolicy& policy = loaded.policy;
  const auto row = [](std::string_view label, const std::string& value) {
    std::string line = "  " + std::string(label);
    line.resize(13, ' ');
    print(stdout, line + safe(value) + "\n");
  };
  const auto listed = [](const auto& items, auto spell) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : ", ") + spell(item);
    return out;
  };
  print(stdout, safe(file) + (policy.draft ? ": a draft, which cannot be built\n" : ": good\n"));
  const auto said = [](const std::string& value) {
    return value.empty() ? std::string(policy::kOpen) : value;
  };
  row("site", said(policy.site));
  row("version", said(policy.version) + ", in effect from " +
                     (policy.effective_at == 0 ? std::string(policy::kOpen)
                                               : time::write_date(policy.effective_at)));
  row("policy id",
      read.id ? text::to_hex(*read.id) : "not known without the interface texts of every language");
  row("languages", listed(policy.languages, [](const std::string& l) { return l; }));
  const auto regime = [](const policy::Jurisdiction& j) {
    std::string out = j.place + " " + std::string(policy::spell(j.regime));
    for (const policy::Exception& one : j.exceptions)
      out += " (" + one.purpose + " " + std::string(policy::spell(one.regime)) + ")";
    return out;
  };
  row("regimes", listed(policy.jurisdictions, regime) + (policy.jurisdictions.empty() ? "" : ", ") +
                     "unknown place opt-in");
  print(stdout, "  purposes\n");
  for (const Purpose& purpose : policy.purposes) {
    row("", purpose.id + ": " + std::string(policy::spell(purpose.kind)) + ", " + asked(purpose));
  }
  print(stdout, "  keys\n");
  for (std::size_t i = 0; i < loaded.recipients.size(); ++i) {
    row("", policy.keys[i].label + ": " + trust::fingerprint(loaded.recipients[i]) + "  " +
                policy.keys[i].recipient);
  }
  for (const std::string& note : notes(policy)) row("note", note);
}

json::Object write(const Read& read) {
  const LoadedPolicy& loaded = read.loaded;
  const policy::AuthoredPolicy& policy = loaded.policy;
  json::Array purposes, keys, said;
  for (const Purpose& purpose : policy.purposes) {
    purposes.push_back(json::Object{}
                           .set("id", purpose.id)
                           .set("kind", policy::spell(purpose.kind))
                           .set("basis", policy::spell(purpose.basis))
                           .set("asked", purpose.asks())
                           .set("separate", purpose.separate)
                           .set("gpc", purpose.answers_to_gpc())
                           .set("terms", text::to_hex(purpose.terms)));
  }
  for (std::size_t i = 0; i < loaded.recipients.size(); ++i) {
    keys.push_back(json::Object{}
                       .set("label", policy.keys[i].label)
                       .set("recipient", policy.keys[i].recipient)
                       .set("fingerprint", trust::fingerprint(loaded.recipients[i])));
  }
  for (std::string& note : notes(policy)) said.emplace_back(std::move(note));
  return json::Object{}
      .set("site", policy.site)
      .set("version", policy.version)
      .set("policy", read.id ? json::Value{text::to_hex(*read.id)} : json::Value{})
      .set("purposes", std::move(purposes))
      .set("keys", std::move(keys))
      .set("notes", std::move(said))
      .set("draft", policy.draft);
}

std::string mended(policy::Change change) {
  using policy::Change;
  switch (change) {
    case Change::predecessor:
      return "`supersedes` names another policy than the older one, whose hash this is";
    case Change::same_version: return "another text needs a version of its own";
    case Change::same_date: return "another text holds from a day of its own";
    case Change::earlier_date: return "the newer one holds from a day before the older one's";
    case Change::other_site: return "answers and records belong to one site: this is no successor";
    case Change::longer_retention:
      return "the longest time is no longer, so that nobody would be asked: raise `revision` (PIPL "
             "14(2), 网络数据安全管理条例 22(4))";
    case Change::unstated:
      return "on which ground, or as what, it is pursued is not stated yet: until it is, nobody "
             "can tell who is asked";
    default: fatal("a policy to be mended without a word of it");
  }
}

/// What a change asks of the author, in a sentence.
std::string consequence(const policy::Difference& difference) {
  using policy::Change;
  switch (difference.then) {
    case policy::Then::ask:
      return difference.change == Change::added || difference.change == Change::newly_asked
                 ? "every visitor is asked"
                 : "whoever agreed is asked again";
    case policy::Then::ask_there:
      switch (difference.change) {
        case Change::added:
        case Change::newly_asked:
        case Change::no_longer_asked:
        case Change::where: return "ask where it is pursued: the notice does not (PIPL 14(1))";
        default:
          return "ask whoever agreed elsewhere again there: the notice does not (PIPL 14(2)); tell "
                 "the others before it holds (PIPL 17(2))";
      }
    case policy::Then::tell:
      if (difference.change == Change::no_longer_asked)
        return "tell visitors before it holds, those too who refused or withdrew: it no longer "
               "waits for a yes (PIPL 17(2))";
      if (difference.change == Change::controller)
        return "tell everybody before it holds (PIPL 17(2), 22)";
      return "tell visitors before it holds (PIPL 17(2))";
    case policy::Then::state:
      if (difference.change == Change::longer_retention)
        return "no program can tell whether that is longer, and nobody would be asked: state in "
               "`wording_only`, with `keeping`, who decided that it is not, and when, or raise "
               "`revision` so that visitors are asked (PIPL 14(2), 网络数据安全管理条例 22(4))";
      if (difference.change == Change::renamed)
        return "another name may be another company, whatever its registration: state in "
               "`wording_only` who decided that it is the same, and when, or raise `revision` so "
               "that visitors are asked (PIPL 14(2), 22)";
      return "words cannot tell whether the meaning changed: state in `wording_only` who decided "
             "that it did not, and when, or raise `revision` so that visitors are asked (PIPL "
             "14(2))";
    case policy::Then::mend: return mended(difference.change);
    case policy::Then::know: return "not of what visitors agree to";
  }
  fatal("a consequence without words");
}

/// What is different, and whether something of it is left to the author to do.
struct Compared {
  json::Array changes;
  bool due = false;
};

Compared compare(const policy::AuthoredPolicy& older, const Read& newer, bool json) {
  Compared out;
  for (const policy::Difference& one : policy::diff(older, newer.loaded.policy)) {
    out.due = out.due || one.then == policy::Then::state || one.then == policy::Then::mend;
    out.changes.push_back(
        json::Object{}
            .set("purpose", one.purpose.empty() ? json::Value{} : json::Value{one.purpose})
            .set("change", policy::spell(one.change))
            .set("then", policy::spell(one.then))
            .set("what", one.what)
            .set("where", one.where.empty() ? json::Value{} : json::Value{one.where}));
    if (json) continue;
    std::string what = one.what.empty() ? "" : " (" + safe(one.what) + ")";
    if (!one.where.empty()) what += " at " + safe(one.where);
    print(stdout, "  change     " + (one.purpose.empty() ? "the policy" : one.purpose) + ": " +
                      std::string(policy::spell(one.change)) + what + ": " + consequence(one) +
                      "\n");
  }
  if (out.changes.empty() && !json) print(stdout, "  change     none\n");
  return out;
}

/// The policy's id, where the tool brings every language's interface texts along.
std::optional<Digest> id_of(const LoadedPolicy& loaded) {
  if (loaded.policy.draft) return std::nullopt;
  std::vector<notice::Catalog> catalogs;
  for (const std::string& language : loaded.policy.languages) {
    auto embedded = embedded_catalog(language);
    if (!embedded) return std::nullopt;
    catalogs.push_back(std::move(embedded->catalog));
  }
  return session::compile(loaded.policy, std::move(catalogs)).facts.id;
}

void tell_problems(const std::string& file, const Errors& problems, bool json) {
  if (!json) return print_errors(stdout, file, problems);
  print(stdout, json_line(json::Object{}
                              .set("file", safe(file))
                              .set("ok", false)
                              .set("errors", session::write_errors(problems))));
}

/// Reads one policy. Nothing where it cannot be read, which has then been said; `code` then says
/// how bad.
std::optional<Read> load(const std::string& file, bool json, int& code) {
  const auto text = read_file(file);
  if (!text) {
    print(stderr, "avow check: " + text.error() + "\n");
    code = kUsage;
    return std::nullopt;
  }
  Checked<LoadedPolicy> loaded = session::load_policy(*text);
  if (!loaded) {
    code = std::max(code, kWrong);
    tell_problems(file, loaded.error(), json);
    return std::nullopt;
  }
  Read out{std::move(*loaded), std::nullopt, {}};
  out.id = id_of(out.loaded);
  out.problems = out.loaded.policy.gaps;
  for (Error& breach : policy::breaches(out.loaded.policy))
    out.problems.push_back(std::move(breach));
  return out;
}

/// Tells of a policy that can be read what it comes to, and what it changes of an older one.
int check_one(const std::string& file, const Read& read, const policy::AuthoredPolicy* older,
              bool json) {
  const bool draft = read.loaded.policy.draft;
  bool good = !draft && read.problems.empty();
  json::Object out;
  if (json)
    out = read.problems.empty()
              ? write(read)
              : json::Object{}.set("errors", session::write_errors(read.problems));
  else if (!read.problems.empty())
    tell_problems(file, read.problems, json);
  // A policy that is not good is told only as far as a draft can be.
  if (!json && (good || draft)) tell(file, read);
  if (older != nullptr) {
    if (!json && !good && !draft) print(stdout, safe(file) + ": not good\n");
    Compared compared = compare(*older, read, json);
    good = good && !compared.due;
    out.set("changes", std::move(compared.changes));
  }
  if (json) print(stdout, json_line(out.set("file", safe(file)).set("ok", good)));
  return good ? kFine : kWrong;
}

int run_check(Words words) {
  const auto arguments = read_arguments(
      kCheck, words,
      {{"--json", false}, {"--against"}, {"--change"}, {"--catalog", true, {}, true}}, 1, 10'000);
  if (!arguments) return kUsage;
  const bool json = arguments->has("--json");
  int code = kFine;
  if (const auto change = arguments->value("--change")) {
    if (arguments->has("--against"))
      return usage(kCheck, "--change and --against exclude each other.");
    if (arguments->files().size() != 2) return usage(kCheck, "--change wants OLDER and NEWER.");
    const auto policies = read_two(kCheck, arguments->files()[0], arguments->files()[1],
                                   arguments->values("--catalog"), code);
    return policies ? check_announcement(kCheck, *change, *policies, json) : code;
  }
  if (arguments->has("--catalog")) return usage(kCheck, "--catalog goes with --change.");
  std::optional<Read> older;
  if (const auto file = arguments->value("--against")) {
    older = load(*file, json, code);
    if (!older) return code;
    const Errors& gaps = older->loaded.policy.gaps;
    if (!gaps.empty()) tell_problems(*file, gaps, json);
    if (older->loaded.policy.draft) code = kWrong;
  }
  for (const std::string& file : arguments->files()) {
    if (const auto read = load(file, json, code))
      code = std::max(code, check_one(file, *read, older ? &older->loaded.policy : nullptr, json));
  }
  return code;
}

}  // namespace

const Verb kCheck{"check", "checks policies: every problem at once, key fingerprints",
                  R"(usage: avow check [--json] [--against OLDER] POLICY...
       avow check [--json] --change FILE [--catalog FILE]... OLDER NEWER

Prints every problem of every policy as "file: /json/pointer: code: what was expected", or, where there is none, what
the policy comes to: its id, who is asked what, and the fingerprints of its keys, to be compared with their owners.
What the laws ask that it names in "laws" is a problem too, and so is what a draft lacks.

--against OLDER  also says what changed since the OLDER policy: who is asked again, who must be told, and what is left
                 to you: to state that other words or names mean the same, or to mend the policy
--change FILE    checks the announcement of a change instead (avow change): whether it names the two policies, all that
                 is different between them and nothing else, why, in every language, its days, its text messages
--catalog FILE   interface texts in a language that the tool does not bring along
--json           one line of JSON a policy: {"file", "ok": true, …} or {"errors": […], "file", "ok": false}; "changes"
                 with --against, and "ok" is false where one has "then": "state" or "mend"
POLICY           a file, or - for stdin

exit codes: 0 every policy is good, 1 one is not, or --against leaves something to state or to mend,
            2 usage or a file that cannot be read
)",
                  run_check};

}  // namespace avow::cli
