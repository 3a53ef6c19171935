#include "policy/spelling.h"

namespace avow::policy {
namespace {

template <class T, std::size_t N>
std::string_view spelled(const Spelling<T> (&table)[N], T value) {
  for (const Spelling<T>& one : table) {
    if (one.value == value) return one.name;
  }
  fatal("a value without a spelling");
}

}  // namespace

std::string_view spell(Kind kind) { return spelled(kKinds, kind); }
std::string_view spell(Basis basis) { return spelled(kBases, basis); }
std::string_view spell(After after) { return spelled(kAfter, after); }
std::string_view spell(Role role) { return spelled(kRoles, role); }
std::string_view spell(Regime regime) { return spelled(kRegimes, regime); }

}  // namespace avow::policy
