#include "change/rules.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "change/compare.h"
#include "policy/diff.h"
#include "policy/public.h"

namespace avow::change {
namespace {

using policy::AuthoredPolicy;
using policy::Policy;

class Rules {
 public:
  Rules(const Announcement& announcement, const Policy& older, const AuthoredPolicy& newer)
      : told_(announcement),
        older_(older),
        newer_(newer) {}

  Errors all() {
    policies();
    languages();
    days();
    changes();
    texts("/meaning", told_.meaning, "Say what it means for people.");
    texts("/refuse", told_.refuse, "Say how to refuse, and what happens then.");
    link();
    if (told_.feedback_to.empty())
      add(Code::missing_field, "/feedback_to", "Say to whom people write.");
    if (told_.by(Way::sms)) texts("/signature", told_.signature, "A text message is signed.");
    return std::move(errors_);
  }

 private:
  void add(Code code, std::string where, std::string detail) {
    collect(errors_, {code, std::move(where), std::move(detail)});
  }

  void policies() {
    const auto named = [&](std::string_view at, const std::string& got, const Policy& policy,
                           std::string_view which) {
      const std::string hash = text::to_hex(policy::public_hash(policy));
      if (got != hash)
        add(Code::wrong_value, std::string(at),
            "The " + std::string(which) + " policy's hash is " + hash + ".");
    };
    named("/policy_from", told_.policy_from, older_, "older");
    named("/policy_to", told_.policy_to, newer_, "newer");
    if (older_.site != newer_.site)
      add(Code::wrong_value, "/policy_from", "The older policy is another site's.");
    for (const policy::Difference& one : policy::diff(older_, newer_, newer_.wording_only)) {
      // Another site has been said of the older one.
      if (one.then == policy::Then::mend && one.change != policy::Change::other_site)
        add(Code::wrong_value, "/policy_to", "The newer policy " + mended(one) + ".");
    }
  }

  static std::string mended(const policy::Difference& one) {
    switch (one.change) {
      case policy::Change::same_version: return "has the older one's version";
      case policy::Change::same_date: return "holds from the older one's day";
      case policy::Change::earlier_date: return "holds from a day before the older one's";
      case policy::Change::predecessor: return "says that it supersedes another one";
      case policy::Change::longer_retention:
        return "may keep data of \"" + one.purpose + "\" longer (" + one.what +
               ") and asks nobody: raise its `revision`";
      default: fatal("a policy to be mended without a word of it");
    }
  }

  void languages() {
    const auto missing = [](const std::vector<std::string>& all, const std::string& one) {
      return std::ranges::find(all, one) == all.end();
    };
    for (const std::string& one : newer_.languages) {
      if (missing(told_.languages, one))
        add(Code::missing_language, "/languages", "The newer policy speaks \"" + one + "\".");
    }
    for (const std::string& one : told_.languages) {
      if (missing(newer_.languages, one))
        add(Code::wrong_value, "/languages", "The newer policy does not speak \"" + one + "\".");
    }
  }

  void days() {
    const auto day = [](time::Instant at) { return time::write_date(at); };
    if (told_.effective_at != newer_.effective_at)
      add(Code::wrong_value, "/effective_at",
          "The newer policy holds from " + day(newer_.effective_at) + ".");
    if (told_.notify_from >= told_.effective_at)
      add(Code::out_of_range, "/notify_from",
          "People are told before it holds: before " + day(told_.effective_at) + ".");
    if (told_.feedback_until < told_.notify_from)
      add(Code::out_of_range, "/feedback_until",
          "Nobody is told before " + day(told_.notify_from) + ".");
    if (told_.feedback_until > told_.effective_at)
      add(Code::out_of_range, "/feedback_until",
          "From " + day(told_.effective_at) + " on it can no longer change anything.");
  }

  /// A text in every language that the file has.
  void texts(const std::string& at, const Text& text, std::string_view want) {
    if (text.empty()) return add(Code::missing_field, at, std::string(want));
    for (const auto& [language, words] : text.languages) {
      if (words.empty()) add(Code::missing_language, json::join(at, language), std::string(want));
    }
  }

