#pragma once
// The policy's keys as recipients: the one check of a policy that needs the trust room.

#include "policy/read.h"
#include "trust/key.h"

namespace avow::session {

struct LoadedPolicy {
  policy::Policy policy;
  std::vector<trust::Recipient> recipients;  ///< one a key, in order
};

/// `policy::read`, and every key read too (key-malformed at /keys/N/recipient).
[[nodiscard]] Checked<LoadedPolicy> load_policy(std::string_view json);

}  // namespace avow::session
