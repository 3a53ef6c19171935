#include "policy/law.h"

#include <algorithm>

#include "base/among.h"
#include "policy/facts.h"
#include "policy/spelling.h"

namespace avow::policy {
namespace {

// PIPL 28; anything of children under 14 is named there too.
constexpr DataClass kCnSensitive[] = {
    DataClass::biometric, DataClass::religion, DataClass::identity,
    DataClass::health,    DataClass::finance,  DataClass::location,
    DataClass::child,     DataClass::genetic,  DataClass::other_sensitive};
// PIPL 13(1).
constexpr Basis kCnGrounds[] = {
    Basis::consent,   Basis::contract,       Basis::employment,         Basis::legal_obligation,
    Basis::emergency, Basis::news_reporting, Basis::public_information, Basis::other_law};
constexpr Kind kCnSeparate[] = {Kind::sharing, Kind::cross_border, Kind::public_disclosure};

// GDPR 9(1) and 10.
constexpr DataClass kEuSensitive[] = {
    DataClass::biometric,   DataClass::religion,       DataClass::health,    DataClass::origin,
    DataClass::politics,    DataClass::genetic,        DataClass::sexuality, DataClass::criminal,
    DataClass::trade_union, DataClass::other_sensitive};
// GDPR 6(1).
constexpr Basis kEuGrounds[] = {Basis::consent,          Basis::contract,
                                Basis::legal_obligation, Basis::vital_interests,
                                Basis::public_task,      Basis::legitimate_interests};

// California Civil Code 1798.140(ae).
constexpr DataClass kCaliforniaSensitive[] = {
    DataClass::biometric,      DataClass::religion, DataClass::identity,  DataClass::health,
    DataClass::finance,        DataClass::location, DataClass::origin,    DataClass::credentials,
    DataClass::communications, DataClass::genetic,  DataClass::sexuality, DataClass::trade_union,
    DataClass::other_sensitive};

// LGPD 5(II).
constexpr DataClass kBrazilSensitive[] = {
    DataClass::biometric, DataClass::religion,    DataClass::health,
    DataClass::origin,    DataClass::politics,    DataClass::genetic,
    DataClass::sexuality, DataClass::trade_union, DataClass::other_sensitive};
// LGPD 7 and 11: protecting credit or health, exercising rights and preventing fraud are
// `other-law`.
constexpr Basis kBrazilGrounds[] = {Basis::consent,          Basis::contract,
                                    Basis::legal_obligation, Basis::vital_interests,
                                    Basis::public_task,      Basis::legitimate_interests,
                                    Basis::other_law};

// PIPL 44 to 47 and 15, NDSMR 23 to 25.
constexpr std::string_view kCnRights[] = {"access",   "copy",          "transfer",
                                          "correct",  "supplement",    "delete",
                                          "restrict", "close-account", "withdraw"};
// GDPR 15 to 21, 7(3) and 77.
constexpr std::string_view kEuRights[] = {"access", "correct",  "delete",   "restrict",
                                          "object", "transfer", "withdraw", "complain"};

constexpr std::string_view kChina[] = {"CN"};
// The Union, with its parts that have codes of their own, and the other countries of its market.
constexpr std::string_view kEurope[] = {"AT", "AX", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES",
                                        "FI", "FR", "GF", "GP", "GR", "HR", "HU", "IE", "IS", "IT",
                                        "LI", "LT", "LU", "LV", "MF", "MQ", "MT", "NL", "NO", "PL",
                                        "PT", "RE", "RO", "SE", "SI", "SK", "YT"};
constexpr std::string_view kBritain[] = {"GB"};
/// ISO 3166-2 codes where the law of the country that they begin with does not hold.
constexpr std::string_view kElsewhere[] = {"CN-HK", "CN-MO", "CN-TW", "FR-BL", "FR-NC", "FR-PF",
                                           "FR-PM", "FR-TF", "FR-WF", "NL-AW", "NL-CW", "NL-SX"};

constexpr Law kLaws[] = {
    {.code = "cn",
     .sensitive = kCnSensitive,
     .sensitive_article = "PIPL 28 to 30",
     .grounds = kCnGrounds,
     .separate = kCnSeparate,
     .separate_article = "PIPL 23, 25, 39",
     .sensitive_separate = true,
     .explains_sensitive = true,
     .recipient_abroad_procedure = true,
     .asks_first = kChina,
     .asks_first_article = "PIPL 13(1), 14",
     .rights = kCnRights,
     .rights_article = "PIPL 17(1)(3), NDSMR 21(1)(4)",
     .representative_article = "PIPL 53",
     .wall_article = "PIPL 16"},
    {.code = "eu",
     .sensitive = kEuSensitive,
     .sensitive_article = "GDPR 9",
     .grounds = kEuGrounds,
     .interest_told = true,
     .asks_first = kEurope,
     .asks_first_article = "GDPR 4(11), 6(1)(a), Directive 2002/58/EC 5(3)",
     .rights = kEuRights,
     .rights_article = "GDPR 13(2)(b) to (d)",
     .representative_article = "GDPR 27",
     .wall_article = "GDPR 7(4)"},
    {.code = "uk",
     .sensitive = kEuSensitive,
     .sensitive_article = "UK GDPR 9",
     .grounds = kEuGrounds,
     .interest_told = true,
     .asks_first = kBritain,
     .asks_first_article = "UK GDPR 4(11), 6(1)(a), PECR 6",
     .rights = kEuRights,
     .rights_article = "UK GDPR 13(2)(b) to (d)",
     .representative_article = "UK GDPR 27",
     .wall_article = "UK GDPR 7(4)"},
    {.code = "us-ca",
     .sensitive = kCaliforniaSensitive,
     .sensitive_article = "California Civil Code 1798.140(ae)"},
    {.code = "br",
     .sensitive = kBrazilSensitive,
     .sensitive_article = "LGPD 5(II), 11",
     .grounds = kBrazilGrounds},
};

bool sensitive_under(const Law& law, const Category& category) {
  return among(law.sensitive, category.data_class) ||
         (category.about == About::child && among(law.sensitive, DataClass::child));
}

/// Whether the ground stands under this very law: "eu-fr" has those of "eu" too.
bool of_law(const Ground& ground, std::string_view code) {
  return ground.law == code || std::string_view(code).starts_with(ground.law + "-");
}

class Examination {
 public:
  Examination(const Policy& policy, const Law& law, std::string_view code, Errors& out)
      : policy_(policy),
        law_(law),
        code_(code),
        out_(out) {}

