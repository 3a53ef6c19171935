// Which law's default holds where the visitor is.
#include <algorithm>

#include "policy/facts.h"

namespace avow::policy {

Regime Jurisdiction::regime_of(std::string_view purpose, bool separate) const {
  const auto it = std::ranges::find(exceptions, purpose, &Exception::purpose);
  if (it != exceptions.end()) return it->regime;
  return separate ? Regime::opt_in : regime;
}

std::string Jurisdiction::name() const {
  const std::string out(spell(regime));
  return exceptions.empty() ? out : out + " " + place;
}

const Jurisdiction& jurisdiction_at(const std::vector<Jurisdiction>& jurisdictions,
                                    std::string_view place) {
  static const Jurisdiction kAskFirst;
  // Not knowing where somebody is must never cost them a choice.
  if (place.empty()) return kAskFirst;
  const std::string_view country = place.substr(0, place.find('-'));
  for (const std::string_view wanted : {place, country, std::string_view("*")}) {
    const auto it = std::ranges::find(jurisdictions, wanted, &Jurisdiction::place);
    if (it != jurisdictions.end()) return *it;
  }
  return kAskFirst;
}

}  // namespace avow::policy
