// avow public: what is published of a policy.
#include <algorithm>

#include "arguments.h"
#include "compiling.h"
#include "screen.h"

namespace avow::cli {
namespace {

int run_public(Words words) {
  const auto arguments = read_arguments(
      kPublic, words, {{"--facts", false}, {"--texts"}, {"--catalog", true, {}, true}}, 1, 1);
  if (!arguments) return kUsage;
  int code = kFine;
  const auto compiled = compile_file(kPublic, arguments->files()[0], arguments->values("--catalog"),
                                     Use::publish, code);
  if (!compiled) return code;
  const auto language = arguments->value("--texts");
  if (language && arguments->has("--facts"))
    return usage(kPublic, "--facts and --texts exclude each other.");
  if (!language) {
    print(stdout, arguments->has("--facts") ? compiled->written_facts : compiled->public_policy);
    return kFine;
  }
  const std::vector<std::string>& spoken = compiled->policy.languages;
  const auto found = std::ranges::find(spoken, *language);
  if (found == spoken.end())
    return usage(kPublic, "the policy does not speak \"" + safe(*language) + "\".");
  print(stdout, compiled->texts[static_cast<std::size_t>(found - spoken.begin())]);
  return kFine;
}

}  // namespace

const Verb kPublic{"public", "prints what is published of a policy",
                   R"(usage: avow public [--facts | --texts LANGUAGE] [--catalog FILE]... POLICY

Prints the public form of the policy: every field but "internal", "outputs" and "stored", in
canonical form (RFC 8785), without a line feed at the end.

--facts           the facts instead, as browsers get them: all that decides, the hash of each
                  language's texts and that of the public policy. The SHA-256 of the facts is the
                  policy id that records name
--texts LANGUAGE  the texts of that language instead, as browsers get them: the hash of every notice,
                  and what is said of a visitor's own state
--catalog FILE    interface texts in a language that the tool does not bring along, or your own
POLICY            a file, or - for stdin

exit codes: 0 fine, 1 policy or catalog is not good (its problems are on stderr), 2 usage or a file
            that cannot be read
)",
                   run_public};

}  // namespace avow::cli
