// avow build: everything that a company serves of a policy.
#include <algorithm>
#include <array>
#include <ctime>

#include "announcing.h"
#include "archive.h"
#include "arguments.h"
#include "base/canonical.h"
#include "base/text.h"
#include "base/time.h"
#include "compiling.h"
#include "consent/outputs.h"
#include "due.h"
#include "file.h"
#include "module.h"
#include "notice/notice.h"
#include "policy/language.h"
#include "policy/shape.h"
#include "pretty.h"
#include "screen.h"
#include "script_literal.h"
#include "session/session.h"

namespace avow::cli {
namespace {

using session::Compiled;

/// What the element of a declared notice is called in its page.
constexpr const char* kNoticeId = "avow-notice";

struct File {
  std::string name, bytes;
};

std::string integrity(std::string_view bytes) {
  return "sha256-" + text::to_base64(sha256(as_bytes(bytes)), text::Base64::standard);
}

/// Named by its content: such a file never changes, and may be cached for ever.
File by_content(const std::string& stem, const std::string& ending, std::string bytes) {
  return {stem + "." + text::to_hex(sha256(as_bytes(bytes))).substr(0, 16) + ending,
          std::move(bytes)};
}

/// The files of one build. Those that are named by their content come first; what names them after.
struct Build {
  std::vector<File> parts, entries;
  json::Object tags, csp;
};

struct BuildOptions {
  std::string base;   ///< where the build is served
  std::string store;  ///< prefix of all that is stored on a device
  bool linked = false;
};

class Builder {
 public:
  Builder(const Compiled& compiled, const Module& module, const Telling& telling,
          BuildOptions options)
      : compiled_(compiled),
        module_(module),
        telling_(telling),
        options_(std::move(options)) {}

  Build build() {
    add_parts();
    const policy::Policy& policy = compiled_.policy;
    add_loader("avow.js", 0, policy.languages, parts_);
    for (std::size_t i = 0; i < policy.languages.size(); ++i) {
      const std::string& language = policy.languages[i];
      add_loader("avow." + language + ".js", i, {language}, add_list_in(language));
    }
    if (!compiled_.policy.outputs.empty()) add_outputs();
    add_head();
    for (std::size_t i = 0; i < policy.languages.size(); ++i) add_inline(i);
    return std::move(out_);
  }

 private:
  void part(const std::string& key, const std::string& stem, const std::string& ending,
            std::string bytes) {
    File file = by_content(stem, ending, std::move(bytes));
    list_.set(key, json::Array{file.name, integrity(file.bytes)});
    out_.parts.push_back(std::move(file));
  }

  json::Object notices(std::size_t language) const {
    return session::page_notices(compiled_, language).set("css", compiled_.style);
  }

  void add_parts() {
    part("core", "core", ".js", module_.core);
    part("wasm", "core", ".wasm", module_.core_wasm);
    part("press", "press", ".js", module_.press);
    part("embed", "embed", ".js", module_.embed);
    part("beside", "beside", ".js", module_.beside);
    part("others", "others", ".js", module_.others);
    part("own", "own", ".js", module_.own);
    part("own-wasm", "own", ".wasm", module_.own_wasm);
    part("transient", "transient", ".js", module_.transient);
    part("facts", "facts", ".json", compiled_.written_facts);
    if (!compiled_.policy.stored.empty())
      part("clear", "clear", ".js",
           bake(module_.clear, policy::write_stored(compiled_.policy.stored)));
    for (std::size_t i = 0; i < compiled_.texts.size(); ++i) {
      const std::string& language = compiled_.policy.languages[i];
      part("texts." + language, "texts." + language, ".json", compiled_.texts[i]);
      part("notices." + language, "notices." + language, ".json", canonical::write(notices(i)));
      part("frames." + language, "frames." + language, ".json",
           canonical::write(session::page_frames(compiled_, i)));
      part("sheets." + language, "sheets." + language, ".json",
           canonical::write(session::page_sheets(compiled_, i)));
    }
    for (const auto& [language, card] : telling_.cards) {
      json::Object announcement = card;
      announcement.set("policy", text::to_hex(compiled_.facts.id));
      part("announce." + language, "announce." + language, ".js",
           bake(module_.announce, announcement));
    }
    parts_ = add_list("parts", list_);
  }

