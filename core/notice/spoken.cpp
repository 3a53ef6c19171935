#include "notice/spoken.h"

#include <algorithm>

#include "notice/date.h"
#include "notice/list.h"
#include "policy/law.h"
#include "policy/spelling.h"

namespace avow::notice {
namespace {

using policy::Purpose;

std::vector<std::string> names_of(const View& view, const std::vector<std::string>& categories) {
  std::vector<std::string> out;
  for (const std::string& id : categories) {
    if (const policy::Category* category = view.policy.category(id))
      out.push_back(in(view, category->name));
  }
  return out;
}

/// A sentence that goes on.
std::string_view without_stop(std::string_view sentence) {
  // A company's stop is a part of its name: "Inc.", "e.V.", "S.A.".
  const std::string_view word = sentence.substr(sentence.rfind(' ') + 1);
  const bool name = std::ranges::count(word, '.') > 1 || word == "Inc." || word == "Ltd." ||
                    word == "Co." || word == "Corp.";
  for (const std::string_view stop : {".", "。", "।", "۔"}) {
    if (!name && sentence.ends_with(stop)) sentence.remove_suffix(stop.size());
  }
  return sentence;
}

/// Where data comes from in a purpose, as far as the policy says.
std::string source(const View& view, const Purpose& purpose, const policy::Category& category) {
  std::vector<std::string> origins;
  for (const policy::Origin& origin : purpose.sources) {
    if (std::ranges::find(origin.categories, category.id) == origin.categories.end()) continue;
    const std::string from = named(view, "source", policy::kSources, origin.source);
    origins.push_back(origin.from.empty() ? from : labelled(view, from, in(view, origin.from)));
  }
  if (!origins.empty()) return join(view.catalog, origins);
  if (!category.source) return {};
  return named(view, "source", policy::kSources, *category.source);
}

/// What the policy calls a country: its author's words of a recipient that is there and nowhere
/// else. Empty where there is none.
const policy::Text& country_name(const policy::Policy& policy, const std::string& code) {
  static const policy::Text kNone;
  for (const policy::Recipient& one : policy.recipients) {
    if (one.countries == std::vector{code} && !one.country_names.empty()) return one.country_names;
  }
  return kNone;
}

std::string country(const View& view, const std::string& code) {
  if (code == policy::kUnnamed) return named(view, "country", "unnamed");
  const policy::Text& name = country_name(view.policy, code);
  return name.empty() ? code : in(view, name);
}

}  // namespace

std::string in(const View& view, const policy::Text& text) {
  return std::string(text.in(view.catalog.language()));
}

std::string gap(const View& view) { return std::string(view.catalog.text("gap")); }

std::string stated(const View& view, std::string text) {
  return text.empty() ? gap(view) : std::move(text);
}

std::string named(const View& view, std::string_view group, std::string_view value) {
  if (value.empty()) return gap(view);
  return std::string(view.catalog.text(std::string(group) + "." + std::string(value)));
}

/// One thing after another, without the "and" of a sentence.
std::string enumerated(const View& view, const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (out.empty())
      out = part;
    else
      out = fill(view.catalog.lists().middle, {{"0", out}, {"1", part}});
  }
  return out;
}

std::string labelled(const View& view, std::string_view name, std::string_view text) {
  return view.catalog.text("said-of", {{"name", name}, {"text", text}});
}

std::string noted(const View& view, std::string name, const std::vector<std::string>& notes) {
  if (notes.empty()) return name;
  return view.catalog.text("noted", {{"name", name}, {"notes", enumerated(view, notes)}});
}

