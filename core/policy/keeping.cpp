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

/// Whether it certainly ends later, or never.
bool beyond(const Retention& one, const Retention& other) {
  if (!one.period) return other.period && other.bound == Bound::at_most;
  if (!other.period) return false;
  if (one.bound != other.bound) return one.bound == Bound::at_least;
  const bool no_earlier = one.from == other.from || other.from == Event::collection;
  return no_earlier && time::covers(*one.period, *other.period);
}

std::vector<const Retention*> of_category(const Purpose& purpose, const std::string& id) {
  std::vector<const Retention*> out;
  for (const Retention& one : purpose.retention) {
    if (one.holds_for(id)) out.push_back(&one);
  }
  return out;
}

}  // namespace

std::vector<Longer> longer_kept(const Purpose& before, const Purpose& now) {
  std::vector<Longer> out;
  for (const std::string& id : now.categories) {
    if (std::ranges::find(before.categories, id) == before.categories.end()) continue;
    const auto was = of_category(before, id);
    const auto is = of_category(now, id);
    const auto agreed_to = [&](const Retention* one) {
      return std::ranges::any_of(was, [&](const Retention* old) { return within(*one, *old); });
    };
    if (is.empty() && !was.empty()) out.push_back({id, now.retention.size(), true});
    for (const Retention* more : is) {
      if (agreed_to(more)) continue;
      const auto surely = [&](const Retention* old) { return beyond(*more, *old); };
      out.push_back({id, static_cast<std::size_t>(more - now.retention.data()),
                     std::ranges::all_of(was, surely)});
    }
  }
  return out;
}

}  // namespace avow::policy
