// No sentence that a policy can make untrue. What the interface says of the company stands nowhere
// but where the policy says so; what makes a promise of its own (kSentences) stands there always.
// The matrix: policies of many kinds, and the one that says all there is without each of its
// members in turn, at places of every regime.
#include <algorithm>
#include <set>

#include "base/canonical.h"
#include "notice/given.h"
#include "notice/page.h"
#include "policy/facts.h"
#include "policy/law.h"
#include "policy/public_writer.h"

namespace avow::notice {
namespace {

using policy::Jurisdiction;
using policy::Policy;
using policy::Purpose;
using policy::Regime;

/// English, with every text replaced by its key: ‹fact.for›, and the holes that it has.
const Catalog& probe() {
  static const Catalog kProbe = [] {
    Catalog::Parts parts = given::catalog("en").parts();
    for (auto& [key, text] : parts.texts) {
      std::string holes;
      for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at)
        holes += text.substr(at, text.find('}', at) + 1 - at);
      text = "‹" + key + "›" + holes;
    }
    return Catalog(std::move(parts));
  }();
  return kProbe;
}

std::set<std::string> keys_in(std::string_view html) {
  std::set<std::string> out;
  const std::string_view open = "‹", close = "›";
  for (std::size_t at = 0; (at = html.find(open, at)) != std::string_view::npos;) {
    at += open.size();
    out.emplace(html.substr(at, html.find(close, at) - at));
  }
  return out;
}

/// The keys of all that is shown at a place.
std::set<std::string> shown(const Policy& policy, const Jurisdiction& here) {
  const Catalog catalog = probe().as(policy.languages.back());
  const View view{policy, catalog, here};
  std::set<std::string> out = keys_in(render_page(view));
  for (const Layer layer :
       {Layer::first, Layer::choices, Layer::yours, Layer::door, Layer::fallback})
    out.merge(keys_in(render(view, layer)));
  for (const Purpose& purpose : policy.purposes)
    if (purpose.asks()) out.merge(keys_in(render(view, Layer::frame, purpose.id)));
  return out;
}

// ------------------------------------------------------------------------------ what a policy says

/// Each member of the public form with each of its texts; "*" where it is there at all.
using Said = std::set<std::pair<std::string, std::string>>;
void collect(Said& out, const json::Value& value, const std::string& member) {
  out.emplace(member, "*");
  if (const std::string* text = value.string()) {
    out.emplace(member, *text);
  } else if (const json::Array* items = value.array()) {
    for (const json::Value& item : *items) collect(out, item, member);
  } else if (const json::Object* object = value.object()) {
    for (const auto& [name, inner] : object->members()) collect(out, inner, name);
  }
}

/// Texts that name a value of the policy's, "role.processor": the members that have such values.
struct Named {
  std::string_view group;
  std::vector<std::string> members;
};
const std::vector<Named>& named() {
  static const std::vector<Named> kNamed{{"role.", {"role"}},
                                         {"after.", {"after"}},
                                         {"event.", {"from"}},
                                         {"basis.", {"basis"}},
                                         {"right.", {"type"}},
                                         {"duty.", {"duty"}},
                                         {"where.", {"where", "platforms"}},
                                         {"reach.", {"channel"}},
                                         {"rule.", {"rule"}},
                                         {"cover.", {"kind"}},
                                         {"counts.", {"counts_as"}},
                                         {"identity.", {"identity"}},
                                         {"minors.", {"mode"}},
                                         {"source.", {"source"}},
                                         {"country.", {"countries"}},
                                         {"withdrawn.", {"then"}},
                                         {"refused.", {"effect"}}};
  return kNamed;
}

/// Texts that stand for a member, and the member.
const std::map<std::string, std::string>& members() {
  static const std::map<std::string, std::string> kMembers{
      {"refused.instead", "instead"},
      {"withdrawn.within", "within"},
      {"retention.from", "from"},
      {"retention.period", "period"},
      {"retention.criteria", "criteria"},
      {"about.storage", "storage"},
      {"about.contacts", "contacts"},
      {"about.documents", "documents"},
      {"about.authorities", "authorities"},
      {"about.minors", "minors"},
      {"about.registration", "registration"},
      {"about.subdomains", "subdomains"},
      {"fact.run-by", "services"},
      {"about.complaint", "complaint"},
      {"complaint.court", "court"},
      {"right.identity", "identity"},
      {"term.acknowledge", "acknowledge"},
      {"term.answer", "answer"},
      {"term.extended", "extension"},
      {"term.verified", "from"},
      {"note.optional", "optional"},
      {"fact.on-behalf", "on_behalf_of"},
      {"fact.necessity", "necessity"},
      {"fact.impact", "impact"},
      {"fact.incentive", "incentive"},
      {"fact.automated", "automated"},
      {"fact.rights-procedure", "rights_procedure"},
      {"fact.arrangement", "arrangement"},
      {"fact.covers", "covers"},
      {"fact.permissions", "permissions"},
      {"fact.channels", "channels"},
      {"fact.examples", "examples"},
      {"fact.list", "list"},
      {"fact.chosen", "chosen"},
      {"fact.refuse-automated", "refuse"},
      {"fact.if-refused", "if_refused"},
      {"fact.on-withdrawal", "on_withdrawal"}};
  return kMembers;
}

struct Place {
  const Policy& policy;
  const Jurisdiction& here;
  Said said;

