#include "base/canonical.h"
#include "session/verdict.h"

namespace avow::session {

std::string_view version() { return "avow/0.1.0"; }

std::string decide(std::string_view policy, std::string_view catalog, std::string_view request) {
  const Checked<Loaded> loaded = load(policy, catalog);
  if (!loaded) return failure(loaded.error());
  return answer(request, [&](json::Fields& fields, Errors&) {
    Errors warnings;
    const Visit visit = read_visit(fields, warnings);
    fields.finish();
    const consent::Choice* held = visit.held ? &*visit.held : nullptr;
    json::Object out;
    write_decision(out, *loaded, policy, visit, consent::decide(loaded->policy(), visit.signals, held, visit.now), warnings);
    return canonical::write(out);
  });
}

}  // namespace avow::session
