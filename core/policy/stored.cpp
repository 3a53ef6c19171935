#include "policy/stored.h"

namespace avow::policy {

std::vector<StoredNames> lists(const Stored& stored) {
  return {{"cookies", &stored.cookies},
          {"local_storage", &stored.local_storage},
          {"session_storage", &stored.session_storage},
          {"databases", &stored.databases},
          {"caches", &stored.caches}};
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
