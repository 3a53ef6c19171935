#include "base/fields.h"

#include <algorithm>

#include "base/text.h"

namespace avow::json {
namespace {

std::string wanted(std::string_view type, const Value& got) {
  return "Got " + std::string(got.type()) + ", want " + std::string(type) + ".";
}

std::string between(std::int64_t got, std::int64_t least, std::int64_t most) {
  return "Got " + std::to_string(got) + ", want " + std::to_string(least) + " to " +
         std::to_string(most) + ".";
}

std::string within(std::size_t size, Length length) {
  return between(static_cast<std::int64_t>(size), static_cast<std::int64_t>(length.least),
                 static_cast<std::int64_t>(length.most)) +
         " (bytes)";
}

}  // namespace

Fields::Fields(const Value& value, std::string pointer, Errors& errors)
    : object_(value.object()),
      pointer_(std::move(pointer)),
      errors_(errors) {
  if (object_ == nullptr) collect(errors_, {Code::wrong_type, pointer_, wanted("object", value)});
}

void Fields::error(Code code, std::string_view key, std::string detail) {
  collect(errors_, {code, key.empty() ? pointer_ : at(key), std::move(detail)});
}

const Value* Fields::optional(std::string_view key) {
  known_.emplace_back(key);
  const Value* found = object_ == nullptr ? nullptr : object_->find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

const Value* Fields::required(std::string_view key) {
  const Value* found = optional(key);
  if (found == nullptr && object_ != nullptr) error(Code::missing_field, key);
  return found;
}

std::size_t Fields::which(std::string_view key, std::string_view got, const std::string_view* first,
                          std::size_t distance, std::size_t count) {
  std::string want;
  for (std::size_t i = 0; i < count; ++i) {
    // A Spelling begins with its name, so that a pointer to the one is a pointer to the other.
    const std::string_view name = *reinterpret_cast<const std::string_view*>(
        reinterpret_cast<const std::byte*>(first) + i * distance);
    if (name == got) return i;
    want += want.empty() ? "" : ", ";
    want += name;
  }
  // What is empty has been reported as such.
  if (!got.empty())
    error(Code::wrong_value, key, "Got \"" + std::string(got) + "\", want one of: " + want + ".");
  return 0;
}

std::string Fields::checked(std::string_view key, const Value& value, Length length) {
  const std::string* text = value.string();
  if (text == nullptr) {
    error(Code::wrong_type, key, wanted("string", value));
    return {};
  }
  if (text->size() < length.least || text->size() > length.most) {
    error(Code::out_of_range, key, within(text->size(), length));
    return {};
  }
  return *text;
}

std::string Fields::text(std::string_view key, Length length) {
  const Value* value = required(key);
  return value == nullptr ? std::string{} : checked(key, *value, length);
}

std::string Fields::optional_text(std::string_view key, Length length) {
  const Value* value = optional(key);
  return value == nullptr ? std::string{} : checked(key, *value, length);
}

std::int64_t Fields::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  return required(key) == nullptr ? least : optional_integer(key, least, most, least);
}

std::int64_t Fields::optional_integer(std::string_view key, std::int64_t least, std::int64_t most,
                                      std::int64_t otherwise) {
  const Value* value = optional(key);
  if (value == nullptr) return otherwise;
  const std::int64_t* number = value->integer();
  if (number == nullptr) {
    error(Code::wrong_type, key, wanted("integer", *value));
    return otherwise;
  }
  if (*number < least || *number > most) {
    error(Code::out_of_range, key, between(*number, least, most));
    return otherwise;
  }
  return *number;
}

bool Fields::boolean(std::string_view key) {
  return required(key) != nullptr && optional_boolean(key, false);
}

bool Fields::optional_boolean(std::string_view key, bool otherwise) {
  const Value* value = optional(key);
  if (value == nullptr) return otherwise;
  if (const bool* flag = value->boolean()) return *flag;
  error(Code::wrong_type, key, wanted("boolean", *value));
  return otherwise;
}

Digest Fields::digest(std::string_view key) {
  Digest out{};
  const std::string hex = text(key, {64, 64});
  if (hex.empty()) return out;
  const Result<Bytes> bytes = text::from_hex(hex, out.size());
  if (bytes) {
    std::ranges::copy(*bytes, out.begin());
  } else {
    error(bytes.error().code, key, bytes.error().where);
  }
  return out;
}

void Fields::array(std::string_view key, std::size_t least, std::size_t most,
                   FunctionRef<void(const Value&, const std::string&)> each) {
  const Value* value = least > 0 ? required(key) : optional(key);
  if (value == nullptr) return;
  const Array* items = value->array();
  if (items == nullptr) return error(Code::wrong_type, key, wanted("array", *value));
  if (items->size() < least || items->size() > most) {
    return error(Code::out_of_range, key,
                 between(static_cast<std::int64_t>(items->size()), static_cast<std::int64_t>(least),
                         static_cast<std::int64_t>(most)) +
                     " (items)");
  }
  const std::string base = at(key);
  for (std::size_t i = 0; i < items->size(); ++i) each((*items)[i], join(base, i));
}

std::vector<std::string> Fields::texts(std::string_view key, std::size_t least, std::size_t most,
                                       Length length) {
  std::vector<std::string> out;
  array(key, least, most, [&](const Value& item, const std::string& pointer) {
    const std::string* text = item.string();
    if (text == nullptr) {
      collect(errors_, {Code::wrong_type, pointer, wanted("string", item)});
    } else if (text->size() < length.least || text->size() > length.most) {
      collect(errors_, {Code::out_of_range, pointer, within(text->size(), length)});
    } else if (std::ranges::find(out, *text) != out.end()) {
      collect(errors_, {Code::duplicate_id, pointer, "\"" + *text + "\" stands twice."});
    } else {
      out.push_back(*text);
    }
  });
  return out;
}

bool Fields::wrong(std::string_view key) const {
  return std::ranges::find(errors_, at(key), &Error::where) != errors_.end();
}

void Fields::finish() {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : object_->members()) {
    if (std::ranges::find(known_, key) == known_.end())
      collect(errors_, {Code::unknown_field, at(key), {}});
  }
}

}  // namespace avow::json
