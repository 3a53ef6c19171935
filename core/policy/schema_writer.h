#pragma once
// Writes the JSON Schema (2020-12) of what is declared. Linked by tools alone.

#include "policy/countries.h"
#include "policy/declaration.h"
#include "policy/shape.h"

namespace avow::policy::schema {

using json::Array;
using json::Object;
using json::Value;

/// Words: something that is seen (is_blank), and no control characters. An empty text is the
/// length's to judge. What stands beyond the first 65,536 characters is the reader's alone: what
/// reads a pattern there differs.
inline std::string prose_pattern() {
  const auto escaped = [](char32_t code) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out = "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[code >> shift & 0xFU];
    return out;
  };
  std::string unseen;
  for (const auto& [first, last] : kUnseen) {
    if (last > 0xFFFF) continue;
    unseen += escaped(first);
    if (last != first) unseen += "-" + escaped(last);
  }
  return "^(?![" + unseen + "]+$)[^\\u0000-\\u0009\\u000B-\\u001F\\u007F]*$";
}
inline constexpr std::string_view kInternal =
    "Anything that no visitor needs to see; removed from what is published.";

inline Object text(json::Length length, std::string_view pattern) {
  Object out;
  out.set("type", "string");
  if (length.least > 0) out.set("minLength", static_cast<std::int64_t>(length.least));
  out.set("maxLength", static_cast<std::int64_t>(length.most));
  if (!pattern.empty()) out.set("pattern", pattern);
  return out;
}

inline Object refer(std::string_view name) {
  return Object{}.set("$ref", "#/$defs/" + std::string(name));
}

/// A line of this form; a country is one that ISO 3166 knows, so that an editor can offer it.
inline Object line_of(const Line& form) {
  if (form.shape == Line::Shape::country) return refer("country");
  if (form.shape == Line::Shape::country_or_unnamed)
    return Object{}.set("anyOf", Array{refer("country"), Object{}.set("const", kUnnamed)});
  return text(form.length, words_of(form.shape).pattern);
}

inline Object by_language(const Object& words) {
  return Object{}.set("oneOf", Array{words, Object{}
                                                .set("type", "object")
                                                .set("minProperties", 1)
                                                .set("propertyNames", refer("language"))
                                                .set("additionalProperties", words)});
}

inline Object or_null(const Object& schema) {
  return Object{}.set("anyOf", Array{schema, Object{}.set("type", "null")});
}

template <class S, std::size_t N>
Array names(const Spelling<S> (&table)[N]) {
  Array out;
  for (const Spelling<S>& one : table) out.emplace_back(one.name);
  return out;
}

inline Array countries() {
  Array out;
  for (const std::string_view code : assigned()) out.emplace_back(code);
  return out;
}

inline Object there(std::string_view name) {
  Object wanted;
  wanted.set(std::string(name), Object{}.set("not", Object{}.set("type", "null")));
  return Object{}.set("required", Array{name}).set("properties", std::move(wanted));
}

/// What one object asks beyond its fields, as far as a schema can tell it: the readers' rules have
/// the words. An object that asks something specializes this before its schema is written.
template <class T>
void add_rules(Object&) {}

class Writer {
 public:
  template <class T>
  static Object write() {
    Writer io;
    T fields{};
    declare(io, fields);
    io.properties_.set("internal", Object{}.set("description", kInternal));
    Object out;
    out.set("type", "object");
    if (!io.required_.empty()) out.set("required", std::move(io.required_));
    out.set("properties", std::move(io.properties_)).set("additionalProperties", false);
    add_rules<T>(out);
    return out;
  }

