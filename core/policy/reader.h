#pragma once
// Reads a policy, or another file of its kind, by its declaration. What is wrong is reported all at
// once, each with its JSON pointer; the reader goes on with a harmless value.

#include <algorithm>
#include <array>
#include <set>

#include "policy/declaration.h"
#include "policy/language.h"

namespace avow::policy {

/// `Rules` says what is asked beyond the shape of single fields: check(fields, document, object) is
/// called for every object that was read, and may fill in what the object leaves to the document's
/// defaults. `Document` is the file's root: it declares `languages` and `fallbacks`.
template <class Rules, class Document = Policy>
class Reader {
 public:
  Reader(Document& document, Errors& errors) : document_(document), errors_(errors) {}

  /// Reads the members that are declared for `out`; the caller finishes `fields`.
  template <class T>
  void walk(json::Fields& fields, T& out) {
    json::Fields* const around = std::exchange(fields_, &fields);
    fields.optional("internal");
    declare(*this, out);
    fields_ = around;
  }

  void format(std::string_view name, std::int64_t version, std::string_view) {
    if (fields_->integer(name, 0, 1'000'000) != version && errors_.empty())
      error(Code::unknown_version, name, "This reads version " + std::to_string(version) + ".");
  }

  void line(std::string_view name, std::string& out, const Line& form, Need need,
            std::string_view) {
    out = need == Need::required ? fields_->text(name, form.length)
                                 : fields_->optional_text(name, form.length);
    if (is_blank(out))
      error(Code::wrong_value, name, "Want words: nothing of it is seen.");
    else if (!out.empty() && !has_shape(form.shape, out))
      error(Code::wrong_value, name, std::string(words_of(form.shape).want));
  }

  void lines(std::string_view name, std::vector<std::string>& out, std::size_t least,
             std::size_t most, const Line& form, std::string_view) {
    out = fields_->texts(name, least, most, form.length);
    for (const std::string& one : out) {
      if (!has_shape(form.shape, one))
        collect(errors_,
                {Code::wrong_value, place_of(name, one), std::string(words_of(form.shape).want)});
    }
  }

  void date(std::string_view name, time::Instant& out, Need, std::string_view) {
    const std::string text = fields_->text(name, {1, 10});
    if (text.empty()) return;
    const Result<time::Instant> day = time::read_date(text);
    if (!day)
      error(day.error().code, name, day.error().detail);
    else if (*day <= 0)
      error(Code::out_of_range, name, "Want a day after 1970-01-01.");
    else
      out = *day;
  }

  void languages(std::string_view name, std::vector<std::string>& out, std::string_view) {
    for (const std::string& tag : fields_->texts(name, 1, kMostLanguages, {2, 35})) {
      if (is_language(tag))
        out.push_back(tag);
      else
        error(Code::wrong_value, name, "Got \"" + tag + "\", want a BCP 47 tag such as zh-CN.");
    }
  }

  void fallbacks(std::string_view name, std::vector<std::pair<std::string, std::string>>& out,
                 std::string_view) {
    const json::Value* value = fields_->optional(name);
    if (value == nullptr) return;
    json::Fields each(*value, fields_->at(name), errors_);
    for (const std::string& language : document_.languages) {
      const std::string other = each.optional_text(language, {2, 35});
      if (other.empty()) continue;
      if (std::ranges::find(document_.languages, other) == document_.languages.end()) {
        each.error(Code::wrong_value, language, "\"languages\" does not have \"" + other + "\".");
        continue;
      }
      out.emplace_back(language, other);
      if (stands_in(language, [&](const std::string& one) { return one == language; }))
        each.error(Code::wrong_value, language, "\"" + language + "\" would stand in for itself.");
    }
    each.finish();
  }

  /// One string for every language, or an object with one string a language.
  void words(std::string_view name, Text& out, json::Length length, Need need, std::string_view) {
    const json::Value* value =
        need == Need::required ? fields_->required(name) : fields_->optional(name);
    if (value == nullptr) return;
    const std::string at = fields_->at(name);
    if (const json::Object* spoken = value->object()) {
      for (const std::string& language : document_.languages) {
        const auto has = [&](const std::string& one) { return spoken->find(one) != nullptr; };
        const std::optional<std::string> from = has(language) ? language : stands_in(language, has);
        if (!from) {
          collect(errors_, {Code::missing_language, at,
                            "Want \"" + language + "\"" + proposal(language, *spoken) + "."});
        } else if (const json::Value& words = *spoken->find(*from);
                   *from != language || sound(words, json::join(at, language), length)) {
          // What stands in was found to be sound, or not, as its own language's.
          if (const std::string* text = words.string()) out.languages.emplace_back(language, *text);
        }
      }
      for (const auto& [language, words] : spoken->members()) {
        if (std::ranges::find(document_.languages, language) == document_.languages.end())
          collect(errors_, {Code::unknown_field, json::join(at, language),
                            "\"languages\" does not have it."});
      }
    } else if (value->string() != nullptr) {
      const bool good = sound(*value, at, length);
      for (const std::string& language : document_.languages) {
        if (good) out.languages.emplace_back(language, *value->string());
      }
    } else {
      collect(errors_, {Code::wrong_type, at,
                        "Got " + std::string(value->type()) +
                            ", want string or object of strings by language."});
    }
  }

