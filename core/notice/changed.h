#pragma once
// What is different between two policies, in the words of the interface: what a difference is
// called, and what each of the two says there.

#include "change/compare.h"
#include "notice/notice.h"

namespace avow::notice {

/// To what a difference belongs: a purpose's title, a recipient's name, "Your rights"; from
/// whichever of the two policies has it.
[[nodiscard]] std::string subject_of(const View& newer, const View& older,
                                     const change::Part& part);
/// What the member is called, "Kept for"; empty where its words say it themselves.
[[nodiscard]] std::string label_of(const View& view, const change::Part& part);
/// What the view's policy, whose public form is `published`, says there: in the interface's words
/// where it has some; empty where the policy has no such member.
[[nodiscard]] std::string said_of(const View& view, const json::Object& published,
                                  const change::Part& part);
/// The same as the policy spells it: words may say less.
[[nodiscard]] std::string spelled_of(const View& view, const json::Object& published,
                                     const change::Part& part);

}  // namespace avow::notice
