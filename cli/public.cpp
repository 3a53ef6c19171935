// avow public: what is published of a policy.
#include <algorithm>

#include "arguments.h"
#include "compiling.h"
#include "screen.h"

namespace avow::cli {
namespace {

int run_public(Words words) {
  const auto arguments =
      read_arguments(kPublic, words, {{"--texts"}, {"--catalog", true, {}, true}}, 1, 1);
  if (!arguments) return kUsage;
  int code = kFine;
  const auto compiled =
      compile_file(kPublic, arguments->files()[0], arguments->values("--catalog"), code);
  if (!compiled) return code;
  const auto language = arguments->value("--texts");
  if (!language) {
    print(stdout, compiled->facts);
    return kFine;
  }
  const std::vector<std::string>& spoken = compiled->policy().languages;
  const auto found = std::ranges::find(spoken, *language);
  if (found == spoken.end())
    return usage(kPublic, "the policy does not speak \"" + safe(*language) + "\".");
  print(stdout, compiled->texts[static_cast<std::size_t>(found - spoken.begin())]);
  return kFine;
}

}  // namespace

const Verb kPublic{"public", "prints the facts or the texts of a policy, as browsers get them",
                   R"(usage: avow public [--texts LANGUAGE] [--catalog FILE]... POLICY

Prints the facts of the policy: all that decides, and the hash of each language's texts, in canonical
form (RFC 8785), without a line feed at the end. Their SHA-256 is the policy id that records name.

--texts LANGUAGE  the texts of that language instead: the policy's words and the interface's
--catalog FILE    interface texts in a language that the tool does not bring along, or your own
POLICY            a file, or - for stdin

exit codes: 0 fine, 1 policy or catalog is not good (its problems are on stderr), 2 usage or a file
            that cannot be read
)",
                   run_public};

}  // namespace avow::cli
