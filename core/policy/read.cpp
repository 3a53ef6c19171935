#include "policy/read.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "policy/countries.h"
#include "policy/public_writer.h"
#include "policy/reader.h"
#include "policy/terms.h"

namespace avow::policy {
namespace {

/// What an authored policy must hold beyond the shape of its fields.
struct Authored {
  template <class T>
  static void check(json::Fields&, const Policy&, const T&) {}

  static void check(json::Fields& fields, const Policy&, const Controller& controller) {
    check_country(fields, fields.at("country"), controller.country);
    const bool named = fields.optional("email") != nullptr || fields.optional("phone") != nullptr ||
                       fields.optional("address") != nullptr;
    if (!named && fields.is_object())
      fields.error(Code::missing_field, "email",
                   "Visitors must be able to reach the controller: email, phone or address.");
  }

  static void check(json::Fields& fields, const Policy&, const Storage& storage) {
    check_countries(fields, storage.countries);
  }

  static void check(json::Fields& fields, const Policy&, const Retention& retention) {
    if (fields.optional("criteria") != nullptr && retention.from != Event::collection)
      fields.error(Code::wrong_value, "from",
                   "A criterion says itself from when: it is no period.");
    if (retention.bound == Bound::at_least && fields.optional("criteria") != nullptr)
      fields.error(Code::wrong_value, "bound", "Criteria have no least time.");
    const bool has_period = fields.optional("period") != nullptr;
    const bool has_criteria = fields.optional("criteria") != nullptr;
    if (has_period && has_criteria)
      fields.error(Code::wrong_value, "",
                   "Want a period or the criteria that decide it, not both.");
    if (!has_period && !has_criteria && fields.is_object())
      fields.error(Code::missing_field, "period", "Want a period, or the criteria that decide it.");
    if (has_period && !has_criteria) want(fields, "after", "Say what happens when it is over.");
  }

  static void check(json::Fields& fields, const Policy&, const Recipient& recipient) {
    check_countries(fields, recipient.countries);
    const auto& all = recipient.countries;
    if (all.size() > 1 && std::ranges::find(all, kUnnamed) != all.end())
      fields.error(Code::wrong_value, "countries",
                   "\"unnamed\" stands alone: name all of them, or none.");
    if (!fields.is_object() || fields.wrong("kind")) return;
    if (recipient.naming == Naming::named) {
      want(fields, "contact", "Visitors must be able to reach a recipient that is named.");
      want(fields, "countries", "Say where it is, or \"unnamed\".");
    }
    if (recipient.naming == Naming::chosen)
      want(fields, "chosen", "Say where the visitor chooses it.");
  }

  static void check(json::Fields& fields, const Policy&, const IfRefused& refused) {
    if (!fields.is_object() || fields.wrong("effect")) return;
    if (refused.effect != Effect::none)
      return want(fields, "loses", "Say what does not work then.");
    for (const std::string_view costs : {"loses", "price"}) {
      if (fields.optional(costs) != nullptr)
        fields.error(Code::wrong_value, costs, "A refusal that costs nothing has none.");
    }
  }

  static void check(json::Fields& fields, const Policy&, const Erase& erase) {
    if (!fields.is_object() || fields.wrong("mode")) return;
    if (erase.mode == EraseMode::erase) {
      for (const std::string_view locked : {"until", "ground"}) {
        if (fields.optional(locked) != nullptr)
          fields.error(Code::wrong_value, locked,
                       "What is deleted is not locked: want it with `keep-proof` alone.");
      }
      return;
    }
    want(fields, "until", "The visitor is told until when the record is locked.");
    want(fields, "ground", "The visitor is told by which law.");
  }

  static void check(json::Fields& fields, const Policy& policy, const Right& right) {
    if (!fields.is_object()) return;
    check_absent(fields, policy, right);
    const bool channel = fields.optional("channel") != nullptr;
    const bool procedure = fields.optional("procedure") != nullptr;
    if (fields.optional("absent") == nullptr) {
      want(fields, "channel", "Say where it is exercised, or why it does not arise (`absent`).");
      want(fields, "procedure", "Say what to do.");
    } else if (channel || procedure || right.identity || right.answer) {
      fields.error(Code::wrong_value, "absent", "A right that does not arise is not exercised.");
    }
  }