  /// In a letter a path leads nowhere.
  void link() {
    const bool sent = told_.by(Way::mail) || told_.by(Way::sms);
    for (const auto& [language, address] : told_.link.languages) {
      if (sent && address.starts_with('/'))
        return add(Code::wrong_value, "/link",
                   "Got \"" + address + "\": mails and text messages want a whole address.");
    }
  }

  void side(const std::string& at, const Text& text, bool there, std::string_view policy) {
    if (there) return texts(at, text, "The " + std::string(policy) + " policy has it: say what.");
    if (!text.empty())
      add(Code::wrong_value, at, "The " + std::string(policy) + " policy does not have it.");
  }

  void changes() {
    const std::vector<Part> parts = compare(older_, newer_);
    std::set<const Part*> named;
    for (std::size_t i = 0; i < told_.changed.size(); ++i) {
      const Changed& one = told_.changed[i];
      const std::string at = json::join("/changed", i);
      texts(at + "/why", one.why, "Say why.");
      const Part* part = part_of(parts, one);
      if (part == nullptr) {
        add(Code::unknown_reference, at + "/pointer",
            "The policies do not differ at \"" + one.pointer + "\".");
        continue;
      }
      if (!named.insert(part).second) {
        add(Code::duplicate_id, at + "/pointer", "\"" + one.pointer + "\" stands twice.");
        continue;
      }
      if (one.what != part->what)
        add(Code::wrong_value, at + "/what",
            "Got \"" + one.what + "\", want \"" + part->what + "\".");
      side(at + "/was", one.was, part->was, "older");
      side(at + "/is", one.is, part->is, "newer");
      if (part->was && part->is && !one.is.empty() && one.was.languages == one.is.languages)
        add(Code::wrong_value, at + "/is", "It says what \"was\" says: say what is different.");
      if (one.asks_again != part->asks_again)
        add(Code::wrong_value, at + "/asks_again",
            part->asks_again ? "Because of it people are asked: want true."
                             : "Nobody is asked because of it: want false.");
    }
    for (const Part& part : parts) {
      if (!named.contains(&part))
        add(Code::missing_field, "/changed",
            "The policies differ at \"" + part.pointer + "\" (" + part.what + "), too.");
    }
  }

  const Announcement& told_;
  const Policy& older_;
  const AuthoredPolicy& newer_;
  Errors errors_;
};

}  // namespace

Errors breaches(const Announcement& announcement, const Policy& older,
                const AuthoredPolicy& newer) {
  return Rules(announcement, older, newer).all();
}

std::vector<std::string> advice(const Announcement& announcement, const Policy& older,
                                const AuthoredPolicy& newer) {
  std::vector<std::string> out;
  const std::int64_t days = (announcement.effective_at - announcement.notify_from) / time::kDay;
  if (days > 0 && days < 7) {
    out.push_back("People have " + std::to_string(days) + (days == 1 ? " day" : " days") +
                  " before it holds. 电子商务法 34 has e-commerce platforms publish changes of "
                  "their service agreements and transaction rules at least seven days before; no "
                  "number of days is laid down for other companies' privacy policies.");
  }
  for (const policy::Difference& one : policy::diff(older, newer, newer.wording_only)) {
    if (one.then == policy::Then::ask_there)
      out.push_back("\"" + one.purpose + "\" is asked for elsewhere than by the notice (" +
                    std::string(spell(one.change)) + (one.what.empty() ? "" : ": " + one.what) +
                    "): ask there, since the announcement only tells (PIPL 14).");
    if (one.then != policy::Then::state) continue;
    const bool renamed = one.change == policy::Change::renamed;
    out.push_back("\"" + one.purpose + "\" has other " + (renamed ? "names" : "words") + " (" +
                  one.what + "), and nobody is asked because of them: state in `wording_only` of " +
                  "the newer policy who decided that the " + (renamed ? "company" : "meaning") +
                  " is the same, or raise `revision`.");
  }
  return out;
}

}  // namespace avow::change