  bool says(const std::string& member, const std::string& value) const {
    return said.contains({member, value});
  }
  bool any(auto wanted) const { return std::ranges::any_of(policy.purposes, wanted); }
  Regime regime(const Purpose& purpose) const {
    return here.regime_of(purpose.id, purpose.separate);
  }
  /// Whether a first layer has a sentence for what is done under a regime, by one yes or by none.
  bool done(Regime wanted) const {
    return any(
        [&](const Purpose& one) { return one.asks() && regime(one) == wanted && !apart(one); });
  }
  /// Whether it has a question of its own.
  bool apart(const Purpose& one) const { return one.separate && regime(one) == Regime::opt_in; }
  bool asked_apart() const {
    return any([&](const Purpose& one) { return one.asks() && apart(one); });
  }
  bool asked_together() const {
    return any([&](const Purpose& one) { return one.asks() && !apart(one); });
  }
  bool done_at_all() const {
    return done(Regime::opt_in) || done(Regime::opt_out) || done(Regime::notice_only);
  }
  static bool consent(const Purpose& one) { return one.basis == policy::Basis::consent; }
  /// Whether a form takes consent to reach somebody by some way.
  static bool by_a_form(const Purpose& one) {
    return std::ranges::any_of(one.channels, [](const policy::Channel& by) {
      return by.rule == policy::ReachRule::asked_elsewhere;
    });
  }
  /// Whether it is told as what is asked elsewhere: all of it, a case, or a way to reach somebody.
  static bool elsewhere(const Purpose& one) {
    if (one.asks() || json::is_open(one.basis)) return false;
    return consent(one) || by_a_form(one) ||
           std::ranges::any_of(one.bases, [](const policy::Ground& ground) {
             return ground.basis == policy::Basis::consent;
           });
  }
  /// Whether a refusal costs nothing at all: no offer, and no function of a permission either.
  static bool free(const Purpose& one) {
    return one.if_refused && one.if_refused->effect == policy::Effect::none && !one.incentive &&
           std::ranges::all_of(one.permissions,
                               [](const auto& asked) { return asked.if_refused.empty(); });
  }
  bool waits_not_everywhere(const Purpose& one) const {
    return std::ranges::any_of(policy.jurisdictions, [&](const Jurisdiction& there) {
      return there.regime_of(one.id, one.separate) != Regime::opt_in;
    });
  }
  bool locks() const { return policy.erase.mode == policy::EraseMode::keep_proof; }
};

/// Sentences whose truth is more than a member of the policy: shown if and only if so.
struct Sentence {
  std::string_view key;
  bool (*so)(const Place&);
};
constexpr Sentence kSentences[] = {
    {"first.opt-in",
     [](const Place& at) {
       return at.done(Regime::opt_in) || (!at.done_at_all() && at.asked_apart());
     }},
    {"first.opt-out", [](const Place& at) { return at.done(Regime::opt_out); }},
    {"first.notice-only", [](const Place& at) { return at.done(Regime::notice_only); }},
    {"first.separate", [](const Place& at) { return at.asked_apart() && at.done_at_all(); }},
    {"first.free",
     [](const Place& at) {
       return at.any(&Purpose::asks) &&
              !at.any([](const Purpose& one) { return one.asks() && !Place::free(one); });
     }},
    {"refused.none",
     [](const Place& at) {
       return at.any([](const Purpose& one) { return one.asks() && Place::free(one); });
     }},
    {"about.withdraw",
     [](const Place& at) {
       return at.any(&Purpose::asks) && !at.any(&Place::elsewhere) && !at.any(&Place::by_a_form);
     }},
    {"about.withdraw-elsewhere",
     [](const Place& at) { return at.any(&Place::elsewhere) || at.any(&Place::by_a_form); }},
    {"act.save", [](const Place& at) { return at.any(&Purpose::asks); }},
    {"choices.intro", [](const Place& at) { return at.any(&Purpose::asks); }},
    {"choices.title", [](const Place& at) { return at.any(&Purpose::asks); }},
    {"choices.agree", [](const Place& at) { return at.done(Regime::opt_in); }},
    {"choices.asked", [](const Place& at) { return at.done(Regime::opt_in); }},
    {"yours.default",
     [](const Place& at) { return at.done(Regime::opt_out) || at.done(Regime::notice_only); }},
    {"choices.separate-intro",
     [](const Place& at) { return at.asked_apart() && at.asked_together(); }},
    {"choices.separate-alone",
     [](const Place& at) { return at.asked_apart() && !at.asked_together(); }},
    {"choices.needless",
     [](const Place& at) {
       return at.any([](const Purpose& one) {
         return !Place::consent(one) && !json::is_open(one.basis) && !Place::elsewhere(one);
       });
     }},
    {"choices.elsewhere", [](const Place& at) { return at.any(&Place::elsewhere); }},
    {"basis.separate",
     [](const Place& at) {
       return at.any([](const Purpose& one) {
         return Place::consent(one) && !one.asks() && one.separate && one.bases.empty();
       });
     }},
    {"asked.by-place",
     [](const Place& at) {
       return at.any(
           [&](const Purpose& one) { return one.asks() && at.waits_not_everywhere(one); });
     }},
    {"act.accept", [](const Place& at) { return at.asked_together(); }},
    {"about.erase", [](const Place& at) { return at.locks(); }},
    {"yours.erase-here",
     [](const Place& at) { return at.locks() || at.policy.collector.url.empty(); }},
    {"yours.erase-effect",
     [](const Place& at) { return !at.locks() && !at.policy.collector.url.empty(); }},
    {"erase.backups", [](const Place& at) { return at.policy.erase.backups.has_value(); }},
    {"yours.withdraw-effect", [](const Place& at) { return at.any(&Purpose::asks); }},
    {"act.erase-confirm", [](const Place& at) { return !at.locks(); }},
    {"about.validity",
     [](const Place& at) {
       return at.any(&Purpose::asks) && !(at.policy.validity.grant == time::Period{} &&
                                          at.policy.validity.refusal == time::Period{});
     }},
    {"automated.significant",
     [](const Place& at) {
       return at.any(
           [](const Purpose& one) { return one.automated && one.automated->significant; });
     }},
    {"automated.decides",
     [](const Place& at) {
       return at.any(
           [](const Purpose& one) { return one.automated && !one.automated->significant; });
     }},
    {"minors.purposes",
     [](const Place& at) {
       return std::ranges::any_of(at.policy.minors,
                                  [](const auto& one) { return !one.purposes.empty(); });
     }},
    {"note.sensitive",
     [](const Place& at) {
       return at.any([&](const Purpose& one) {
         return std::ranges::any_of(one.categories, [&](const std::string& id) {
           return policy::is_sensitive(at.policy, *at.policy.category(id));
         });
       });
     }},
    {"note.child",
     [](const Place& at) {
       return at.any([&](const Purpose& one) {
         return std::ranges::any_of(one.categories, [&](const std::string& id) {
           return at.policy.category(id)->about == policy::About::child;
         });
       });
     }},
    {"retention.at-least",
     [](const Place& at) {
       return at.any([](const Purpose& one) {
         return std::ranges::any_of(one.retention, [](const policy::Retention& kept) {
           return kept.bound == policy::Bound::at_least;
         });
       });
     }},
};

/// What a policy never says and yet holds: its defaults.
bool by_default(const std::string& key, const Place& at) {
  if (key == "where.site") return at.any([](const Purpose& one) { return one.where.empty(); });
  // A permission of the device that is denied costs what it is for.
  const auto costs = [](const policy::Permission& one) { return !one.if_refused.empty(); };
  const auto permits = [&](const Purpose& one) {
    return std::ranges::any_of(one.permissions, costs);
  };
  if (key == "refused.this-function") return at.any(permits);
  // Words for two values together.
  if (key == "after.either") return at.says("after", "delete") && at.says("after", "anonymise");
  if (key == "right.restrict-alone")
    return at.says("type", "restrict") && at.says("type", "object");
  if (key == "basis.consent") {  // the page's heading
    return at.any([&](const Purpose& one) { return one.asks() && !at.waits_not_everywhere(one); });
  }
  return false;
}

void check(const Policy& policy, const std::string& what,
           std::initializer_list<const char*> places) {
  for (const char* code : places) {
    Place at{policy, policy::jurisdiction_at(policy.jurisdictions, code), {}};
    collect(at.said, json::Value(policy::PublicWriter::write(policy)), "");
    const std::set<std::string> keys = shown(policy, at.here);
    for (const auto& [key, so] : kSentences)
      EXPECT_EQ(keys.contains(std::string(key)), so(at))
          << what << " at \"" << code << "\": " << key;
    for (const std::string& key : keys) {
      if (std::ranges::find(kSentences, key, &Sentence::key) != std::end(kSentences)) continue;
      const auto member = members().find(key);
      if (member != members().end()) {
        EXPECT_TRUE(at.says(member->second, "*")) << what << ": " << key;
        continue;
      }
      for (const auto& [group, names] : named()) {
        if (!key.starts_with(group)) continue;
        const std::string value = key.substr(group.size());
        EXPECT_TRUE(by_default(key, at) ||
                    std::ranges::any_of(
                        names, [&](const std::string& name) { return at.says(name, value); }))
            << what << ": " << key;
      }
    }
  }
}

/// The value without one member after the other, deepest first.
void without_each(const json::Value& value, const std::string& at,
                  const std::function<void(const json::Value&, const std::string&)>& found) {
  if (const json::Object* object = value.object()) {
    for (const auto& [name, member] : object->members()) {
      const auto put = [&, &key = name](const json::Value* inner, const std::string& where) {
        json::Object copy;
        for (const auto& [other, old] : object->members()) {
          if (other != key)
            copy.set(other, old);
          else if (inner != nullptr)
            copy.set(other, *inner);
        }
        found(json::Value(std::move(copy)), where);
      };
      put(nullptr, json::join(at, name));
      // Languages are no members: a text without one is a policy that cannot be read.
      if (member.object() != nullptr && member.object()->find("en") != nullptr) continue;
      without_each(member, json::join(at, name),
                   [&](const json::Value& inner, const std::string& where) { put(&inner, where); });
    }
  } else if (const json::Array* items = value.array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      without_each((*items)[i], json::join(at, i),
                   [&](const json::Value& inner, const std::string& where) {
                     json::Array copy = *items;
                     copy[i] = inner;
                     found(json::Value(std::move(copy)), where);
                   });
    }
  }
}

