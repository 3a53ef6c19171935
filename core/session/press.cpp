#include "base/text.h"
#include "session/act.h"
#include "session/sealing.h"

namespace avow::session {
namespace {

using consent::Choice;

std::optional<Digest> shown(const Loaded& loaded, const Act& act, std::string_view under) {
  if (act.layer.empty()) return std::nullopt;
  const notice::Layer layer = *notice::read_layer(act.layer);
  const bool frame = layer == notice::Layer::frame;
  if (frame && act.selected.size() != 1) return std::nullopt;
  return loaded.texts.notice(layer, under, frame ? act.selected[0] : std::string_view{});
}

/// An account is sealed into a chain once. A visitor who only ever refused has none, and stays
/// unnamed.
bool identifies(const Act& act, const Visit& visit) {
  return !act.subject.empty() && visit.held && !visit.held->anonymous() && visit.chain &&
         visit.chain->subject != std::optional(sha256(as_bytes(act.subject)));
}

}  // namespace

std::string press(const Session& session, std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(
      session, request,
      [&](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        Errors warnings;
        Visit visit = read_visit(loaded, fields, warnings);
        const PressRequest asked = read_press(fields, visit.now);
        const Act& act = asked.act;
        fields.finish();
        if (!errors.empty()) return {};
        const policy::Facts& rules = loaded.facts;
        if (act.control == Control::identify && !identifies(act, visit)) {
          errors.push_back({Code::press_refused, "/subject",
                            "There is no record of this visitor's that lacks it."});
          return {};
        }
        const consent::Decision before =
            consent::decide(rules, visit.signals, visit.held ? &*visit.held : nullptr, visit.now);
        const Result<Answers> answers = answers_of(act, rules, visit, before);
        if (!answers) {
          errors.push_back(answers.error());
          return {};
        }

        Payload payload;
        payload.created_at = act.at;
        payload.policy = rules.id;
        payload.notice = shown(loaded, act, before.under);
        if (payload.notice && act.told &&
            before.tells_change(rules, visit.held ? &*visit.held : nullptr))
          payload.change = rules.change;
        payload.language = loaded.texts.language;
        payload.signals = visit.signals;
        payload.regime = before.regime;
        payload.control = spell(act.control);
        payload.layer = act.layer;
        payload.via = act.via;
        if (answers->any_granted()) {
          const bool led = act.framed && act.control == Control::grant;
          payload.stood = led ? consent::Stood{{}, consent::Framing::unseen} : act.stood;
        }
        payload.answers = answers->recorded;
        payload.subject = act.subject;
        for (const consent::Answer& one : answers->held)
          payload.until = std::max(payload.until, one.until);
        time::Instant key_until = payload.until;
        if (answers->once) {
          payload.until = act.at;
          // One key for several of them, so that they can be erased together.
          key_until = std::max(key_until, time::add(act.at, rules.validity.grant));
        }

        Choice choice{act.at,        visit.signals.gpc, loaded.texts.language,
                      rules.version, rules.id,          payload.notice.value_or(Digest{}),
                      std::nullopt,  answers->held};
        const SealingRequest wanted{loaded, visit, payload, answers->any_granted(), key_until};
        Result<Sealed> sealed = seal_choice(wanted, vault);
        if (!sealed) {
          errors.push_back(sealed.error());
          return {};
        }
        if (answers->once && visit.held) {
          choice = *visit.held;  // as before
        } else if (sealed->chain) {
          if (act.control == Control::identify)
            choice = *visit.held;  // answers nothing: what was said when, and to what, stays
          choice.record = sealed->record->id;
        } else {
          forget_the_moment(choice, rules);
        }
        return sealed_answer(loaded, std::move(visit), choice, *sealed, warnings);
      });
}

}  // namespace avow::session
