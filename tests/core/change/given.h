#pragma once
// What the tests of changes are given: the sample policy, a newer one, and its announcement.

#include "change/read.h"
#include "policy/given.h"

namespace avow::change::given {

using policy::given::good;
using policy::given::sample;
using policy::given::with;

inline std::string file(const std::string& name) {
  return policy::given::file("../change/" + name);
}

inline policy::AuthoredPolicy authored(const std::string& text) {
  Checked<policy::AuthoredPolicy> policy = policy::read(text);
  if (policy) return std::move(*policy);
  for (const Error& error : policy.error()) ADD_FAILURE() << describe(error);
  return {};
}

inline Announcement announcement(const std::string& text = file("change.json")) {
  Checked<Announcement> read = change::read(text);
  if (read) return std::move(*read);
  for (const Error& error : read.error()) ADD_FAILURE() << describe(error);
  return {};
}

}  // namespace avow::change::given
