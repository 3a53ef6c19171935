#pragma once
// What the sub-domains of one site tell each other of an answer, by a cookie that the policy names:
// what was said, and nothing that tells one visitor from another who said the same that day.
//
//   1.opt-in.n.20787~analytics.y.1a2b3c4d.21152.400~video.n.5e6f7081.21017.30
//
// The form's version, the regime, whether GPC was on, the day (days since 1970); then for each
// purpose its id, yes or no, the first digits of its terms, the day until which the answer stands,
// and the longest keeping in days that it agreed to.

#include "consent/choice.h"

namespace avow::consent {

/// The longest text: browsers keep no cookie above 4,096 bytes with its name and attributes.
constexpr std::size_t kLongestShared = 3'500;

struct Shared {
  std::string text;
  time::Instant until = 0;  ///< nothing in it stands any longer then
};

/// Nothing where there is nothing to tell, or too much for a cookie. A yes to a separate consent
/// stays where it was said: each is given for itself (PIPL 23, 29, 39).
[[nodiscard]] std::optional<Shared> write_shared(const Choice& choice, const policy::Facts& facts,
                                                 time::Instant now);

/// What holds on a device that holds `held` and finds `text`: the text is the later word, wherever
/// the two differ. Every page of every sub-domain can write it, so what is not as written above
/// says nothing, a yes to a separate consent neither.
[[nodiscard]] std::optional<Choice> with_shared(std::optional<Choice> held, std::string_view text,
                                                const policy::Facts& facts);

}  // namespace avow::consent
