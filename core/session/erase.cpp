#include "base/canonical.h"
#include "session/act.h"
#include "session/sealing.h"
#include "session/verdict.h"

namespace avow::session {
namespace {

/// Erasing withdraws everything, also where a default would otherwise grant it again, and nobody
/// who just had everything deleted is asked at once. What stays is what stays of anybody's refusal.
consent::Choice refused(const Loaded& loaded, const Visit& visit, policy::Regime regime) {
  const policy::Facts& rules = loaded.facts;
  consent::Choice choice;
  choice.at = visit.now;
  choice.regime = regime;
  choice.gpc = visit.signals.gpc;
  choice.language = loaded.texts.language;
  choice.policy_version = rules.version;
  choice.policy = rules.id;
  for (const policy::Facts::Purpose& purpose : rules.purposes) {
    if (purpose.asks)
      choice.answers.push_back({purpose.id, false, purpose.terms, purpose.retention_days, 0});
  }
  forget_the_moment(choice, rules);
  return choice;
}

}  // namespace

std::string erase(const Session& session, std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(
      session, request,
      [&](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        Errors warnings;
        Visit visit = read_visit(fields, warnings);
        fields.finish();
        if (!errors.empty()) return {};
        const Result<Sealed> sealed = seal_erase(loaded, visit, vault);
        if (!sealed) {
          errors.push_back(sealed.error());
          return {};
        }
        const policy::Facts& rules = loaded.facts;
        const consent::Choice choice =
            refused(loaded, visit, policy::regime_at(rules.jurisdictions, visit.signals.place));
        visit.held = choice;
        json::Object out;
        write_decision(out, loaded, visit,
                       consent::decide(rules, visit.signals, &choice, visit.now), warnings);
        out.set("choice", write_choice(choice));
        write_sealed(out, *sealed);
        return canonical::write(out);
      });
}

}  // namespace avow::session
