#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/request.h"

namespace avow::session {

std::string load(Session& session, std::string_view policy, std::string_view catalog) {
  session.loaded.reset();
  Checked<LoadedPolicy> keyed = load_policy(policy);
  if (!keyed) return failure(keyed.error());
  Checked<notice::Catalog> texts = notice::read_catalog(catalog);
  if (!texts) return failure(texts.error());
  if (std::ranges::find(keyed->policy.languages, texts->language()) ==
      keyed->policy.languages.end()) {
    return failure({{Code::missing_language, "/languages",
                     "The policy does not speak \"" + texts->language() + "\"."}});
  }
  session.loaded = std::make_shared<const Loaded>(
      Loaded{sha256(as_bytes(policy)), std::move(*keyed), std::move(*texts)});
  const policy::Policy& rules = session.loaded->policy();
  return canonical::write(json::Object{}
                              .set("ok", true)
                              .set("policy", text::to_hex(rules.id))
                              .set("text", text::to_hex(session.loaded->policy_text))
                              .set("site", rules.site));
}

}  // namespace avow::session
