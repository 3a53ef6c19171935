// Which law's default holds where the visitor is.
#include <algorithm>

#include "policy/facts.h"

namespace avow::policy {

Regime regime_at(const std::vector<Jurisdiction>& jurisdictions, std::string_view place) {
  // Not knowing where somebody is must never cost them a choice.
  if (place.empty()) return Regime::opt_in;
  const std::string_view country = place.substr(0, place.find('-'));
  for (const std::string_view wanted : {place, country, std::string_view("*")}) {
    const auto it = std::ranges::find(jurisdictions, wanted, &Jurisdiction::place);
    if (it != jurisdictions.end()) return it->regime;
  }
  return Regime::opt_in;
}

}  // namespace avow::policy
