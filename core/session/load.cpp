#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "notice/texts.h"
#include "policy/facts.h"
#include "session/request.h"

namespace avow::session {

void Session::Unload::operator()(const Loaded* old) const { delete old; }

std::string load(Session& session, std::string_view facts_text, std::string_view texts) {
  session.loaded.reset();
  Checked<policy::Facts> facts = policy::read_facts(facts_text);
  if (!facts) return failure(facts.error());
  policy::Policy& policy = facts->policy;
  Checked<notice::Catalog> catalog = notice::read_texts(texts, policy);
  if (!catalog) return failure(catalog.error());
  const auto language = std::ranges::find(policy.languages, catalog->language());
  if (language == policy.languages.end())
    return failure({{Code::missing_language, "/languages",
                     "The policy does not speak \"" + catalog->language() + "\"."}});
  // The facts name their texts: a record's policy id must vouch for every word that was shown.
  if (facts->texts[static_cast<std::size_t>(language - policy.languages.begin())] !=
      sha256(as_bytes(texts)))
    return failure({{Code::texts_mismatch, "/texts/" + catalog->language(), {}}});
  Checked<std::vector<trust::Recipient>> recipients = read_keys(policy);
  if (!recipients) return failure(recipients.error());
  session.loaded.reset(
      new Loaded{{std::move(policy), std::move(*recipients)}, std::move(*catalog)});
  const policy::Policy& rules = session.loaded->policy();
  return canonical::write(json::Object{}
                              .set("ok", true)
                              .set("policy", text::to_hex(rules.id))
                              .set("site", rules.site)
                              .set("collector", rules.collector.url));
}

}  // namespace avow::session
