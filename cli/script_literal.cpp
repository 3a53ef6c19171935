#include "script_literal.h"

#include <algorithm>

namespace avow::cli {
namespace {

/// Past the quote that ends the string which begins at `at`.
std::size_t end_of(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return std::min(at + 1, json.size());
}

/// A string's inside in single quotes.
std::string single_quoted(std::string_view inside) {
  std::string out = "'";
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\'') out += '\\';
    // Of an escape only that of the double quote goes.
    if (inside[i] == '\\' && inside[++i] != '"') out += '\\';
    out += inside[i];
  }
  return out += '\'';
}

}  // namespace

std::string script_literal(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      out += json[at++];
      continue;
    }
    const std::size_t end = end_of(json, at);
    const std::string_view inside = json.substr(at + 1, end - at - 2);
    const bool fewer = std::ranges::count(inside, '"') > std::ranges::count(inside, '\'');
    out += fewer ? single_quoted(inside) : std::string(json.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace avow::cli
