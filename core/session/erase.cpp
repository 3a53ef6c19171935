#include "base/canonical.h"
#include "session/sealing.h"

namespace avow::session {

std::string erase(std::string_view policy, std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  const Checked<LoadedPolicy> keyed = load_policy(policy);
  if (!keyed) return failure(keyed.error());
  return answer(request, [&](json::Fields& fields, Errors& errors) -> std::string {
    Errors warnings;
    const Visit visit = read_visit(fields, warnings);
    fields.finish();
    if (!errors.empty()) return {};
    const Result<Sealed> sealed = seal_erase(*keyed, visit, vault);
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
