#pragma once
// Typed reading of one JSON object: every error of a document at once, each with its JSON pointer.

#include <optional>
#include <span>

#include "base/digest.h"
#include "base/function_ref.h"
#include "base/json.h"

namespace avow::json {

/// How long a text may be, in bytes.
struct Length {
  std::size_t least = 1;
  std::size_t most = 4'000;
};

/// One way a member may be spelled, and what it stands for.
template <class T>
struct Spelling {
  std::string_view name;
  T value;
};

/// What a draft has left open: it has said no value of the enumeration yet.
template <class T>
constexpr bool is_open(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return value == static_cast<T>(-1);
  else
    return value.empty();
}
template <class T>
constexpr T open() {
  if constexpr (std::is_enum_v<T>)
    return static_cast<T>(-1);
  else
    return {};
}

/// How a value of the table is spelled.
template <class T, std::size_t N>
constexpr std::string_view spelled(const Spelling<T> (&table)[N], T value) {
  for (const Spelling<T>& one : table) {
    if (one.value == value) return one.name;
  }
  fatal("a value without a spelling");
}

/// Reads the members of one object. What is wrong goes to `errors`; the reader goes on with a
/// harmless value. A member that nobody read is unknown: `finish()` reports it.
class Fields {
 public:
  Fields(const Value& value, std::string pointer, Errors& errors);

  /// The member if it is there and not null; marks it as known.
  const Value* optional(std::string_view key);
  /// The member, or a missing-field error.
  const Value* required(std::string_view key);

  std::string text(std::string_view key, Length length = {});
  std::string optional_text(std::string_view key, Length length = {});
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t optional_integer(std::string_view key, std::int64_t least, std::int64_t most,
                                std::int64_t otherwise);
  bool boolean(std::string_view key);
  bool optional_boolean(std::string_view key, bool otherwise);
  /// Thirty-two bytes as 64 lower-case hexadecimal digits.
  Digest digest(std::string_view key);
  /// Calls `each(item, pointer)` for every element; a missing array is an error if `least` > 0.
  void array(std::string_view key, std::size_t least, std::size_t most,
             FunctionRef<void(const Value&, const std::string&)> each);
  /// The items of an array of texts, without duplicates.
  std::vector<std::string> texts(std::string_view key, std::size_t least, std::size_t most,
                                 Length length = {});

  template <class T, std::size_t N>
  T choice(std::string_view key, const Spelling<T> (&spellings)[N]) {
    return spellings[which(key, text(key), &spellings[0].name, sizeof spellings[0], N)].value;
  }
  template <class T, std::size_t N>
  T optional_choice(std::string_view key, const Spelling<T> (&spellings)[N], T otherwise) {
    if (optional(key) == nullptr) return otherwise;
    const std::string got = optional_text(key);
    return spellings[which(key, got, &spellings[0].name, sizeof spellings[0], N)].value;
  }

  void error(Code code, std::string_view key, std::string detail = {});
  [[nodiscard]] std::string at(std::string_view key) const { return join(pointer_, key); }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] Errors& errors() { return errors_; }
  /// Whether an error was reported at this member itself.
  [[nodiscard]] bool wrong(std::string_view key) const;
  [[nodiscard]] bool is_object() const { return object_ != nullptr; }
  void finish();

 private:
  /// The place in a table of what was got; 0, and an error, where it is not in it. The table is
  /// told by its first name, the distance of one name from the next, and their number: one function
  /// serves tables of every type.
  std::size_t which(std::string_view key, std::string_view got, const std::string_view* first,
                    std::size_t distance, std::size_t count);
  std::string checked(std::string_view key, const Value& value, Length length);

  const Object* object_;
  std::string pointer_;
  Errors& errors_;
  std::vector<std::string> known_;
};

}  // namespace avow::json
