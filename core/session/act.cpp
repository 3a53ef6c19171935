#include "session/act.h"

#include <algorithm>

#include "session/wire_reader.h"

namespace avow::session {
namespace {

/// What the act says about one purpose: yes, no, or nothing.
struct Said {
  std::optional<bool> granted;
  std::string_view control;
};

/// `asked_first`: whether it may not be done before a yes there.
Said said(const Act& act, const policy::Facts::Purpose& purpose, bool asked_first) {
  const bool selected = std::ranges::find(act.selected, purpose.id) != act.selected.end();
  switch (act.control) {
    case Control::accept:
      // The law wants a separate consent given for itself (PIPL 23, 29, 39; 网络数据安全管理条例
      // 62(7)).
      if (purpose.separate && asked_first) return {std::nullopt, "not-carried"};
      return {true, "accept"};
    case Control::refuse: return {false, "refuse"};
    case Control::withdraw: return {false, "withdraw"};
    case Control::save:
      if (selected && purpose.separate && act.stored) return {std::nullopt, ""};
      return {selected, purpose.separate ? "separate" : "tick"};
    case Control::once:
    case Control::frame:
    case Control::grant:
      // A separate consent is given where its facts are told (PIPL 23, 30, 39): among the choices.
      if (!selected || purpose.separate) return {std::nullopt, ""};
      return {true, act.control == Control::grant ? "host" : spell(act.control)};
    case Control::identify: return {std::nullopt, ""};
  }
  fatal("a control without a meaning");
}

/// Whether this layer has a control that says yes in this way. A no is taken wherever it was said.
bool gives(const Act& act) {
  if (act.via == "host") return act.control == Control::grant;
  if (act.via != "notice") return false;
  switch (act.control) {
    case Control::accept: return act.layer == "first" || act.layer == "choices";
    case Control::save: return act.layer == "choices";
    case Control::once:
    case Control::frame: return act.layer == "frame";
    default: return false;
  }
}

/// Why a yes that did not stand before may not rest on this act; nothing where it may.
std::optional<Error> unsaid(const Act& act, const policy::Facts& facts,
                            const std::string& purpose) {
  if (!act.trusted) {
    return Error{Code::press_refused, "/press",
                 "Only the visitor can say yes to \"" + purpose + "\"; a script can only say no."};
  }
  if (!gives(act)) {
    return Error{Code::press_refused, "/press/control",
                 "No control there says yes to \"" + purpose + "\" in this way."};
  }
  const bool framed_allowed = facts.framed == policy::Framed::allow;
  if (act.via == "notice")
    return consent::unfair(act.stood.value_or(consent::Stood{}), framed_allowed);
  if (act.framed && !framed_allowed) {
    return Error{Code::notice_unfair, "/press/framed",
                 "In a frame of another origin the page around it can lead the visitor's click."};
  }
  return std::nullopt;
}

}  // namespace

std::string_view spell(Control control) { return json::spelled(kControls, control); }

bool Answers::any_granted() const {
  return once || std::ranges::any_of(held, &consent::Answer::granted);
}

PressRequest read_press(json::Fields& fields, time::Instant now) {
  PressRequest request;
  request.act.at = now;
  Errors none;
  RequestReader(fields, none).walk(request);
  Act& act = request.act;
  // A press that waited for the core carries its own time; one from the future was never made.
  act.at = std::min(act.at, now);
  if (!act.layer.empty() && !notice::read_layer(act.layer))
    collect(fields.errors(), {Code::unknown_layer, "/press/layer", {}});
  return request;
}

Result<Answers> answers_of(const Act& act, const policy::Facts& facts, const Visit& visit,
                           const consent::Decision& before) {
  for (const std::string& id : act.selected) {
    const policy::Facts::Purpose* purpose = facts.purpose(id);
    if (purpose == nullptr || !purpose->asks)
      return fail(Code::unknown_purpose, "/press/selected", "Got \"" + id + "\".");
  }
  if ((act.control == Control::frame || act.control == Control::once) && act.selected.size() != 1)
    return fail(Code::press_refused, "/press/selected", "A frame asks for one purpose.");

  Answers out;
  const policy::Jurisdiction& here =
      policy::jurisdiction_at(facts.jurisdictions, visit.signals.place);
  for (std::size_t i = 0; i < facts.purposes.size(); ++i) {
    const policy::Facts::Purpose& purpose = facts.purposes[i];
    if (!purpose.asks) continue;
    const consent::Verdict& verdict = before.verdicts[i];
    const consent::Answer* old = visit.held ? visit.held->answer(purpose.id) : nullptr;
    const bool stands = old != nullptr && verdict.why == consent::Why::answered;
    const bool asked_first = here.regime_of(purpose.id, purpose.separate) == policy::Regime::opt_in;
    const Said now = said(act, purpose, asked_first);
    if (act.control == Control::grant && purpose.separate && !(stands && old->granted) &&
        std::ranges::find(act.selected, purpose.id) != act.selected.end()) {
      return fail(Code::press_refused, "/press/selected",
                  "\"" + purpose.id + "\" is asked for separately, among the choices.");
    }
    if (!now.granted && stands) {
      out.held.push_back(*old);
      out.recorded.push_back({purpose.id, old->granted, old->terms, old->retention_days, "kept"});
      continue;
    }
    if (!now.granted && now.control.empty()) {
      // Not spoken of: what is denied stays so, and is asked for as before. Nothing turns into a
      // default grant by it.
      if (old != nullptr && !verdict.granted) {
        out.held.push_back({purpose.id, false, old->terms, old->retention_days,
                            verdict.asks() ? std::min(old->until, visit.now) : old->until, false});
      }
      continue;
    }
    const bool granted = now.granted.value_or(false);
    // Refusing always works, by whatever control and however the notice stood.
    if (granted && !(stands && old->granted)) {
      if (std::optional<Error> error = unsaid(act, facts, purpose.id))
        return std::unexpected(std::move(*error));
    }
    out.recorded.push_back(
        {purpose.id, granted, purpose.terms, purpose.retention_days, now.control});
    if (act.control == Control::once) {
      out.once = true;  // what stood before stands on, a no too
      if (old != nullptr) out.held.push_back(*old);
      continue;
    }
    const time::Instant until =
        time::add(act.at, granted ? facts.validity.grant : facts.validity.refusal);
    // What was asked first elsewhere, and stands, is so still when it is said again.
    const bool already = stands && old->granted && old->asked_first;
    out.held.push_back({purpose.id, granted, purpose.terms, purpose.retention_days, until,
                        granted && (asked_first || already)});
  }
  if (out.recorded.empty())
    return fail(Code::press_refused, "/press", "There is nothing that this act answers.");
  if (!visit.held) return out;
  // A no to what this policy does not name waits for the policy that names it again.
  for (const consent::Answer& old : visit.held->answers) {
    if (!old.granted && facts.purpose(old.purpose) == nullptr &&
        out.held.size() < consent::kMostAnswers)
      out.held.push_back(old);
  }
  return out;
}

void forget_the_moment(consent::Choice& choice, const policy::Facts& facts) {
  choice.at = time::start_of_day(choice.at);
  choice.record.reset();
  choice.notice = Digest{};
  // From the day's end: a no is never remembered for less than it would have been.
  for (consent::Answer& answer : choice.answers) {
    const bool asked = facts.purpose(answer.purpose) != nullptr;
    answer.until = asked ? time::add(choice.at + time::kDay, facts.validity.refusal)
                         : time::start_of_day(answer.until + time::kDay - 1);
  }
}

}  // namespace avow::session
