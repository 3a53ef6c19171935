#include "policy/words.h"

#include "policy/declaration.h"

namespace avow::policy {
namespace {

class WordsWriter : public PassOver {
 public:
  template <class T>
  static json::Object write(const T& object, std::string_view language) {
    WordsWriter io(language);
    declare(io, object);
    return std::move(io.out_);
  }

  void words(std::string_view name, const Text& text, json::Length, Need, std::string_view) {
    if (!text.empty()) out_.set(std::string(name), text.in(language_));
  }
  void links(std::string_view name, const Text& text, std::string_view meaning) {
    words(name, text, {}, Need::required, meaning);
  }
  template <class T>
  void object(std::string_view name, const T& value, Need, std::string_view) {
    json::Object members = write(value, language_);
    if (!members.empty()) out_.set(std::string(name), std::move(members));
  }
  template <class T>
  void list(std::string_view name, const std::vector<T>& values, std::size_t, std::size_t,
            std::string_view) {
    json::Array items;
    bool any = false;
    for (const T& value : values) {
      json::Object members = write(value, language_);
      any = any || !members.empty();
      items.push_back(std::move(members));
    }
    if (any) out_.set(std::string(name), std::move(items));
  }

 private:
  explicit WordsWriter(std::string_view language) : language_(language) {}

  std::string_view language_;
  json::Object out_;
};

class WordsReader : public PassOver {
 public:
  WordsReader(json::Fields& fields, std::string_view language)
      : fields_(&fields),
        language_(language) {}

  void words(std::string_view name, Text& text, json::Length length, Need need, std::string_view) {
    std::string spoken =
        need == Need::required ? fields_->text(name, length) : fields_->optional_text(name, length);
    if (!is_prose(spoken))
      fields_->error(Code::wrong_value, name, "Control characters do not belong in a text.");
    if (!spoken.empty()) text.languages = {{std::string(language_), std::move(spoken)}};
  }
  void links(std::string_view name, Text& text, std::string_view meaning) {
    words(name, text, {1, 500}, Need::required, meaning);
    if (!is_link(text.in(language_))) fields_->error(Code::wrong_value, name, "Want a link.");
  }
  template <class T>
  void object(std::string_view name, T& value, Need, std::string_view) {
    if (const json::Value* members = fields_->optional(name)) {
      inside(*members, fields_->at(name), value);
    } else {
      inside(json::Value(json::Object{}), fields_->at(name), value);
    }
  }
  template <class T>
  void list(std::string_view name, std::vector<T>& values, std::size_t, std::size_t,
            std::string_view) {
    if (fields_->optional(name) == nullptr) {
      // Items without words (keys, places) have nothing here; items that want words miss them.
      for (std::size_t i = 0; i < values.size(); ++i)
        inside(json::Value(json::Object{}), json::join(fields_->at(name), i), values[i]);
      return;
    }
    std::size_t next = 0;
    fields_->array(
        name, values.size(), values.size(),
        [&](const json::Value& item, const std::string& at) { inside(item, at, values[next++]); });
  }

 private:
  template <class T>
  void inside(const json::Value& members, const std::string& at, T& value) {
    json::Fields fields(members, at, fields_->errors());
    json::Fields* const around = std::exchange(fields_, &fields);
    declare(*this, value);
    fields.finish();
    fields_ = around;
  }

  json::Fields* fields_;
  std::string_view language_;
};

}  // namespace

json::Object write_words(const Policy& policy, std::string_view language) {
  return WordsWriter::write(policy, language);
}

void read_words(json::Fields& fields, Policy& policy, std::string_view language) {
  WordsReader reader(fields, language);
  declare(reader, policy);
}

}  // namespace avow::policy
