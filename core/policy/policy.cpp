#include "policy/policy.h"

#include <algorithm>

namespace avow::policy {
namespace {

template <class T>
const T* by_id(const std::vector<T>& items, std::string_view id) {
  const auto it = std::ranges::find(items, id, &T::id);
  return it == items.end() ? nullptr : &*it;
}

}  // namespace

std::string_view Text::in(std::string_view language) const {
  const auto it =
      std::ranges::find(languages, language, &std::pair<std::string, std::string>::first);
  return it == languages.end() ? std::string_view{} : it->second;
}

std::int64_t Retention::days() const {
  return period ? time::longest_days(*period) : kLongestRetention;
}

const Purpose* Policy::purpose(std::string_view purpose_id) const {
  return by_id(purposes, purpose_id);
}
const Category* Policy::category(std::string_view category_id) const {
  return by_id(categories, category_id);
}
const Recipient* Policy::recipient(std::string_view recipient_id) const {
  return by_id(recipients, recipient_id);
}

bool needs_separate_consent(Kind kind) {
  return kind == Kind::sharing || kind == Kind::cross_border || kind == Kind::public_disclosure;
}

}  // namespace avow::policy
