#include "notice/draft.h"

#include <algorithm>

#include "base/text.h"
#include "notice/changed.h"
#include "policy/public.h"
#include "policy/public_writer.h"

namespace avow::notice {

using change::Part;

change::Announcement draft_of(const Spoken& older, const Spoken& newer) {
  const auto empty = [&] {
    policy::Text out;
    for (const std::string& language : newer.policy.languages)
      out.languages.emplace_back(language, "");
    return out;
  };
  change::Announcement out;
  out.languages = newer.policy.languages;
  out.policy_from = text::to_hex(policy::public_hash(older.policy));
  out.policy_to = text::to_hex(policy::public_hash(newer.policy));
  out.effective_at = newer.policy.effective_at;
  out.notify_from = std::max<time::Instant>(0, out.effective_at - 30 * time::kDay);
  out.feedback_until = std::max<time::Instant>(0, out.effective_at - 7 * time::kDay);
  out.audience = change::Audience::everybody;
  out.channels = {change::Way::notice, change::Way::page, change::Way::mail, change::Way::sms};
  out.meaning = out.refuse = empty();
  out.signature = newer.policy.controller.name;
  out.link = newer.policy.rules_url;
  const policy::Controller& controller = newer.policy.controller;
  out.feedback_to = controller.email.empty() ? controller.phone : controller.email;
  const json::Object was = policy::PublicWriter::write(older.policy);
  const json::Object is = policy::PublicWriter::write(newer.policy);
  for (const Part& part : change::compare(older.policy, newer.policy)) {
    change::Changed one;
    one.pointer = part.pointer;
    one.what = part.what;
    one.why = empty();
    one.asks_again = part.asks_again;
    const auto say = [&](auto words) {
      one.was = one.is = {};
      for (const Catalog& catalog : newer.catalogs) {
        const std::string& language = catalog.language();
        const auto also = std::ranges::find(older.catalogs, language, &Catalog::language);
        const Catalog& before = also == older.catalogs.end() ? older.catalogs[0] : *also;
        constexpr auto kRegime = policy::Regime::opt_in;
        if (part.was)
          one.was.languages.emplace_back(
              language, words(View{older.policy, before, {{}, kRegime}}, was, part));
        if (part.is)
          one.is.languages.emplace_back(
              language, words(View{newer.policy, catalog, {{}, kRegime}}, is, part));
      }
    };
    say(said_of);
    if (one.was.languages == one.is.languages) say(spelled_of);
    out.changed.push_back(std::move(one));
  }
  return out;
}

}  // namespace avow::notice
