#pragma once
// Who else is told what may run: tags of others that have a way to be told. No visitor's answer
// rests on it, so it is no part of the facts, and the browser's core does without.

#include "policy/policy.h"

namespace avow::policy {

/// Purposes, by id. Whatever follows them is granted while all of them are; following none, never.
using Follows = std::vector<std::string>;

/// Google Consent Mode, version 2.
struct GoogleConsent {
  Follows ad_storage, ad_user_data, ad_personalization, analytics_storage, functionality_storage,
      personalization_storage, security_storage;
  std::int64_t wait_for_update = 500;  ///< milliseconds that tags wait for the first update
  bool ads_data_redaction = false;
  bool url_passthrough = false;
};

/// Microsoft Advertising's tag (UET).
struct Uet {
  Follows ad_storage;
};

/// Microsoft Clarity (consentv2).
struct Clarity {
  Follows ad_storage, analytics_storage;
};

/// Those whom the policy does not name are told nothing.
struct Outputs {
  std::optional<GoogleConsent> google;
  std::optional<Uet> uet;
  std::optional<Clarity> clarity;
  std::string data_layer;  ///< the event's name; empty: none is pushed
  [[nodiscard]] bool empty() const;
};

/// A signal as the policy spells it, and what it follows.
struct Signal {
  std::string_view name;
  const Follows* follows;
};

/// The signals of one receiver, in the order in which they are declared.
[[nodiscard]] std::vector<Signal> signals(const GoogleConsent& google);
[[nodiscard]] std::vector<Signal> signals(const Uet& uet);
[[nodiscard]] std::vector<Signal> signals(const Clarity& clarity);

}  // namespace avow::policy
