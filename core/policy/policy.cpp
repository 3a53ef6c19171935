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
  return period && bound == Bound::at_most ? time::longest_days(*period) : kLongestRetention;
}

bool Retention::holds_for(std::string_view category) const {
  return categories.empty() || std::ranges::find(categories, category) != categories.end();
}

bool Purpose::on_site() const {
  return where.empty() || std::ranges::find(where, Where::site) != where.end();
}

bool Purpose::asked_in_a_case() const {
  // Of what is not asked the reader wants to know when consent is given (`when`).
  return basis != Basis::consent &&
         std::ranges::find(bases, Basis::consent, &Ground::basis) != bases.end();
}

bool Purpose::asked_by_a_form() const {
  return std::ranges::find(channels, ReachRule::asked_elsewhere, &Channel::rule) != channels.end();
}

bool Purpose::answers_to_gpc() const {
  return kind == Kind::marketing || kind == Kind::sharing ||
         std::ranges::any_of(sharing, [](const Use& use) {
           return use.counts_as && *use.counts_as != CountsAs::disclosure;
         });
}

std::int64_t Purpose::kept_days() const {
  std::int64_t longest = 0;
  for (const Retention& one : retention) longest = std::max(longest, one.days());
  return longest;
}

const Use* Purpose::use_of(std::string_view recipient) const {
  const auto it = std::ranges::find(sharing, recipient, &Use::recipient);
  return it == sharing.end() ? nullptr : &*it;
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

std::optional<Role> Policy::role(const Purpose& purpose, const Recipient& recipient) const {
  const Use* use = purpose.use_of(recipient.id);
  return use != nullptr && use->role ? use->role : recipient.role;
}

}  // namespace avow::policy
