#pragma once
// What purposes keep on the visitor's device, by name, so that it can be deleted once they are
// denied. No answer rests on it: it is no part of the facts, and the browser's core does without.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace avow::policy {

/// Names; `*` in one stands for any part of it.
struct Stored {
  std::string purpose;
  std::vector<std::string> cookies, local_storage, session_storage, databases, caches;
};

/// One of its lists as the policy spells it.
struct StoredNames {
  std::string_view list;
  const std::vector<std::string>* names;
};

/// All of its lists, in the order in which they are declared.
[[nodiscard]] std::vector<StoredNames> lists(const Stored& stored);

/// Whether a name that may hold `*` is a name of this one.
[[nodiscard]] bool is_name_of(std::string_view pattern, std::string_view name);

/// As web/clear reads it: one object an entry, without the lists that are empty.
[[nodiscard]] json::Array write_stored(const std::vector<Stored>& all);

}  // namespace avow::policy
