#pragma once
// Whether something is one of several.

#include <algorithm>
#include <iterator>

namespace avow {

[[nodiscard]] bool among(const auto& all, const auto& one) {
  return std::ranges::find(all, one) != std::end(all);
}

}  // namespace avow
