#pragma once
// A policy, compiled: what `avow build` publishes of it. Linked by tools, never by the browser's
// core.

#include "notice/catalog.h"
#include "notice/layer.h"
#include "notice/notice.h"
#include "policy/authored.h"
#include "policy/facts.h"

namespace avow::session {

/// One notice as a page may show it: its bytes, and under what they were rendered.
struct Rendered {
  std::string language;
  notice::Layer layer;
  std::string regime;   ///< tells first layers apart (Jurisdiction::name); of the others, "opt-in"
  std::string purpose;  ///< of frames only
  std::string html;
};

/// What the notices tell of a change of their policy.
struct Changing {
  std::map<std::string, notice::ChangeTold> told;  ///< by language; nothing where it is not told
  /// Where it has taken effect: what records name, and who is told.
  std::optional<policy::ChangeTo> since;
};

struct Compiled {
  policy::AuthoredPolicy policy;
  std::vector<notice::Catalog> catalogs;  ///< one a language, in the policy's order
  /// Every notice that the policy can show: each language's first layer for each regime, and for
  /// each place with exceptions, its other layers, and the placeholder of each purpose that asks.
  std::vector<Rendered> notices;
  std::string public_policy;       ///< its SHA-256 stands in the facts
  std::vector<std::string> texts;  ///< one a language, in the policy's order
  policy::Facts facts;             ///< `id` is the policy id
  std::string written_facts;       ///< the bytes whose SHA-256 that is
  std::string style;               ///< of what a page shows by itself
};

/// `catalogs` has one for each language of the policy, in its order; anything else is a broken
/// invariant.
[[nodiscard]] Compiled compile(policy::AuthoredPolicy policy, std::vector<notice::Catalog> catalogs,
                               const Changing& changing = {});

/// Whether the door has another name at some place.
[[nodiscard]] bool names_doors(const Compiled& compiled);

/// A layer in one language, where the place is not known; no frame's.
[[nodiscard]] const std::string& notice_of(const Compiled& compiled, std::size_t language,
                                           notice::Layer layer);

/// What a page shows by itself, before and without a core, in one language:
///   language, the first layers and doors by their names ("first opt-in": html), fallback
[[nodiscard]] json::Object page_notices(const Compiled& compiled, std::size_t language);

/// The layers that stand over a page, in one language, fetched when the visitor opens one:
///   choices (and with a regime, where they are others there), yours, css, receipt{words of the
///   receipt that a visitor downloads}, failed{what is said where a control there did nothing}
[[nodiscard]] json::Object page_sheets(const Compiled& compiled, std::size_t language);

/// The placeholders of frames in one language, which a page loads where it has a frame:
///   html{purpose: html}, css
[[nodiscard]] json::Object page_frames(const Compiled& compiled, std::size_t language);

/// What the loader knows of the policy beside that, the same in every language:
///   policy (its id), languages[], places{code: regime, as notices are named by it}, layers{regime,
///   and "regime gpc": which layer rests on the screen where nothing was answered}, free[]
///   (purposes that rest on no consent)
[[nodiscard]] json::Object page_facts(const Compiled& compiled);

}  // namespace avow::session
