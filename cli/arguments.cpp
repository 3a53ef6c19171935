#include "arguments.h"

#include <algorithm>

#include "screen.h"

namespace avow::cli {

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto it =
      std::ranges::find(options_, option, &std::pair<std::string_view, std::string>::first);
  return it == options_.end() ? std::nullopt : std::optional(it->second);
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> out;
  for (const auto& [name, value] : options_) {
    if (name == option) out.push_back(value);
  }
  return out;
}

int usage(const Verb& verb, std::string_view what) {
  const std::string tool = "avow " + std::string(verb.name);
  print(stderr, tool + ": " + std::string(what) + " Try: " + tool + " --help\n");
  return kUsage;
}

std::optional<Arguments> read_arguments(const Verb& verb, Words words,
                                        std::initializer_list<Option> options, std::size_t least,
                                        std::size_t most) {
  Arguments out;
  bool only_files = false;
  const auto refuse = [&](const std::string& what) {
    usage(verb, what);
    return std::nullopt;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (only_files || word == "-" || !word.starts_with('-')) {
      out.files_.emplace_back(word);
      continue;
    }
    if (word == "--") {
      only_files = true;
      continue;
    }
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string_view::npos;
    const std::string_view spelled = word.substr(0, equals);
    const auto option = std::ranges::find_if(
        options, [&](const Option& o) { return o.name == spelled || o.letter == spelled; });
    if (option == options.end()) return refuse("there is no option \"" + safe(spelled) + "\".");
    if (!option->repeats && out.has(option->name))
      return refuse(std::string(option->name) + " stands twice.");
    std::string value;
    if (option->takes_value) {
      if (equals == std::string_view::npos && i + 1 == words.size())
        return refuse(std::string(option->name) + " needs a value.");
      value = equals == std::string_view::npos ? words[++i] : word.substr(equals + 1);
    } else if (equals != std::string_view::npos) {
      return refuse(std::string(option->name) + " takes no value.");
    }
    out.options_.emplace_back(option->name, std::move(value));
  }
  if (out.files_.size() < least) return refuse(least == 1 ? "name a file." : "name the files.");
  if (out.files_.size() > most)
    return refuse("\"" + safe(out.files_[most]) + "\" is one file too many.");
  return out;
}

}  // namespace avow::cli