  /// Fills in what the purpose leaves to the defaults, then looks for what cannot be so.
  static void check(json::Fields& fields, const Policy& policy, Purpose& purpose) {
    if (!fields.is_object()) return;
    const Defaults& defaults = policy.defaults;
    const bool own = !purpose.retention.empty();
    if (!own) leave_to(defaults.retention, purpose);
    if (!purpose.if_refused) purpose.if_refused = defaults.if_refused;
    if (!purpose.on_withdrawal) purpose.on_withdrawal = defaults.on_withdrawal;
    if (purpose.where.empty()) purpose.where = defaults.where;
    if (purpose.retention.empty() && !fields.wrong("retention"))
      fields.error(Code::missing_field, "retention",
                   "Say how long the data is kept, here or in the defaults.");
    check_parts(fields, policy, purpose, own);
    check_said_once(fields, purpose, own);
    if (!purpose.retention.empty() && !fields.wrong("retention") && purpose.basis == Basis::consent)
      check_kept(fields, purpose);
    if (!fields.wrong("basis") && purpose.basis != Basis::consent) check_unasked(fields, purpose);
  }

  static void check(json::Fields& fields, const Policy& policy, const Jurisdiction& place) {
    std::set<std::string_view> named;
    for (std::size_t i = 0; i < place.exceptions.size(); ++i) {
      const std::string& id = place.exceptions[i].purpose;
      const std::string at = json::join(fields.at("exceptions"), i) + "/purpose";
      const Purpose* purpose = policy.purpose(id);
      if (purpose != nullptr && !purpose->asks())
        collect(fields.errors(), {Code::wrong_value, at,
                                  "\"" + id + "\" is not asked here: no regime holds of it."});
      if (!named.insert(id).second)
        collect(fields.errors(), {Code::duplicate_id, at, "\"" + id + "\" stands twice."});
    }
  }

  static void check(json::Fields& fields, const Policy&, const Validity& validity) {
    const auto& [grant, refusal] = validity;
    if (grant == time::Period{} || refusal == time::Period{}) return;
    if (!time::covers(refusal, grant))
      fields.error(
          Code::out_of_range, "refusal",
          "A refusal is remembered at least as long as a grant, from any day of the year.");
    if (const std::int64_t days = time::shortest_days(refusal); days < 30)
      fields.error(Code::out_of_range, "refusal",
                   "Got " + std::to_string(days) +
                       " days at the shortest, want 30: who refused is left alone for so long. "
                       "The number is ours; no law has one.");
  }

  static void check(json::Fields& fields, const Policy& policy, const GoogleConsent& google) {
    const std::vector<Signal> all = signals(google);
    const auto named = [&](const Signal& one) { return fields.optional(one.name) != nullptr; };
    if (fields.is_object() && std::ranges::none_of(all, named))
      fields.error(Code::missing_field, "ad_storage", "Want a signal that follows a purpose.");
    check_signals(fields, policy, all);
  }
  static void check(json::Fields& fields, const Policy& policy, const Uet& uet) {
    check_signals(fields, policy, signals(uet));
  }
  static void check(json::Fields& fields, const Policy& policy, const Clarity& clarity) {
    check_signals(fields, policy, signals(clarity));
  }

  static void check(json::Fields& fields, const Policy& policy, const Subdomains& subdomains) {
    const std::string& domain = subdomains.domain;
    if (!domain.empty() &&
        (domain.find('.') == std::string::npos || !("." + policy.site).ends_with("." + domain)))
      fields.error(Code::wrong_value, "domain",
                   "Want a domain that \"site\" is, or stands under, with a dot in it.");
  }

