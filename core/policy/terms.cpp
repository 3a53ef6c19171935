#include "policy/terms.h"

#include <algorithm>

#include "base/canonical.h"
#include "policy/spelling.h"

namespace avow::policy {
namespace {

json::Array sorted(std::vector<std::string> ids) {
  // By heap, as in canonical.cpp.
  std::make_heap(ids.begin(), ids.end());
  std::sort_heap(ids.begin(), ids.end());
  json::Array out;
  for (std::string& id : ids) out.emplace_back(std::move(id));
  return out;
}

/// Which company it is, whatever else is said of it.
template <class Company>
std::string identity(const Policy& policy, const Company& company) {
  if (!company.registration.empty()) return "registered " + company.registration;
  const std::string language = policy.languages.empty() ? std::string() : policy.languages[0];
  return "called " + std::string(company.name.in(language));
}

json::Object received(const Policy& policy, const Purpose& purpose, const Recipient& recipient) {
  json::Object out;
  out.set("id", recipient.id)
      .set("kind", json::spelled(kNamings, recipient.naming))
      .set("countries", sorted(recipient.countries))
      .set("who", identity(policy, recipient));
  if (const auto role = policy.role(purpose, recipient)) out.set("role", spell(*role));
  if (const Use* use = purpose.use_of(recipient.id)) {
    if (!use->categories.empty()) out.set("categories", sorted(use->categories));
    if (use->basis) out.set("basis", spell(*use->basis));
    if (use->counts_as) out.set("counts_as", json::spelled(kCountsAs, *use->counts_as));
  }
  return out;
}

std::string used(const Policy& policy, const std::string& id) {
  const Category* category = policy.category(id);
  if (category == nullptr) return id;
  std::string out = id;
  if (category->data_class != DataClass::ordinary)
    out += " " + std::string(json::spelled(kDataClasses, category->data_class));
  if (category->about != About::visitor)
    out += " about " + std::string(json::spelled(kAbout, category->about));
  return out;
}

struct Material {
  std::string_view list, member;
};
constexpr Material kMaterial[] = {
    {"controller", "name"},         {"controller", "registration"}, {"recipients", "name"},
    {"recipients", "registration"}, {"recipients", "kind"},         {"recipients", "countries"},
    {"recipients", "role"},         {"categories", "class"},        {"categories", "about"},
    {"purposes", "kind"},           {"purposes", "basis"},          {"purposes", "methods"},
    {"purposes", "categories"},     {"purposes", "recipients"},     {"purposes", "sharing"},
    {"purposes", "revision"},       {"purposes", "separate"},
};

}  // namespace

bool is_material(std::string_view list, std::string_view member) {
  return std::ranges::any_of(
      kMaterial, [&](const Material& one) { return one.list == list && one.member == member; });
}

Digest terms(const Policy& policy, const Purpose& purpose) {
  std::vector<std::string> ids = purpose.recipients, categories;
  std::make_heap(ids.begin(), ids.end());
  std::sort_heap(ids.begin(), ids.end());
  json::Array recipients;
  for (const std::string& id : ids) {
    // An unknown reference is the reader's to report.
    if (const Recipient* recipient = policy.recipient(id))
      recipients.push_back(received(policy, purpose, *recipient));
  }
  for (const std::string& id : purpose.categories) categories.push_back(used(policy, id));
  json::Object facts;
  facts.set("basis", spell(purpose.basis))
      .set("categories", sorted(std::move(categories)))
      .set("controller", identity(policy, policy.controller))
      .set("kind", spell(purpose.kind))
      .set("methods", sorted(purpose.methods))
      .set("purpose", purpose.id)
      .set("recipients", std::move(recipients))
      .set("revision", purpose.revision)
      .set("separate", purpose.separate);
  return labelled_sha256("avow/v1 terms", {as_bytes(canonical::write(facts))});
}

void add_terms(Policy& policy) {
  for (Purpose& purpose : policy.purposes) purpose.terms = terms(policy, purpose);
}

}  // namespace avow::policy
