#pragma once
// What several layers are made of.

#include "base/function_ref.h"
#include "notice/notice.h"

namespace avow::notice {

/// ` lang="…" dir="…"` of the view's language.
[[nodiscard]] Html language_attributes(const View& view);
/// Refuse, then accept: one element, one class, one size. There is no other way to get an accept.
[[nodiscard]] Html answer_pair(const View& view);
/// Every button but accept. Refuse may stand without it, where there is nothing to accept.
enum class Act {
  choose,
  save,
  withdraw,
  close,
  change,
  receipt,
  key,
  erase,
  lock,
  open,
  no_sale,  ///< opens too, by the name of what is said no to there
  refuse,
  lists  ///< hands the visitor the two lists as a file
};
[[nodiscard]] Html act_button(const View& view, Act act, bool prominent);
/// A link. An address says by itself where it leads, also on paper; a path of the site's own does
/// not, and has `words` instead.
[[nodiscard]] Html linked(std::string_view url, std::string_view words);
/// A link by its words; where a draft does not say yet where it leads, that.
[[nodiscard]] Html link_to(const View& view, const policy::Text& target, std::string_view words,
                           std::string_view kind = {});
/// Who is responsible, and how to reach them: an `<address>`.
[[nodiscard]] Html address(const View& view);
/// Which version of the policy it is, and from which day it holds.
[[nodiscard]] Html version(const View& view);
/// The titles of these purposes, joined as the language joins them.
[[nodiscard]] std::string titles(const View& view,
                                 FunctionRef<bool(const policy::Purpose& purpose)> wanted);
/// The facts of a purpose that PIPL 17, 23, 30 and 39 and GDPR 13 ask for, as a description list.
[[nodiscard]] Html facts(const View& view, const policy::Purpose& purpose);
/// Whether a draft leaves open on which ground a purpose rests, and so whether it is asked.
[[nodiscard]] bool unstated(const policy::Purpose& purpose);
/// Whether it is not asked here, and a form or an app asks for it, if only in a case or a channel.
[[nodiscard]] bool asked_elsewhere(const policy::Purpose& purpose);
/// Whether it rests on another ground than consent, in every case.
[[nodiscard]] bool needs_no_consent(const policy::Purpose& purpose);
/// That consent can be withdrawn; empty where nothing rests on it. As easily as it was given only
/// where the notice asked for all of it: of a form or an app it knows nothing.
[[nodiscard]] std::string_view withdrawable(const View& view);
/// That refusing costs nothing; empty unless the policy says so of every purpose that is asked.
[[nodiscard]] std::string refusing(const View& view);
/// What erasing a record does, in sentences: it is deleted, as far as the policy says where it is,
/// or locked as proof; and when backups have lost it too.
[[nodiscard]] std::vector<std::string> erasing(const View& view);
/// What follows a withdrawal beyond the end of the use, as the policy says of what is asked.
[[nodiscard]] std::vector<std::string> withdrawing(const View& view);
/// Every kind of data that is collected, in which purposes, whether it may be left out, where it
/// comes from and how long it is kept (NDSMR 21(2): as a list).
[[nodiscard]] Html collected_list(const View& view);
/// Everybody who is given data: for which purposes, how, which data, as what; and the services with
/// what they collect themselves (NDSMR 21(2)). Empty where nobody is.
[[nodiscard]] Html given_list(const View& view);
/// What belongs beside the controller and the rights: where data is stored, who answers for it, who
/// supervises, children, further documents, how long and where an answer holds, what erasing a
/// record does. May be empty.
[[nodiscard]] Html about_rest(const View& view);
/// Names of a purpose's recipients, or the controller's own where there are none.
[[nodiscard]] std::string recipient_names(const View& view, const policy::Purpose& purpose);

}  // namespace avow::notice
