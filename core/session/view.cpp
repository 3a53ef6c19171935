#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/wire_reader.h"

namespace avow::session {
namespace {

using consent::Decision;
using notice::Catalog;
using notice::Layer;

/// "2026-11-22 11:04 UTC+08:00" in the visitor's own time, or the day alone where only the day is
/// kept.
std::string moment(const consent::Choice& choice, std::int64_t utc_offset) {
  if (choice.anonymous()) return time::write_date(choice.at) + " UTC";
  const std::string at =
      time::write_instant(std::clamp<time::Instant>(choice.at + utc_offset * 60, 0, time::kLatest));
  return at.substr(0, 10) + " " + at.substr(11, 5) + " " + time::write_offset(utc_offset);
}

/// The policy's version and the first digits of the notice's id, where one was kept.
std::string shown_text(const consent::Choice& choice) {
  if (choice.notice == Digest{}) return choice.policy_version;
  return choice.policy_version + " · " + text::to_hex(choice.notice).substr(0, 16);
}

json::Object yours(const Loaded& loaded, const Visit& visit, const Decision& decision,
                   std::string_view delivery, std::int64_t utc_offset) {
  const Catalog& catalog = loaded.catalog;
  json::Object slots;
  const bool refused_without_trace = visit.held && visit.held->anonymous();
  slots.set("summary", catalog.text(refused_without_trace   ? "yours.anonymous"
                                    : visit.held            ? "yours.answered"
                                    : visit.signals.refused ? "yours.refused"
                                                            : "yours.none"));
  for (const consent::Verdict& verdict : decision.verdicts) {
    const bool answered = verdict.why == consent::Why::refused ||
                          (visit.held && visit.held->answer(verdict.purpose) != nullptr);
    slots.set("answer-" + verdict.purpose,
              catalog.text(verdict.why == consent::Why::by_default ? "yours.default"
                           : verdict.granted                       ? "yours.yes"
                           : verdict.why == consent::Why::gpc      ? "yours.gpc"
                           : answered                              ? "yours.no"
                                                                   : "yours.unanswered"));
  }
  slots.set("when", visit.held ? moment(*visit.held, utc_offset) : "–");
  slots.set("text", visit.held ? shown_text(*visit.held) : "–");
  slots.set("number", !visit.held             ? std::string("–")
                      : refused_without_trace ? std::string(catalog.text("yours.no-number"))
                                              : trust::short_number(*visit.held->record));
  slots.set("delivery", catalog.text(delivery));
  return slots;
}

}  // namespace

std::string view(const Session& session, std::string_view request) {
  return answer(
      session, request,
      [](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        Errors warnings;
        const Visit visit = read_visit(fields, warnings);
        ViewRequest asked;
        RequestReader(fields, warnings).walk(asked);
        const Result<Layer> layer = notice::read_layer(asked.layer);
        const std::string& purpose = asked.purpose;
        std::string_view delivery = asked.delivery;
        fields.finish();
        if (!layer) errors.push_back({layer.error().code, "/layer", layer.error().detail});
        if (layer && *layer == Layer::frame && loaded.policy().purpose(purpose) == nullptr) {
          errors.push_back({Code::unknown_purpose, "/purpose", "Got \"" + purpose + "\"."});
        }
        if (!errors.empty()) return {};

        const consent::Choice* held = visit.held ? &*visit.held : nullptr;
        // Nothing on the device opens the record of an anonymous refusal: there is nothing to
        // download.
        if (delivery == "delivery.shelved" && (held == nullptr || held->anonymous()))
          delivery = "delivery.shelved-refusal";
        const Decision decision = consent::decide(loaded.policy(), visit.signals, held, visit.now);
        const std::string html = notice::render(loaded.view(decision.regime), *layer, purpose);
        json::Object slots;
        json::Array ticked, hidden;
        if (*layer == Layer::yours)
          slots = yours(loaded, visit, decision, delivery, asked.utc_offset);
        if (*layer == Layer::door && delivery != "delivery.none")
          slots.set("status", loaded.catalog.text(delivery));
        if (*layer == Layer::choices) {
          // What stands is shown as it stands; a first visit finds every control empty.
          for (const consent::Verdict& verdict : decision.verdicts) {
            if (verdict.granted && verdict.why == consent::Why::answered)
              ticked.emplace_back(verdict.purpose);
          }
        }
        if (!decision.any_consent_granted(loaded.policy())) hidden.emplace_back("withdraw");
        const bool recorded = visit.chain || (visit.held && !visit.held->anonymous());
        if (!recorded) hidden.emplace_back("export");
        // What was stored and cannot be read can be deleted all the same.
        if (!recorded && warnings.empty()) hidden.emplace_back("erase");
        return canonical::write(json::Object{}
                                    .set("ok", true)
                                    .set("html", html)
                                    .set("notice", text::to_hex(sha256(as_bytes(html))))
                                    .set("slots", std::move(slots))
                                    .set("ticked", std::move(ticked))
                                    .set("hidden", std::move(hidden)));
      });
}

}  // namespace avow::session
