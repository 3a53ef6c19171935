#pragma once
// A visitor who presses: records as the browser's core makes them, for the tests of the tool and
// for the benchmarks. The same seed makes the same records.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "base/canonical.h"
#include "base/text.h"
#include "base/time.h"
#include "session/compile.h"
#include "session/keys.h"
#include "session/session.h"

namespace avow::given {

/// A page of the site: its policy in one language, read once.
struct Site {
  session::Session session;
  std::string language;
};

inline notice::Catalog shipped_catalog(const std::string& language) {
  std::ifstream in(AVOW_CATALOGS "/" + language + ".json", std::ios::binary);
  auto catalog = notice::read_catalog(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!catalog) fatal("a language of the policy has no catalog");
  return std::move(*catalog);
}

/// An authored policy, compiled; the page's language is that of `catalog`, and the policy's other
/// languages have the catalogs that are shipped.
inline session::Compiled compile_site(std::string_view policy, const notice::Catalog& catalog) {
  auto keyed = session::load_policy(policy);
  if (!keyed) fatal("a policy for a test is not good");
  std::vector<notice::Catalog> catalogs;
  for (const std::string& language : keyed->policy.languages)
    catalogs.push_back(language == catalog.language() ? catalog : shipped_catalog(language));
  return session::compile(std::move(keyed->policy), std::move(catalogs));
}

inline Site open_site(std::string_view policy, std::string_view catalog_text) {
  const auto catalog = notice::read_catalog(catalog_text);
  if (!catalog) fatal("a catalog for a test is not good");
  const session::Compiled compiled = compile_site(policy, *catalog);
  Site site;
  for (std::size_t i = 0; i < compiled.texts.size(); ++i) {
    if (compiled.catalogs[i].language() != catalog->language()) continue;
    const std::string answer =
        session::load(site.session, compiled.written_facts, compiled.texts[i]);
    if (site.session.loaded == nullptr) std::fprintf(stderr, "%s\n", answer.c_str());
  }
  if (site.session.loaded == nullptr) fatal("the policy does not speak the catalog's language");
  site.language = catalog->language();
  return site;
}

/// What a page holds of its visitor, and the page's clock. The site outlives it.
class Visitor {
 public:
  Visitor(const Site& site, std::string seed) : site_(site), seed_(std::move(seed)) {}

  struct Press {
    std::string_view control = "accept";
    std::string_view layer = "first";
    std::vector<std::string> selected = {};
    std::string subject = {};
  };

  /// The facade's whole answer; the visitor's state moves on.
  json::Value press(const Press& press) {
    now_ += 60;
    json::Object request = common();
    json::Array selected(press.selected.begin(), press.selected.end());
    request.set("press", json::Object{}
                             .set("control", press.control)
                             .set("layer", press.layer)
                             .set("via", "notice")
                             .set("trusted", true)
                             .set("selected", std::move(selected))
                             .set("stood", json::Object{}
                                               .set("reached", 100)
                                               .set("alike", 100)
                                               .set("contrast", 800)
                                               .set("opacity", 100)
                                               .set("height", 44)
                                               .set("clear", 100)));
    if (!press.subject.empty()) request.set("subject", press.subject);
    draw();
    return keep(session::press(site_.session, canonical::write(request), vault_));
  }

  json::Value erase() {
    now_ += 60;
    draw();
    return keep(session::erase(site_.session, canonical::write(common()), vault_));
  }

  /// The record of such an answer as a line of the collector's export.
  [[nodiscard]] std::string line(const json::Value& answer) const {
    const json::Object& record = *answer.object()->find("record")->object();
    return "{\"id\":\"" + *record.find("id")->string() + "\",\"received_at\":\"" +
           time::write_instant(now_ + 1) + "\",\"record\":\"" + *record.find("bytes")->string() +
           "\"}\n";
  }

 private:
  [[nodiscard]] json::Object common() const {
    json::Object request;
    request.set("now", now_).set("language", site_.language).set("place", "CN").set("gpc", false);
    return request.set("held", held_).set("chain", chain_);
  }

  json::Value keep(const std::string& text) {
    const auto answer = json::read(text);
    const json::Object* object = answer ? answer->object() : nullptr;
    const json::Value* ok = object == nullptr ? nullptr : object->find("ok");
    if (ok == nullptr || *ok != json::Value(true)) {
      std::fprintf(stderr, "%s\n", text.c_str());
      fatal("a press for a test was refused");
    }
    if (const json::Value* choice = object->find("choice")) held_ = *choice;
    const json::Value* chain = object->find("chain");
    chain_ = chain == nullptr ? json::Value() : *chain;
    return *answer;
  }

  /// Bytes that look random: SHA-256 of seed and counter.
  void draw() {
    for (std::size_t at = session::kKeyringSize; at < vault_.size(); at += 32) {
      const Digest block = sha256(as_bytes(seed_ + "/" + std::to_string(draws_++)));
      std::copy(block.begin(), block.end(), vault_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  const Site& site_;
  std::string seed_;
  json::Value held_, chain_;
  std::uint64_t draws_ = 0;
  time::Instant now_ = 1'795'000'000;  // 2026-11-18
  ByteArray<session::kVaultSize> vault_{};
};

}  // namespace avow::given
