#include "base/canonical.h"
#include "session/verdict.h"

namespace avow::session {

std::string_view version() { return "avow/" AVOW_VERSION; }

std::string decide(const Session& session, std::string_view request) {
  return answer(session, request, [](const Loaded& loaded, json::Fields& fields, Errors&) {
    Errors warnings;
    const Visit visit = read_visit(loaded, fields, warnings);
    fields.finish();
    const consent::Choice* held = visit.held ? &*visit.held : nullptr;
    json::Object out;
    write_decision(out, loaded, visit,
                   consent::decide(loaded.facts, visit.signals, held, visit.now), warnings);
    return canonical::write(out);
  });
}

}  // namespace avow::session
