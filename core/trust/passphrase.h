#pragma once
// age v1 files sealed to a passphrase (scrypt stanza): how a company keeps its identities. Native
// tools only.

#include "trust/seal.h"

namespace avow::trust {

/// Random bytes consumed: file key 16, payload nonce 16, scrypt salt 16.
constexpr std::size_t kPassphraseEntropy = 48;
constexpr int kWorkFactor = 18;  ///< log2 N that age writes
constexpr int kLargestWorkFactor =
    22;  ///< what age still opens; above it a file could hold the machine for minutes

[[nodiscard]] Result<Bytes> seal_with_passphrase(ByteView plaintext, std::string_view passphrase,
                                                 Entropy& entropy, int work_factor = kWorkFactor);
[[nodiscard]] Result<Bytes> open_with_passphrase(ByteView file, std::string_view passphrase);
/// Whether the file's only stanza is a scrypt one, so that a tool knows to ask for a passphrase.
[[nodiscard]] bool wants_passphrase(ByteView file);

}  // namespace avow::trust
