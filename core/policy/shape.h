#pragma once
// The shapes that ids, tags, places and links of a policy must have.

#include <string_view>

namespace avow::policy {

/// A policy may have so many languages.
constexpr std::size_t kMostLanguages = 64;

[[nodiscard]] bool is_id(std::string_view id);
[[nodiscard]] bool is_language(std::string_view tag);
[[nodiscard]] bool is_country(std::string_view code);
[[nodiscard]] bool is_law(std::string_view code);
[[nodiscard]] bool is_digest(std::string_view hex);
[[nodiscard]] bool is_place(std::string_view place);
[[nodiscard]] bool is_site(std::string_view site);
[[nodiscard]] bool is_link(std::string_view url);
[[nodiscard]] bool is_endpoint(std::string_view url);
[[nodiscard]] bool is_cookie(std::string_view name);
/// Whether there is something in it, and nothing but spaces.
[[nodiscard]] bool is_blank(std::string_view text);
[[nodiscard]] bool is_line(std::string_view text);
[[nodiscard]] bool is_prose(std::string_view text);

}  // namespace avow::policy
