#pragma once
// Two versions of a policy → what changed for visitors, who is asked again, who must be told, and
// what the author must state.

#include "policy/authored.h"

namespace avow::policy {

enum class Change {
  added,              ///< a purpose that was not there
  removed,            ///< a purpose that is no longer there: grants for it are void
  terms,              ///< what a consent was given to (terms.h): ask again (PIPL 14(2))
  longer_retention,   ///< kept longer than was granted: ask those who granted (NDSMR 22(4))
  shorter_retention,  ///< kept shorter
  grounds,            ///< on which ground of a law it rests
  refusal,            ///< what a refusal costs
  withdrawal,         ///< what follows a withdrawal
  wording,            ///< texts alone: they may mean the same, or something new
  recipient,          ///< how a recipient is reached, or what covers the transfer to it
  controller,         ///< who answers for the whole, or how it is reached (PIPL 17(2), 22)
  right_dropped,      ///< a right that could be exercised before
  rights,             ///< how rights are exercised, complaints are made, or where the rules stand
  regimes,            ///< where visitors are asked first
  validity,           ///< how long answers stand; those given keep the time they were given
  erasing,            ///< what a visitor's erasing does
  predecessor,        ///< the newer one says that it follows another policy
  same_version,       ///< another text under the same version
  same_date,          ///< another text that holds from the same day
};

/// What a change asks of the author.
enum class Then {
  ask,    ///< nothing: visitors are asked again by themselves
  tell,   ///< visitors must be told, before it holds (PIPL 17(2))
  state,  ///< to state that the words mean the same (`wording_only`), or to raise `revision`
  mend,   ///< to mend the policy
};

struct Difference {
  std::string purpose;  ///< empty: the whole policy
  Change change;
  Then then;
  std::string what;  ///< an id, a right, a text's name, or who stated it; may be empty
};

/// In the order of the newer policy, then removed purposes, then what concerns the whole policy.
/// Purposes that rest on no consent are compared too: their visitors are told.
[[nodiscard]] std::vector<Difference> diff(const Policy& older, const Policy& newer,
                                           std::span<const WordingOnly> stated = {});
[[nodiscard]] std::string_view spell(Change change);
[[nodiscard]] std::string_view spell(Then then);

}  // namespace avow::policy
