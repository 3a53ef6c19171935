#pragma once
// The differences that an announcement tells of, in the words of one language: what each belongs
// to, what was and what is.

#include <algorithm>

#include "change/compare.h"
#include "notice/announcement.h"
#include "notice/changed.h"
#include "notice/date.h"
#include "notice/spoken.h"

namespace avow::notice {

using change::Changed;

/// The announcement's words in one language.
class Words {
 public:
  explicit Words(const Announced& announced)
      : announced_(announced),
        catalog_(announced.newer.catalog) {}

  const change::Announcement& change() const { return announced_.change; }
  const Catalog& catalog() const { return catalog_; }
  const View& view() const { return announced_.newer; }
  std::string in(const policy::Text& text) const { return notice::in(view(), text); }
  std::string say(std::string_view key) const { return std::string(catalog_.text(key)); }
  std::string on(std::string_view key, time::Instant at) const {
    return catalog_.text(key, {{"day", day(catalog_, at)}});
  }
  /// Who announces it: who is responsible until then.
  std::string controller() const {
    const policy::Text& name = announced_.older.policy.controller.name;
    const bool spoken = announced_.older.catalog.language() == catalog_.language();
    return in(spoken ? name : announced_.newer.policy.controller.name);
  }
  std::string lead() const {
    return catalog_.text("change.lead", {{"controller", controller()},
                                         {"day", day(catalog_, change().effective_at)}});
  }
  std::string from() const { return on("change.from", change().effective_at); }

  /// Whether a difference is one in this language: a text may have changed in another alone.
  bool shows(const Changed& changed) const {
    const std::string was = in(changed.was);
    return was.empty() || was != in(changed.is) || changed.asks_again;
  }

 private:
  const Announced& announced_;
  const Catalog& catalog_;
};

/// What the differences are called. It compares the two policies, which a text message does not
/// need.
class Names {
 public:
  explicit Names(const Announced& announced)
      : announced_(announced),
        parts_(change::compare(announced.older.policy, announced.newer.policy)) {}

  /// What a difference belongs to, and what it is called there; the latter may be empty.
  std::pair<std::string, std::string> of(const Changed& changed) const {
    const change::Part* part = change::part_of(parts_, changed);
    if (part == nullptr) return {changed.what, {}};
    return {subject_of(announced_.newer, announced_.older, *part),
            label_of(announced_.newer, *part)};
  }

 private:
  const Announced& announced_;
  std::vector<change::Part> parts_;
};

/// What was and what is, side by side under these titles, with what differs marked.
void sides(Html& out, const Words& words, const Changed& changed, const std::string& was_title,
           const std::string& is_title);
/// Why it changes.
void why(Html& out, const Words& words, const Changed& changed);

}  // namespace avow::notice