  static void check(json::Fields& fields, const Policy& policy, const Stored& stored) {
    const std::vector<StoredNames> all = lists(stored);
    if (std::ranges::all_of(all, [](const StoredNames& one) { return one.names->empty(); }) &&
        fields.is_object())
      fields.error(Code::missing_field, "cookies", "Want a name of something that is stored.");
    for (const auto& [list, names] : all) {
      for (const std::string& name : *names)
        if (name.find_first_not_of('*') == std::string::npos)
          fields.error(Code::wrong_value, list,
                       "\"" + name + "\" is the name of everything that your site keeps.");
    }
    for (const std::string& name : stored.cookies)
      if (policy.subdomains && is_name_of(name, policy.subdomains->cookie))
        fields.error(Code::wrong_value, "cookies",
                     "\"" + name + "\" is also a name of the cookie of \"subdomains\".");
  }

  static void check(json::Fields& fields, const AuthoredPolicy& policy, const WordingOnly& said) {
    if (!fields.is_object() || policy.effective_at == 0) return;
    if (said.on > policy.effective_at)
      fields.error(Code::out_of_range, "on",
                   "It is stated before the policy holds: by " +
                       time::write_date(policy.effective_at) + ".");
    if (!said.since.empty() && said.since == policy.version)
      fields.error(Code::wrong_value, "since", "This is the version whose words are new.");
    for (const WordingOnly& other : policy.wording_only) {
      if (other.purpose == said.purpose && other.since == said.since)
        fields.error(Code::duplicate_id, "purpose",
                     "\"" + said.purpose + "\" stands twice for \"" + said.since + "\".");
    }
  }

  static void check(json::Fields& fields, const Policy&, const Outputs& outputs) {
    if (outputs.data_layer.starts_with("gtm."))
      fields.error(Code::wrong_value, "data_layer", "Such names are Tag Manager's own.");
  }

 private:
  /// An empty list says no more than none.
  static void want(json::Fields& fields, std::string_view key, std::string detail) {
    const json::Value* value = fields.optional(key);
    if (value == nullptr || (value->array() != nullptr && value->array()->empty()))
      fields.error(Code::missing_field, key, std::move(detail));
  }

  static void check_country(json::Fields& fields, const std::string& at, const std::string& code) {
    // Letters that are no letters have been said of by their shape.
    if (is_country(code) && !is_assigned(code))
      collect(fields.errors(),
              {Code::wrong_value, at, "ISO 3166 assigns \"" + code + "\" to no country."});
  }
  static void check_countries(json::Fields& fields, const std::vector<std::string>& codes) {
    for (std::size_t i = 0; i < codes.size(); ++i)
      check_country(fields, json::join(fields.at("countries"), i), codes[i]);
  }

  /// A right is absent or exercised under one law, and who agrees can withdraw under some law
  /// (PIPL 15, GDPR 7(3)).
  static void check_absent(json::Fields& fields, const Policy& policy, const Right& right) {
    const auto consented = [](const Purpose& one) { return one.basis == Basis::consent; };
    if (right.type == "withdraw" && right.law.empty() && !right.absent.empty() &&
        std::ranges::any_of(policy.purposes, consented))
      fields.error(Code::wrong_value, "absent",
                   "A purpose rests on consent, which can be withdrawn.");
    for (const Right& other : policy.rights) {
      if (!right.type.empty() && other.type == right.type && other.law == right.law &&
          other.absent.empty() != right.absent.empty())
        fields.error(Code::wrong_value, "type",
                     "\"" + right.type + "\" is both absent and exercised.");
    }
  }

