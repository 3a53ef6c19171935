#include "consent/decision.h"

#include <algorithm>

namespace avow::consent {
namespace {

using Purpose = policy::Facts::Purpose;
using policy::Regime;

/// How a purpose stands that nobody has answered, or whose answer no longer stands. `said_no`:
/// Global Privacy Control speaks of it, where that is an answer.
Verdict unanswered(const Purpose& purpose, Regime regime, bool said_no, Why why) {
  if (said_no) return {purpose.id, false, Why::gpc};
  if (regime == Regime::opt_in) return {purpose.id, false, why};
  return {purpose.id, true, Why::by_default};
}

Verdict judge(const Purpose& purpose, const policy::Jurisdiction& here, const Signals& signals,
              const Choice* held, time::Instant now) {
  if (!purpose.asks) return {purpose.id, true, Why::basis};
  const Regime regime = here.regime_of(purpose.id, purpose.separate);
  // Where all is asked first, a grant was specific and stands.
  const bool lax = here.regime != Regime::opt_in || regime != Regime::opt_in;
  const bool said_no = lax && signals.gpc && purpose.gpc;
  const Answer* answer = held == nullptr ? nullptr : held->answer(purpose.id);
  if (answer == nullptr && signals.refused) return {purpose.id, false, Why::refused};
  if (answer == nullptr) return unanswered(purpose, regime, said_no, Why::not_asked);
  const bool expired = now >= answer->until;
  if (!answer->granted) {
    // A refusal that is over, or was of other terms, is asked again; it never turns into a default
    // grant.
    return {purpose.id, false,
            expired                          ? Why::expired
            : answer->terms == purpose.terms ? Why::answered
                                             : Why::terms_changed};
  }
  if (expired) return unanswered(purpose, regime, said_no, Why::expired);
  if (answer->terms != purpose.terms) return {purpose.id, false, Why::terms_changed};
  if (purpose.retention_days > answer->retention_days) return {purpose.id, false, Why::longer_kept};
  if (now < held->at - kClockSlack) return {purpose.id, false, Why::clock};
  if (regime == Regime::opt_in && !answer->asked_first)
    return {purpose.id, false, Why::stricter_place};
  // A signal that came after the grant speaks later than it did.
  if (said_no && !held->gpc) return {purpose.id, false, Why::gpc};
  return {purpose.id, true, Why::answered};
}

}  // namespace

bool Verdict::asks() const {
  return why == Why::not_asked || why == Why::by_default || why == Why::expired ||
         why == Why::terms_changed || why == Why::longer_kept || why == Why::stricter_place ||
         why == Why::clock;
}

bool Decision::granted(std::string_view purpose) const {
  const auto it = std::ranges::find(verdicts, purpose, &Verdict::purpose);
  return it != verdicts.end() && it->granted;
}

bool Decision::tells_change(const policy::Facts& facts, const Choice* held) const {
  bool told = false;
  for (std::size_t i = 0; held != nullptr && i < verdicts.size(); ++i) {
    const Purpose& purpose = facts.purposes[i];
    if (!purpose.was || !verdicts[i].asks()) continue;
    const Answer* old = held->answer(purpose.id);
    // What is told compares two policies: it is not told to who answered an older one than those.
    if (*purpose.was != (old ? old->terms : Digest{}) ||
        purpose.was_days != (old ? old->retention_days : 0))
      return false;
    told = true;
  }
  return told;
}

bool Decision::any_consent_granted(const policy::Facts& facts) const {
  return std::ranges::any_of(facts.purposes,
                             [&](const Purpose& p) { return p.asks && granted(p.id); });
}

Decision decide(const policy::Facts& facts, const Signals& signals, const Choice* held,
                time::Instant now) {
  Decision out;
  const policy::Jurisdiction& here = policy::jurisdiction_at(facts.jurisdictions, signals.place);
  out.regime = here.regime;
  out.under = here.name();
  out.until = time::kLatest;
  for (const Purpose& purpose : facts.purposes) {
    const Verdict verdict = judge(purpose, here, signals, held, now);
    // A purpose that the signal answered is answered: asking for an exception would be pestering
    // (11 CCR 7025(c)(2)).
    if (purpose.asks) out.ask = out.ask || verdict.asks();
    out.verdicts.push_back(verdict);
  }
  // The banner stands while a question is open. Whoever was asked before, or may be, finds the
  // door.
  const bool asks = std::ranges::any_of(facts.purposes, &Purpose::asks);
  out.layer = out.ask ? Resting::first : asks || held != nullptr ? Resting::door : Resting::none;
  if (held != nullptr) {
    out.not_before = std::max<time::Instant>(0, held->at - kClockSlack);
    for (const Answer& answer : held->answers) {
      if (answer.until > now) out.until = std::min(out.until, answer.until);
    }
  }
  return out;
}

std::string_view spell(Why why) { return json::spelled(kWhys, why); }

std::string_view spell(Resting layer) { return json::spelled(kResting, layer); }

}  // namespace avow::consent
