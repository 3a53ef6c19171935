// avow schema: the declaration of the fields of a policy or of a change, for editors and for the
// documentation.
#include "arguments.h"
#include "change/schema.h"
#include "file.h"
#include "policy/schema.h"
#include "pretty.h"
#include "screen.h"

namespace avow::cli {
namespace {

/// The document with what stands between "<!-- fields: NAME -->" and "<!-- end -->" made anew.
std::expected<std::string, std::string> with_tables(
    std::string_view document, const std::map<std::string, std::string>& tables,
    std::string_view root) {
  std::string out;
  for (;;) {
    constexpr std::string_view kBegin = "<!-- fields: ", kClose = " -->\n", kEnd = "<!-- end -->";
    const std::size_t at = document.find(kBegin);
    if (at == std::string_view::npos) return out.append(document);
    const std::size_t name_at = at + kBegin.size(), name_end = document.find(kClose, name_at);
    const std::size_t end = document.find(kEnd, name_at);
    if (name_end == std::string_view::npos || end == std::string_view::npos || end < name_end)
      return std::unexpected("a \"<!-- fields: NAME -->\" without its \"<!-- end -->\".");
    const std::string name(document.substr(name_at, name_end - name_at));
    const auto table = tables.find(name == root ? "" : name);
    if (table == tables.end()) return std::unexpected("there is no object \"" + safe(name) + "\".");
    out.append(document.substr(0, name_end + kClose.size())).append(table->second);
    document.remove_prefix(end);
  }
}

int run_schema(Words words) {
  const auto arguments = read_arguments(kSchema, words, {{"--tables"}, {"--change", false}}, 0, 0);
  if (!arguments) return kUsage;
  const bool change = arguments->has("--change");
  const auto document = arguments->value("--tables");
  if (!document) {
    print(stdout, pretty(change ? change::json_schema() : policy::json_schema()) + "\n");
    return kFine;
  }
  const auto text = read_file(*document);
  const auto made = !text    ? std::unexpected(text.error())
                    : change ? with_tables(*text, change::field_tables(), "change")
                             : with_tables(*text, policy::field_tables(), "policy");
  if (made) {
    print(stdout, *made);
    return kFine;
  }
  print(stderr, "avow schema: " + made.error() + "\n");
  return kUsage;
}

}  // namespace

const Verb kSchema{"schema", "prints the JSON Schema of policies, or of changes",
                   R"(usage: avow schema [--change] [--tables DOCUMENT]

Prints the JSON Schema (2020-12) of an authored policy: name it in "$schema", and an editor completes
and underlines as you type. A schema cannot see references, languages or dates: avow check does.

--change           of the announcement of a change (avow change) instead
--tables DOCUMENT  prints the Markdown document instead, with the table of an object's fields between
                   each "<!-- fields: NAME -->" and "<!-- end -->"

exit codes: 0 fine, 2 usage, or a document that cannot be read or has no such object
)",
                   run_schema};

}  // namespace avow::cli
