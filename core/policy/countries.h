#pragma once
// Which countries there are.

#include <string_view>
#include <vector>

namespace avow::policy {

/// Whether ISO 3166-1 assigns the two letters; `XK` counts, which stands for Kosovo where data is
/// exchanged (CLDR, the European Commission) until ISO has a code, and `EU`, which ISO reserves for
/// the Union: a place where data may be said to be stored.
[[nodiscard]] bool is_assigned(std::string_view code);
/// All of them, by the alphabet.
[[nodiscard]] std::vector<std::string_view> assigned();

}  // namespace avow::policy
