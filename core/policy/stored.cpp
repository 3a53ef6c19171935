#include "policy/stored.h"

namespace avow::policy {

std::vector<StoredNames> lists(const Stored& stored) {
  return {{"cookies", &stored.cookies},
          {"local_storage", &stored.local_storage},
          {"session_storage", &stored.session_storage},
          {"databases", &stored.databases},
          {"caches", &stored.caches}};
}

bool is_name_of(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*')
    return is_name_of(pattern.substr(1), name) ||
           (!name.empty() && is_name_of(pattern, name.substr(1)));
  return !name.empty() && name[0] == pattern[0] && is_name_of(pattern.substr(1), name.substr(1));
}

json::Array write_stored(const std::vector<Stored>& all) {
  json::Array out;
  for (const Stored& one : all) {
    json::Object entry;
    entry.set("purpose", one.purpose);
    for (const auto& [list, names] : lists(one)) {
      json::Array items;
      for (const std::string& item : *names) items.emplace_back(item);
      if (!items.empty()) entry.set(std::string(list), std::move(items));
    }
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace avow::policy
