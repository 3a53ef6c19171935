#pragma once
// What a visitor is shown. The HTML is a function of policy, regime, language and layer alone,
// rendered when a policy is compiled and never in a browser, so that its hash can be looked up
// years later; what differs between visitors (a tick, a date, a number) goes into named slots
// beside it.

#include <map>

#include "base/digest.h"
#include "notice/catalog.h"
#include "notice/html.h"
#include "notice/layer.h"
#include "policy/policy.h"

namespace avow::notice {

/// What the notice tells of a change of its policy (told.h makes it); empty: nothing.
struct ChangeTold {
  Html coming;  ///< on the first layer: that it comes
  Html asked;   ///< on the first layer, to who is asked again: what is different
  /// Among the choices, by purpose: what is different there, or will be.
  std::map<std::string, Html, std::less<>> purposes;
  Html rest;  ///< beside them: what is different of all else
};

struct View {
  const policy::Policy& policy;
  const Catalog& catalog;
  policy::Jurisdiction where;  ///< what holds where it is shown
  const ChangeTold* change = nullptr;
};

/// The HTML of a layer. `purpose` is read for Layer::frame only and must then exist.
[[nodiscard]] std::string render(const View& view, Layer layer, std::string_view purpose = {});
/// SHA-256 of the rendered bytes: what a record says was shown.
[[nodiscard]] Digest notice_id(const View& view, Layer layer, std::string_view purpose = {});

/// The style of a frame's placeholder, alone.
[[nodiscard]] std::string frame_style();
/// The style of what a page shows by itself: first, door and fallback.
[[nodiscard]] std::string page_style(const policy::Policy& policy);
/// What is added to it where a door has a longer name than others.
[[nodiscard]] std::string door_style();
/// What is added to it where the notice tells of a change: that it comes, or what it is.
[[nodiscard]] std::string coming_style();
[[nodiscard]] std::string change_style();
/// The style of an announcement's card and of what it opens, alone (told.h).
[[nodiscard]] std::string card_style();
/// What is added to it where both first layer and door stand in a page's HTML, before any script:
/// `answered` on the host says which is seen, and "yes" that there is something to withdraw.
[[nodiscard]] std::string_view declared_style();
/// The style of choices and yours, beside the page's.
[[nodiscard]] std::string sheet_style();

}  // namespace avow::notice
