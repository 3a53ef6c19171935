#include "policy/spelling.h"

namespace avow::policy {

std::string_view spell(Kind kind) { return json::spelled(kKinds, kind); }
std::string_view spell(Basis basis) { return json::spelled(kBases, basis); }
std::string_view spell(After after) { return json::spelled(kAfter, after); }
std::string_view spell(Role role) { return json::spelled(kRoles, role); }
std::string_view spell(Regime regime) { return json::spelled(kRegimes, regime); }

}  // namespace avow::policy
