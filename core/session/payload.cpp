#include "session/payload.h"

#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/session.h"

namespace avow::session {
namespace {

json::Value hex_or_null(const std::optional<Digest>& digest) {
  return digest ? json::Value{text::to_hex(*digest)} : json::Value{};
}
json::Value text_or_null(std::string_view text) {
  return text.empty() ? json::Value{} : json::Value{text};
}

json::Value stood_or_null(const std::optional<consent::Stood>& stood) {
  if (!stood) return {};
  json::Object out;
  for (std::size_t i = 0; i < stood->figures.size(); ++i)
    out.set(consent::kFigures[i].name, stood->figures[i]);
  return out.set("framed", json::spelled(consent::kFramings, stood->framed));
}

/// Every field as long as it can get under this policy.
Payload longest(const policy::Facts& facts) {
  Payload out;
  out.created_at = out.until = time::kLatest;
  out.notice = out.continues = Digest{};
  out.change = facts.change;
  for (const auto& [language, hash] : facts.texts)
    if (language.size() > out.language.size()) out.language = language;
  out.signals.place = "US-XXX";
  out.regime = policy::Regime::notice_only;
  out.control = "show-once";
  out.layer = "fallback";
  out.via = "notice";
  consent::Stood& stood = out.stood.emplace();
  for (std::size_t i = 0; i < stood.figures.size(); ++i)
    stood.figures[i] = consent::kFigures[i].most;
  stood.framed = consent::Framing::unseen;
  for (const policy::Facts::Purpose& purpose : facts.purposes) {
    // An answer that is kept brings the retention it agreed to, which may have more digits than
    // today's.
    if (purpose.asks)
      out.answers.push_back({purpose.id, false, {}, policy::kLongestRetention, "not-carried"});
  }
  out.subject.assign(kLongestSubject,
                     '"');  // two bytes each once escaped; control characters are refused
  return out;
}

}  // namespace

json::Object write_payload(const Payload& payload) {
  json::Array answers;
  for (const PayloadAnswer& answer : payload.answers) {
    answers.push_back(json::Object{}
                          .set("purpose", answer.purpose)
                          .set("granted", answer.granted)
                          .set("terms", text::to_hex(answer.terms))
                          .set("retention_days", answer.retention_days)
                          .set("control", answer.control));
  }
  return json::Object{}
      .set("v", "avow/v1")
      .set("kind", payload.kind)
      .set("core", version())
      .set("created_at", time::write_instant(payload.created_at))
      .set("policy", text::to_hex(payload.policy))
      .set("notice", hex_or_null(payload.notice))
      .set("change", hex_or_null(payload.change))
      .set("language", payload.language)
      .set("place", text_or_null(payload.signals.place))
      .set("regime", policy::spell(payload.regime))
      .set("signals", json::Object{}.set("gpc", payload.signals.gpc))
      .set("press", json::Object{}
                        .set("control", payload.control)
                        .set("layer", text_or_null(payload.layer))
                        .set("stood", stood_or_null(payload.stood))
                        .set("via", payload.via))
      .set("answers", std::move(answers))
      .set("subject", text_or_null(payload.subject))
      .set("continues", hex_or_null(payload.continues))
      .set("until", time::write_instant(payload.until));
}

std::size_t padded_size(const policy::Facts& facts) {
  json::Object content = write_payload(longest(facts));
  content.set("binds", text::to_hex(Digest{})).set("device", text::to_hex(Digest{}));
  const std::size_t needed = canonical::write(content).size();
  std::size_t size = 512;
  while (size < needed) size *= 2;
  return size;
}

}  // namespace avow::session
