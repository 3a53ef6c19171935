#pragma once
// What is sealed inside a record (docs/FORMAT.md, "Payload"), and how long it is made.

#include <optional>

#include "base/json.h"
#include "consent/decision.h"
#include "consent/fair.h"

namespace avow::session {

struct PayloadAnswer {
  std::string purpose;
  bool granted = false;
  Digest terms{};
  std::int64_t retention_days = 0;
  std::string_view control;  ///< which control gave it: accept, refuse, withdraw, tick, separate,
                             ///< frame, show-once, host, kept, not-carried
};

struct Payload {
  std::string_view kind = "choice";  ///< or "erase"
  time::Instant created_at = 0;
  Digest policy{};
  std::optional<Digest> notice;
  std::optional<Digest> change;  ///< the announcement that the notice told of
  std::string language;
  consent::Signals signals;
  policy::Regime regime = policy::Regime::opt_in;
  std::string_view control, layer, via;
  std::optional<consent::Stood> stood;  ///< of a press on the notice
  std::vector<PayloadAnswer> answers;
  std::string subject;              ///< empty: not identified
  std::optional<Digest> continues;  ///< the device key this chain replaces
  time::Instant until = 0;
};

constexpr std::size_t kLongestSubject = 128;

[[nodiscard]] json::Object write_payload(const Payload& payload);

/// The one size of every payload under this policy: the smallest 512 · 2ⁿ bytes that hold the
/// longest answer anybody could give, so that length tells nothing.
[[nodiscard]] std::size_t padded_size(const policy::Facts& facts);

}  // namespace avow::session
