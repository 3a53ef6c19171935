#pragma once
// Every member of the policy that has all of them, changed, one after the other.

#include <functional>
#include <map>
#include <set>

#include "policy/given.h"
#include "policy/schema.h"

namespace avow::policy::given {

class EveryMember : public testing::Test {
 protected:
  EveryMember() {
    auto read = json::read(file("everything.json"));
    if (!read) fatal("the policy that has every member cannot be read");
    document = std::move(*read);
    enums(json::Value(json_schema()));
  }

  /// Whether the document with another value in some place will do: no further value is put there
  /// then.
  virtual bool tried(const json::Value& changed, const std::string& at) = 0;

  using Whole = std::function<json::Value(json::Value)>;

  /// Puts other values into each place of the document, until one is taken. A place is named
  /// without the numbers of items, and is done with once that is so in one item.
  void change_each() {
    walk(document, "", [](json::Value other) { return other; });
  }

  /// Whether a member, once it is gone, is to be tried as well.
  bool removes = false;
  json::Value document;
  std::map<std::string, bool> places;  ///< whether a value was taken there
  std::set<std::string> removed;

 private:
  /// The spellings of every enumerated value, table by table.
  void enums(const json::Value& schema) {
    if (const json::Array* items = schema.array()) {
      for (const json::Value& one : *items) enums(one);
    } else if (const json::Object* object = schema.object()) {
      const json::Value* words = object->find("enum");
      if (words != nullptr && words->array() != nullptr) tables.push_back(*words->array());
      for (const auto& [name, one] : object->members()) enums(one);
    }
  }

  [[nodiscard]] std::vector<json::Value> others(const json::Value& value) const {
    std::vector<json::Value> out;
    if (const std::string* text = value.string()) {
      for (const char* end : {"x", "a"}) out.emplace_back(*text + end);
      for (const json::Array& table : tables) {
        if (std::ranges::find(table, value) == table.end()) continue;
        for (const json::Value& one : table) out.push_back(one);
      }
      for (const char* other : {"P2Y", "P40D", "2027-03-04", "2026-10-02", "SG", "US", "eu", "uk",
                                "/other", "contact", "conversation", "measure-cloud", "video-host",
                                "chat", "offers", "recipient-address", "couriers", "GB"})
        out.emplace_back(other);
      out.emplace_back(std::string(64, '5'));
    } else if (const std::int64_t* number = value.integer()) {
      out.emplace_back(*number + 1);
    } else if (const bool* flag = value.boolean()) {
      out.emplace_back(!*flag);
    }
    return out;
  }

  /// `whole` gives the document with a value in this very place.
  void walk(const json::Value& value, const std::string& name, const Whole& whole) {
    if (const json::Object* object = value.object()) return members(*object, name, whole);
    if (const json::Array* items = value.array()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        walk((*items)[i], name, [&](json::Value other) {
          json::Array changed = *items;
          changed[i] = std::move(other);
          return whole(json::Value(std::move(changed)));
        });
      }
      return;
    }
    if (places.emplace(name, false).first->second) return;
    for (json::Value& other : others(value)) {
      if (other == value || !tried(whole(std::move(other)), name)) continue;
      places[name] = true;
      return;
    }
  }

  void members(const json::Object& object, const std::string& name, const Whole& whole) {
    for (const auto& [key, one] : object.members()) {
      const std::string at = name + "/" + key;
      if (key == "internal" || key == "$schema") continue;
      walk(one, at, [&](json::Value other) {
        json::Object changed = object;
        changed.set(key, std::move(other));
        return whole(json::Value(std::move(changed)));
      });
      if (!removes || removed.contains(at)) continue;
      json::Object fewer;
      for (const auto& [each, kept] : object.members())
        if (each != key) fewer.set(each, kept);
      if (tried(whole(json::Value(std::move(fewer))), at + " removed")) removed.insert(at);
    }
  }

  std::vector<json::Array> tables;
};

}  // namespace avow::policy::given