  using Named = std::array<std::string, 2>;

  Named add_list(const std::string& stem, const json::Object& list) {
    File file = by_content(stem, ".json", canonical::write(list));
    Named named = {file.name, integrity(file.bytes)};
    out_.parts.push_back(std::move(file));
    return named;
  }

  /// The list of a loader that speaks one language: each language more would cost its visitors 200
  /// bytes that do not pack.
  Named add_list_in(const std::string& language) {
    if (compiled_.policy.languages.size() == 1) return parts_;
    json::Object list;
    for (const auto& [key, named] : list_.members()) {
      const std::size_t dot = key.find('.');
      if (dot == std::string::npos || key.substr(dot + 1) == language) list.set(key, named);
    }
    return add_list("parts." + language, list);
  }

  /// A packed file with what it knows of this policy in the place of the name that stands for it.
  std::string bake(std::string packed, const json::Value& baked) const {
    packed.replace(packed.find(kBaked), kBaked.size(), script_literal(canonical::write(baked)));
    return name_store(std::move(packed));
  }

  std::string name_store(std::string packed) const {
    for (std::size_t at; (at = packed.find(kStore)) != std::string::npos;)
      packed.replace(at, kStore.size(), "\"" + options_.store + "\"");
    return packed;
  }

  /// What stands before a page's first script where sub-domains share an answer.
  std::string before() const {
    const auto& subdomains = compiled_.policy.subdomains;
    return subdomains ? bake(module_.shared, subdomains->cookie) + "\n" : std::string();
  }

  json::Object baked(const std::vector<std::string>& languages, const Named& parts,
                     json::Value notices) const {
    json::Object spoken;
    for (const auto& [wanted, language] : policy::spoken(languages)) spoken.set(wanted, language);
    json::Object out = session::page_facts(compiled_);
    if (!compiled_.policy.stored.empty()) out.set("clears", true);
    json::Object announces;
    for (const std::string& language : languages)
      if (telling_.cards.contains(language)) announces.set(language, true);
    if (!announces.members().empty()) out.set("announces", std::move(announces));
    if (const auto& shared = compiled_.policy.subdomains)
      out.set("shared", json::Array{shared->cookie, shared->domain});
    return out.set("languages", std::move(spoken))
        .set("parts", json::Array{parts[0], parts[1]})
        .set("notices", std::move(notices));
  }

  void add_loader(const std::string& name, std::size_t language,
                  const std::vector<std::string>& languages, const Named& parts) {
    add_entry(name, before() + bake(module_.loader, baked(languages, parts, notices(language))));
  }

  void add_entry(const std::string& name, std::string bytes) {
    out_.tags.set(name, tag(name, bytes));
    out_.entries.push_back({name, std::move(bytes)});
  }

  std::string tag(const std::string& name, const std::string& bytes) const {
    return "<script type=\"module\" src=\"" + options_.base + name + "\" integrity=\"" +
           integrity(bytes) + "\"></script>";
  }

  /// What tells the tags of others: the defaults, inline, since no tag may run before them; and a
  /// module for what the visitor answers.
  void add_outputs() {
    const policy::Outputs& outputs = compiled_.policy.outputs;
    const std::string script =
        bake(module_.defaults, json::Array{consent::defaults(compiled_.facts, outputs, false),
                                           consent::defaults(compiled_.facts, outputs, true)});
    File teller = by_content(
        "outputs", ".js", bake(module_.outputs, consent::page_outputs(compiled_.facts, outputs)));
    const std::string loaded = tag(teller.name, teller.bytes);
    out_.parts.push_back(std::move(teller));
    out_.tags.set("outputs.html", loaded);
    outputs_csp_ = " '" + integrity(script) + "'";
    outputs_ = "<script>" + script + "</script>\n" + loaded + "\n";
    out_.csp.set("outputs.html", "script-src" + outputs_csp_);
    out_.entries.push_back({"outputs.html", outputs_});
  }

