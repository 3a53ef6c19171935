#pragma once
// JSON as values. The only place that knows the parser (nlohmann/json); everything else sees
// `Value`. Numbers are integers of at most 53 bits: nothing that is hashed or signed may depend on
// how a fraction is printed.

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"

namespace avow::json {

class Value;
using Array = std::vector<Value>;

/// Members in the order they were written; keys are unique.
class Object {
 public:
  using Member = std::pair<std::string, Value>;
  [[nodiscard]] const Value* find(std::string_view key) const;
  /// Adds the member, or replaces its value.
  Object& set(std::string key, Value value);
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  friend bool operator==(const Object&, const Object&);

 private:
  std::vector<Member> members_;
};

/// One JSON value.
class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool b) : held_(b) {}
  Value(int i) : held_(std::int64_t{i}) {}
  Value(std::int64_t i) : held_(i) {}
  Value(std::string s) : held_(std::move(s)) {}
  Value(std::string_view s) : held_(std::string(s)) {}
  Value(const char* s) : held_(std::string(s)) {}
  Value(Array a) : held_(std::move(a)) {}
  Value(Object o) : held_(std::move(o)) {}

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&held_); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&held_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&held_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&held_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&held_); }
  /// "null", "boolean", "integer", "string", "array" or "object": for error texts.
  [[nodiscard]] std::string_view type() const;
  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> held_;
};

/// What a reader accepts; a document beyond any of these is refused before it costs more.
struct Limits {
  std::size_t bytes = 1 << 20;
  std::size_t depth = 32;
  std::size_t values = 50'000;
  std::size_t members = 1'000;  ///< of one object: they are looked up one after the other
  std::size_t name =
      256;  ///< bytes of a member's name: it stands in the place of every error below it
};

/// Reads one document (RFC 8259, strict: no comments, no trailing bytes, no duplicate keys, valid
/// UTF-8). Syntax errors carry line and column; everything that has one carries its JSON pointer,
/// all at once.
[[nodiscard]] Checked<Value> read(std::string_view text, const Limits& limits = {});

/// Appends one member to a JSON pointer (RFC 6901), escaping `~` and `/`.
[[nodiscard]] std::string join(std::string_view pointer, std::string_view key);
[[nodiscard]] std::string join(std::string_view pointer, std::size_t index);

}  // namespace avow::json
