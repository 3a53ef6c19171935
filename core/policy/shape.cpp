#include "policy/shape.h"

#include <algorithm>

namespace avow::policy {

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id[0] >= 'a' && id[0] <= 'z' &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// A language tag as far as it matters here: letters, digits and hyphens in groups of at most eight (BCP 47).
bool is_language(std::string_view tag) {
  std::size_t group = 0;
  for (const char c : tag) {
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '-' ? group == 0 : !alphanumeric || group == 8) return false;
    group = c == '-' ? 0 : group + 1;
  }
  return group > 0 && tag.size() >= 2 && tag.size() <= 35;
}

bool is_country(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_place(std::string_view place) {
  if (place == "*" || is_country(place)) return true;
  return place.size() >= 4 && place.size() <= 6 && is_country(place.substr(0, 2)) && place[2] == '-' &&
         std::ranges::all_of(place.substr(3), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_site(std::string_view site) {
  return !site.empty() && site.size() <= 253 && std::ranges::all_of(site, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

/// Only schemes that cannot run script: a policy's links end up in `href`.
bool is_link(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:") || url.starts_with("tel:") ||
         (url.starts_with("/") && !url.starts_with("//"));
}

/// Text that a person reads: no control characters except the line feed.
bool is_prose(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F; });
}

}  // namespace avow::policy