  void purpose(std::size_t i) {
    const Purpose& purpose = policy_.purposes[i];
    at_ = json::join("/purposes", i);
    grounds(purpose);
    separate(purpose);
    const bool sensitive = uses_sensitive(purpose);
    // The duty to tell does not depend on the ground.
    if (sensitive && law_.explains_sensitive && purpose.necessity.empty())
      breach(Code::explanation_required, "/necessity", law_.sensitive_article);
    if (sensitive && law_.explains_sensitive && purpose.impact.empty())
      breach(Code::explanation_required, "/impact", law_.sensitive_article);
    if (law_.recipient_abroad_procedure) abroad(purpose);
  }

  /// What is called consent and done before it is none.
  void places() {
    for (std::size_t i = 0; i < policy_.jurisdictions.size(); ++i) {
      const Jurisdiction& place = policy_.jurisdictions[i];
      if (!holds_at(place)) continue;
      at_ = json::join("/jurisdictions", i);
      bool told = false;  // of the place as a whole
      for (const Purpose& purpose : policy_.purposes) {
        if (!purpose.asks() || place.regime_of(purpose.id, purpose.separate) == Regime::opt_in)
          continue;
        const auto own = std::ranges::find(place.exceptions, purpose.id, &Exception::purpose);
        const auto nth = static_cast<std::size_t>(own - place.exceptions.begin());
        const bool named = own != place.exceptions.end();
        if (!named && told) continue;
        told = told || !named;
        breach(Code::wrong_value,
               named ? json::join("/exceptions", nth) + "/regime" : std::string("/regime"),
               std::string(law_.asks_first_article) + ": \"" + purpose.id +
                   "\" rests on consent, so it is opt-in there");
      }
    }
  }

 private:
  bool uses_sensitive(const Purpose& purpose) const {
    return std::ranges::any_of(purpose.categories, [&](const std::string& id) {
      const Category* category = policy_.category(id);
      return category != nullptr && sensitive_under(law_, *category);
    });
  }