  /// Nothing is said twice of one recipient, of one origin of data or of one rule of a channel:
  /// which would hold?
  static void check_said_once(json::Fields& fields, const Purpose& purpose, bool own_retention) {
    const auto twice = [&](const std::string& at, std::string_view what) {
      collect(fields.errors(),
              {Code::duplicate_id, at, "\"" + std::string(what) + "\" stands twice."});
    };
    std::set<std::string> seen;
    for (std::size_t i = 0; i < purpose.sharing.size(); ++i) {
      const std::string& id = purpose.sharing[i].recipient;
      if (!id.empty() && !seen.insert(id).second)
        twice(json::join(fields.at("sharing"), i) + "/recipient", id);
    }
    for (std::size_t i = 0; i < purpose.sources.size(); ++i) {
      const Origin& one = purpose.sources[i];
      for (std::size_t j = 0; j <= i; ++j) {
        const Origin& other = purpose.sources[j];
        if (other.source != one.source || other.from.languages != one.from.languages) continue;
        for (const std::string& id : one.categories) {
          if (std::ranges::count(other.categories, id) > (i == j ? 1 : 0))
            twice(json::join(fields.at("sources"), i) + "/categories", id);
        }
      }
    }
    for (std::size_t i = 0; i < purpose.channels.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!json::is_open(purpose.channels[i].channel) &&
            purpose.channels[j].channel == purpose.channels[i].channel &&
            purpose.channels[j].rule == purpose.channels[i].rule)
          twice(json::join(fields.at("channels"), i) + "/channel",
                json::spelled(kReaches, purpose.channels[i].channel));
      }
    }
    for (std::size_t i = 0; own_retention && i < purpose.retention.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (PublicWriter::write(purpose.retention[j]) == PublicWriter::write(purpose.retention[i]))
          collect(fields.errors(), {Code::duplicate_id, json::join(fields.at("retention"), i),
                                    "It says what an entry before it says."});
      }
    }
  }

  /// Who agrees has to know of all data how long it is kept (PIPL 17(1), GDPR 13(2)(a)).
  static void check_kept(json::Fields& fields, const Purpose& purpose) {
    const auto known = [&](const std::string& id) {
      return std::ranges::find(purpose.categories, id) != purpose.categories.end();
    };
    // What names other data by mistake may have meant this.
    for (const Retention& one : purpose.retention)
      if (!std::ranges::all_of(one.categories, known)) return;
    for (const std::string& id : purpose.categories) {
      const auto says = [&](const Retention& one) { return one.holds_for(id); };
      if (std::ranges::none_of(purpose.retention, says))
        fields.error(Code::missing_field, "retention", "Say how long \"" + id + "\" is kept.");
    }
  }

  /// Fills in what the defaults say of the data that the purpose uses.
  static void leave_to(const std::vector<Retention>& defaults, Purpose& purpose) {
    for (std::size_t i = 0; i < defaults.size(); ++i) {
      Retention kept = defaults[i];
      std::erase_if(kept.categories, [&](const std::string& id) {
        return std::ranges::find(purpose.categories, id) == purpose.categories.end();
      });
      if (!defaults[i].categories.empty() && kept.categories.empty()) continue;
      purpose.retention.push_back(std::move(kept));
      purpose.retention_from.push_back(i);
    }
  }

  /// What a part of a purpose says is said of the purpose's own data and recipients.
  static void check_parts(json::Fields& fields, const Policy& policy, const Purpose& purpose,
                          bool own_retention) {
    const auto among = [&](const std::vector<std::string>& all, const std::string& id,
                           const std::string& at) {
      if (std::ranges::find(all, id) == all.end())
        collect(fields.errors(),
                {Code::unknown_reference, at, "The purpose has no \"" + id + "\"."});
    };
    const auto data = [&](const std::vector<std::string>& ids, const std::string& at) {
      for (const std::string& id : ids) among(purpose.categories, id, at);
    };
    if (fields.wrong("categories")) return;
    data(purpose.optional, fields.at("optional"));
    for (std::size_t i = 0; i < purpose.sources.size(); ++i)
      data(purpose.sources[i].categories, json::join(fields.at("sources"), i) + "/categories");
    if (own_retention) {
      for (std::size_t i = 0; i < purpose.retention.size(); ++i)
        data(purpose.retention[i].categories,
             json::join(fields.at("retention"), i) + "/categories");
    }
    for (std::size_t i = 0; i < purpose.sharing.size(); ++i) {
      const std::string at = json::join(fields.at("sharing"), i);
      among(purpose.recipients, purpose.sharing[i].recipient, at + "/recipient");
      data(purpose.sharing[i].categories, at + "/categories");
    }
    for (const std::string& id : purpose.recipients) {
      const Recipient* recipient = policy.recipient(id);
      if (recipient != nullptr && !policy.role(purpose, *recipient))
        fields.error(Code::missing_field, "recipients",
                     "Neither \"" + id + "\" nor its use here says which role it has.");
    }
  }

  /// A visitor who is not asked has not consented: no part of the purpose may say so.
  static void check_unasked(json::Fields& fields, const Purpose& purpose) {
    for (std::size_t i = 0; i < purpose.bases.size(); ++i) {
      const Ground& ground = purpose.bases[i];
      if (ground.basis == Basis::consent && ground.when.empty())
        collect(fields.errors(),
                {Code::basis_conflict, json::join(fields.at("bases"), i) + "/basis",
                 "This purpose is not asked: say `when` consent is given elsewhere."});
    }
    for (std::size_t i = 0; i < purpose.sharing.size(); ++i) {
      if (purpose.sharing[i].basis == Basis::consent)
        collect(fields.errors(),
                {Code::basis_conflict, json::join(fields.at("sharing"), i) + "/basis",
                 "This purpose is not asked: what consent covers is a purpose of its own."});
    }
    for (std::size_t i = 0; i < purpose.channels.size(); ++i) {
      if (purpose.channels[i].rule == ReachRule::asked_here)
        collect(fields.errors(),
                {Code::basis_conflict, json::join(fields.at("channels"), i) + "/rule",
                 "This purpose is not asked."});
    }
  }

  /// A separate consent is given to one act by one party: a signal, which tells a stranger of it in
  /// a word for many acts, would carry it further (PIPL 23, 25, 29, 39).
  static void check_signals(json::Fields& fields, const Policy& policy,
                            const std::vector<Signal>& all) {
    for (const Signal& signal : all) {
      for (const std::string& id : *signal.follows) {
        const Purpose* purpose = policy.purpose(id);
        if (purpose == nullptr || !purpose->separate) continue;
        const json::Array& items = *fields.optional(signal.name)->array();
        const auto place = std::ranges::find(items, json::Value(id)) - items.begin();
        collect(
            fields.errors(),
            {Code::wrong_value, json::join(fields.at(signal.name), static_cast<std::size_t>(place)),
             "\"" + id + "\" asks for a consent of its own, which no signal may carry."});
      }
    }
  }
};

