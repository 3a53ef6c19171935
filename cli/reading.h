#pragma once
// Reading what a verb was given. What cannot be read is said on stderr, and `code` then says how
// bad it is.

#include <optional>
#include <string>

#include "session/keys.h"
#include "verbs.h"

namespace avow::cli {

/// "avow VERB: what", on stderr.
void complain(const Verb& verb, const std::string& what);

/// A file's bytes; nothing where it cannot be read.
[[nodiscard]] std::optional<std::string> read_text(const Verb& verb, const std::string& file,
                                                   int& code);

/// A policy with its keys, drafts too; nothing where the file cannot be read or is no policy.
[[nodiscard]] std::optional<session::LoadedPolicy> read_policy(const Verb& verb,
                                                               const std::string& file, int& code);

}  // namespace avow::cli
