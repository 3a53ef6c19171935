#pragma once
// The company's keys, from the files that `avow keygen` or age-keygen wrote.

#include <expected>
#include <string>
#include <vector>

#include "passphrase.h"
#include "trust/key.h"

namespace avow::cli {

/// Every identity of every file, plain or sealed to a passphrase, which is asked for once; an error
/// is a sentence.
[[nodiscard]] std::expected<std::vector<trust::Identity>, std::string> read_identities(
    const std::vector<std::string>& files, const PassphraseSource& source);

}  // namespace avow::cli
