#include "change/compare.h"

#include <algorithm>

#include "base/canonical.h"
#include "policy/diff.h"
#include "policy/public_writer.h"
#include "policy/terms.h"

namespace avow::change {
namespace {

using policy::Policy;
using policy::Purpose;

/// What visitors read of a policy, and by what the objects of a list are told apart.
struct Told {
  std::string_view name;
  std::string_view key = {};      ///< empty: compared as one
  bool by_member = false;         ///< its members are told one by one
  bool told_by_purposes = false;  ///< that one comes or goes, the purposes say
};
constexpr Told kTold[] = {
    {.name = "controller", .by_member = true},
    {.name = "contacts"},
    {.name = "rules_url"},
    {.name = "documents"},
    {.name = "storage"},
    {.name = "categories", .key = "id", .by_member = true, .told_by_purposes = true},
    {.name = "recipients", .key = "id", .by_member = true, .told_by_purposes = true},
    {.name = "purposes", .key = "id", .by_member = true},
    {.name = "services", .key = "id", .by_member = true},
    {.name = "laws"},
    {.name = "rights", .key = "type"},
    {.name = "complaint"},
    {.name = "authorities"},
    {.name = "minors"},
    {.name = "jurisdictions"},
    {.name = "validity"},
    {.name = "record_refusals"},
    {.name = "erase"},
    {.name = "subdomains"},
};

/// Members that an object has even where its public form leaves them out, with their default.
constexpr std::string_view kDefaulted[] = {"kind",  "class",    "about",
                                           "where", "separate", "revision"};

/// Whether somebody is asked for a consent because the newer policy says what it says of a thing.
class Asking {
 public:
  Asking(const Policy& older, const Policy& newer)
      : older_(older),
        newer_(newer),
        differences_(policy::diff(older, newer)) {}

  /// `member` is empty where the whole object is new.
  [[nodiscard]] bool asks(std::string_view list, const std::string& id,
                          std::string_view member) const {
    if (list == "purposes") return asks_purpose(id, member);
    if (!policy::is_material(list, member)) return false;
    // The rest is not asked about by itself: would it alone have changed what was agreed to?
    Policy other = older_;
    if (list == "controller")
      other.controller = newer_.controller;
    else if (list == "recipients")
      put(other.recipients, newer_.recipients, id);
    else
      put(other.categories, newer_.categories, id);
    return std::ranges::any_of(older_.purposes, [&](const Purpose& before) {
      const Purpose* now = newer_.purpose(before.id);
      return now != nullptr && now->asks() && policy::terms(other, before) != before.terms;
    });
  }

 private:
  [[nodiscard]] bool asks_purpose(const std::string& id, std::string_view member) const {
    const Purpose* before = older_.purpose(id);
    const Purpose* now = newer_.purpose(id);
    if (now == nullptr || !now->asks()) return false;
    // Whom nobody asked until now is asked because of what had kept it from being asked.
    if (before != nullptr && !before->asks())
      return (member == "where" && !before->on_site()) ||
             (member == "basis" && before->basis != policy::Basis::consent);
    // A revision is raised because of all that is different.
    if (before == nullptr || member.empty() || before->revision != now->revision) return true;
    return std::ranges::any_of(differences_, [&](const policy::Difference& one) {
      if (one.purpose != id || one.then != policy::Then::ask) return false;
      return one.change == policy::Change::longer_retention
                 ? member == "retention"
                 : policy::is_material("purposes", member);
    });
  }

  template <class T>
  static void put(std::vector<T>& into, const std::vector<T>& from, const std::string& id) {
    const auto to = std::ranges::find(into, id, &T::id);
    const auto it = std::ranges::find(from, id, &T::id);
    if (to != into.end() && it != from.end()) *to = *it;
  }

  const Policy& older_;
  const Policy& newer_;
  std::vector<policy::Difference> differences_;
};

class Comparison {
 public:
  Comparison(const Policy& older, const Policy& newer)
      : asking_(older, newer),
        older_(policy::PublicWriter::write(older)),
        newer_(policy::PublicWriter::write(newer)) {}

  std::vector<Part> all() {
    for (const Told& told : kTold) {
      const json::Value* before = older_.find(told.name);
      const json::Value* now = newer_.find(told.name);
      const std::string at = "/" + std::string(told.name);
      if (!told.key.empty())
        list(told, before, now);
      else if (told.by_member && before != nullptr && now != nullptr)
        members(told, std::string(told.name), *before->object(), *now->object(), at);
      else
        whole(told, std::string(told.name), before, now, at);
    }
    return std::move(out_);
  }

 private:
  static const json::Array& items(const json::Value* list) {
    static const json::Array none;
    return list == nullptr ? none : *list->array();
  }

