#pragma once
// Two versions of a policy → what changed for visitors, and who must be asked again.

#include "policy/policy.h"

namespace avow::policy {

enum class Change {
  added,              ///< a purpose that was not there: asked of everybody
  removed,            ///< nothing to ask; grants for it are void
  terms,              ///< purpose, method, category or recipient changed: ask again (PIPL 14(2))
  longer_retention,   ///< kept longer than was granted: ask those who granted (网络数据安全管理条例
                      ///< 22(4))
  shorter_retention,  ///< tell, do not ask
  wording,            ///< texts only, or what happens when the retention ends: tell, do not ask
  controller,  ///< of the whole policy: who answers for it, or how it is reached (PIPL 17, 22)
  rights,      ///< of the whole policy: how rights are exercised, or where the rules stand
  regimes,     ///< of the whole policy: where visitors are asked first
  validity,    ///< of the whole policy: how long answers stand; those given keep the time they were
               ///< given
};

struct Difference {
  std::string purpose;  ///< empty: the whole policy
  Change change;
  /// Whether a standing grant no longer covers the purpose.
  [[nodiscard]] bool asks_again() const {
    return change == Change::added || change == Change::terms || change == Change::longer_retention;
  }
};

/// In the order of the newer policy, then removed purposes, then what concerns the whole policy.
/// Purposes that rest on no consent are compared too.
[[nodiscard]] std::vector<Difference> diff(const Policy& older, const Policy& newer);
[[nodiscard]] std::string_view spell(Change change);

}  // namespace avow::policy
