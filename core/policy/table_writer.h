#pragma once
// Writes the Markdown tables of what is declared, for the documentation. Linked by tools alone.

#include <map>

#include "policy/declaration.h"

namespace avow::policy::tables {

inline std::string range(std::size_t least, std::size_t most) {
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

inline std::string_view thing(Ids ids) {
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

class Writer {
 public:
  template <class T>
  static void write(const std::string& name, std::map<std::string, std::string>& out) {
    Writer io(out);
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
  explicit Writer(std::map<std::string, std::string>& tables) : tables_(tables) {}

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

/// The table of each object's fields, by the object's name; "" is a `T` itself.
template <class T>
std::map<std::string, std::string> of() {
  std::map<std::string, std::string> out;
  Writer::write<T>("", out);
  return out;
}

}  // namespace avow::policy::tables
