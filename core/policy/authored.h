#pragma once
// What an author writes: the policy, and what is beside it. No visitor's answer rests on the
// latter: it is no part of the facts.

#include "policy/outputs.h"
#include "policy/stored.h"

namespace avow::policy {

/// How many people, in the steps that Chinese law counts in.
enum class People { under_100k, under_1m, under_10m, from_10m };
enum class Commerce { none, own_site, in_platform, platform };

/// What decides which duties a company has. For `avow check` alone.
struct Profile {
  std::optional<People> individuals, sensitive_individuals;
  std::int64_t exported_this_year = 0;
  bool critical_infrastructure = false;
  std::optional<Commerce> ecommerce;
  bool prepaid = false;
};

/// The author's word that new words mean what the old ones meant.
struct WordingOnly {
  std::string purpose;
  std::string since;
  std::string by;
  time::Instant on = 0;
  bool keeping = false;  ///< and that data is kept no longer, where no program can tell
};

struct AuthoredPolicy : Policy {
  bool draft = false;
  Errors gaps;  ///< of a draft: which required members are absent
  std::optional<Profile> profile;
  std::vector<WordingOnly> wording_only;
  Outputs outputs;
  std::vector<Stored> stored;
};

}  // namespace avow::policy