  void links(std::string_view name, Text& out, Need need, std::string_view meaning) {
    words(name, out, {1, 500}, need, meaning);
    for (const auto& [language, url] : out.languages) {
      if (is_link(url)) continue;
      error(Code::wrong_value, name,
            "Got \"" + url + "\", want https:, http:, mailto:, tel: or a path on this site.");
      out = {};
      return;
    }
  }

  void id(std::string_view name, std::string& out, Ids ids, std::string_view) {
    out = fields_->text(name, {1, 64});
    if (out.empty()) return;
    if (!is_id(out))
      error(Code::wrong_value, name,
            "Got \"" + out + "\", want lower-case letters, digits and hyphens.");
    take(name, out, ids);
  }

  /// What no two objects of a list may share, and is not an id.
  void key(std::string_view name, std::string& out, const Line& form, Ids ids,
           std::string_view meaning) {
    line(name, out, form, Need::required, meaning);
    if (!out.empty()) take(name, out, ids);
  }

  void reference(std::string_view name, std::string& out, Ids ids, Need need, std::string_view) {
    out = need == Need::required ? fields_->text(name, {1, 64})
                                 : fields_->optional_text(name, {1, 64});
    if (!out.empty() && !taken(ids).contains(out))
      error(Code::unknown_reference, name, nobody(out));
  }

  void references(std::string_view name, std::vector<std::string>& out, std::size_t least, Ids ids,
                  std::string_view) {
    out = fields_->texts(name, least, 64, {1, 64});
    for (const std::string& one : out) {
      if (taken(ids).contains(one)) continue;
      collect(errors_, {Code::unknown_reference, place_of(name, one), nobody(one)});
    }
  }

  void names(std::string_view name, std::vector<std::string>& out, std::size_t least,
             std::size_t most, std::string_view) {
    out = fields_->texts(name, least, most, {1, 64});
  }

  template <class T, class S, std::size_t N>
  void one_of(std::string_view name, T& out, const Spelling<S> (&table)[N], std::string_view) {
    out = fields_->required(name) == nullptr ? json::open<T>() : T(fields_->choice(name, table));
  }

  template <class T, std::size_t N>
  void one_of(std::string_view name, std::optional<T>& out, const Spelling<T> (&table)[N],
              std::string_view) {
    if (fields_->optional(name) != nullptr)
      out = fields_->optional_choice(name, table, table[0].value);
  }

  template <class T, std::size_t N>
  void some_of(std::string_view name, std::vector<T>& out, const Spelling<T> (&table)[N],
               std::size_t least, std::string_view) {
    for (const std::string& one : fields_->texts(name, least, N, {1, 64})) {
      const auto found = std::ranges::find(table, one, &Spelling<T>::name);
      if (found != std::end(table)) {
        out.push_back(found->value);
      } else {
        std::string want;
        for (const Spelling<T>& each : table)
          want += (want.empty() ? "" : ", ") + std::string(each.name);
        collect(errors_, {Code::wrong_value, place_of(name, one),
                          "Got \"" + one + "\", want some of: " + want + "."});
      }
    }
  }

  template <class T, std::size_t N>
  void one_of_or(std::string_view name, T& out, const Spelling<T> (&table)[N], T otherwise,
                 std::string_view) {
    out = fields_->optional_choice(name, table, otherwise);
  }

  void flag(std::string_view name, bool& out, std::string_view) {
    out = fields_->optional_boolean(name, false);
  }

  void number(std::string_view name, std::int64_t& out, std::int64_t least, std::int64_t most,
              std::int64_t otherwise, std::string_view) {
    out = fields_->optional_integer(name, least, most, otherwise);
  }

  void count(std::string_view name, std::int64_t& out, std::int64_t least, std::int64_t most,
             std::string_view) {
    // Nothing where a draft leaves it open: no number of these may be 0.
    out = fields_->required(name) == nullptr ? 0 : fields_->integer(name, least, most);
  }

