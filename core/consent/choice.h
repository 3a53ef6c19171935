#pragma once
// What a device holds of its visitor's last answer: enough to decide with, nothing secret.

#include <optional>

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "policy/facts.h"

namespace avow::consent {

struct Answer {
  std::string purpose;
  bool granted = false;
  Digest terms{};                   ///< the terms it answered
  std::int64_t retention_days = 0;  ///< the longest keeping it agreed to
  time::Instant until = 0;          ///< it stands before this
  bool asked_first = false;         ///< a yes before which nothing was done: it stands everywhere
};

/// What a device holds of them; a policy has no more purposes.
constexpr std::size_t kMostAnswers = 64;

/// The last answer. An anonymous one, which is a refusal or was given on another sub-domain
/// (shared.h), is the same for everybody who said it that day: no record, no number, the time
/// rounded down to the day (docs/ARCHITECTURE.md, Trust).
struct Choice {
  time::Instant at = 0;
  bool gpc = false;
  std::string language;
  std::string policy_version;
  Digest policy{};
  Digest notice{};
  std::optional<Digest> record;
  std::vector<Answer> answers;  ///< none where only ever one frame was shown, once

  [[nodiscard]] const Answer* answer(std::string_view purpose) const;
  [[nodiscard]] bool anonymous() const { return !record.has_value(); }
  /// Whether it says yes to anything.
  [[nodiscard]] bool grants() const;
};

/// How a choice is stored, and read back from storage that anybody may have touched.
[[nodiscard]] json::Value write_choice(const Choice& choice);
[[nodiscard]] Result<Choice> read_choice(const json::Value& stored);

}  // namespace avow::consent
