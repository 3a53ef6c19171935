#pragma once
// Which members of two objects of a policy's written form are different, by their names.

#include "base/json.h"

namespace avow::policy {

/// What an object has under a name in two versions; null where one has none.
struct Pair {
  const json::Value* was = nullptr;
  const json::Value* is = nullptr;
  [[nodiscard]] bool same() const;
};

[[nodiscard]] Pair pair_of(const json::Object& older, const json::Object& newer,
                           std::string_view name);

/// The names of the members that differ: in the newer object's order, then those it has no longer.
[[nodiscard]] std::vector<std::string> differing(const json::Object& older,
                                                 const json::Object& newer);

/// The item of a list that has this value under this key, or null.
[[nodiscard]] const json::Object* item(const json::Value* list, std::string_view key,
                                       std::string_view value);

/// What differs within a member, in a few words: "phone" of an object, "CN regime" or "delete" of a
/// list whose items have a key, "2 age" of another. Empty of what is one value.
[[nodiscard]] std::string within(const Pair& member);

/// The names after one another.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

}  // namespace avow::policy