/// Without these not even a draft can be read: its version, its languages, and the ids by which its
/// parts name each other.
bool needed_to_read(std::string_view where) {
  return where == "/avow" || where == "/languages" || where.ends_with("/id");
}

/// Where a draft does not say what holds, all is asked first, as where nothing stands.
void leave_out_open(std::vector<Jurisdiction>& places) {
  const auto open = [](const auto& one) { return json::is_open(one.regime); };
  std::erase_if(places, [&](const Jurisdiction& one) { return open(one) || one.place.empty(); });
  for (Jurisdiction& one : places) std::erase_if(one.exceptions, open);
}

}  // namespace

Checked<AuthoredPolicy> read(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  AuthoredPolicy policy;
  json::Fields fields(*document, "", errors);
  fields.optional("$schema");
  Reader<Authored, AuthoredPolicy>(policy, errors).walk(fields, policy);
  fields.finish();
  if (policy.draft && errors.size() < kMostErrors) {
    const auto gap = [](const Error& error) {
      return (error.code == Code::missing_field || error.code == Code::missing_language) &&
             !needed_to_read(error.where);
    };
    std::ranges::copy_if(errors, std::back_inserter(policy.gaps), gap);
    std::erase_if(errors, gap);
    leave_out_open(policy.jurisdictions);
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  add_terms(policy);
  return policy;
}

}  // namespace avow::policy
