#include "session/act.h"
#include "session/sealing.h"

namespace avow::session {
namespace {

/// Erasing withdraws everything, also where a default would otherwise grant it again, and nobody
/// who just had everything deleted is asked at once. What stays is what stays of anybody's refusal.
consent::Choice refused(const Loaded& loaded, const Visit& visit) {
  const policy::Facts& rules = loaded.facts;
  consent::Choice choice;
  choice.at = visit.now;
  choice.gpc = visit.signals.gpc;
  choice.language = loaded.texts.language;
  choice.policy_version = rules.version;
  choice.policy = rules.id;
  for (const policy::Facts::Purpose& purpose : rules.purposes) {
    if (purpose.asks)
      choice.answers.push_back(
          {purpose.id, false, purpose.terms, purpose.retention_days, 0, false});
  }
  forget_the_moment(choice, rules);
  return choice;
}

}  // namespace

std::string erase(const Session& session, std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(session, request,
                [&](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
                  Errors warnings;
                  Visit visit = read_visit(loaded, fields, warnings);
                  fields.finish();
                  if (!errors.empty()) return {};
                  const Result<Sealed> sealed = seal_erase(loaded, visit, vault);
                  if (!sealed) {
                    errors.push_back(sealed.error());
                    return {};
                  }
                  const consent::Choice choice = refused(loaded, visit);
                  return sealed_answer(loaded, std::move(visit), choice, *sealed, warnings);
                });
}

}  // namespace avow::session
