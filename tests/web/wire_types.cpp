// Prints the facade's requests and answers as TypeScript, from their declaration (session/wire.h).
#include <cstdio>

#include "session/wire.h"

namespace {

using namespace avow;
using namespace avow::session;

/// What TypeScript calls each object.
template <class T>
constexpr std::string_view kName = "";
template <>
constexpr std::string_view kName<Act> = "Act";
template <>
constexpr std::string_view kName<consent::Stood> = "Stood";
template <>
constexpr std::string_view kName<DeliveryEvent> = "DeliveryEvent";
template <>
constexpr std::string_view kName<VerdictAnswer> = "Verdict";
template <>
constexpr std::string_view kName<consent::Shared> = "Shared";
template <>
constexpr std::string_view kName<Reason> = "Reason";
template <>
constexpr std::string_view kName<RecordAnswer> = "SealedBytes";
template <>
constexpr std::string_view kName<sync::Entry> = "OutboxEntry";
template <>
constexpr std::string_view kName<EraseSecret> = "EraseSecret";
template <>
constexpr std::string_view kName<OwnExport> = "OwnExport";
template <>
constexpr std::string_view kName<Problem> = "Problem";

constexpr std::size_t kWidth = 100;

/// One declaration's members.
class TypeWriter {
 public:
  template <class T>
  static std::string interface(std::string_view name, std::string_view meaning,
                               std::string_view base = {}) {
    TypeWriter io;
    T value{};
    declare(io, value);
    std::string out = meaning.empty() ? "" : comment(meaning, "");
    if (!io.cases_.empty())
      return out + "export type " + std::string(name) + " =\n" + io.cases_ + ";\n\n";
    out += "export interface " + std::string(name);
    if (!base.empty()) out += " extends " + std::string(base);
    return out + " {\n" + io.out_ + "}\n\n";
  }

  // requests
  void integer(std::string_view name, const auto&, Range range, std::string_view meaning) {
    member(name, "number", within(meaning, range));
  }
  void integer_or(std::string_view name, const auto&, Range range, Need need,
                  std::string_view meaning) {
    member(name, "number", within(meaning, range), need);
  }
  void integer_if(std::string_view name, const auto&, Range range, std::string_view meaning) {
    member(name, "number", within(meaning, range), Need::optional);
  }
  void text(std::string_view name, const auto&, json::Length length, Need need,
            std::string_view meaning) {
    member(name, "string", bytes(meaning, length), need);
  }
  void line(std::string_view name, const auto&, json::Length length, std::string_view,
            std::string_view meaning) {
    member(name, "string", bytes(meaning, length), Need::optional);
  }
  void place(std::string_view name, const auto&, json::Length, std::string_view meaning) {
    member(name, "string", meaning);
  }
  void flag(std::string_view name, const auto&, Need need, std::string_view meaning) {
    member(name, "boolean", meaning, need);
  }
  void one_of(std::string_view name, const auto&, const auto& table, std::string_view meaning) {
    member(name, names(table), meaning);
  }
  void one_of_or(std::string_view name, const auto&, const auto& table, std::string_view meaning) {
    member(name, names(table), meaning, Need::optional);
  }
  /// The other members belong to one of the names alone.
  template <class T, std::size_t N>
  void cases(std::string_view name, const T&, const json::Spelling<T> (&table)[N], T one,
             auto body) {
    std::string others, name_of_one;
    for (const auto& each : table) {
      if (each.value == one)
        name_of_one = quoted(each.name);
      else
        others += (others.empty() ? "" : " | ") + quoted(each.name);
    }
    member(name, name_of_one, "");
    body();
    std::string members;  // one level deeper
    for (std::size_t at = 0; at < out_.size();) {
      const std::size_t end = out_.find('\n', at) + 1;
      members += "    " + out_.substr(at, end - at);
      at = end;
    }
    cases_ =
        "  | { readonly " + std::string(name) + ": " + others + " }\n  | {\n" + members + "    }";
  }
  void texts(std::string_view name, const auto&, std::size_t most, json::Length, Need need,
             std::string_view meaning) {
    member(name, "readonly string[]", std::string(meaning) + "; at most " + std::to_string(most),
           need);
  }
  void records(std::string_view name, const auto&, std::size_t most, std::string_view meaning) {
    member(name, "readonly string[]", std::string(meaning) + "; at most " + std::to_string(most));
  }
  /// Storage is anybody's: what comes from there may be anything.
  void stored(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "unknown", meaning);
  }

