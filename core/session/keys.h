#pragma once
// The policy's keys as recipients: the one check of a policy that needs the trust room.

#include "policy/read.h"
#include "trust/key.h"

namespace avow::session {

/// What an author wrote, and its keys.
struct LoadedPolicy {
  policy::AuthoredPolicy policy;
  std::vector<trust::Recipient> recipients;  ///< one a key, in order
};

/// An authored policy: `policy::read`, and every key read too (key-malformed at /keys/N/recipient).
[[nodiscard]] Checked<LoadedPolicy> load_policy(std::string_view json);

/// Keys as a policy or its facts spell them, or what is wrong with each (at /keys/N).
[[nodiscard]] Checked<std::vector<trust::Recipient>> read_keys(std::span<const std::string> keys);

}  // namespace avow::session
