#include "policy/spelling.h"

namespace avow::policy {
namespace {

template <class T, std::size_t N>
std::string_view spelled_or_open(const Spelling<T> (&table)[N], T value) {
  return json::is_open(value) ? kOpen : json::spelled(table, value);
}

}  // namespace

std::string_view spell(Kind kind) { return spelled_or_open(kKinds, kind); }
std::string_view spell(Basis basis) { return spelled_or_open(kBases, basis); }
std::string_view spell(After after) { return json::spelled(kAfter, after); }
std::string_view spell(Role role) { return json::spelled(kRoles, role); }
std::string_view spell(Regime regime) { return json::spelled(kRegimes, regime); }

}  // namespace avow::policy
