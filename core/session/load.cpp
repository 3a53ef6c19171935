#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/request.h"

namespace avow::session {

void Session::Unload::operator()(const Loaded* old) const { delete old; }

std::string load(Session& session, std::string_view facts_text, std::string_view texts) {
  session.loaded.reset();
  Checked<policy::Facts> facts = policy::read_facts(facts_text);
  if (!facts) return failure(facts.error());
  Checked<notice::Texts> read = notice::read_texts(texts);
  if (!read) return failure(read.error());
  const auto named =
      std::ranges::find(facts->texts, read->language, &std::pair<std::string, Digest>::first);
  if (named == facts->texts.end())
    return failure({{Code::missing_language, "/texts",
                     "The policy does not speak \"" + read->language + "\"."}});
  // The facts name their texts: a record's policy id must vouch for every word that was shown.
  if (named->second != sha256(as_bytes(texts)))
    return failure({{Code::texts_mismatch, "/texts/" + read->language, {}}});
  Checked<std::vector<trust::Recipient>> recipients = read_keys(facts->keys);
  if (!recipients) return failure(recipients.error());
  session.loaded.reset(new Loaded{std::move(*facts), std::move(*recipients), std::move(*read)});
  const policy::Facts& rules = session.loaded->facts;
  return canonical::write(json::Object{}
                              .set("ok", true)
                              .set("policy", text::to_hex(rules.id))
                              .set("site", rules.site)
                              .set("collector", rules.collector.url));
}

}  // namespace avow::session
