#pragma once
// From files to a compiled policy, for every verb that publishes or shows one.

#include <optional>

#include "session/compile.h"
#include "verbs.h"

namespace avow::cli {

/// One catalog for each language of the policy, in its order: those in `files`, else the one that
/// the tool brings along. Nothing where one is missing or not good, which has then been said on
/// stderr; `code` then says how bad.
[[nodiscard]] std::optional<std::vector<notice::Catalog>> read_catalogs(
    const Verb& verb, const policy::Policy& policy, const std::vector<std::string>& files,
    int& code);

/// Whether what is made of a policy is published, or only looked at: a draft, and a policy that a
/// law it names asks more of, are never published.
enum class Use { publish, look };

/// Reads and compiles a policy; nothing where it cannot, as above. What a draft lacks and what a
/// law asks is said on stderr in any case.
[[nodiscard]] std::optional<session::Compiled> compile_file(
    const Verb& verb, const std::string& file, const std::vector<std::string>& catalogs, Use use,
    int& code, const session::Changing& changing = {});

}  // namespace avow::cli
