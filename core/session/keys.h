#pragma once
// The policy's keys as recipients: the one check of a policy that needs the trust room.

#include "policy/read.h"
#include "trust/key.h"

namespace avow::session {

struct LoadedPolicy {
  policy::Policy policy;
  std::vector<trust::Recipient> recipients;  ///< one a key, in order
};

/// What an author wrote, with what is beside the policy.
struct LoadedAuthored : LoadedPolicy {
  policy::Outputs outputs;
  std::vector<policy::Stored> stored;
};

/// An authored policy: `policy::read`, and every key read too (key-malformed at /keys/N/recipient).
[[nodiscard]] Checked<LoadedAuthored> load_policy(std::string_view json);

/// The policy's keys, or what is wrong with each.
[[nodiscard]] Checked<std::vector<trust::Recipient>> read_keys(const policy::Policy& policy);

}  // namespace avow::session