/// Policies that are good, and of which one sentence or another was untrue once.
std::vector<std::pair<std::string, Policy>> little() {
  std::vector<std::pair<std::string, Policy>> out;
  const auto with = [&](const std::string& what, auto change) {
    Policy policy = policy::given::good(policy::given::sample());
    policy.defaults.if_refused = policy::IfRefused{};
    for (Purpose& purpose : policy.purposes) {
      purpose.if_refused = policy::IfRefused{};
      change(policy, purpose);
    }
    out.emplace_back(what, std::move(policy));
  };
  const auto text = [](const Policy& policy) {
    policy::Text words;
    for (const std::string& language : policy.languages)
      words.languages.emplace_back(language, "words");
    return words;
  };
  with("free to refuse", [](Policy&, Purpose&) {});
  with("an incentive", [&](Policy& policy, Purpose& purpose) {
    purpose.incentive = policy::Incentive{text(policy), {}, {}};
  });
  with("a permission", [&](Policy& policy, Purpose& purpose) {
    purpose.permissions = {{text(policy), policy::Where::site, text(policy)}};
  });
  with("no server, and backups", [](Policy& policy, Purpose&) {
    policy.collector.url.clear();
    policy.erase.backups = time::Period{0, 90};
  });
  with("elsewhere", [](Policy&, Purpose& purpose) { purpose.where = {policy::Where::app}; });
  with("consent in a case of what is told", [&](Policy& policy, Purpose& purpose) {
    purpose.basis = policy::Basis::contract;
    purpose.bases = {{"cn", policy::Basis::consent, text(policy), {}}};
  });
  with("consent by a form to be reached", [](Policy&, Purpose& purpose) {
    purpose.basis = policy::Basis::contract;
    purpose.channels = {{policy::Reach::sms, policy::ReachRule::asked_elsewhere, {}}};
  });
  with("separate purposes alone", [](Policy&, Purpose& purpose) { purpose.separate = true; });
  with("nothing on consent",
       [](Policy&, Purpose& purpose) { purpose.basis = policy::Basis::contract; });
  with("nobody who receives data", [](Policy& policy, Purpose& purpose) {
    purpose.recipients.clear();
    policy.services.clear();
  });
  with("a program that decides", [](Policy&, Purpose& purpose) { purpose.automated.emplace(); });
  with("a child's data", [](Policy& policy, Purpose&) {
    for (policy::Category& one : policy.categories) one.about = policy::About::child;
  });
  return out;
}

