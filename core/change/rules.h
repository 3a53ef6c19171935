#pragma once
// What an announcement must say of two policies, and what is worth a second look.

#include "change/announcement.h"
#include "policy/authored.h"

namespace avow::change {

/// All that is wrong, each with its place in the announcement: policies that are not those it
/// names, a difference that it leaves out, names twice, or that is none, a consent that is asked or
/// not asked again, a text that is missing in a language, days in the wrong order.
[[nodiscard]] Errors breaches(const Announcement& announcement, const policy::Policy& older,
                              const policy::AuthoredPolicy& newer);

/// What is allowed and yet worth a second look, a sentence each.
[[nodiscard]] std::vector<std::string> advice(const Announcement& announcement,
                                              const policy::Policy& older,
                                              const policy::AuthoredPolicy& newer);

}  // namespace avow::change
