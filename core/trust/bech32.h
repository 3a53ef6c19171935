#pragma once
// Bech32 (BIP 173) as age spells keys with it: 32 bytes, a prefix, a checksum over both.

#include "trust/secret.h"

namespace avow::trust {

/// Which case a spelling is in; mixed case has no meaning.
enum class Bech32Case { lower, upper };

/// `prefix` is in the case asked for.
[[nodiscard]] std::string write_bech32(std::string_view prefix, const Secret& bytes,
                                       Bech32Case letters);
/// Refuses another prefix, another case, a wrong checksum, another length and non-zero trailing
/// bits (`key-malformed`).
[[nodiscard]] Result<Secret> read_bech32(std::string_view prefix, std::string_view text,
                                         Bech32Case letters);

}  // namespace avow::trust
