#include "base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace avow::json {

const Value* Object::find(std::string_view key) const {
  const auto it = std::ranges::find(members_, key, &Member::first);
  return it == members_.end() ? nullptr : &it->second;
}

Object& Object::set(std::string key, Value value) {
  const auto it = std::ranges::find(members_, key, &Member::first);
  if (it == members_.end()) {
    members_.emplace_back(std::move(key), std::move(value));
  } else {
    it->second = std::move(value);
  }
  return *this;
}

bool Object::empty() const { return members_.empty(); }
std::size_t Object::size() const { return members_.size(); }
bool operator==(const Object& a, const Object& b) { return a.members_ == b.members_; }

std::string_view Value::type() const {
  constexpr std::string_view names[] = {"null", "boolean", "integer", "string", "array", "object"};
  return names[held_.index()];
}

std::string join(std::string_view pointer, std::string_view key) {
  std::string out(pointer);
  out += '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}
std::string join(std::string_view pointer, std::size_t index) {
  return join(pointer, std::to_string(index));
}

namespace {

constexpr std::int64_t kLargest = (std::int64_t{1} << 53) - 1;

/// "line 3, column 7" of a byte offset.
std::string place(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(offset - start + 1);
}

/// Builds the tree from the parser's events; a returned `false` stops the parser.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  bool null() override { return add(Value{}); }
  bool boolean(bool v) override { return add(Value{v}); }
  bool number_integer(number_integer_t v) override {
    return number(v >= -kLargest && v <= kLargest, v);
  }
  bool number_unsigned(number_unsigned_t v) override {
    return number(v <= static_cast<std::uint64_t>(kLargest), static_cast<std::int64_t>(v));
  }
  bool number_float(number_float_t, const string_t&) override { return number(false, 0); }
  bool string(string_t& v) override { return add(Value{std::move(v)}); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Level{Value{Object{}}, {}, true, {}}); }
  bool start_array(std::size_t) override { return open(Level{Value{Array{}}, {}, false, {}}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& k) override {
    if (k.size() > limits_.name) {
      errors.push_back({Code::json_too_large, pointer(),
                        "A member's name has at most " + std::to_string(limits_.name) + " bytes."});
      return false;
    }
    Level& level = levels_.back();
    level.key = k;
    if (std::ranges::find(level.seen, k) != level.seen.end())
      return collect(errors, {Code::json_duplicate_key, pointer(), {}});
    level.seen.push_back(k);
    if (level.seen.size() <= limits_.members) return true;
    errors.push_back({Code::json_too_many, pointer(),
                      "At most " + std::to_string(limits_.members) + " members of one object."});
    return false;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    const std::size_t at = std::min(position == 0 ? 0 : position - 1, text_.size());
    errors.push_back(
        {Code::json_syntax, place(text_, at),
         at == text_.size() ? "The text ends here." : "Near: " + printable(text_.substr(at))});
    return false;
  }

  Value root;
  Errors errors;

 private:
  struct Level {
    Value value;
    std::string key;
    bool is_object;
    std::vector<std::string> seen;
    Object object{};
    Array array{};
  };

  static std::string printable(std::string_view token) {
    std::string out;
    for (const char c : token.substr(0, 20)) out += c >= 0x20 && c < 0x7F ? c : '?';
    return out;
  }

  [[nodiscard]] std::string pointer() const {
    std::string out;
    for (const Level& level : levels_)
      out = level.is_object ? join(out, level.key) : join(out, level.array.size());
    return out;
  }

  bool count() {
    if (++values_ <= limits_.values) return true;
    errors.push_back(
        {Code::json_too_many, pointer(), "At most " + std::to_string(limits_.values) + " values."});
    return false;
  }

  bool number(bool fits, std::int64_t v) {
    if (!fits && !collect(errors, {Code::json_not_integer, pointer(), {}})) return false;
    return add(Value{fits ? v : 0});
  }

  bool add(Value v) {
    if (!count()) return false;
    place_value(std::move(v));
    return true;
  }

  void place_value(Value v) {
    if (levels_.empty()) {
      root = std::move(v);
    } else if (Level& level = levels_.back(); level.is_object) {
      level.object.set(level.key, std::move(v));
    } else {
      level.array.push_back(std::move(v));
    }
  }

  bool open(Level level) {
    if (!count()) return false;
    if (levels_.size() == limits_.depth) {
      errors.push_back({Code::json_too_deep, pointer(),
                        "At most " + std::to_string(limits_.depth) + " levels."});
      return false;
    }
    levels_.push_back(std::move(level));
    return true;
  }

  bool close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    place_value(level.is_object ? Value{std::move(level.object)} : Value{std::move(level.array)});
    return true;
  }

  std::string_view text_;
  Limits limits_;
  std::size_t values_ = 0;
  std::vector<Level> levels_;
};

}  // namespace

Checked<Value> read(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) {
    return std::unexpected(Errors{{Code::json_too_large,
                                   {},
                                   "Got " + std::to_string(text.size()) + " bytes, at most " +
                                       std::to_string(limits.bytes) + "."}});
  }
  if (const std::size_t sound = text::utf8_prefix(text); sound < text.size()) {
    return std::unexpected(
        Errors{{Code::json_utf8, place(text, sound), "Save the file as UTF-8."}});
  }
  // The parser skips a byte-order mark; one value has one spelling here, so it is refused.
  if (text.starts_with("\xEF\xBB\xBF"))
    return std::unexpected(Errors{{Code::json_syntax, "line 1, column 1", "A byte-order mark."}});
  // The parser takes a zero byte for the end of the text; whatever follows would go unread.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return std::unexpected(Errors{{Code::json_syntax, place(text, zero), "A zero byte."}});
  }
  Builder builder(text, limits);
  const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (!whole && builder.errors.empty()) builder.errors.push_back({Code::json_syntax, {}, {}});
  if (!builder.errors.empty()) return std::unexpected(std::move(builder.errors));
  return std::move(builder.root);
}

}  // namespace avow::json
