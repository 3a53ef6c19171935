#include "due.h"

#include <algorithm>

#include "screen.h"

namespace avow::cli {
namespace {

/// A word as a shell reads it.
std::string quoted(std::string_view word) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=@%+,";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos)
    return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string same_command(const Verb& verb, Words words) {
  std::string out = "avow " + std::string(verb.name);
  bool options = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    options = options && words[i] != "--";
    if (options && words[i] == "--on") {
      ++i;
      continue;
    }
    if (options && words[i].starts_with("--on=")) continue;
    out += " " + quoted(words[i]);
  }
  return out;
}

}  // namespace

json::Array write_due(const std::vector<Due>& days) {
  json::Array out;
  for (const Due& day : days)
    out.push_back(json::Object{}.set("on", time::write_date(day.on)).set("then", day.then));
  return out;
}

void tell_due(const Verb& verb, const std::vector<Due>& days, Words words) {
  if (days.empty()) return;
  for (const Due& day : days)
    print(stdout, "due        " + time::write_date(day.on) + " (UTC): " + safe(day.then) + "\n");
  print(stdout, std::string("what is served does not change by itself: on ") +
                    (days.size() == 1 ? "that day" : "each of these days") + " run\n  " +
                    safe(same_command(verb, words)) + "\n");
  if (std::ranges::find(words, "-") != words.end())
    print(
        stdout,
        "where - is a policy that was read from stdin: a clock needs it in a file, named there\n");
}

}  // namespace avow::cli
