#include "session/keys.h"

namespace avow::session {

Checked<LoadedPolicy> load_policy(std::string_view json) {
  Checked<policy::Policy> read = policy::read(json);
  if (!read) return std::unexpected(read.error());
  LoadedPolicy out{std::move(*read), {}};
  Errors errors;
  for (std::size_t i = 0; i < out.policy.keys.size(); ++i) {
    const Result<trust::Recipient> recipient = trust::read_recipient(out.policy.keys[i].recipient);
    if (recipient) {
      out.recipients.push_back(*recipient);
    } else {
      errors.push_back({recipient.error().code, json::join("/keys", i) + "/recipient", recipient.error().detail});
    }
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

}  // namespace avow::session
