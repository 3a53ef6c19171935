#pragma once
// From an answer to a signed, sealed record: which key signs it, which keys open it, what stays on
// the device.

#include "session/payload.h"
#include "session/request.h"

namespace avow::session {

/// Wipes the random bytes of a vault when a call ends, however it ends, and leaves the keyring to
/// its owner.
class VaultGuard {
 public:
  explicit VaultGuard(Vault vault) : vault_(vault) {}
  VaultGuard(const VaultGuard&) = delete;
  VaultGuard& operator=(const VaultGuard&) = delete;
  ~VaultGuard();

 private:
  Vault vault_;
};

struct SealingRequest {
  const Loaded& loaded;
  const Visit& visit;
  Payload payload;
  bool grants;              ///< whether the answer holds a yes
  time::Instant key_until;  ///< the device's key signs before this
};

struct Sealed {
  std::optional<trust::Record> record;  ///< none where the policy records no refusals
  std::optional<Chain> chain;  ///< where the device's chain stands now; none: it keeps no key
};

/// Continues the visit's chain if its key is in the vault and still runs; starts one where
/// something is granted (or the policy chains refusals); else signs with a key that is thrown away.
/// The vault's keyring is what the host must store.
[[nodiscard]] Result<Sealed> seal_choice(const SealingRequest& request, Vault vault);

/// A record with op "erase" that ends the visit's chain.
[[nodiscard]] Result<Sealed> seal_erase(const Loaded& loaded, const Visit& visit, Vault vault);

/// What `press` and `erase` answer: the record, its entry for the outbox, where the chain stands,
/// the choice that the device now holds, and what is decided by it.
[[nodiscard]] std::string sealed_answer(const Loaded& loaded, Visit visit,
                                        const consent::Choice& choice, const Sealed& sealed,
                                        const Errors& warnings);

}  // namespace avow::session
