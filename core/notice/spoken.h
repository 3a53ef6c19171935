#pragma once
// What a policy's values are called in the view's language: periods, grounds, recipients' places.

#include "base/fields.h"
#include "notice/notice.h"

namespace avow::notice {

/// A text of the policy, in the view's language.
[[nodiscard]] std::string in(const View& view, const policy::Text& text);
/// What stands where a draft says nothing yet.
[[nodiscard]] std::string gap(const View& view);
/// A text, or that it is not stated yet.
[[nodiscard]] std::string stated(const View& view, std::string text);
/// The catalog's text of `group.value`, such as "after.delete".
[[nodiscard]] std::string named(const View& view, std::string_view group, std::string_view value);
/// The same of a value as its table spells it, or that it is not stated yet.
template <class T, std::size_t N>
[[nodiscard]] std::string named(const View& view, std::string_view group,
                                const json::Spelling<T> (&table)[N], T value) {
  return json::is_open(value) ? gap(view) : named(view, group, json::spelled(table, value));
}
/// One thing after another, without the "and" of a sentence.
[[nodiscard]] std::string enumerated(const View& view, const std::vector<std::string>& parts);
/// "name: text", as the language writes it.
[[nodiscard]] std::string labelled(const View& view, std::string_view name, std::string_view text);
/// "name (note, note)"; the name alone where there are no notes.
[[nodiscard]] std::string noted(const View& view, std::string name,
                                const std::vector<std::string>& notes);
/// A law as visitors read it: "EU" of "eu".
[[nodiscard]] std::string law_name(const View& view, std::string_view law);
/// Whether the policy stands under this law, or the one that it is a part of, and no other: who
/// reads it need not be told which.
[[nodiscard]] bool is_only_law(const View& view, std::string_view law);
/// "name (EU)"; the name alone where it is so under every law, or under the only one there is.
[[nodiscard]] std::string under(const View& view, std::string name, std::string_view law);

/// How long, from when, on which ground, and what then.
[[nodiscard]] std::string spoken(const View& view, const policy::Retention& retention);
/// On which grounds a purpose rests, under which laws and in which cases; nothing where there is no
/// more to say than that it is asked.
[[nodiscard]] std::vector<std::string> grounds(const View& view, const policy::Purpose& purpose);
/// What is said of a kind of data in a purpose: its name, whether it is sensitive, whom it is
/// about, whether it may be left out, and where it comes from.
[[nodiscard]] std::string spoken(const View& view, const policy::Purpose& purpose,
                                 const policy::Category& category);
/// Whether nothing is lost by a refusal: the policy says so, gives nothing for a yes, and needs no
/// permission of the device without which something would not work.
[[nodiscard]] bool free_to_refuse(const policy::Purpose& purpose);
/// What a refusal costs; nothing where the policy does not say.
[[nodiscard]] std::vector<std::string> cost_of_refusal(const View& view,
                                                       const policy::Purpose& purpose);
[[nodiscard]] std::string spoken(const View& view, const policy::Withdrawn& withdrawn);
[[nodiscard]] std::vector<std::string> spoken(const View& view,
                                              const std::vector<policy::Channel>& channels);
[[nodiscard]] std::vector<std::string> spoken(const View& view,
                                              const std::vector<policy::Permission>& permissions);
/// Within which time something is done, from when, and by how much it may be longer.
[[nodiscard]] std::string spoken(const View& view, const policy::Term& term);
/// What a right is called.
[[nodiscard]] std::string name_of(const View& view, const policy::Right& right);
/// What to do to exercise a right, or why it does not arise.
[[nodiscard]] std::string procedure(const View& view, const policy::Right& right);
/// How it is made sure who exercises a right, and when it is answered; nothing where the policy
/// does not say.
[[nodiscard]] std::vector<std::string> exercised(const View& view, const policy::Right& right);
/// That a program decides, whether that weighs on the visitor, and how it does.
[[nodiscard]] std::vector<std::string> spoken(const View& view, const policy::Automated& automated);
/// By what a transfer abroad is covered, law by law.
[[nodiscard]] std::vector<std::string> spoken(const View& view,
                                              const std::vector<policy::Cover>& covers);
/// How long an answer holds, a yes and a no.
[[nodiscard]] std::vector<std::string> spoken(const View& view, const policy::Validity& validity);
/// Where a recipient gets data.
[[nodiscard]] std::string places(const View& view, const policy::Recipient& recipient);
/// Where data is stored: the countries, and what is to be said of it. A code that nothing in the
/// policy names is left out where there are words.
[[nodiscard]] std::vector<std::string> spoken(const View& view, const policy::Storage& storage);
/// The codes of countries that visitors read as they are, since nothing in the policy names them.
[[nodiscard]] std::vector<std::string> unnamed_countries(const policy::Policy& policy);

}  // namespace avow::notice
