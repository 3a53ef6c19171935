#pragma once
// Where a passphrase comes from: a file, a pipe, or fingers on a keyboard that nobody sees echoed.

#include <expected>
#include <string>

namespace avow::cli {

struct PassphraseSource {
  std::string
      file;  ///< its first line; empty: standard input if that is not a terminal, else the terminal
  bool stdin_taken = false;  ///< records come in there
};

/// Who gets it wipes it. `twice`: a new one is typed again, so that a slip of the finger locks
/// nobody out.
[[nodiscard]] std::expected<std::string, std::string> read_passphrase(
    const PassphraseSource& source, const std::string& prompt, bool twice);

}  // namespace avow::cli