  /// For pages whose HTML brings the notice along: a script that applies a verdict, the same for
  /// every policy, and the rest apart, which its element names. After a script, a parser may let
  /// the page be drawn: it is told to wait for the notice (HTML, "expect" links), since a frame
  /// with next to nothing in it only delays the one that has the notice.
  void add_head() {
    File rest = by_content("rest", ".js",
                           bake(module_.rest, baked(compiled_.policy.languages, parts_, {})));
    json::Object known =
        json::Object{}
            .set("policy", text::to_hex(compiled_.facts.id))
            .set("rest", json::Array{options_.base + rest.name, integrity(rest.bytes)});
    // A change is told at once, in whichever regime; and some places have a door of their own,
    // which the page's HTML does not bring.
    if (!telling_.cards.empty()) {
      known.set("waits", "never");
    } else if (session::names_doors(compiled_)) {
      known.set("waits", std::string(policy::spell(policy::Regime::opt_in)));
    }
    out_.parts.push_back(std::move(rest));
    const std::string script = before() + name_store(module_.head);
    const std::string expects =
        std::string("<link rel=\"expect\" href=\"#") + kNoticeId + "\" blocking=\"render\">";
    out_.csp.set("head.html", "script-src '" + integrity(script) + "'" + outputs_csp_);
    out_.entries.push_back({"head.html", outputs_ + expects + "<script data-built='" +
                                             canonical::write(known) + "'>" + script +
                                             "</script>\n"});
  }

  /// The notice as it stands before any script: a declared shadow root with the first layer and the
  /// door, of which the style shows the one that belongs there.
  void add_inline(std::size_t language) {
    const std::string& tag = compiled_.policy.languages[language];
    const std::string name = "inline." + tag + ".html";
    std::string style = compiled_.style;
    style += notice::declared_style();
    std::string out = std::string("<avow-consent id=\"") + kNoticeId + "\" lang=\"" + tag +
                      "\" data-avow=\"" + text::to_hex(compiled_.facts.id) + "," + tag +
                      ",opt-in\"><template shadowrootmode=\"open\">";
    const std::string layers = session::notice_of(compiled_, language, notice::Layer::first) +
                               session::notice_of(compiled_, language, notice::Layer::door);
    if (options_.linked) {
      File sheet = by_content("notice", ".css", style);
      out += "<link rel=\"stylesheet\" href=\"" + options_.base + sheet.name + "\" integrity=\"" +
             integrity(sheet.bytes) + "\"><div class=\"declared\" hidden>" + layers + "</div>";
      if (std::ranges::find(out_.parts, sheet.name, &File::name) == out_.parts.end())
        out_.parts.push_back(std::move(sheet));
    } else {
      out += "<style>" + style + "</style>" + layers;
      out_.csp.set(name, "style-src '" + integrity(style) + "'");
    }
    out_.entries.push_back({name, out + "</template></avow-consent>\n"});
  }

  const Compiled& compiled_;
  const Module& module_;
  const Telling& telling_;
  BuildOptions options_;
  json::Object list_;
  Named parts_;
  std::string outputs_, outputs_csp_;
  Build out_;
};

std::string write_manifest(const Compiled& compiled, const Build& build, const std::string& base,
                           const std::vector<Due>& due) {
  json::Array files;
  for (const auto* group : {&build.parts, &build.entries}) {
    for (const File& file : *group) {
      files.push_back(json::Object{}
                          .set("file", file.name)
                          .set("bytes", static_cast<std::int64_t>(file.bytes.size()))
                          .set("sha256", text::to_hex(sha256(as_bytes(file.bytes))))
                          .set("integrity", integrity(file.bytes)));
    }
  }
  return pretty(json::Object{}
                    .set("avow", session::version())
                    .set("policy", text::to_hex(compiled.facts.id))
                    .set("version", compiled.policy.version)
                    .set("base", base)
                    .set("due", write_due(due))
                    .set("tags", build.tags)
                    .set("csp", build.csp)
                    .set("files", std::move(files))) +
         "\n";
}

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
      Builder(*compiled, *module, *told, {base, store, arguments->has("--linked-style")}).build();
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
