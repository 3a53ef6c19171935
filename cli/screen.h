#pragma once
// What goes to a terminal. Policies, records and file names are other people's text: none of it may
// move a cursor, change a colour or turn the reading direction.

#include <cstdio>
#include <string>
#include <string_view>

#include "base/json.h"

namespace avow::cli {

void print(std::FILE* to, std::string_view text);

/// Any bytes as one line of harmless text: control and direction characters, and what is not UTF-8,
/// become escapes.
[[nodiscard]] std::string safe(std::string_view any);

/// The value as one line of canonical JSON in which those characters are escaped too, with its line
/// feed.
[[nodiscard]] std::string json_line(const json::Value& value);

/// "file: where: code: sentence detail" for each, as editors read it.
void print_errors(std::FILE* to, std::string_view file, const Errors& errors);

}  // namespace avow::cli
