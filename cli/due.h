#pragma once
// The days on which a build is due again. What is served does not change by itself: the policy's id
// is baked into every file, and a visitor's clock is nobody's proof of the day.

#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "verbs.h"

namespace avow::cli {

/// A day from which on something else is to be served.
struct Due {
  time::Instant on = 0;
  std::string then;  ///< what is so from that day on
};

/// As a manifest has them.
[[nodiscard]] json::Array write_due(const std::vector<Due>& days);
/// Says them on stdout, each with the command that was run, without the day that it was told to
/// take for today: `words` are those after the verb.
void tell_due(const Verb& verb, const std::vector<Due>& days, Words words);

}  // namespace avow::cli
