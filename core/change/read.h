#pragma once
// change.json → Announcement. Everything that is wrong is reported at once, each with its JSON
// pointer.

#include "base/digest.h"
#include "change/announcement.h"

namespace avow::change {

/// Reads a change.json (docs/CHANGE.md). An empty text is no error here: rules.h asks for it.
[[nodiscard]] Checked<Announcement> read(std::string_view json);

/// In canonical form (RFC 8785), good for `read` again; `internal` members and `decided_by` are no
/// part of it.
[[nodiscard]] std::string write_public(const Announcement& announcement);
/// SHA-256 of the public form: by what a record or a letter names the announcement.
[[nodiscard]] Digest id_of(const Announcement& announcement);

}  // namespace avow::change
