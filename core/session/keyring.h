#pragma once
// The secrets of one chain, and the public state that goes with them.

#include <optional>

#include "base/time.h"
#include "session/session.h"
#include "trust/record.h"

namespace avow::session {

struct Keyring {
  trust::Secret seed;        ///< Ed25519
  trust::Identity identity;  ///< the visitor's own X25519 key
  trust::Secret erase;
};

/// Where a chain stands. Stored beside the keyring, in the same transaction.
struct Chain {
  std::string site;
  trust::PublicKey device{};
  std::int64_t seq = 0;  ///< of the last record
  std::optional<trust::RecordId> head;
  time::Instant until = 0;  ///< the key ends with the longest answer it signed
  std::optional<Digest>
      subject;  ///< SHA-256 of the subject last sealed, so that it is not sealed again
};

[[nodiscard]] Result<Keyring> new_keyring(trust::Entropy& entropy);
[[nodiscard]] Keyring read_keyring(Vault vault);
void write_keyring(const Keyring& keyring, Vault vault);

[[nodiscard]] json::Value write_chain(const Chain& chain);
[[nodiscard]] Result<Chain> read_chain(const json::Value& stored);

}  // namespace avow::session
