#include "pretty.h"

#include "base/canonical.h"

namespace avow::cli {
namespace {

template <class Items, class One>
void lines(std::string& out, char open, char close, const Items& items, std::size_t depth,
           One one) {
  out += open;
  bool first = true;
  for (const auto& item : items) {
    out += first ? "\n" : ",\n";
    first = false;
    out.append((depth + 1) * 2, ' ');
    one(item);
  }
  if (!first) out.append("\n").append(depth * 2, ' ');
  out += close;
}

void write(std::string& out, const json::Value& value, std::size_t depth) {
  const std::string flat = canonical::write(value);
  const bool simple = value.object() == nullptr &&
                      (value.array() == nullptr || flat.find('{') == std::string::npos);
  if (simple && flat.size() <= 80) {
    out += flat;
  } else if (const json::Object* object = value.object()) {
    lines(out, '{', '}', object->members(), depth, [&](const json::Object::Member& member) {
      out += canonical::write(member.first) + ": ";
      write(out, member.second, depth + 1);
    });
  } else if (const json::Array* items = value.array()) {
    lines(out, '[', ']', *items, depth,
          [&](const json::Value& item) { write(out, item, depth + 1); });
  } else {
    out += flat;
  }
}

}  // namespace

std::string pretty(const json::Value& value) {
  std::string out;
  write(out, value, 0);
  return out;
}

}  // namespace avow::cli
