#include "base/canonical.h"
#include "session/sealing.h"

namespace avow::session {

std::string erase(const Session& session, std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(session, request, [&](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
    Errors warnings;
    const Visit visit = read_visit(fields, warnings);
    fields.finish();
    if (!errors.empty()) return {};
    const Result<Sealed> sealed = seal_erase(loaded.keyed, visit, vault);
    if (!sealed) {
      errors.push_back(sealed.error());
      return {};
    }
    json::Object out;
    out.set("ok", true).set("warnings", write_errors(warnings));
    write_sealed(out, *sealed);
    return canonical::write(out);
  });
}

}  // namespace avow::session
