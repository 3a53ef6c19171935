#pragma once
// What the tags of others are told of a decision: pure, compiled into data by `avow build`. The
// browser's core does without; web/outputs says what this has made ready.

#include "policy/facts.h"
#include "policy/outputs.h"

namespace avow::consent {

/// What each receiver is told where these purposes run, all of its signals at once:
///   google{signal: "granted" or "denied"}, uet{…}, clarity{…}, event{purpose: …}
/// A receiver that the policy does not name is not there.
[[nodiscard]] json::Object update(const policy::Facts& facts, const policy::Outputs& outputs,
                                  const std::vector<std::string>& granted);

/// What they are told before their tags run, where nobody has answered yet: the arguments of each
/// call, by the queue that takes it:
///   dataLayer[[…], …], uetq[[…]], clarity[[…]]
/// Google finds the place by itself and gets what each jurisdiction says (`region`); the others
/// get what holds where the place is not known.
[[nodiscard]] json::Object defaults(const policy::Facts& facts, const policy::Outputs& outputs,
                                    bool gpc);

/// What a page needs to make the same update of any answer:
///   follows{receiver{signal: [purposes that ask for consent], or null where it follows none}},
///   told{what each receiver has been told by the defaults, as far as that is one thing},
///   event (its name, if the policy names one)
[[nodiscard]] json::Object page_outputs(const policy::Facts& facts, const policy::Outputs& outputs);

}  // namespace avow::consent
