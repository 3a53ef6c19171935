#pragma once
// The archive of a company: every notice, facts, texts, policy and announcement that it ever
// published, under their hashes.
//
//   DIR/notices/HASH.html   DIR/facts/HASH.json   DIR/texts/HASH.json   DIR/policies/HASH.json
//   DIR/changes/HASH.json

#include <expected>
#include <set>
#include <string>

#include "session/compile.h"

namespace avow::cli {

/// Adds what is not there yet; what is there is never written again. `change`: the public form of
/// the announcement that the notices tell of; empty: of none.
[[nodiscard]] std::expected<void, std::string> keep(const std::string& folder,
                                                    const session::Compiled& compiled,
                                                    const std::string& change);

/// What an archive holds, by hash.
struct Archive {
  std::set<std::string> notices, facts, changes;
};

/// An error is a sentence: the folder cannot be read, or a file in it is damaged (its bytes are not
/// what its name says). Evidence that was altered must be heard of at once, not counted as absent.
[[nodiscard]] std::expected<Archive, std::string> read_archive(const std::string& folder);

}  // namespace avow::cli
