#pragma once
// Reads a request by its declaration.

#include "session/wire.h"

namespace avow::session {

/// Reads a request. What makes it unusable goes to the fields' errors; what was stored and cannot
/// be read goes to `warnings`.
class RequestReader {
 public:
  RequestReader(json::Fields& fields, Errors& warnings) : fields_(&fields), warnings_(warnings) {}

  template <class T>
  void walk(T& out) {
    declare(*this, out);
  }

  void integer(std::string_view name, std::int64_t& out, Range range, std::string_view) {
    out = fields_->integer(name, range.least, range.most);
  }
  void integer_or(std::string_view name, std::int64_t& out, Range range, Need, std::string_view) {
    out = fields_->optional_integer(name, range.least, range.most, out);
  }
  void integer_if(std::string_view name, std::optional<std::int64_t>& out, Range range,
                  std::string_view) {
    if (fields_->optional(name) != nullptr) out = fields_->integer(name, range.least, range.most);
  }
  void text(std::string_view name, std::string& out, json::Length length, Need need,
            std::string_view) {
    out =
        need == Need::required ? fields_->text(name, length) : fields_->optional_text(name, length);
  }
  void line(std::string_view name, std::string& out, json::Length length, const char* want,
            std::string_view);
  void place(std::string_view name, std::string& out, json::Length length, std::string_view);
  void flag(std::string_view name, bool& out, Need, std::string_view) {
    out = fields_->optional_boolean(name, false);
  }
  template <class T, class S, std::size_t N>
  void one_of(std::string_view name, T& out, const json::Spelling<S> (&table)[N],
              std::string_view) {
    out = T(fields_->choice(name, table));
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, T& out, const json::Spelling<T> (&table)[N],
                 std::string_view) {
    out = fields_->optional_choice(name, table, out);
  }
  template <class T, std::size_t N, class Body>
  void cases(std::string_view name, T& out, const json::Spelling<T> (&table)[N], T one, Body body) {
    out = fields_->choice(name, table);
    if (out == one) body();
  }
  void digest(std::string_view name, Digest& out, std::string_view) { out = fields_->digest(name); }
  void texts(std::string_view name, std::vector<std::string>& out, std::size_t most,
             json::Length length, Need, std::string_view) {
    out = fields_->texts(name, 0, most, length);
  }
  /// Whatever is no text is left out: each record is read, and refused, by itself.
  void records(std::string_view name, std::vector<std::string>& out, std::size_t most,
               std::string_view) {
    fields_->array(name, 0, most, [&](const json::Value& item, const std::string&) {
      if (const std::string* one = item.string()) out.push_back(*one);
    });
  }
  void stored(std::string_view name, std::optional<consent::Choice>& out, std::string_view);
  void stored(std::string_view name, std::optional<Chain>& out, std::string_view);
  void stored(std::string_view name, sync::Outbox& out, std::string_view) {
    const json::Value* value = fields_->optional(name);
    out = sync::read_outbox(value == nullptr ? json::Value{} : *value, warnings_);
  }
  template <class T>
  void object_if(std::string_view name, std::optional<T>& out, std::string_view meaning) {
    if (fields_->optional(name) != nullptr) object(name, out.emplace(), meaning);
  }
  template <class T>
  void object(std::string_view name, T& out, std::string_view) {
    const json::Value* value = fields_->required(name);
    if (value == nullptr) return;
    json::Fields fields(*value, fields_->at(name), fields_->errors());
    json::Fields* const around = std::exchange(fields_, &fields);
    declare(*this, out);
    fields.finish();
    fields_ = around;
  }

 private:
  template <class T>
  void kept(std::string_view name, std::optional<T>& out, Result<T> (&read)(const json::Value&));

  json::Fields* fields_;
  Errors& warnings_;
};

}  // namespace avow::session
