#pragma once
// A visitor who presses: records as the browser's core makes them, for the tests of the tool and for the benchmarks.
// The same seed makes the same records.

#include <cstdio>
#include <string>

#include "base/canonical.h"
#include "base/text.h"
#include "base/time.h"
#include "session/session.h"

namespace avow::given {

/// What a page holds of its visitor, and the page's clock.
class Visitor {
 public:
  Visitor(std::string_view policy, std::string_view catalog, std::string seed)
      : policy_(policy), catalog_(catalog), language_(language_of(catalog)), seed_(std::move(seed)) {}

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
                             .set("selected", std::move(selected)));
    if (!press.subject.empty()) request.set("subject", press.subject);
    draw();
    return keep(session::press(policy_, catalog_, canonical::write(request), vault_));
  }

  json::Value erase() {
    now_ += 60;
    draw();
    return keep(session::erase(policy_, canonical::write(common()), vault_));
  }

  /// The record of such an answer as a line of the collector's export.
  [[nodiscard]] std::string line(const json::Value& answer) const {
    const json::Object& record = *answer.object()->find("record")->object();
    return "{\"id\":\"" + *record.find("id")->string() + "\",\"received_at\":\"" + time::write_instant(now_ + 1) +
           "\",\"record\":\"" + *record.find("bytes")->string() + "\"}\n";
  }

 private:
  static std::string language_of(std::string_view catalog) {
    const auto document = json::read(catalog);
    if (!document) fatal("a catalog for a test is no JSON");
    return *document->object()->find("language")->string();
  }

  [[nodiscard]] json::Object common() const {
    json::Object request;
    request.set("now", now_).set("language", language_).set("place", "CN").set("gpc", false);
    return request.set("held", held_.empty() ? json::Value() : json::Value(held_)).set("chain", chain_.empty() ? json::Value() : json::Value(chain_));
  }

  json::Value keep(const std::string& text) {
    const auto answer = json::read(text);
    const json::Object* object = answer ? answer->object() : nullptr;
    if (object == nullptr || object->find("ok") == nullptr || object->find("ok")->boolean() == nullptr || !*object->find("ok")->boolean()) {
      std::fprintf(stderr, "%s\n", text.c_str());
      fatal("a press for a test was refused");
    }
    if (const json::Value* choice = object->find("choice")) held_ = canonical::write(*choice);
    const json::Value* chain = object->find("chain");
    chain_ = chain == nullptr || chain->is_null() ? std::string() : canonical::write(*chain);
    return *answer;
  }

  /// Bytes that look random: SHA-256 of seed and counter.
  void draw() {
    for (std::size_t at = session::kKeyringSize; at < vault_.size(); at += 32) {
      const Digest block = sha256(as_bytes(seed_ + "/" + std::to_string(draws_++)));
      std::copy(block.begin(), block.end(), vault_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  std::string_view policy_, catalog_;
  std::string language_, seed_, held_, chain_;
  std::uint64_t draws_ = 0;
  time::Instant now_ = 1'795'000'000;  // 2026-11-18
  ByteArray<session::kVaultSize> vault_{};
};

}  // namespace avow::given
