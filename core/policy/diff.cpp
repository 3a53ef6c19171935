#include "policy/diff.h"

#include <algorithm>

namespace avow::policy {
namespace {

bool same(const Text& a, const Text& b) { return a.languages == b.languages; }

bool same(const Category* a, const Category* b) {
  return a != nullptr && b != nullptr && same(a->name, b->name);
}

bool same(const Recipient* a, const Recipient* b) {
  return a != nullptr && b != nullptr && same(a->name, b->name) && a->contact == b->contact &&
         same(a->country_name, b->country_name) && same(a->rights_procedure, b->rights_procedure);
}

/// What visitors read of a purpose: its own texts, and those of what it names. Its terms are the
/// same.
bool same_words(const Policy& older, const Purpose& a, const Policy& newer, const Purpose& b) {
  return same(a.title, b.title) && same(a.description, b.description) && same(a.method, b.method) &&
         same(a.necessity, b.necessity) && same(a.impact, b.impact) &&
         same(a.retention.criteria, b.retention.criteria) &&
         a.retention.after == b.retention.after &&
         std::ranges::all_of(
             b.categories,
             [&](const std::string& id) { return same(older.category(id), newer.category(id)); }) &&
         std::ranges::all_of(b.recipients, [&](const std::string& id) {
           return same(older.recipient(id), newer.recipient(id));
         });
}

bool same(const Controller& a, const Controller& b) {
  return same(a.name, b.name) && a.email == b.email && a.phone == b.phone &&
         same(a.address, b.address);
}

bool same(const Right& a, const Right& b) {
  return a.type == b.type && same(a.channel, b.channel) && same(a.procedure, b.procedure);
}

bool same(const Jurisdiction& a, const Jurisdiction& b) {
  return a.place == b.place && a.regime == b.regime;
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::equal(a, b, [](const T& x, const T& y) { return same(x, y); });
}

}  // namespace

std::vector<Difference> diff(const Policy& older, const Policy& newer) {
  std::vector<Difference> out;
  for (const Purpose& now : newer.purposes) {
    const Purpose* before = older.purpose(now.id);
    if (before == nullptr) {
      out.push_back({now.id, Change::added});
    } else if (before->terms != now.terms) {
      out.push_back({now.id, Change::terms});
    } else if (now.retention.days() > before->retention.days()) {
      out.push_back({now.id, Change::longer_retention});
    } else if (now.retention.days() < before->retention.days()) {
      out.push_back({now.id, Change::shorter_retention});
    } else if (!same_words(older, *before, newer, now)) {
      out.push_back({now.id, Change::wording});
    }
  }
  for (const Purpose& before : older.purposes) {
    if (newer.purpose(before.id) == nullptr) out.push_back({before.id, Change::removed});
  }
  if (!same(older.controller, newer.controller)) out.push_back({"", Change::controller});
  if (!same(older.rights, newer.rights) || !same(older.rules_url, newer.rules_url))
    out.push_back({"", Change::rights});
  if (!same(older.jurisdictions, newer.jurisdictions)) out.push_back({"", Change::regimes});
  if (older.validity.grant != newer.validity.grant ||
      older.validity.refusal != newer.validity.refusal) {
    out.push_back({"", Change::validity});
  }
  return out;
}

std::string_view spell(Change change) {
  switch (change) {
    case Change::added: return "added";
    case Change::removed: return "removed";
    case Change::terms: return "terms";
    case Change::longer_retention: return "longer-retention";
    case Change::shorter_retention: return "shorter-retention";
    case Change::wording: return "wording";
    case Change::controller: return "controller";
    case Change::rights: return "rights";
    case Change::regimes: return "regimes";
    case Change::validity: return "validity";
  }
  fatal("a change without a name");
}

}  // namespace avow::policy