  static std::string key_of(const Told& told, const json::Value& item) {
    return *item.object()->find(told.key)->string();
  }

  /// The item of a list that is the same thing. A right may stand several times, for several laws:
  /// the nth of one list is then the nth of the other.
  static const json::Value* counterpart(const Told& told, const json::Array& mine, std::size_t at,
                                        const json::Array& others) {
    const std::string key = key_of(told, mine[at]);
    std::size_t nth = nth_of(told, mine, at);
    for (const json::Value& other : others) {
      if (key_of(told, other) == key && nth-- == 0) return &other;
    }
    return nullptr;
  }

  static std::size_t nth_of(const Told& told, const json::Array& all, std::size_t at) {
    const std::string key = key_of(told, all[at]);
    std::size_t nth = 0;
    for (std::size_t i = 0; i < at; ++i) nth += key_of(told, all[i]) == key ? 1 : 0;
    return nth;
  }

  void list(const Told& told, const json::Value* before, const json::Value* now) {
    const std::string at = "/" + std::string(told.name);
    const json::Array& was = items(before);
    const json::Array& is = items(now);
    for (std::size_t i = 0; i < is.size(); ++i) {
      const json::Value* old = counterpart(told, is, i, was);
      const std::string id = key_of(told, is[i]);
      if (old != nullptr && told.by_member)
        members(told, id, *old->object(), *is[i].object(), json::join(at, i));
      else if (old != nullptr || !told.told_by_purposes)
        whole(told, id, old, &is[i], json::join(at, i), nth_of(told, is, i));
    }
    if (told.told_by_purposes) return;
    for (std::size_t i = 0; i < was.size(); ++i) {
      if (counterpart(told, was, i, is) == nullptr)
        whole(told, key_of(told, was[i]), &was[i], nullptr, json::join(at, i),
              nth_of(told, was, i));
    }
  }

  void members(const Told& told, const std::string& what, const json::Object& was,
               const json::Object& is, const std::string& at) {
    const auto each = [&](const std::string& name) {
      const json::Value* before = was.find(name);
      const json::Value* now = is.find(name);
      add(told, what, name, before, now, json::join(at, name));
    };
    const std::size_t first = out_.size();
    for (const auto& [name, now] : is.members()) each(name);
    for (const auto& [name, before] : was.members()) {
      if (is.find(name) == nullptr) each(name);
    }
    // Nobody reads the number of a revision; it is told only where nothing else is different.
    const auto mine = out_.begin() + static_cast<std::ptrdiff_t>(first);
    if (out_.size() > first + 1)
      out_.erase(std::remove_if(mine, out_.end(),
                                [](const Part& one) { return one.member == "revision"; }),
                 out_.end());
  }

  void whole(const Told& told, const std::string& what, const json::Value* was,
             const json::Value* is, const std::string& at, std::size_t nth = 0) {
    add(told, what, {}, was, is, at, nth);
  }

  void add(const Told& told, const std::string& what, const std::string& member,
           const json::Value* was, const json::Value* is, const std::string& pointer,
           std::size_t nth = 0) {
    const bool same = was == nullptr || is == nullptr ? was == is : *was == *is;
    if (same) return;
    const bool always = std::ranges::find(kDefaulted, member) != std::end(kDefaulted);
    out_.push_back({.pointer = pointer,
                    .list = std::string(told.name),
                    .what = what,
                    .member = member,
                    .nth = nth,
                    .was = was != nullptr || always,
                    .is = is != nullptr || always,
                    .asks_again = (is != nullptr || !member.empty()) &&
                                  asking_.asks(told.name, what, member)});
  }

  Asking asking_;
  json::Object older_, newer_;
  std::vector<Part> out_;
};

}  // namespace

std::vector<Part> compare(const Policy& older, const Policy& newer) {
  return Comparison(older, newer).all();
}

const Part* part_of(const std::vector<Part>& parts, const Changed& changed) {
  const auto find = [&](auto is_it) -> const Part* {
    const auto it = std::ranges::find_if(
        parts, [&](const Part& part) { return part.pointer == changed.pointer && is_it(part); });
    return it == parts.end() ? nullptr : &*it;
  };
  const auto named = [&](const Part& part) { return part.what == changed.what; };
  const auto same = [&](const Part& part) {
    return named(part) && part.was == !changed.was.empty() && part.is == !changed.is.empty();
  };
  // Whoever mistook a text or a name hears that, not that there is no difference.
  if (const Part* part = find(same)) return part;
  if (const Part* part = find(named)) return part;
  return find([](const Part&) { return true; });
}

}  // namespace avow::change
