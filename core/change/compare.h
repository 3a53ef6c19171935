#pragma once
// Two versions of a policy → every member that people read and that is different, each with its
// place. policy/diff.h says what a change comes to; this says where it stands.

#include "change/announcement.h"

namespace avow::change {

/// One member that is different, or an object that is new or gone.
struct Part {
  std::string pointer;  ///< into the newer public form; into the older's where it is gone
  std::string list;     ///< "purposes", "recipients", "controller": the policy's own member
  std::string what;     ///< an id or a right's type; the policy's member where it has none
  std::string member;   ///< "retention"; empty: the whole object
  std::size_t nth = 0;  ///< which of several rights of one type, for several laws
  bool was = false;     ///< whether the older policy has it
  bool is = false;      ///< whether the newer one does
  bool asks_again = false;
};

/// The part that an announcement's entry is about, or null. What is gone has its place in the older
/// policy, where the newer one may have put something else: a purpose in the stead of another.
[[nodiscard]] const Part* part_of(const std::vector<Part>& parts, const Changed& changed);

/// In the order of the newer policy. A category or a recipient that comes or goes is told by the
/// purposes that use it. What visitors do not read (keys, looks, the version's name) is no part.
[[nodiscard]] std::vector<Part> compare(const policy::Policy& older, const policy::Policy& newer);

}  // namespace avow::change
