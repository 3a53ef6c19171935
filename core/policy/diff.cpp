#include "policy/diff.h"

namespace avow::policy {
namespace {

bool same_words(const Purpose& a, const Purpose& b) {
  const auto same = [](const Text& x, const Text& y) { return x.languages == y.languages; };
  return same(a.title, b.title) && same(a.description, b.description) && same(a.method, b.method) &&
         same(a.necessity, b.necessity) && same(a.impact, b.impact) && same(a.retention.criteria, b.retention.criteria);
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
    } else if (!same_words(*before, now)) {
      out.push_back({now.id, Change::wording});
    }
  }
  for (const Purpose& before : older.purposes) {
    if (newer.purpose(before.id) == nullptr) out.push_back({before.id, Change::removed});
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
  }
  fatal("a change without a name");
}

}  // namespace avow::policy