  // answers
  void constant(std::string_view name, bool value, std::string_view meaning) {
    member(name, value ? "true" : "false", meaning);
  }
  void constant(std::string_view name, int value, std::string_view meaning) {
    member(name, std::to_string(value), meaning);
  }
  void constant(std::string_view name, const char* value, std::string_view meaning) {
    member(name, quoted(value), meaning);
  }
  void flag(std::string_view name, bool, std::string_view meaning) {
    member(name, "boolean", meaning);
  }
  void integer(std::string_view name, std::int64_t, std::string_view meaning) {
    member(name, "number", meaning);
  }
  void integer_or_null(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "number | null", meaning);
  }
  void text(std::string_view name, std::string_view, std::string_view meaning) {
    member(name, "string", meaning);
  }
  void text_or_null(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "string | null", meaning);
  }
  /// In a request or an answer: 64 lower-case hexadecimal digits.
  void digest(std::string_view name, const Digest&, std::string_view meaning) {
    member(name, "string", meaning);
  }
  void digest_or_null(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "string | null", meaning);
  }
  void named(std::string_view name, const auto&, const auto& table, std::string_view meaning) {
    member(name, names(table), meaning);
  }
  void named_or(std::string_view name, const auto&, const auto& table, std::string_view other,
                std::string_view meaning) {
    member(name, names(table) + " | " + quoted(other), meaning, Need::optional);
  }
  void texts(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "readonly string[]", meaning);
  }
  void list(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "readonly unknown[]", meaning);
  }
  void opaque(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "object", meaning);
  }
  void opaque_or_null(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "object | null", meaning);
  }
  void problems(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "readonly " + named_as<Problem>() + "[]", meaning);
  }
  void entries(std::string_view name, const auto&, std::string_view meaning) {
    member(name, "readonly " + named_as<sync::Entry>() + "[]", meaning);
  }
  void entry_or_null(std::string_view name, const auto&, std::string_view meaning) {
    member(name, named_as<sync::Entry>() + " | null", meaning);
  }
  template <class T>
  void object_if(std::string_view name, const std::optional<T>&, std::string_view meaning) {
    member(name, named_as<T>(), meaning, Need::optional);
  }
  template <class T>
  void object(std::string_view name, const T&, std::string_view meaning) {
    member(name, named_as<T>(), meaning);
  }
  template <class T>
  void object_or_null(std::string_view name, const std::optional<T>&, std::string_view meaning) {
    member(name, named_as<T>() + " | null", meaning);
  }
  void map(std::string_view name, const std::vector<std::pair<std::string, std::string>>&,
           std::string_view meaning) {
    member(name, "Readonly<Record<string, string>>", meaning);
  }
  template <class T>
  void map(std::string_view name, const std::vector<std::pair<std::string, T>>&,
           std::string_view meaning) {
    member(name, "Readonly<Record<string, " + named_as<T>() + ">>", meaning);
  }

 private:
  template <class T>
  static std::string named_as() {
    static_assert(!kName<T>.empty());
    return std::string(kName<T>);
  }

  static std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

  static std::string names(const auto& table) {
    std::string out;
    for (const auto& one : table) out += (out.empty() ? "" : " | ") + quoted(one.name);
    return out;
  }

  static std::string within(std::string_view meaning, Range range) {
    return std::string(meaning) + " [" + std::to_string(range.least) + ", " +
           std::to_string(range.most) + "]";
  }
  static std::string bytes(std::string_view meaning, json::Length length) {
    return std::string(meaning) + " [" + std::to_string(length.least) + " to " +
           std::to_string(length.most) + " bytes]";
  }

  static std::string comment(std::string_view words, const std::string& indent) {
    return indent + "/** " + std::string(words) + " */\n";
  }

  void member(std::string_view name, std::string_view type, std::string_view meaning,
              Need need = Need::required) {
    if (!meaning.empty()) out_ += comment(meaning, "  ");
    const std::string before =
        "  readonly " + std::string(name) + (need == Need::optional ? "?:" : ":");
    if (before.size() + type.size() + 2 <= kWidth) {
      out_ += before + " " + std::string(type) + ";\n";
      return;
    }
    // As the formatter has it: one name a line.
    out_ += before;
    for (std::size_t at = 0, end = 0; end != type.npos; at = end + 3) {
      end = type.find(" | ", at);
      out_ += "\n    | " + std::string(type.substr(at, end == type.npos ? end : end - at));
    }
    out_ += ";\n";
  }

  std::string out_, cases_;
};

template <class T>
void print(std::string_view name, std::string_view meaning, std::string_view base = {}) {
  std::fputs(TypeWriter::interface<T>(name, meaning, base).c_str(), stdout);
}

}  // namespace

int main() {
  std::puts(
      "// What the core is asked and what it answers. Made by `tests/update wire` from\n"
      "// core/session/wire.h.\n");
  print<Problem>(kName<Problem>, "An error, or a warning.");
  print<Failure>("Failure", "The answer to a request that was refused.");
  print<Visit>("Visit",
               "What every request but `deliver`, `own` and `say` holds; alone, of `decide` and "
               "`erase`.");
  print<ViewRequest>("ViewRequest", "", "Visit");
  print<consent::Stood>(kName<consent::Stood>, "How the notice stood when it was pressed.");
  print<Act>(kName<Act>, "");
  print<PressRequest>("PressRequest", "", "Visit");
  print<sync::Entry>(kName<sync::Entry>, "One record on its way.");
  print<DeliveryEvent>(kName<DeliveryEvent>, "");
  print<DeliverRequest>("DeliverRequest", "");
  print<OwnRequest>("OwnRequest", "");
  print<SayRequest>("SayRequest", "");
  print<LoadAnswer>("Loaded", "An answer to `load`.");
  print<Reason>(kName<Reason>, "");
  print<VerdictAnswer>(kName<VerdictAnswer>, "The decision as the loader reads it.");
  print<consent::Shared>(kName<consent::Shared>, "What sub-domains tell each other.");
  print<Decided>("Decided", "An answer to `decide`.");
  print<Shown>("Shown", "An answer to `view`.");
  print<RecordAnswer>(kName<RecordAnswer>, "");
  print<SealedRecord>("SealedRecord", "What `press` and `erase` make.");
  std::puts(
      "/** An answer to `press` and `erase`. */\nexport type Pressed = Decided & SealedRecord;\n");
  print<Step>("Step", "An answer to `deliver`.");
  print<EraseSecret>(kName<EraseSecret>, "");
  print<OwnExport>(kName<OwnExport>, "");
  print<SayAnswer>("SayAnswer", "An answer to `say`.");
  std::string last = TypeWriter::interface<OwnAnswer>("OwnAnswer", "An answer to `own`.");
  last.pop_back();
  std::fputs(last.c_str(), stdout);
}
