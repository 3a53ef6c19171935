#include "policy/keeping.h"

#include <algorithm>

namespace avow::policy {
namespace {

/// Whether the one entry certainly ends no later than the other.
bool within(const Retention& one, const Retention& other) {
  if (!other.period) return true;  // a criterion counts as longer than every period
  if (!one.period) return false;
  if (other.bound == Bound::at_least)
    return one.bound == Bound::at_most || time::covers(*other.period, *one.period);
  // Nothing happens to data before it is collected.
  const bool no_later = one.from == other.from || one.from == Event::collection;
  return one.bound == Bound::at_most && no_later && time::covers(*other.period, *one.period);
}

std::vector<const Retention*> of_category(const Purpose& purpose, const std::string& id) {
  std::vector<const Retention*> out;
  for (const Retention& one : purpose.retention) {
    if (one.holds_for(id)) out.push_back(&one);
  }
  return out;
}

}  // namespace

std::vector<std::string> longer_kept(const Purpose& before, const Purpose& now) {
  std::vector<std::string> out;
  for (const std::string& id : now.categories) {
    if (std::ranges::find(before.categories, id) == before.categories.end()) continue;
    const auto was = of_category(before, id);
    const auto is = of_category(now, id);
    const auto agreed_to = [&](const Retention* one) {
      return std::ranges::any_of(was, [&](const Retention* old) { return within(*one, *old); });
    };
    if ((is.empty() && !was.empty()) || !std::ranges::all_of(is, agreed_to)) out.push_back(id);
  }
  return out;
}

}  // namespace avow::policy
