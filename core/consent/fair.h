#pragma once
// How the notice stood on the screen when an answer was pressed: measured by the page, judged here,
// kept in the record. A consent has to be informed and freely given (PIPL 14; GDPR 4(11)): a yes
// through a button that nobody could see, or beside a no that nobody could see, is none.

#include <array>
#include <cstdint>
#include <optional>

#include "base/fields.h"

namespace avow::consent {

/// Where the page stood: in no other page, in one of the same origin, or in one of another origin,
/// which can lay anything over it. There only the browser itself can say whether the control was to
/// be seen (IntersectionObserver v2).
enum class Framing { none, seen, unseen };
inline constexpr json::Spelling<Framing> kFramings[] = {
    {"none", Framing::none}, {"seen", Framing::seen}, {"unseen", Framing::unseen}};

/// One figure of the pressed control and of the answers beside it; of several, the worst.
struct Figure {
  const char* name;
  std::int64_t least;  ///< below it nothing is granted
  std::int64_t most;   ///< that can be measured
  bool known;          ///< false: 0 says that it cannot be told, and is no reason to refuse
};
// Three of five points: a chat button may lie over a corner. Alike within a fifth: a word can be
// longer in one language. Contrast 3 is what WCAG 2.2 (1.4.11) asks of controls, 24 pixels what it
// asks of targets (2.5.8).
inline constexpr Figure kFigures[] = {
    {"alike", 80, 100, true},         // percent of the larger's area that the smaller has
    {"clear", 100, 100, true},        // 100, or 0 where the top layer has something over them
    {"contrast", 300, 2'100, false},  // of what is to be read, in hundredths
    {"height", 24, 9'999, true},      // pixels of the lowest
    {"opacity", 90, 100, true},       // percent, through all that they stand in
    {"reached", 60, 100, true}};      // percent of points at which a press reaches them

struct Stood {
  std::array<std::int64_t, std::size(kFigures)> figures{};
  Framing framed = Framing::none;
};

/// Why no grant may rest on this, with the figure and what is wanted; nothing where it was fair.
/// `framed_allowed`: the policy's word for pages in frames of other origins.
[[nodiscard]] std::optional<Error> unfair(const Stood& stood, bool framed_allowed);

}  // namespace avow::consent
