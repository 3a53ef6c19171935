#pragma once
// A policy, compiled: what `avow build` publishes of it. Linked by tools, never by the browser's
// core.

#include "notice/catalog.h"
#include "session/keys.h"

namespace avow::session {

struct Compiled {
  LoadedPolicy keyed;                     ///< `policy.id` is set
  std::vector<notice::Catalog> catalogs;  ///< one a language, in the policy's order
  std::string facts;                      ///< their SHA-256 is the policy id
  std::vector<std::string> texts;         ///< one a language, in the policy's order
  policy::Outputs outputs;                ///< no part of facts or texts
  std::vector<policy::Stored> stored;     ///< likewise

  [[nodiscard]] const policy::Policy& policy() const { return keyed.policy; }
};

/// `catalogs` has one for each language of the policy, in its order; anything else is a broken
/// invariant.
[[nodiscard]] Compiled compile(LoadedAuthored keyed, std::vector<notice::Catalog> catalogs);

/// One notice as a page may show it: its bytes, and under what they were rendered.
struct Rendered {
  std::string language, layer, regime, purpose;  ///< `purpose` of frames only
  std::string html;
};

/// Every notice that this policy can show: each language, regime, layer and placeholder, without
/// repetition.
[[nodiscard]] std::vector<Rendered> every_notice(const Compiled& compiled);

/// What a page shows by itself, before and without a core, in one language:
///   language, first{regime: html}, door, fallback
[[nodiscard]] json::Object page_notices(const Compiled& compiled, std::size_t language);

/// The placeholders of frames in one language, which a page loads where it has a frame:
///   html{purpose: html}, css
[[nodiscard]] json::Object page_frames(const Compiled& compiled, std::size_t language);

/// What the loader knows of the policy beside that, the same in every language:
///   policy (its id), languages[], places{code: regime}, layers{regime, and "regime gpc": which
///   layer rests on the screen where nothing was answered}, free[] (purposes that rest on no
///   consent)
[[nodiscard]] json::Object page_facts(const Compiled& compiled);

}  // namespace avow::session
