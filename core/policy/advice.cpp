#include "policy/advice.h"

#include <algorithm>
#include <iterator>

#include "base/among.h"
#include "policy/facts.h"
#include "policy/law.h"
#include "policy/members.h"

namespace avow::policy {
namespace {

/// Whether it gets data outside the mainland of China, as far as the policy says.
bool is_abroad(const Recipient& recipient) {
  return std::ranges::any_of(recipient.countries, [](const std::string& country) {
    return country != "CN" && country != kUnnamed;
  });
}

/// What PIPL 39 asks where data goes abroad in a purpose that is not called so.
void advise_abroad(const Policy& policy, const Purpose& purpose, std::vector<std::string>& out) {
  if (purpose.kind == Kind::cross_border) return;
  for (const std::string& id : purpose.recipients) {
    const Recipient* recipient = policy.recipient(id);
    if (recipient == nullptr || !is_abroad(*recipient)) continue;
    std::string wants;
    if (purpose.basis == Basis::consent && !purpose.separate)
      wants = "that takes a separate consent";
    if (recipient->rights_procedure.empty())
      wants += std::string(wants.empty() ? "" : ", and ") +
               "visitors are told how to exercise their rights there (`rights_procedure`)";
    if (!wants.empty())
      out.push_back("Purpose \"" + purpose.id + "\" gives data to \"" + id +
                    "\" abroad: of data from China, " + wants + " (PIPL 39).");
  }
}

/// The rows of the laws that a policy names, of themselves and not for a part of a country.
std::vector<Law> named_by(const Policy& policy) {
  std::vector<Law> out;
  std::ranges::copy_if(known_laws(), std::back_inserter(out),
                       [&](const Law& law) { return among(policy.laws, law.code); });
  return out;
}

/// Rights that are neither said to be exercised nor to be absent.
void advise_rights(const Policy& policy, std::vector<std::string>& out) {
  const bool agreed = std::ranges::any_of(
      policy.purposes, [](const Purpose& one) { return one.basis == Basis::consent; });
  for (const Law& law : named_by(policy)) {
    std::vector<std::string> silent;
    for (const std::string_view type : law.rights) {
      const auto said = [&](const Right& one) {
        return one.type == type && (one.law.empty() || one.law == law.code);
      };
      // To whom else visitors can complain is said of authorities.
      const bool elsewhere = type == "complain" && !policy.authorities.empty();
      if (std::ranges::none_of(policy.rights, said) && !elsewhere && (agreed || type != "withdraw"))
        silent.emplace_back(type);
    }
    if (!silent.empty())
      out.push_back("It says nothing of these rights: " + listed(silent) + ". Under \"" +
                    std::string(law.code) +
                    "\" visitors are told how they are exercised, or why one does not arise "
                    "(`absent`): " +
                    std::string(law.rights_article) + ".");
  }
}

/// Who is established elsewhere names somebody where the law holds.
void advise_representative(const Policy& policy, std::vector<std::string>& out) {
  const std::string& country = policy.controller.country;
  std::vector<std::string> articles;
  for (const Law& law : named_by(policy)) {
    const auto named = [&](const Contact& one) {
      return one.duty == Duty::representative && (one.law.empty() || one.law == law.code);
    };
    if (!law.representative_article.empty() && !country.empty() &&
        !among(law.asks_first, country) && std::ranges::none_of(policy.contacts, named))
      articles.emplace_back(law.representative_article);
  }
  if (!articles.empty())
    out.push_back("The controller is in " + country +
                  ", and `contacts` name no `representative` where it may have to have one (" +
                  listed(articles) + ").");
}

/// A consent that the whole service hangs on is none that is freely given.
void advise_wall(const Policy& policy, const Purpose& purpose, std::vector<std::string>& out) {
  const bool wall = purpose.basis == Basis::consent && purpose.if_refused &&
                    purpose.if_refused->effect == Effect::service &&
                    purpose.if_refused->instead.empty();
  std::vector<std::string> articles;
  for (const Law& law : named_by(policy))
    if (!law.wall_article.empty()) articles.emplace_back(law.wall_article);
  if (wall && !articles.empty())
    out.push_back("Purpose \"" + purpose.id +
                  "\" refuses the whole service to who does not agree: that is for what the "
                  "service cannot do without, which commonly rests on contract (" +
                  listed(articles) + ").");
}

}  // namespace

std::vector<std::string> advice(const Policy& policy) {
  std::vector<std::string> out;
  if (policy.laws.empty()) out.push_back("It names no laws: it was held against none. Say `laws`.");
  for (const std::string& code : policy.laws) {
    if (find_law(code) == nullptr)
      out.push_back("Law \"" + code + "\" is not known here: nothing was held against it.");
  }
  if (among(policy.laws, "us-ca")) {
    const bool sold = sold_until_no(policy, jurisdiction_at(policy.jurisdictions, "US-CA"));
    if (sold && !offers_no_sale(policy))
      out.push_back(
          "In US-CA data is sold or shared until a no, and `rights` have no \"opt-out-sale\" "
          "(Civil Code 1798.120, 135).");
    if (sold)
      out.push_back(
          "In US-CA data is sold or shared until a no: until a visitor has answered, only a link "
          "of your own page (`data-avow-open`) can be the one that 11 CCR 7013 and 7026(a) ask "
          "for.");
  }
  for (const Purpose& purpose : policy.purposes) {
    const bool needs_none = purpose.kind == Kind::service || purpose.kind == Kind::contract ||
                            purpose.kind == Kind::security ||
                            purpose.kind == Kind::legal_obligation;
    if (needs_none && purpose.asks())
      out.push_back("Purpose \"" + purpose.id +
                    "\" asks for what commonly rests on contract or law: where a refusal would "
                    "not stop it, asking misleads.");
    advise_wall(policy, purpose, out);
    if (!among(policy.laws, "cn")) continue;
    advise_abroad(policy, purpose, out);
    if (purpose.basis != Basis::consent || purpose.separate) continue;
    for (const std::string& id : purpose.recipients) {
      const Recipient* recipient = policy.recipient(id);
      if (recipient == nullptr || policy.role(purpose, *recipient) != Role::controller) continue;
      out.push_back("Purpose \"" + purpose.id + "\" gives data to \"" + id +
                    "\", which decides on its own use: that takes a separate consent (PIPL 23).");
    }
  }
  advise_rights(policy, out);
  advise_representative(policy, out);
  if (among(policy.laws, "cn")) {
    std::vector<std::string> silent;
    for (const Purpose& purpose : policy.purposes)
      if (purpose.basis == Basis::consent && !purpose.on_withdrawal) silent.push_back(purpose.id);
    if (!silent.empty())
      out.push_back("It does not say what happens to the data once consent is withdrawn from: " +
                    listed(silent) +
                    ". Under PIPL 47(1)(3) it is to be deleted: say `on_withdrawal`, there or in "
                    "`defaults`.");
  }
  return out;
}

}  // namespace avow::policy
