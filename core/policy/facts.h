#pragma once
// The facts of a policy: what is left of it once it is compiled, all that decides and nothing that
// is read by people. The browser's core knows a policy by its facts alone. Their SHA-256 is the
// policy id: they name the hash of each language's texts, which name every notice, and the hash of
// the public policy, so that one number vouches for all of it.

#include <map>

#include "policy/policy.h"

namespace avow::policy {

struct Facts {
  /// A purpose, as an answer sees it.
  struct Purpose {
    std::string id;
    bool asks = true;       ///< rests on consent
    bool separate = false;  ///< asked by a control of its own, never carried by "accept all"
    bool gpc = false;       ///< Global Privacy Control speaks of it
    Digest terms{};         ///< an answer stands while they stand
    std::int64_t retention_days = 0;
    /// Where an announced change tells of it: the terms before it, all zero where it asked nothing,
    /// and for how long data was kept.
    std::optional<Digest> was;
    std::int64_t was_days = 0;
  };

  std::string site;
  std::string version;                                ///< the author's own
  std::vector<std::pair<std::string, Digest>> texts;  ///< SHA-256 by language, one a language
  std::vector<Purpose> purposes;                      ///< those that are pursued on the site
  std::vector<Jurisdiction> jurisdictions;
  Validity validity;
  RefusalRecord record_refusals = RefusalRecord::anonymous;
  Framed framed = Framed::seen;
  std::vector<std::string> keys;  ///< "age1…"
  Collector collector;
  Digest policy{};               ///< SHA-256 of the public policy (public.h)
  std::optional<Digest> change;  ///< the id of the announcement that the notices tell of
  Digest id{};                   ///< SHA-256 of the facts themselves

  [[nodiscard]] const Purpose* purpose(std::string_view purpose_id) const;
};

/// A change that has taken effect and that the notices tell of: its announcement's id, and for each
/// purpose that people are asked about because of it what it was, as above.
struct ChangeTo {
  Digest id{};
  std::map<std::string, std::pair<Digest, std::int64_t>, std::less<>> was;
};

/// The facts of a policy that `read` took. `texts` has one hash a language, in the policy's order;
/// `id` is set.
[[nodiscard]] Facts facts_of(const Policy& policy, const std::vector<Digest>& texts,
                             const std::optional<ChangeTo>& change = {});

/// In canonical form (RFC 8785).
[[nodiscard]] std::string write_facts(const Facts& facts);

/// Reads what `write_facts` wrote. What it holds was checked when it was compiled; it is checked
/// again as far as the core's own invariants need it: shapes and bounds.
[[nodiscard]] Checked<Facts> read_facts(std::string_view json);

/// What holds at a place: its own entry, else its country's, else "*". Unknown (empty) asks first.
[[nodiscard]] const Jurisdiction& jurisdiction_at(const std::vector<Jurisdiction>& jurisdictions,
                                                  std::string_view place);

}  // namespace avow::policy
