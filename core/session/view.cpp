#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/wire_reader.h"

namespace avow::session {
namespace {

using consent::Decision;
using notice::Layer;

/// The policy's version and the first digits of the notice's id, where one was kept.
std::string shown_text(const consent::Choice& choice) {
  if (choice.notice == Digest{}) return choice.policy_version;
  return choice.policy_version + " · " + text::to_hex(choice.notice).substr(0, 16);
}

/// What "your choices" begins with.
std::string_view summary(const Visit& visit, const Decision& decision, const policy::Facts& facts,
                         std::string_view delivery, std::string_view said) {
  const bool erased = said == "said.erased" || delivery == "delivery.erasing" ||
                      delivery == "delivery.erased" || delivery == "delivery.unerased";
  if (visit.held && visit.held->anonymous() && !visit.held->grants())
    return erased ? "yours.erased" : "yours.anonymous";
  if (!visit.held) {
    // Where the law lets things be done until a no, something may be.
    const bool done = decision.any_consent_granted(facts);
    return visit.signals.refused ? "yours.refused" : done ? "yours.unanswered" : "yours.none";
  }
  const bool withdrawn = said == "said.withdrawn" && !decision.any_consent_granted(facts);
  return withdrawn ? "yours.withdrawn" : "yours.answered";
}

/// What is told of the last act: by its name where all went well, else what became of it. Where
/// nothing was done on this page, only what is not settled yet, or was erased.
std::string_view news(std::string_view delivery, std::string_view said) {
  const bool settled = delivery == "delivery.none" || delivery == "delivery.saved" ||
                       delivery == "delivery.delivered";
  if (settled) return said;
  return delivery == "delivery.waiting" && !said.empty() ? said : delivery;
}

json::Object yours(const Loaded& loaded, const Visit& visit, const Decision& decision,
                   std::string_view delivery, std::string_view said) {
  const notice::Texts& texts = loaded.texts;
  json::Object slots;
  slots.set("summary", texts.say(summary(visit, decision, loaded.facts, delivery, said)));
  for (const consent::Verdict& verdict : decision.verdicts) {
    const bool answered = verdict.why == consent::Why::refused ||
                          (visit.held && visit.held->answer(verdict.purpose) != nullptr);
    slots.set("answer-" + verdict.purpose,
              texts.say(verdict.why == consent::Why::by_default ? "yours.default"
                        : verdict.granted                       ? "yours.yes"
                        : verdict.why == consent::Why::gpc      ? "yours.gpc"
                        : answered                              ? "yours.no"
                                                                : "yours.unanswered"));
  }
  slots.set("text", visit.held ? shown_text(*visit.held) : "–");
  slots.set("number", visit.held && visit.held->record ? trust::short_number(*visit.held->record)
                      : visit.held && !visit.held->grants() ? texts.say("yours.no-number")
                                                            : std::string("–"));
  slots.set("delivery", texts.say(delivery));
  return slots;
}

}  // namespace

std::string view(const Session& session, std::string_view request) {
  return answer(
      session, request,
      [](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        Errors warnings;
        const Visit visit = read_visit(loaded, fields, warnings);
        ViewRequest asked;
        RequestReader(fields, warnings).walk(asked);
        const Result<Layer> layer = notice::read_layer(asked.layer);
        const std::string& purpose = asked.purpose;
        std::string_view delivery = asked.delivery;
        fields.finish();
        if (!layer) errors.push_back({layer.error().code, "/layer", layer.error().detail});
        if (!errors.empty()) return {};

        const consent::Choice* held = visit.held ? &*visit.held : nullptr;
        // Nothing on the device opens the record of an anonymous refusal: there is nothing to
        // download.
        if (delivery == "delivery.shelved" && (held == nullptr || held->anonymous()))
          delivery = "delivery.shelved-refusal";
        const Decision decision = consent::decide(loaded.facts, visit.signals, held, visit.now);
        const std::optional<Digest> notice = loaded.texts.notice(*layer, decision.under, purpose);
        if (!notice) {
          errors.push_back(
              *layer == Layer::frame
                  ? Error{Code::unknown_purpose, "/purpose", "Got \"" + purpose + "\"."}
                  : Error{Code::unknown_layer, "/layer", "Got \"" + asked.layer + "\"."});
          return {};
        }
        json::Object slots;
        json::Array ticked, hidden;
        if (*layer == Layer::yours) slots = yours(loaded, visit, decision, delivery, asked.said);
        if (*layer == Layer::door) {
          const std::string_view told = news(delivery, asked.said);
          if (!told.empty()) slots.set("status", loaded.texts.say(told));
        }
        if ((*layer == Layer::first || *layer == Layer::choices) &&
            decision.tells_change(loaded.facts, held))
          slots.set("changed", loaded.texts.say("change.since"));
        if (*layer == Layer::choices) {
          // What stands is shown as it stands; a first visit finds every control empty.
          for (const consent::Verdict& verdict : decision.verdicts) {
            if (verdict.granted && verdict.why == consent::Why::answered)
              ticked.emplace_back(verdict.purpose);
          }
        }
        if (!decision.any_consent_granted(loaded.facts)) hidden.emplace_back("withdraw");
        if (!visit.chain && (held == nullptr || held->anonymous())) {
          hidden.emplace_back("receipt");
          hidden.emplace_back("key");
          // What was stored and cannot be read can be deleted all the same.
          if (warnings.empty()) hidden.emplace_back("erase");
        }
        return canonical::write(json::Object{}
                                    .set("ok", true)
                                    .set("notice", text::to_hex(*notice))
                                    .set("when", held ? json::Value{held->at} : json::Value{})
                                    .set("day", held != nullptr && held->anonymous())
                                    .set("slots", std::move(slots))
                                    .set("ticked", std::move(ticked))
                                    .set("hidden", std::move(hidden)));
      });
}

}  // namespace avow::session