constexpr const char* kFiles[] = {"sample",
                                  "everything",
                                  "draft",
                                  "real/cn-mini-program",
                                  "real/fr-magazine-subscriptions",
                                  "real/kr-game",
                                  "real/uk-charity",
                                  "real/uk-building-society",
                                  "real/us-ca-furniture"};
constexpr std::initializer_list<const char*> kPlaces{"", "CN", "US", "US-CA", "SG"};

TEST(Sentences, StandWhereThePolicySaysSoAndNowhereElse) {
  for (const std::string name : kFiles)
    check(*policy::read(policy::given::file(name + ".json")), name, kPlaces);
}

TEST(Sentences, HoldOfPoliciesThatAskLittleOrElsewhere) {
  for (const auto& [what, policy] : little()) check(policy, what, kPlaces);
}

/// What every policy's notices and page hold: names of things, and what the visitor can do. No
/// sentence of kSentences may be among them.
const std::set<std::string>& always() {
  static const std::set<std::string> kAlways{
      "about.controller", "about.rights",    "about.rules",       "act.change",
      "act.choose",       "act.close",       "act.erase",         "act.key",
      "act.lists",        "act.open",        "act.receipt",       "act.refuse",
      "act.withdraw",     "choices.about",   "choices.collected", "colon",
      "fact.basis",       "fact.categories", "fact.retention",    "fallback.text",
      "first.title",      "yours.delivery",  "yours.key-effect",  "yours.number",
      "yours.proof",      "yours.text",      "yours.title",       "yours.when"};
  return kAlways;
}

