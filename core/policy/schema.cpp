#include "policy/schema.h"

#include "policy/declaration.h"

namespace avow::policy {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::string_view kProsePattern = "^[^\\u0000-\\u0009\\u000B-\\u001F\\u007F]*$";
constexpr std::string_view kInternal =
    "Anything that no visitor needs to see; removed from what is published.";

Object text(json::Length length, std::string_view pattern) {
  Object out;
  out.set("type", "string");
  if (length.least > 0) out.set("minLength", static_cast<std::int64_t>(length.least));
  out.set("maxLength", static_cast<std::int64_t>(length.most));
  if (!pattern.empty()) out.set("pattern", pattern);
  return out;
}

Object refer(std::string_view name) { return Object{}.set("$ref", "#/$defs/" + std::string(name)); }

Object by_language(const Object& words) {
  return Object{}.set("oneOf", Array{words, Object{}
                                                .set("type", "object")
                                                .set("minProperties", 1)
                                                .set("propertyNames", refer("language"))
                                                .set("additionalProperties", words)});
}

Object or_null(const Object& schema) {
  return Object{}.set("anyOf", Array{schema, Object{}.set("type", "null")});
}

template <class S, std::size_t N>
Array names(const Spelling<S> (&table)[N]) {
  Array out;
  for (const Spelling<S>& one : table) out.emplace_back(one.name);
  return out;
}

Object there(std::string_view name) {
  Object wanted;
  wanted.set(std::string(name), Object{}.set("not", Object{}.set("type", "null")));
  return Object{}.set("required", Array{name}).set("properties", std::move(wanted));
}

/// What one object asks beyond its fields, as far as a schema can tell it: read.cpp has the words.
template <class T>
void add_rules(Object&) {}

template <>
void add_rules<Controller>(Object& schema) {
  schema.set("anyOf", Array{there("email"), there("phone"), there("address")});
}

template <>
void add_rules<Retention>(Object& schema) {
  schema.set("oneOf", Array{there("period"), there("criteria")});
}

template <>
void add_rules<Erase>(Object& schema) {
  const Object kept = Object{}.set("mode", Object{}.set("const", "keep-proof"));
  schema.set("if", Object{}.set("properties", kept).set("required", Array{"mode"}))
      .set("then", Object{}.set("allOf", Array{there("until"), there("ground")}));
}

template <>
void add_rules<Right>(Object& schema) {
  const Object exercised = Object{}.set("allOf", Array{there("channel"), there("procedure")});
  schema.set("oneOf", Array{there("absent"), exercised});
}

template <>
void add_rules<Stored>(Object& schema) {
  Array any;
  for (const StoredNames& one : lists(Stored{})) any.push_back(there(one.list));
  schema.set("anyOf", std::move(any));
}

template <>
void add_rules<GoogleConsent>(Object& schema) {
  Array any;
  for (const Signal& signal : signals(GoogleConsent{})) any.push_back(there(signal.name));
  schema.set("anyOf", std::move(any));
}

class SchemaWriter {
 public:
  template <class T>
  static Object write() {
    SchemaWriter io;
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
    add(name, text(form.length, words_of(form.shape).pattern), need, meaning);
  }
  void key(std::string_view name, auto& value, const Line& form, Ids, std::string_view meaning) {
    line(name, value, form, Need::required, meaning);
  }
  void lines(std::string_view name, auto&, std::size_t least, std::size_t most, const Line& form,
             std::string_view meaning) {
    add(name, listed(text(form.length, words_of(form.shape).pattern), least, most, true),
        least > 0 ? Need::required : Need::optional, meaning);
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
    add(name, by_language(text(length, kProsePattern)), need, meaning);
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
    add(name, Object{}.set("enum", policy::names(table)), Need::required, meaning);
  }
  template <class T, std::size_t N>
  void one_of(std::string_view name, std::optional<T>&, const Spelling<T> (&table)[N],
              std::string_view meaning) {
    add(name, Object{}.set("enum", policy::names(table)), Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void some_of(std::string_view name, auto&, const Spelling<T> (&table)[N], std::size_t least,
               std::string_view meaning) {
    add(name, listed(Object{}.set("enum", policy::names(table)), least, N, true),
        least > 0 ? Need::required : Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, auto&, const Spelling<T> (&table)[N], T otherwise,
                 std::string_view meaning) {
    add(name,
        Object{}.set("enum", policy::names(table)).set("default", json::spelled(table, otherwise)),
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

// -------------------------------------------------------------------------------------------
// tables

std::string range(std::size_t least, std::size_t most) {
  const auto grouped = [](std::size_t n) {
    std::string out = std::to_string(n);
    if (n >= 1'000) out.insert(out.size() - 3, ",");
    if (n >= 1'000'000) out.insert(out.size() - 7, ",");
    return out;
  };
  return grouped(least) + " to " + grouped(most);
}

template <class S, std::size_t N>
std::string quoted(const Spelling<S> (&table)[N]) {
  std::string out;
  for (const Spelling<S>& one : table)
    out += (out.empty() ? "`" : ", `") + std::string(one.name) + "`";
  return out;
}

std::string_view thing(Ids ids) {
  switch (ids) {
    case Ids::category: return "category";
    case Ids::recipient: return "recipient";
    case Ids::purpose: return "purpose";
    case Ids::service: return "service";
    case Ids::place: return "place";
    case Ids::key: return "key";
  }
  fatal("ids without a name");
}

class TableWriter {
 public:
  template <class T>
  static void write(const std::string& name, std::map<std::string, std::string>& out) {
    TableWriter io(out);
    T fields{};
    declare(io, fields);
    out[name] = "| field | type, bounds | default | meaning |\n|---|---|---|---|\n" + io.rows_;
  }

  void format(std::string_view name, std::int64_t version, std::string_view meaning) {
    row(name, "`" + std::to_string(version) + "`", Need::required, meaning);
  }
  void line(std::string_view name, auto&, const Line& form, Need need, std::string_view meaning) {
    std::string type(words_of(form.shape).type);
    if (form.shape == Line::Shape::plain) type += ", " + range(form.length.least, form.length.most);
    if (form.shape == Line::Shape::site || form.shape == Line::Shape::endpoint)
      type += ", at most " + std::to_string(form.length.most);
    row(name, type, need, meaning);
  }
  void key(std::string_view name, auto& value, const Line& form, Ids, std::string_view meaning) {
    line(name, value, form, Need::required, meaning);
  }
  void lines(std::string_view name, auto&, std::size_t least, std::size_t most, const Line& form,
             std::string_view meaning) {
    row(name, range(least, most) + " of: " + std::string(words_of(form.shape).type),
        least > 0 ? Need::required : Need::optional, meaning);
  }
  void date(std::string_view name, auto&, Need need, std::string_view meaning) {
    row(name, "date", need, meaning);
  }
  void languages(std::string_view name, auto&, std::string_view meaning) {
    row(name, range(1, kMostLanguages) + " BCP 47 tags", Need::required, meaning);
  }
  void fallbacks(std::string_view name, auto&, std::string_view meaning) {
    row(name, "object of tags by tag", Need::optional, meaning);
  }
  void words(std::string_view name, auto&, json::Length length, Need need,
             std::string_view meaning) {
    row(name, "text, " + range(length.least, length.most), need, meaning);
  }
  void links(std::string_view name, auto&, Need need, std::string_view meaning) {
    row(name, "link, one or one a language, at most 500", need, meaning);
  }
  void id(std::string_view name, auto&, Ids, std::string_view meaning) {
    row(name, "id", Need::required, meaning);
  }
  void reference(std::string_view name, auto&, Ids ids, Need need, std::string_view meaning) {
    row(name, "a " + std::string(thing(ids)) + "'s id", need, meaning);
  }
  void references(std::string_view name, auto&, std::size_t least, Ids ids,
                  std::string_view meaning) {
    const std::string several = ids == Ids::category ? "categories" : std::string(thing(ids)) + "s";
    row(name, range(least, 64) + " ids of " + several, least > 0 ? Need::required : Need::optional,
        meaning);
  }
  void names(std::string_view name, auto&, std::size_t least, std::size_t most,
             std::string_view meaning) {
    row(name, range(least, most) + " names", least > 0 ? Need::required : Need::optional, meaning);
  }
  template <class S, std::size_t N>
  void one_of(std::string_view name, auto&, const Spelling<S> (&table)[N],
              std::string_view meaning) {
    row(name, quoted(table), Need::required, meaning);
  }
  template <class T, std::size_t N>
  void one_of(std::string_view name, std::optional<T>&, const Spelling<T> (&table)[N],
              std::string_view meaning) {
    row(name, quoted(table), Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void some_of(std::string_view name, auto&, const Spelling<T> (&table)[N], std::size_t least,
               std::string_view meaning) {
    row(name, "some of " + quoted(table), least > 0 ? Need::required : Need::optional, meaning);
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, auto&, const Spelling<T> (&table)[N], T otherwise,
                 std::string_view meaning) {
    row(name, quoted(table), "`" + std::string(json::spelled(table, otherwise)) + "`", meaning);
  }
  void flag(std::string_view name, auto&, std::string_view meaning) {
    row(name, "boolean", "`false`", meaning);
  }
  void number(std::string_view name, auto&, std::int64_t least, std::int64_t most,
              std::int64_t otherwise, std::string_view meaning) {
    row(name, range(static_cast<std::size_t>(least), static_cast<std::size_t>(most)),
        "`" + std::to_string(otherwise) + "`", meaning);
  }
  void count(std::string_view name, auto&, std::int64_t least, std::int64_t most,
             std::string_view meaning) {
    row(name, range(static_cast<std::size_t>(least), static_cast<std::size_t>(most)),
        Need::required, meaning);
  }
  void period(std::string_view name, time::Period&, std::string_view meaning) {
    row(name, "period", Need::required, meaning);
  }
  void period(std::string_view name, std::optional<time::Period>&, std::string_view meaning) {
    row(name, "period", Need::optional, meaning);
  }
  template <class T>
  void object(std::string_view name, T&, Need need, std::string_view meaning) {
    row(name, "object", need, meaning);
    write<T>(std::string(name), tables_);
  }
  template <class T>
  void object(std::string_view name, std::optional<T>&, Need need, std::string_view meaning) {
    row(name, "object", need, meaning);
    write<T>(std::string(name), tables_);
  }
  template <class T>
  void list(std::string_view name, std::vector<T>&, std::size_t least, std::size_t most,
            std::string_view meaning) {
    row(name, range(least, most) + " objects", least > 0 ? Need::required : Need::optional,
        meaning);
    write<T>(std::string(name), tables_);
  }

 private:
  explicit TableWriter(std::map<std::string, std::string>& tables) : tables_(tables) {}

  void row(std::string_view name, const std::string& type, Need need, std::string_view meaning) {
    row(name, type, need == Need::required ? std::string("required") : std::string("none"),
        meaning);
  }
  void row(std::string_view name, const std::string& type, const std::string& otherwise,
           std::string_view meaning) {
    rows_ += "| `" + std::string(name) + "` | " + type + " | " + otherwise + " |" +
             (meaning.empty() ? "" : " ") + std::string(meaning) + " |\n";
  }

  std::map<std::string, std::string>& tables_;
  std::string rows_;
};

}  // namespace

Object json_schema() {
  Object out;
  out.set("$schema", "https://json-schema.org/draft/2020-12/schema")
      .set("title", "Avow policy, version 1")
      .set("description",
           "docs/POLICY.md explains every field. Lengths here are characters where the reader "
           "counts "
           "UTF-8 bytes, and references, declared languages and dates are the reader's to check: "
           "`avow check` has the last word.");
  const Object whole = SchemaWriter::write<AuthoredPolicy>();
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
  return out.set(
      "$defs",
      Object{}
          .set("id", text({1, 64}, "^[a-z][a-z0-9-]*$"))
          .set("language", text({2, 35}, "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$"))
          .set("link",
               text({1, 500},
                    "^(https://|http://|mailto:|tel:|/(?!/))[^\\u0000-\\u0020\\u007F\\\\]*$"))
          .set("period", text({3, 16},
                              "^P(?=[1-9])([1-9][0-9]{0,4}Y)?([1-9][0-9]{0,4}M)?([1-9][0-9]{0,4}W)?"
                              "([1-9][0-9]{0,4}D)?$")
                             .set("description", "ISO 8601, such as P1Y6M, P90D or P2W.")));
}

std::map<std::string, std::string> field_tables() {
  std::map<std::string, std::string> out;
  TableWriter::write<AuthoredPolicy>("", out);
  return out;
}

}  // namespace avow::policy