std::string law_name(const View& view, std::string_view law) {
  std::string out = stated(view, std::string(law));
  if (law.empty()) return out;
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_only_law(const View& view, std::string_view law) {
  const std::vector<std::string>& laws = view.policy.laws;
  return laws.size() == 1 && (laws[0] == law || laws[0].starts_with(std::string(law) + "-"));
}

std::string under(const View& view, std::string name, std::string_view law) {
  if (law.empty() || is_only_law(view, law)) return name;
  return noted(view, std::move(name), {law_name(view, law)});
}

std::string spoken(const View& view, const policy::Retention& retention) {
  std::string kept = stated(view, in(view, retention.criteria));
  if (retention.period) {
    kept = period(view.catalog, *retention.period);
    if (retention.bound == policy::Bound::at_least)
      kept = view.catalog.text("retention.at-least", {{"period", kept}});
    // The time from which data is kept otherwise goes without saying.
    if (retention.from != policy::Event::collection) {
      const std::string event = named(view, "event", policy::kEvents, retention.from);
      kept = view.catalog.text("retention.from", {{"period", kept}, {"event", event}});
    }
  }
  if (!retention.ground.empty()) kept = noted(view, kept, {in(view, retention.ground)});
  const auto does = [&](policy::After one) {
    return std::ranges::find(retention.after, one) != retention.after.end();
  };
  // Data cannot be both: it is one or the other.
  const bool either = does(policy::After::erase) && does(policy::After::anonymise);
  std::vector<std::string> after;
  for (const policy::After one : retention.after) {
    if (!either || one == policy::After::give_back)
      after.push_back(named(view, "after", policy::kAfter, one));
  }
  if (either) after.push_back(named(view, "after", "either"));
  if (after.empty() && retention.period) after.push_back(gap(view));
  // A criterion is the author's clause, perhaps with a stop of its own: what follows it is joined
  // otherwise than to a time that ends.
  if (retention.period)
    kept = view.catalog.text("retention.period",
                             {{"period", kept}, {"after", join(view.catalog, after)}});
  else if (after.empty())
    kept = in(view, retention.criteria).empty() ? gap(view) : kept;
  else
    kept = view.catalog.text("retention.criteria", {{"criteria", without_stop(kept)},
                                                    {"after", join(view.catalog, after)}});
  if (retention.categories.empty()) return kept;
  return labelled(view, join(view.catalog, names_of(view, retention.categories)), kept);
}

std::vector<std::string> grounds(const View& view, const Purpose& purpose) {
  std::vector<std::string> out;
  const std::vector<std::string>& laws = view.policy.laws;
  // The ground of a law that has one of its own here is that one.
  const auto own = [&](const std::string& law) {
    return std::ranges::any_of(purpose.bases, [&](const policy::Ground& one) {
      return law == one.law || law.starts_with(one.law + "-");
    });
  };
  const bool others = laws.empty() || !std::ranges::all_of(laws, own);
  if (!purpose.asks() && others) {
    // Asked elsewhere: the heading does not say that it is asked apart.
    const bool apart = purpose.separate && purpose.basis == policy::Basis::consent;
    out.push_back(apart ? named(view, "basis", "separate")
                        : named(view, "basis", policy::kBases, purpose.basis));
  }
  for (const policy::Ground& ground : purpose.bases) {
    std::vector<std::string> notes;
    if (!ground.interest.empty()) notes.push_back(in(view, ground.interest));
    if (!ground.when.empty()) notes.push_back(in(view, ground.when));
    const std::string basis =
        noted(view, named(view, "basis", policy::kBases, ground.basis), notes);
    out.push_back(
        is_only_law(view, ground.law) ? basis : labelled(view, law_name(view, ground.law), basis));
  }
  return out;
}

std::string spoken(const View& view, const Purpose& purpose, const policy::Category& category) {
  std::string name = in(view, category.name);
  std::vector<std::string> notes;
  if (policy::is_sensitive(view.policy, category))
    notes.push_back(named(view, "note", "sensitive"));
  if (category.about != policy::About::visitor)
    notes.push_back(named(view, "note", policy::kAbout, category.about));
  if (!purpose.optional.empty()) {
    const bool optional =
        std::ranges::find(purpose.optional, category.id) != purpose.optional.end();
    notes.push_back(named(view, "note", optional ? "optional" : "required"));
  }
  if (std::string from = source(view, purpose, category); !from.empty())
    notes.push_back(std::move(from));
  return noted(view, std::move(name), notes);
}

bool free_to_refuse(const Purpose& purpose) {
  return purpose.if_refused && purpose.if_refused->effect == policy::Effect::none &&
         !purpose.incentive &&
         std::ranges::all_of(purpose.permissions,
                             [](const policy::Permission& one) { return one.if_refused.empty(); });
}

std::vector<std::string> cost_of_refusal(const View& view, const Purpose& purpose) {
  if (!purpose.if_refused) return {};
  const policy::IfRefused& refused = *purpose.if_refused;
  // The sentence of what costs nothing speaks of this site, to who is asked here.
  const bool free = refused.effect == policy::Effect::none;
  const bool said = !free || (purpose.asks() && free_to_refuse(purpose));
  // A visitor who is not asked has nothing to refuse.
  if (free && purpose.basis != policy::Basis::consent) return {};
  std::vector<std::string> out;
  if (json::is_open(refused.effect)) {
    out.push_back(gap(view));
  } else if (said) {
    const std::string effect(json::spelled(policy::kEffects, refused.effect));
    out.push_back(
        view.catalog.text("refused." + effect, {{"loses", stated(view, in(view, refused.loses))}}));
  }
  if (!refused.instead.empty()) {
    std::vector<std::string> price;
    if (!refused.price.empty()) price.push_back(in(view, refused.price));
    out.push_back(view.catalog.text("refused.instead",
                                    {{"instead", noted(view, in(view, refused.instead), price)}}));
  }
  return out;
}

std::string spoken(const View& view, const policy::Withdrawn& withdrawn) {
  std::string then = named(view, "withdrawn", policy::kOnWithdrawal, withdrawn.then);
  if (!withdrawn.within) return then;
  return view.catalog.text("withdrawn.within",
                           {{"then", then}, {"period", period(view.catalog, *withdrawn.within)}});
}

std::vector<std::string> spoken(const View& view, const std::vector<policy::Channel>& channels) {
  std::vector<std::string> out;
  for (const policy::Channel& one : channels) {
    std::vector<std::string> notes{named(view, "rule", policy::kReachRules, one.rule)};
    if (!one.stop.empty()) notes.push_back(in(view, one.stop));
    out.push_back(noted(view, named(view, "reach", policy::kReaches, one.channel), notes));
  }
  return out;
}

std::vector<std::string> spoken(const View& view,
                                const std::vector<policy::Permission>& permissions) {
  std::vector<std::string> out;
  for (const policy::Permission& one : permissions) {
    std::vector<std::string> notes;
    if (one.where != policy::Where::site)
      notes.push_back(named(view, "where", policy::kWheres, one.where));
    std::string asked = noted(view, stated(view, in(view, one.name)), notes);
    // A sentence of its own, which no brackets hold.
    if (!one.if_refused.empty())
      asked = labelled(
          view, asked,
          view.catalog.text("refused.this-function", {{"loses", in(view, one.if_refused)}}));
    out.push_back(std::move(asked));
  }
  return out;
}

std::string spoken(const View& view, const policy::Term& term) {
  const bool working = term.unit == policy::Days::working;
  const auto days = [&](std::int64_t n) {
    return view.catalog.counted(working ? "working-day" : "day", n);
  };
  std::string out = term.days == 0 ? gap(view) : days(term.days);
  if (term.from == policy::Clock::verification)
    out = view.catalog.text("term.verified", {{"time", out}});
  if (term.extension > 0)
    out = view.catalog.text("term.extended", {{"time", out}, {"more", days(term.extension)}});
  return out;
}

std::string name_of(const View& view, const policy::Right& right) {
  const auto objects = [&](const policy::Right& other) {
    return other.type == "object" && (other.law.empty() || other.law == right.law);
  };
  // PIPL 44 has one right of both; where objecting is one of its own, this one is the other.
  const bool alone = right.type == "restrict" && std::ranges::any_of(view.policy.rights, objects);
  return named(view, "right", alone ? "restrict-alone" : right.type);
}

std::string procedure(const View& view, const policy::Right& right) {
  return stated(view, in(view, right.absent.empty() ? right.procedure : right.absent));
}

std::vector<std::string> exercised(const View& view, const policy::Right& right) {
  std::vector<std::string> out;
  if (!right.absent.empty()) return out;
  const auto say = [&](std::string_view label, const std::string& text) {
    out.push_back(labelled(view, view.catalog.text(label), text));
  };
  if (right.identity)
    say("right.identity", named(view, "identity", policy::kIdentities, *right.identity));
  if (right.answer) say("term.answer", spoken(view, *right.answer));
  return out;
}

std::vector<std::string> spoken(const View& view, const policy::Automated& automated) {
  std::vector<std::string> out{
      named(view, "automated", automated.significant ? "significant" : "decides")};
  if (!automated.logic.empty()) out.push_back(in(view, automated.logic));
  return out;
}

std::vector<std::string> spoken(const View& view, const std::vector<policy::Cover>& covers) {
  std::vector<std::string> out;
  for (const policy::Cover& one : covers) {
    const std::string kind = named(view, "cover", policy::kSafeguards, one.kind);
    out.push_back(is_only_law(view, one.law) ? kind
                                             : labelled(view, law_name(view, one.law), kind));
  }
  return out;
}

std::vector<std::string> spoken(const View& view, const policy::Validity& validity) {
  std::vector<std::string> out;
  const auto stands = [&](std::string_view answer, const time::Period& how_long) {
    // A draft may not say it yet.
    if (how_long == time::Period{}) return;
    out.push_back(labelled(view, view.catalog.text(answer), period(view.catalog, how_long)));
  };
  stands("yours.yes", validity.grant);
  stands("yours.no", validity.refusal);
  return out;
}

std::string places(const View& view, const policy::Recipient& recipient) {
  if (!recipient.country_names.empty()) return in(view, recipient.country_names);
  std::vector<std::string> out;
  for (const std::string& code : recipient.countries) out.push_back(country(view, code));
  return join(view.catalog, out);
}

std::vector<std::string> spoken(const View& view, const policy::Storage& storage) {
  const bool names = std::ranges::none_of(storage.countries, [&](const std::string& code) {
    return country_name(view.policy, code).empty();
  });
  std::vector<std::string> out, countries;
  for (const std::string& code : storage.countries) countries.push_back(country(view, code));
  if (names || storage.text.empty()) out.push_back(join(view.catalog, countries));
  if (!storage.text.empty()) out.push_back(in(view, storage.text));
  return out;
}

std::vector<std::string> unnamed_countries(const policy::Policy& policy) {
  std::vector<std::string> out;
  const auto look = [&](const std::vector<std::string>& codes) {
    for (const std::string& code : codes) {
      const bool told = code == policy::kUnnamed || !country_name(policy, code).empty();
      if (!told && std::ranges::find(out, code) == out.end()) out.push_back(code);
    }
  };
  for (const policy::Recipient& one : policy.recipients)
    if (one.country_names.empty()) look(one.countries);
  if (policy.storage && policy.storage->text.empty()) look(policy.storage->countries);
  return out;
}

}  // namespace avow::notice
