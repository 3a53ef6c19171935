#include "session/verdict.h"

#include "base/text.h"

namespace avow::session {
namespace {

json::Value number_of(const Visit& visit) {
  return visit.held && visit.held->record ? json::Value{trust::short_number(*visit.held->record)}
                                          : json::Value{};
}

json::Value write_verdict(const Loaded& loaded, const Visit& visit,
                          const consent::Decision& decision, const json::Array& granted) {
  // While the device remembers a no by other means, nothing else may speak for it.
  if (decision.ask || !visit.held || visit.signals.refused) return {};
  return json::Object{}
      .set("v", 2)
      .set("policy", text::to_hex(loaded.facts.id))
      .set("place", visit.signals.place)
      .set("regime", decision.under)
      .set("gpc", visit.signals.gpc)
      .set("not_before", decision.not_before)
      .set("until", decision.until)
      .set("granted", granted)
      .set("withdrawable", decision.any_consent_granted(loaded.facts))
      .set("number", number_of(visit));
}

}  // namespace

void write_decision(json::Object& out, const Loaded& loaded, const Visit& visit,
                    const consent::Decision& decision, const Errors& warnings) {
  json::Array granted;
  json::Object reasons;
  for (const consent::Verdict& verdict : decision.verdicts) {
    if (verdict.granted) granted.emplace_back(verdict.purpose);
    reasons.set(
        verdict.purpose,
        json::Object{}.set("granted", verdict.granted).set("why", consent::spell(verdict.why)));
  }
  json::Value verdict = write_verdict(loaded, visit, decision, granted);
  json::Value shared;
  if (visit.held) {
    if (const auto told = consent::write_shared(*visit.held, loaded.facts, visit.now))
      shared = json::Object{}.set("text", told->text).set("until", told->until);
  }
  out.set("ok", true)
      .set("regime", decision.under)
      .set("ask", decision.ask)
      .set("layer", consent::spell(decision.layer))
      .set("number", number_of(visit))
      .set("granted", std::move(granted))
      .set("reasons", std::move(reasons))
      .set("verdict", std::move(verdict))
      .set("shared", std::move(shared))
      .set("warnings", write_errors(warnings));
}

}  // namespace avow::session
