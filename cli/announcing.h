#pragma once
// From files to an announcement and the two policies that it names, for every verb that drafts,
// checks or shows one.

#include <map>
#include <optional>

#include "change/announcement.h"
#include "notice/announcement.h"
#include "notice/told.h"
#include "session/compile.h"
#include "session/keys.h"
#include "verbs.h"

namespace avow::cli {

/// Two policies that can be compared, each with interface texts for its languages.
struct TwoPolicies {
  policy::AuthoredPolicy older, newer;
  std::vector<notice::Catalog> older_catalogs, newer_catalogs;
};

/// Reads two policies. Nothing where one cannot be read, is a draft, or has a language without
/// interface texts, which has then been said on stderr; `code` then says how bad.
[[nodiscard]] std::optional<TwoPolicies> read_two(const Verb& verb, const std::string& older,
                                                  const std::string& newer,
                                                  const std::vector<std::string>& catalogs,
                                                  int& code);

/// Reads a change.json. Nothing where it cannot be read, which has then been said; as above.
[[nodiscard]] std::optional<change::Announcement> read_announcement(const Verb& verb,
                                                                    const std::string& file,
                                                                    int& code);

/// The announcement as it is spoken in one of the newer policy's languages.
[[nodiscard]] notice::Announced announced_in(const change::Announcement& announcement,
                                             const TwoPolicies& policies, std::size_t language);

/// What a build's notices tell of it.
struct Telling {
  std::string change;       ///< its public form; empty: there is none
  time::Instant from = 0;   ///< the day from which on it is told that it comes
  bool announced = false;   ///< the day is one on which that is told
  session::Changing older;  ///< that it comes, on days on which that is told
  session::Changing newer;  ///< what is different, once it holds
  /// By language: what a page announces by itself until it holds (web/announce).
  std::map<std::string, json::Object> cards;
};
[[nodiscard]] Telling told_on(time::Instant day, const change::Announcement& announcement,
                              const TwoPolicies& policies);

/// All that is wrong with an announcement, its text messages included.
[[nodiscard]] Errors breaches_of(const change::Announcement& announcement,
                                 const TwoPolicies& policies);
/// What is allowed and yet worth a second look.
[[nodiscard]] std::vector<std::string> advice_of(const change::Announcement& announcement,
                                                 const TwoPolicies& policies);

/// `avow check --change`: says all that is wrong with the announcement in `file`, or what it comes
/// to; returns the exit code.
int check_announcement(const Verb& verb, const std::string& file, const TwoPolicies& policies,
                       bool json);

}  // namespace avow::cli
