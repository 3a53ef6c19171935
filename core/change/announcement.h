#pragma once
// A change of a policy as a company announces it (docs/CHANGE.md): what is different, from when,
// why, and what people can do about it. A file of its own that names two policies; neither knows
// it.

#include <algorithm>

#include "policy/policy.h"

namespace avow::change {

using policy::Text;

/// Who is told.
enum class Audience { visitors, customers, everybody };

/// By which way people are told.
enum class Way { notice, page, mail, sms };

/// One thing that is different.
struct Changed {
  std::string pointer;  ///< into the newer policy's public form, or the older's where it is gone
  std::string what;     ///< the id of the purpose or whatever else it belongs to
  Text was, is;         ///< in words; `was` is empty of what is new, `is` of what is gone
  Text why;
  bool asks_again = false;  ///< whether people are asked for their consent because of it
  std::string decided_by;   ///< for the house: not published
};

struct Announcement {
  std::vector<std::string> languages;
  std::vector<std::pair<std::string, std::string>> fallbacks;
  std::string policy_from, policy_to;  ///< SHA-256 of the public policies, in hexadecimal
  time::Instant effective_at = 0;      ///< the newer policy's
  time::Instant notify_from = 0;
  Audience audience = Audience::everybody;
  std::vector<Changed> changed;
  Text meaning;                      ///< what it means for people
  Text refuse;                       ///< how to say no, and what then
  time::Instant feedback_until = 0;  ///< that day included
  std::string feedback_to;
  std::vector<Way> channels;
  Text signature;  ///< who signs a text message
  Text link;       ///< where all of it can be read

  [[nodiscard]] bool by(Way way) const {
    return std::ranges::find(channels, way) != channels.end();
  }
};

}  // namespace avow::change