  void period(std::string_view name, time::Period& out, std::string_view) {
    if (const auto read = read_period(name, fields_->text(name, {1, 16}))) out = *read;
  }
  void period(std::string_view name, std::optional<time::Period>& out, std::string_view) {
    out = read_period(name, fields_->optional_text(name, {1, 16}));
  }

  template <class T>
  void object(std::string_view name, T& out, Need need, std::string_view) {
    const json::Value* value =
        need == Need::required ? fields_->required(name) : fields_->optional(name);
    if (value != nullptr) whole(*value, fields_->at(name), out);
  }

  template <class T>
  void object(std::string_view name, std::optional<T>& out, Need, std::string_view) {
    const json::Value* value = fields_->optional(name);
    if (value != nullptr) whole(*value, fields_->at(name), out.emplace());
  }

  template <class T>
  void list(std::string_view name, std::vector<T>& out, std::size_t least, std::size_t most,
            std::string_view) {
    fields_->array(name, least, most, [&](const json::Value& value, const std::string& at) {
      // Filled before it is added: a rule looks up what stands before it.
      T one;
      whole(value, at, one);
      out.push_back(std::move(one));
    });
  }

 private:
  template <class T>
  void whole(const json::Value& value, const std::string& at, T& out) {
    json::Fields fields(value, at, errors_);
    walk(fields, out);
    fields.finish();
    Rules::check(fields, document_, out);
  }

  void error(Code code, std::string_view name, std::string detail) {
    fields_->error(code, name, std::move(detail));
  }

  /// Where a text stands in a list of them.
  std::string place_of(std::string_view name, const std::string& item) {
    const json::Array& items = *fields_->optional(name)->array();
    const auto place = std::ranges::find(items, json::Value(item)) - items.begin();
    return json::join(fields_->at(name), static_cast<std::size_t>(place));
  }

  std::set<std::string>& taken(Ids ids) { return taken_[static_cast<std::size_t>(ids)]; }

  void take(std::string_view name, const std::string& id, Ids ids) {
    if (!taken(ids).insert(id).second)
      error(Code::duplicate_id, name, "\"" + id + "\" stands twice.");
  }

  /// The first of the languages that stand in for `language`, one for the other, that `good` takes.
  template <class Good>
  std::optional<std::string> stands_in(const std::string& language, Good good) {
    const auto& fallbacks = document_.fallbacks;
    std::string at = language;
    for (std::size_t steps = 0; steps <= fallbacks.size(); ++steps) {
      const auto next =
          std::ranges::find(fallbacks, at, &std::pair<std::string, std::string>::first);
      if (next == fallbacks.end()) return std::nullopt;
      at = next->second;
      if (good(at)) return at;
    }
    return std::nullopt;
  }

  /// What an author may declare where a text is not there: the nearest language that has it.
  std::string proposal(const std::string& language, const json::Object& spoken) {
    std::vector<std::string> there;
    for (const std::string& one : document_.languages) {
      if (spoken.find(one) != nullptr) there.push_back(one);
    }
    if (there.empty()) return {};
    const std::string other = nearest(language, there).value_or(there[0]);
    return ", or \"fallbacks\": {\"" + language + "\": \"" + other + "\"}";
  }

  static std::string nobody(const std::string& id) {
    return "Nothing in the policy has the id \"" + id + "\".";
  }

  std::optional<time::Period> read_period(std::string_view name, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const Result<time::Period> read = time::read_period(text);
    if (read) return *read;
    error(read.error().code, name, "Got \"" + text + "\".");
    return std::nullopt;
  }

  bool sound(const json::Value& spoken, const std::string& at, json::Length length) {
    const std::string* words = spoken.string();
    if (words == nullptr) {
      collect(errors_,
              {Code::wrong_type, at, "Got " + std::string(spoken.type()) + ", want string."});
    } else if (words->size() < length.least || words->size() > length.most) {
      collect(errors_,
              {Code::out_of_range, at,
               "Got " + std::to_string(words->size()) + " bytes, want " +
                   std::to_string(length.least) + " to " + std::to_string(length.most) + "."});
    } else if (is_blank(*words)) {
      collect(errors_, {Code::wrong_value, at, "Want words: nothing of it is seen."});
    } else if (!is_prose(*words)) {
      collect(errors_, {Code::wrong_value, at, "Control characters do not belong in a text."});
    } else {
      return true;
    }
    return false;
  }

  Document& document_;
  Errors& errors_;
  json::Fields* fields_ = nullptr;
  std::array<std::set<std::string>, kIdScopes> taken_;
};

}  // namespace avow::policy
