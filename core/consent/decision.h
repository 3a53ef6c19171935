#pragma once
// What may run, and why: a pure function of the policy, the place, the signals, the answer that is
// held, and the time.

#include "base/fields.h"
#include "consent/choice.h"

namespace avow::consent {

/// What the browser and the host say about the visit.
struct Signals {
  bool gpc = false;      ///< navigator.globalPrivacyControl (w3c/gpc)
  std::string place;     ///< ISO 3166 code from the host, empty where unknown
  bool refused = false;  ///< the device remembers a no that came before all that is held, or that
                         ///< nothing could hold yet
};

enum class Why {
  basis,           ///< needs no consent: contract, law …
  answered,        ///< the visitor's own answer stands
  by_default,      ///< opt-out or notice-only regime, not answered yet
  not_asked,       ///< opt-in regime, not answered yet
  expired,         ///< the answer's time is over
  terms_changed,   ///< the purpose is no longer what was answered
  longer_kept,     ///< the data would be kept longer than was granted
  refused,         ///< not answered since the no that the device remembers
  gpc,             ///< Global Privacy Control says no
  stricter_place,  ///< granted under a laxer regime than the one that holds here
  clock,           ///< the clock stands before the answer was given
};
inline constexpr json::Spelling<Why> kWhys[] = {{"basis", Why::basis},
                                                {"answered", Why::answered},
                                                {"default", Why::by_default},
                                                {"not-asked", Why::not_asked},
                                                {"expired", Why::expired},
                                                {"terms-changed", Why::terms_changed},
                                                {"longer-kept", Why::longer_kept},
                                                {"refused", Why::refused},
                                                {"gpc", Why::gpc},
                                                {"stricter-place", Why::stricter_place},
                                                {"clock", Why::clock}};

struct Verdict {
  std::string purpose;
  bool granted = false;
  Why why = Why::not_asked;
  /// Whether the visitor's answer to this purpose is wanted.
  [[nodiscard]] bool asks() const;
};

/// What rests on the screen when nothing is open.
enum class Resting { first, door, none };
inline constexpr json::Spelling<Resting> kResting[] = {
    {"first", Resting::first}, {"door", Resting::door}, {"none", Resting::none}};

struct Decision {
  policy::Regime regime = policy::Regime::opt_in;  ///< the place's
  std::string under;                               ///< the place's notices (Jurisdiction::name)
  std::vector<Verdict> verdicts;                   ///< one a purpose, in the policy's order
  bool ask = false;                                ///< whether a question is open
  Resting layer = Resting::none;                   ///< what rests on the screen
  time::Instant not_before = 0;  ///< outside [not_before, until) it must be decided afresh
  time::Instant until = 0;

  [[nodiscard]] bool granted(std::string_view purpose) const;
  /// Whether something is asked because of the change that the facts tell of, of somebody who
  /// answered what was there before.
  [[nodiscard]] bool tells_change(const policy::Facts& facts, const Choice* held) const;
  [[nodiscard]] bool any_consent_granted(const policy::Facts& facts) const;
};

/// A clock may go back this far (daylight, dual boot, NTP) before a grant is doubted.
constexpr std::int64_t kClockSlack = time::kDay;

[[nodiscard]] Decision decide(const policy::Facts& facts, const Signals& signals,
                              const Choice* held, time::Instant now);

[[nodiscard]] std::string_view spell(Why why);
[[nodiscard]] std::string_view spell(Resting layer);

}  // namespace avow::consent