TEST(Sentences, EachIsMissingOfSomePolicyThatDoesNotSayIt) {
  std::optional<std::set<std::string>> everywhere;
  std::set<std::string> anywhere;
  const auto look = [&](const Policy& policy) {
    for (const char* code : kPlaces) {
      std::set<std::string> keys =
          shown(policy, policy::jurisdiction_at(policy.jurisdictions, code));
      anywhere.insert(keys.begin(), keys.end());
      if (!everywhere)
        everywhere = std::move(keys);
      else
        std::erase_if(*everywhere, [&](const std::string& key) { return !keys.contains(key); });
    }
  };
  for (const std::string name : kFiles) look(*policy::read(policy::given::file(name + ".json")));
  for (const auto& [what, policy] : little()) look(policy);
  EXPECT_EQ(*everywhere, always());
  for (const auto& [key, so] : kSentences) {
    EXPECT_TRUE(anywhere.contains(std::string(key))) << key;
    EXPECT_FALSE(always().contains(std::string(key))) << key;
  }
}

TEST(Sentences, HoldWithoutEachMemberOfAPolicyThatSaysAllThereIs) {
  const auto all = json::read(policy::given::file("everything.json"));
  ASSERT_TRUE(all);
  int tried = 0;
  without_each(*all, "", [&](const json::Value& less, const std::string& where) {
    const auto policy = policy::read(canonical::write(less));
    if (!policy) return;
    ++tried;
    check(*policy, "without " + where, {"", "US-CA"});
  });
  EXPECT_GT(tried, 150);
}

}  // namespace
}  // namespace avow::notice