  void format(std::string_view name, std::int64_t version, std::string_view meaning) {
    add(name, Object{}.set("const", version), Need::required, meaning);
  }
  void line(std::string_view name, auto&, const Line& form, Need need, std::string_view meaning) {
    add(name, line_of(form), need, meaning);
  }
  void key(std::string_view name, auto& value, const Line& form, Ids, std::string_view meaning) {
    line(name, value, form, Need::required, meaning);
  }
  void lines(std::string_view name, auto&, std::size_t least, std::size_t most, const Line& form,
             std::string_view meaning) {
    add(name, listed(line_of(form), least, most, true), least > 0 ? Need::required : Need::optional,
        meaning);
  }
  void date(std::string_view name, auto&, Need need, std::string_view meaning) {
    add(name,
        text({10, 10}, "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
        need, meaning);
  }
  void languages(std::string_view name, auto&, std::string_view meaning) {
    add(name, listed(refer("language"), 1, kMostLanguages, true), Need::required, meaning);
  }
  void fallbacks(std::string_view name, auto&, std::string_view meaning) {
    add(name,
        Object{}
            .set("type", "object")
            .set("propertyNames", refer("language"))
            .set("additionalProperties", refer("language")),
        Need::optional, meaning);
  }
  void words(std::string_view name, auto&, json::Length length, Need need,
             std::string_view meaning) {
    add(name, by_language(text(length, prose_pattern())), need, meaning);
  }
  void links(std::string_view name, auto&, Need need, std::string_view meaning) {
    add(name, by_language(refer("link")), need, meaning);
  }
  void id(std::string_view name, auto&, Ids, std::string_view meaning) {
    add(name, refer("id"), Need::required, meaning);
  }
  void reference(std::string_view name, auto&, Ids, Need need, std::string_view meaning) {
    add(name, text({1, 64}, {}), need, meaning);
  }
  void references(std::string_view name, auto&, std::size_t least, Ids, std::string_view meaning) {
    add(name, listed(text({1, 64}, {}), least, 64, true),
        least > 0 ? Need::required : Need::optional, meaning);
  }
  void names(std::string_view name, auto&, std::size_t least, std::size_t most,
             std::string_view meaning) {
    add(name, listed(text({1, 64}, {}), least, most, true),
        least > 0 ? Need::required : Need::optional, meaning);
  }
  template <class S, std::size_t N>
  void one_of(std::string_view name, auto&, const Spelling<S> (&table)[N],
              std::string_view meaning) {
    add(name, Object{}.set("enum", schema::names(table)), Need::required, meaning);
  }
  template <class T, std::size_t N>
  void one_of(std::string_view name, std::optional<T>&, const Spelling<T> (&table)[N],
              std::string_view meaning) {
    add(name, Object{}.set("enum", schema::names(table)), Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void some_of(std::string_view name, auto&, const Spelling<T> (&table)[N], std::size_t least,
               std::string_view meaning) {
    add(name, listed(Object{}.set("enum", schema::names(table)), least, N, true),
        least > 0 ? Need::required : Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, auto&, const Spelling<T> (&table)[N], T otherwise,
                 std::string_view meaning) {
    add(name,
        Object{}.set("enum", schema::names(table)).set("default", json::spelled(table, otherwise)),
        Need::optional, meaning);
  }
  void flag(std::string_view name, auto&, std::string_view meaning) {
    add(name, Object{}.set("type", "boolean").set("default", false), Need::optional, meaning);
  }
  void number(std::string_view name, auto&, std::int64_t least, std::int64_t most,
              std::int64_t otherwise, std::string_view meaning) {
    add(name,
        Object{}
            .set("type", "integer")
            .set("minimum", least)
            .set("maximum", most)
            .set("default", otherwise),
        Need::optional, meaning);
  }
  void count(std::string_view name, auto&, std::int64_t least, std::int64_t most,
             std::string_view meaning) {
    add(name, Object{}.set("type", "integer").set("minimum", least).set("maximum", most),
        Need::required, meaning);
  }
  void period(std::string_view name, time::Period&, std::string_view meaning) {
    add(name, refer("period"), Need::required, meaning);
  }
  void period(std::string_view name, std::optional<time::Period>&, std::string_view meaning) {
    add(name, refer("period"), Need::optional, meaning);
  }
  template <class T>
  void object(std::string_view name, T&, Need need, std::string_view meaning) {
    add(name, write<T>(), need, meaning);
  }
  template <class T>
  void object(std::string_view name, std::optional<T>&, Need need, std::string_view meaning) {
    add(name, write<T>(), need, meaning);
  }
  template <class T>
  void list(std::string_view name, std::vector<T>&, std::size_t least, std::size_t most,
            std::string_view meaning) {
    add(name, listed(write<T>(), least, most, false), least > 0 ? Need::required : Need::optional,
        meaning);
  }

 private:
  static Object listed(const Object& item, std::size_t least, std::size_t most, bool unique) {
    Object out;
    out.set("type", "array");
    if (least > 0) out.set("minItems", static_cast<std::int64_t>(least));
    out.set("maxItems", static_cast<std::int64_t>(most));
    if (unique) out.set("uniqueItems", true);
    return out.set("items", item);
  }

  void add(std::string_view name, const Object& schema, Need need, std::string_view meaning) {
    Object described;
    if (!meaning.empty()) described.set("description", meaning);
    const Object whole = need == Need::required ? schema : or_null(schema);
    for (const auto& [key, value] : whole.members()) described.set(key, value);
    properties_.set(std::string(name), std::move(described));
    if (need == Need::required) required_.emplace_back(name);
  }

  Object properties_;
  Array required_;
};

/// The whole schema of a file whose root is a `T`, with what it refers to beside what all do.
template <class T>
Object of(std::string_view title, std::string_view description, const Object& own = {}) {
  Object out;
  out.set("$schema", "https://json-schema.org/draft/2020-12/schema")
      .set("title", title)
      .set("description", description);
  const Object whole = Writer::write<T>();
  for (const auto& [key, value] : whole.members()) {
    if (key != "properties") {
      out.set(key, value);
      continue;
    }
    Object properties;
    properties.set("$schema",
                   Object{}.set("description",
                                "Where this schema is, for editors; removed from what is "
                                "published."));
    for (const auto& [name, field] : value.object()->members()) properties.set(name, field);
    out.set(key, std::move(properties));
  }
  Object all =
      Object{}
          .set("id", text({1, 64}, "^[a-z][a-z0-9-]*$"))
          .set("language", text({2, 35}, "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$"))
          .set("link",
               text({1, 500},
                    "^(https://|http://|mailto:|tel:|/(?!/))[^\\u0000-\\u0020\\u007F\\\\]*$"))
          .set("period", text({3, 16},
                              "^P(?=[1-9])([1-9][0-9]{0,4}Y)?([1-9][0-9]{0,4}M)?([1-9][0-9]{0,4}W)?"
                              "([1-9][0-9]{0,4}D)?$")
                             .set("description", "ISO 8601, such as P1Y6M, P90D or P2W."));
  for (const auto& [name, one] : own.members()) all.set(name, one);
  return out.set("$defs", std::move(all));
}

}  // namespace avow::policy::schema
