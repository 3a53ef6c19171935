#pragma once
// What the notice tells of a change of its policy: before its day that it comes, from then on what
// is different in that which was answered.

#include "notice/announcement.h"

namespace avow::notice {

/// Before the newer policy holds, for notices of the older one: that it comes, and among the
/// choices what of each part will be different.
[[nodiscard]] ChangeTold told_before(const Announced& announced);
/// From its day on, for notices of the newer one. On the first layer only what people are asked
/// again about; among the choices all that is different, each part beside what it belongs to.
[[nodiscard]] ChangeTold told_since(const Announced& announced);

/// The announcement as pages show it by themselves before the day: a card, and what it opens.
struct Cards {
  std::string card, whole;
};
[[nodiscard]] Cards announce_as_cards(const Announced& announced);

}  // namespace avow::notice
