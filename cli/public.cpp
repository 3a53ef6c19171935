// avow public: what a browser gets of a policy.
#include "arguments.h"
#include "file.h"
#include "policy/read.h"
#include "screen.h"
#include "session/keys.h"

namespace avow::cli {
namespace {

int run_public(Words words) {
  const auto arguments = read_arguments(kPublic, words, {}, 1, 1);
  if (!arguments) return kUsage;
  const std::string& file = arguments->files()[0];
  const auto text = read_file(file);
  if (!text) {
    print(stderr, "avow public: " + text.error() + "\n");
    return kUsage;
  }
  // A key that nobody can seal to would make a policy whose records nobody can open.
  if (const auto loaded = session::load_policy(*text); !loaded) {
    print_errors(stderr, file, loaded.error());
    return kWrong;
  }
  print(stdout, *policy::public_form(*text));
  return kFine;
}

}  // namespace

const Verb kPublic{"public", "prints the public form of a policy, as a browser gets it",
                   R"(usage: avow public POLICY

Prints the policy without its "internal" members, in canonical form (RFC 8785), without a line feed at the end: the
bytes that are served to browsers. Their SHA-256 is the policy id that records name.

POLICY  a file, or - for stdin

exit codes: 0 fine, 1 the policy is not good (its problems are on stderr), 2 usage or a file that cannot be read
)",
                   run_public};

}  // namespace avow::cli