  void grounds(const Purpose& purpose) {
    if (law_.grounds.empty()) return;
    bool own = false;
    for (std::size_t i = 0; i < purpose.bases.size(); ++i) {
      const Ground& ground = purpose.bases[i];
      if (!of_law(ground, code_)) continue;
      own = true;
      if (json::is_open(ground.basis)) continue;
      const std::string at = json::join("/bases", i);
      if (!among(law_.grounds, ground.basis)) no_ground(at + "/basis", ground.basis);
      if (law_.interest_told && ground.basis == Basis::legitimate_interests &&
          ground.interest.empty())
        breach(Code::explanation_required, at + "/interest", "GDPR 13(1)(d)");
    }
    if (own || json::is_open(purpose.basis)) return;
    if (!among(law_.grounds, purpose.basis)) {
      no_ground("/basis", purpose.basis);
    } else if (law_.interest_told && purpose.basis == Basis::legitimate_interests) {
      breach(Code::explanation_required, "/bases",
             "GDPR 13(1)(d): a ground of this law with its interest");
    }
  }

  void separate(const Purpose& purpose) {
    // A separate consent is a kind of consent: what rests on another ground is not asked at all.
    if (purpose.basis != Basis::consent || purpose.separate) return;
    if (among(law_.separate, purpose.kind)) {
      breach(Code::separate_required, "/separate",
             std::string(law_.separate_article) + " for " + std::string(spell(purpose.kind)));
    } else if (law_.sensitive_separate && uses_sensitive(purpose)) {
      breach(Code::separate_required, "/separate",
             std::string(law_.sensitive_article) + ": it uses sensitive data");
    }
  }

  void abroad(const Purpose& purpose) {
    if (purpose.kind != Kind::cross_border) return;
    if (purpose.recipients.empty())
      breach(Code::missing_field, "/recipients", "PIPL 39: a transfer abroad names its recipient");
    for (const std::string& id : purpose.recipients) {
      const Recipient* recipient = policy_.recipient(id);
      if (recipient != nullptr && recipient->rights_procedure.empty())
        breach(Code::missing_field, "/recipients",
               "PIPL 39: recipient \"" + id + "\" needs rights_procedure");
    }
  }

  /// Whether the entry says what holds where this law does.
  bool holds_at(const Jurisdiction& entry) const {
    const std::string_view place = entry.place;
    if (among(kElsewhere, place)) return false;
    return std::ranges::any_of(law_.asks_first, [&](std::string_view country) {
      return place == country || (place.starts_with(country) && place[country.size()] == '-') ||
             (place == "*" && &jurisdiction_at(policy_.jurisdictions, country) == &entry);
    });
  }

  void no_ground(const std::string& at, Basis basis) {
    breach(Code::basis_conflict, at, "it knows no ground \"" + std::string(spell(basis)) + "\"");
  }

  void breach(Code code, const std::string& at, std::string_view why) {
    collect(out_, {code, at_ + at, "Law " + std::string(code_) + ", " + std::string(why) + "."});
  }

  const Policy& policy_;
  const Law& law_;
  std::string_view code_;
  Errors& out_;
  std::string at_;
};

}  // namespace

std::span<const Law> known_laws() { return kLaws; }

const Law* find_law(std::string_view code) {
  for (const Law& law : kLaws) {
    if (code == law.code ||
        (code.starts_with(law.code) && code.substr(law.code.size()).starts_with('-')))
      return &law;
  }
  return nullptr;
}

bool is_sensitive(const Policy& policy, const Category& category) {
  bool known = false;
  for (const std::string& code : policy.laws) {
    const Law* law = find_law(code);
    known = known || law != nullptr;
    if (law != nullptr && sensitive_under(*law, category)) return true;
  }
  // Of a law that is not known here nothing is said that it may not say: the kinds that the Council
  // of Europe's Convention 108+, article 6, names, as most such lists do.
  return !known && among(kEuSensitive, category.data_class);
}

bool sold_until_no(const Policy& policy, const Jurisdiction& where) {
  return std::ranges::any_of(policy.purposes, [&](const Purpose& one) {
    return one.asks() && one.answers_to_gpc() &&
           where.regime_of(one.id, one.separate) != Regime::opt_in;
  });
}

bool offers_no_sale(const Policy& policy) {
  return std::ranges::any_of(policy.rights, [](const Right& right) {
    return right.type == "opt-out-sale" && right.absent.empty();
  });
}

Errors breaches(const Policy& policy) {
  Errors out;
  for (std::size_t i = 0; i < policy.purposes.size(); ++i) {
    for (const std::string& code : policy.laws) {
      if (const Law* law = find_law(code)) Examination(policy, *law, code, out).purpose(i);
    }
  }
  for (const std::string& code : policy.laws) {
    if (const Law* law = find_law(code)) Examination(policy, *law, code, out).places();
  }
  return out;
}

}  // namespace avow::policy
