#pragma once
// The words of a command line, told apart into options and files.

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verbs.h"

namespace avow::cli {

struct Option {
  std::string_view name;  ///< "--lang"
  bool takes_value = true;
  std::string_view letter = {};  ///< "-i"
  bool repeats = false;
};

/// Options may stand anywhere; `--` ends them; `--name=value` is understood.
class Arguments {
 public:
  [[nodiscard]] bool has(std::string_view option) const { return value(option).has_value(); }
  /// The option's value; empty for one that takes none.
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

 private:
  friend std::optional<Arguments> read_arguments(const Verb&, Words, std::initializer_list<Option>,
                                                 std::size_t, std::size_t);
  std::vector<std::pair<std::string_view, std::string>> options_;
  std::vector<std::string> files_;
};

/// Reads `words` for `verb`, which takes from `least` to `most` files. Nothing where they make no
/// sense, which has then been said on stderr.
[[nodiscard]] std::optional<Arguments> read_arguments(const Verb& verb, Words words,
                                                      std::initializer_list<Option> options,
                                                      std::size_t least, std::size_t most);

/// Says on stderr what is wrong with how `verb` was called; returns the exit code for it.
int usage(const Verb& verb, std::string_view what);

}  // namespace avow::cli
