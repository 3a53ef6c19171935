#pragma once
// Writes what is declared as JSON: the form in which it is published.

#include "policy/declaration.h"

namespace avow::policy {

/// What has its default is left out, so that one policy has one spelling.
class PublicWriter {
 public:
  template <class T>
  static json::Object write(const T& object) {
    PublicWriter io;
    declare(io, object);
    return std::move(io.out_);
  }

  void format(std::string_view name, int version, std::string_view) { set(name, version); }
  void line(std::string_view name, const std::string& value, const Line&, Need, std::string_view) {
    if (!value.empty()) set(name, value);
  }
  void lines(std::string_view name, const std::vector<std::string>& value, std::size_t, std::size_t,
             const Line&, std::string_view) {
    if (!value.empty()) set(name, listed(value));
  }
  void date(std::string_view name, time::Instant value, Need, std::string_view) {
    set(name, time::write_date(value));
  }
  void languages(std::string_view name, const std::vector<std::string>& value, std::string_view) {
    set(name, listed(value));
  }
  void fallbacks(std::string_view name,
                 const std::vector<std::pair<std::string, std::string>>& value, std::string_view) {
    json::Object out;
    for (const auto& [language, other] : value) out.set(language, other);
    if (!out.empty()) set(name, std::move(out));
  }
  void words(std::string_view name, const Text& text, json::Length, Need, std::string_view) {
    json::Object spoken;
    for (const auto& [language, words] : text.languages) spoken.set(language, words);
    if (!spoken.empty()) set(name, std::move(spoken));
  }
  void links(std::string_view name, const Text& text, Need need, std::string_view meaning) {
    words(name, text, {}, need, meaning);
  }
  void id(std::string_view name, const std::string& value, Ids, std::string_view) {
    set(name, value);
  }
  void key(std::string_view name, const std::string& value, const Line&, Ids, std::string_view) {
    set(name, value);
  }
  void reference(std::string_view name, const std::string& value, Ids, Need, std::string_view) {
    if (!value.empty()) set(name, value);
  }
  void references(std::string_view name, const std::vector<std::string>& value, std::size_t, Ids,
                  std::string_view) {
    if (!value.empty()) set(name, listed(value));
  }
  void names(std::string_view name, const std::vector<std::string>& value, std::size_t, std::size_t,
             std::string_view) {
    if (!value.empty()) set(name, listed(value));
  }
  template <class T, std::size_t N>
  void one_of(std::string_view name, const std::optional<T>& value, const Spelling<T> (&table)[N],
              std::string_view) {
    if (value) set(name, json::spelled(table, *value));
  }
  template <class T, std::size_t N>
  void some_of(std::string_view name, const std::vector<T>& values, const Spelling<T> (&table)[N],
               std::size_t, std::string_view) {
    json::Array out;
    for (const T& value : values) out.emplace_back(json::spelled(table, value));
    if (!out.empty()) set(name, std::move(out));
  }
  template <class T, class S, std::size_t N>
  void one_of(std::string_view name, const T& value, const Spelling<S> (&table)[N],
              std::string_view) {
    if (!json::is_open(value)) set(name, json::spelled(table, S(value)));
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, const T& value, const Spelling<T> (&table)[N], T otherwise,
                 std::string_view) {
    if (value != otherwise) set(name, json::spelled(table, value));
  }
  void flag(std::string_view name, bool value, std::string_view) {
    if (value) set(name, true);
  }
  void number(std::string_view name, std::int64_t value, std::int64_t, std::int64_t,
              std::int64_t otherwise, std::string_view) {
    if (value != otherwise) set(name, value);
  }
  void count(std::string_view name, std::int64_t value, std::int64_t, std::int64_t,
             std::string_view) {
    set(name, value);
  }
  void period(std::string_view name, const std::optional<time::Period>& value, std::string_view) {
    if (value) set(name, time::write_period(*value));
  }
  template <class T>
  void object(std::string_view name, const T& value, Need need, std::string_view) {
    json::Object members = write(value);
    if (need == Need::required || !members.empty()) set(name, std::move(members));
  }
  template <class T>
  void object(std::string_view name, const std::optional<T>& value, Need, std::string_view) {
    if (value) set(name, write(*value));
  }
  template <class T>
  void list(std::string_view name, const std::vector<T>& values, std::size_t, std::size_t,
            std::string_view) {
    json::Array items;
    for (const T& value : values) items.push_back(write(value));
    if (!items.empty()) set(name, std::move(items));
  }

 private:
  void set(std::string_view name, json::Value value) {
    out_.set(std::string(name), std::move(value));
  }
  static json::Array listed(const std::vector<std::string>& values) {
    json::Array out;
    for (const std::string& value : values) out.emplace_back(value);
    return out;
  }

  json::Object out_;
};

}  // namespace avow::policy
