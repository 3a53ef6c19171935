#include "policy/stored.h"

namespace avow::policy {

json::Array write_stored(const std::vector<Stored>& all) {
  json::Array out;
  for (const Stored& one : all) {
    json::Object entry;
    entry.set("purpose", one.purpose);
    const auto list = [&](const char* name, const std::vector<std::string>& names) {
      json::Array items;
      for (const std::string& item : names) items.emplace_back(item);
      if (!items.empty()) entry.set(name, std::move(items));
    };
    list("cookies", one.cookies);
    list("local_storage", one.local_storage);
    list("session_storage", one.session_storage);
    list("databases", one.databases);
    list("caches", one.caches);
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace avow::policy
