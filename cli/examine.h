#pragma once
// One incoming record, checked as far as it can be.

#include <optional>
#include <span>

#include "intake.h"
#include "trust/record.h"

namespace avow::cli {

struct Examined {
  std::string source;
  bool unreadable = false;               ///< the file, not the record; `source` then says why
  std::optional<trust::RecordId> given;  ///< the id it came under
  std::string received_at;               ///< what the collector says; empty where it does not
  std::optional<trust::Record> record;   ///< once shape and signature hold
  std::optional<json::Value> payload;    ///< once it is opened and bound to its header
  Errors problems;

  /// The record's own id; where it cannot be known, the one it came under.
  [[nodiscard]] std::optional<trust::RecordId> id() const {
    return record ? std::optional(record->id) : given;
  }
};

/// Checks shape, signature and id; opens it with `identities` unless there are none.
[[nodiscard]] Examined examine(const Incoming& incoming,
                               std::span<const trust::Identity> identities);

/// {"id", "number", "received_at", "source", "header", "payload", "problems"}; null where something
/// is not known.
[[nodiscard]] json::Value write_examined(const Examined& examined);

}  // namespace avow::cli
