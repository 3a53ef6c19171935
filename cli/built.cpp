#include "built.h"

#include <algorithm>
#include <array>

#include "base/canonical.h"
#include "base/text.h"
#include "consent/outputs.h"
#include "notice/notice.h"
#include "policy/language.h"
#include "pretty.h"
#include "script_literal.h"
#include "session/session.h"

namespace avow::cli {
namespace {

using session::Compiled;

/// What the element of a declared notice is called in its page.
constexpr const char* kNoticeId = "avow-notice";

std::string integrity(std::string_view bytes) {
  return "sha256-" + text::to_base64(sha256(as_bytes(bytes)), text::Base64::standard);
}

/// Named by its content: such a file never changes, and may be cached for ever.
File by_content(const std::string& stem, const std::string& ending, std::string bytes) {
  return {stem + "." + text::to_hex(sha256(as_bytes(bytes))).substr(0, 16) + ending,
          std::move(bytes)};
}

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

}  // namespace

Build make_build(const Compiled& compiled, const Module& module, const Telling& telling,
                 BuildOptions options) {
  return Builder(compiled, module, telling, std::move(options)).build();
}

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

}  // namespace avow::cli
