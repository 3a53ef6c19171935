#pragma once
// Two versions of a policy → what changed, who is asked again, who must be told, and what the
// author must state.

#include "policy/authored.h"

namespace avow::policy {

enum class Change {
  unstated,           ///< a draft leaves open what decides who is asked
  added,              ///< a purpose that was not there
  newly_asked,        ///< a purpose that was told only: everybody is asked
  no_longer_asked,    ///< one that the notice asked about: it is told only, or asked elsewhere
  removed,            ///< a purpose that is no longer there: grants for it are void
  terms,              ///< what a consent was given to (terms.h): ask again (PIPL 14(2))
  longer_retention,   ///< some data may be kept longer than was granted (NDSMR 22(4))
  shorter_retention,  ///< kept shorter
  grounds,            ///< on which ground of a law it rests
  refusal,            ///< what a refusal costs
  withdrawal,         ///< what follows a withdrawal
  where,              ///< where it is pursued
  wording,            ///< texts alone: they may mean the same, or something new
  renamed,            ///< the controller or a recipient has another name, which may be another's
  recipient,          ///< how a recipient is reached, or what covers the transfer to it
  controller,         ///< who answers for the whole, or how it is reached (PIPL 17(2), 22)
  contacts,           ///< who answers for a part
  right_dropped,      ///< a right that could be exercised before
  rights,             ///< how rights are exercised
  complaints,         ///< how complaints are dealt with
  authorities,        ///< to whom else visitors can complain
  minors,             ///< who is a child, and what then
  rules,              ///< where the privacy rules stand
  documents,          ///< what else is published
  storage,            ///< where data is stored
  laws,               ///< under which laws it stands
  regimes,            ///< where visitors are asked first
  validity,           ///< how long answers stand; those given keep the time they were given
  refusals,           ///< what is recorded of a refusal
  erasing,            ///< what a visitor's erasing does
  subdomains,         ///< on which other sites an answer holds
  house,              ///< what is no part of what visitors agree to
  other_site,         ///< another site's: answers and records belong to one
  predecessor,        ///< the newer one says that it follows another policy
  same_version,       ///< another text under the same version
  same_date,          ///< another text that holds from the same day
  earlier_date,       ///< one that holds from a day before the older one's
};

/// What a change asks of the author.
enum class Then {
  ask,        ///< nothing: visitors are asked again by themselves
  ask_there,  ///< to ask where the notice does not, in an app or by a form: everybody what is new
              ///< there, else whoever agreed
  tell,       ///< visitors must be told, before it holds (PIPL 17(2))
  state,      ///< to state that the meaning is the same (`wording_only`), or to raise `revision`
  mend,       ///< to mend the policy
  know,       ///< nothing
};

struct Difference {
  std::string purpose;  ///< empty: the whole policy
  Change change;
  Then then;
  std::string what;        ///< which members, ids or rights, and who stated what; may be empty
  std::string where = {};  ///< a pointer into the newer policy, where there is one place
};

/// In the order of the newer policy, then removed purposes, then what concerns the whole policy.
/// Purposes that rest on no consent are compared too: their visitors are told. No declared member
/// is different in silence, but for `version` and `effective_at`, which every version has anew.
[[nodiscard]] std::vector<Difference> diff(const Policy& older, const Policy& newer,
                                           std::span<const WordingOnly> stated = {});
/// The same of all that an author writes, with the newer one's own statements.
[[nodiscard]] std::vector<Difference> diff(const AuthoredPolicy& older,
                                           const AuthoredPolicy& newer);
[[nodiscard]] std::string_view spell(Change change);
[[nodiscard]] std::string_view spell(Then then);

}  // namespace avow::policy
