#include "policy/terms.h"

#include <algorithm>

#include "base/canonical.h"

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

}  // namespace

Digest terms(const Policy& policy, const Purpose& purpose) {
  std::vector<std::string> recipients;
  for (const std::string& id : purpose.recipients) {
    const Recipient* recipient = policy.recipient(id);
    if (recipient == nullptr) continue;  // an unknown reference: the reader has reported it
    recipients.push_back(id + " " + std::string(spell(recipient->role)) + " " + recipient->country);
  }
  std::vector<std::string> categories;
  for (const std::string& id : purpose.categories) {
    const Category* category = policy.category(id);
    categories.push_back(category != nullptr && category->sensitive ? id + " sensitive" : id);
  }
  json::Object facts;
  facts.set("basis", spell(purpose.basis))
      .set("categories", sorted(std::move(categories)))
      .set("kind", spell(purpose.kind))
      .set("methods", sorted(purpose.methods))
      .set("purpose", purpose.id)
      .set("recipients", sorted(std::move(recipients)))
      .set("revision", purpose.revision)
      .set("separate", purpose.separate);
  return labelled_sha256("avow/v1 terms", {as_bytes(canonical::write(facts))});
}

void add_terms(Policy& policy) {
  for (Purpose& purpose : policy.purposes) purpose.terms = terms(policy, purpose);
}

}  // namespace avow::policy
