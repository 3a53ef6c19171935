#pragma once
// Which of a policy's languages is nearest to one that somebody asks for (BCP 47 tags; likely
// scripts, parents and aliases after CLDR 48).

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avow::policy {

/// The one of `offered` whose readers `wanted` is nearest to: the same tag, else the same language
/// by script and then by region, a tie going to the first. Nothing where none is of its language.
[[nodiscard]] std::optional<std::string> nearest(std::string_view wanted,
                                                 const std::vector<std::string>& offered);

/// All that `nearest` says of `offered`, as a table: a visitor's tag, in lower case, is looked up
/// whole, then without its last subtag, and so on. The shortest such table, in the order of
/// `offered`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> spoken(
    const std::vector<std::string>& offered);

}  // namespace avow::policy
