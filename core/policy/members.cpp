#include "policy/members.h"

#include <algorithm>

namespace avow::policy {
namespace {

/// By what the items of some list are told apart, the first that an item has.
constexpr std::string_view kKeys[] = {"id", "type", "place", "duty", "recipient", "purpose"};

/// What an item is called: its key, with its law where it has one; else its place in the list.
std::string called(const json::Array& list, std::size_t at) {
  const json::Object* object = list[at].object();
  if (object == nullptr) return std::to_string(at + 1);
  for (const std::string_view key : kKeys) {
    const json::Value* value = object->find(key);
    if (value == nullptr || value->string() == nullptr) continue;
    const json::Value* law = object->find("law");
    return *value->string() + (law != nullptr ? " under " + *law->string() : std::string());
  }
  return std::to_string(at + 1);
}

/// The same of each, with a number where several are called alike.
std::vector<std::string> all_called(const json::Array& list) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string name = called(list, i);
    std::string own = name;
    for (int nth = 2; std::ranges::find(out, own) != out.end(); ++nth)
      own = name + " (" + std::to_string(nth) + ")";
    out.push_back(std::move(own));
  }
  return out;
}

std::string within_lists(const json::Array& was, const json::Array& is) {
  const json::Array& some = is.empty() ? was : is;
  if (some.empty() || some[0].object() == nullptr) return {};
  const std::vector<std::string> before = all_called(was), now = all_called(is);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < is.size(); ++i) {
    const std::string& name = now[i];
    const auto old = std::ranges::find(before, name);
    if (old == before.end()) {
      out.push_back(name + " added");
      continue;
    }
    const json::Value& other = was[static_cast<std::size_t>(old - before.begin())];
    if (other == is[i]) continue;
    for (const std::string& member : differing(*other.object(), *is[i].object()))
      out.push_back(name + " " + member);
  }
  for (const std::string& name : before) {
    if (std::ranges::find(now, name) == now.end()) out.push_back(name + " removed");
  }
  return out.empty() ? "order" : listed(out);
}

}  // namespace

bool Pair::same() const { return was == nullptr || is == nullptr ? was == is : *was == *is; }

Pair pair_of(const json::Object& older, const json::Object& newer, std::string_view name) {
  return {older.find(name), newer.find(name)};
}

std::vector<std::string> differing(const json::Object& older, const json::Object& newer) {
  std::vector<std::string> out;
  for (const auto& [name, value] : newer.members()) {
    if (!pair_of(older, newer, name).same()) out.push_back(name);
  }
  for (const auto& [name, value] : older.members()) {
    if (newer.find(name) == nullptr) out.push_back(name);
  }
  return out;
}

const json::Object* item(const json::Value* list, std::string_view key, std::string_view value) {
  if (list == nullptr) return nullptr;
  for (const json::Value& one : *list->array()) {
    const json::Value* named = one.object()->find(key);
    if (named != nullptr && *named->string() == value) return one.object();
  }
  return nullptr;
}

std::string within(const Pair& member) {
  static const json::Array none;
  const json::Value* some = member.is != nullptr ? member.is : member.was;
  if (some == nullptr) return {};
  if (some->array() != nullptr)
    return within_lists(member.was != nullptr ? *member.was->array() : none,
                        member.is != nullptr ? *member.is->array() : none);
  if (member.was == nullptr) return "added";
  if (member.is == nullptr) return "removed";
  if (some->object() == nullptr) return {};
  return listed(differing(*member.was->object(), *member.is->object()));
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

}  // namespace avow::policy
