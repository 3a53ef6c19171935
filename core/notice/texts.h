#pragma once
// What the browser's core knows of one language: which notices there are, by their hashes, and what
// it says in their slots. The facts name the hash of these texts, and so vouch for every notice.

#include <map>
#include <optional>

#include "base/digest.h"
#include "base/fields.h"
#include "notice/layer.h"
#include "policy/policy.h"

namespace avow::notice {

class Catalog;

struct Texts {
  std::string language;
  /// The notice id of each layer by `name_of`.
  std::map<std::string, Digest, std::less<>> notices;
  std::map<std::string, std::string, std::less<>> said;

  /// What is said where a catalog has this key. Only keys that `read_texts` asks for.
  [[nodiscard]] const std::string& say(std::string_view key) const;
  /// The id of a layer as it is shown under a regime; nothing where the policy has no such layer.
  [[nodiscard]] std::optional<Digest> notice(Layer layer, std::string_view regime,
                                             std::string_view purpose = {}) const;
};

/// "choices"; of first layers with what holds where they are shown (Jurisdiction::name), "first
/// opt-in", and so of choices and doors that are others there; of frames with their purpose.
[[nodiscard]] std::string name_of(Layer layer, std::string_view regime, std::string_view purpose);

/// In canonical form (RFC 8785). `notices`: the ids of all that the page can show in this language.
/// Of a record that is locked elsewhere they say no more than that it is erased on the device.
[[nodiscard]] std::string write_texts(const Catalog& catalog,
                                      const std::map<std::string, Digest, std::less<>>& notices,
                                      policy::EraseMode erase);

/// Reads what `write_texts` wrote.
[[nodiscard]] Checked<Texts> read_texts(std::string_view json);

}  // namespace avow::notice
