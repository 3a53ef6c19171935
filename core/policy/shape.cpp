#include "policy/shape.h"

#include <algorithm>

namespace avow::policy {

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id[0] >= 'a' && id[0] <= 'z' &&
         std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

/// A language tag as far as it matters here: letters, digits and hyphens in groups of at most eight
/// (BCP 47).
bool is_language(std::string_view tag) {
  std::size_t group = 0;
  for (const char c : tag) {
    const bool alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '-' ? group == 0 : !alphanumeric || group == 8) return false;
    group = c == '-' ? 0 : group + 1;
  }
  return group > 0 && tag.size() >= 2 && tag.size() <= 35;
}

bool is_country(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// A country or a union of them, and perhaps a part of it: "cn", "eu-fr", "us-ca".
bool is_law(std::string_view code) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (code.size() < 2 || code.size() > 15 || !std::ranges::all_of(code.substr(0, 2), letter))
    return false;
  return code.size() == 2 ||
         (code.size() > 3 && code[2] == '-' && std::ranges::all_of(code.substr(3), [&](char c) {
            return letter(c) || (c >= '0' && c <= '9');
          }));
}

bool is_digest(std::string_view hex) {
  return hex.size() == 64 && std::ranges::all_of(hex, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_place(std::string_view place) {
  if (place == "*" || is_country(place)) return true;
  return place.size() >= 4 && place.size() <= 6 && is_country(place.substr(0, 2)) &&
         place[2] == '-' && std::ranges::all_of(place.substr(3), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

bool is_site(std::string_view site) {
  return !site.empty() && site.size() <= 253 && std::ranges::all_of(site, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

/// Only schemes that cannot run script: a policy's links end up in `href`. Browsers drop tabs and
/// line feeds and read `\` as `/`, so that "/\host" would leave the site: neither they nor spaces
/// stand in a link.
bool is_link(std::string_view url) {
  if (std::ranges::any_of(url, [](char c) {
        return (static_cast<unsigned char>(c) <= 0x20) || c == 0x7F || c == '\\';
      }))
    return false;
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:") ||
         url.starts_with("tel:") || (url.starts_with("/") && !url.starts_with("//"));
}

/// Where records may be put, each under its id: https:, a path on this site, or plain http: to this
/// very machine.
bool is_endpoint(std::string_view url) {
  if (!is_link(url) || url.find_first_of("?#") != std::string_view::npos) return false;
  if (url.starts_with("/")) return true;
  if (url.starts_with("https://")) return url.size() > 8 && url[8] != '/';
  if (!url.starts_with("http://")) return false;
  const std::string_view authority = url.substr(7, url.find_first_of("/?#", 7) - 7);
  for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
    if (!authority.starts_with(host)) continue;
    const std::string_view port = authority.substr(host.size());
    // "localhost.example" and "localhost:80@example" are other machines.
    return port.empty() || (port[0] == ':' && std::ranges::all_of(port.substr(1), [](char c) {
                              return c >= '0' && c <= '9';
                            }));
  }
  return false;
}

bool is_cookie(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

/// Text that a person reads: no control characters except the line feed.
bool is_prose(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
  });
}

bool is_blank(std::string_view text) {
  if (text.empty()) return false;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (const char c : text.substr(1, size - 1))
      code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    const auto holds = [code](const Unseen& one) { return one.first <= code && code <= one.last; };
    if (std::ranges::none_of(kUnseen, holds)) return false;
    text.remove_prefix(std::min(size, text.size()));
  }
  return true;
}

bool is_line(std::string_view text) {
  return is_prose(text) && text.find('\n') == std::string_view::npos;
}

}  // namespace avow::policy
