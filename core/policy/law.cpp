#include "policy/law.h"

#include <algorithm>

namespace avow::policy {

void check_law(json::Fields& fields, const Policy& policy, const Purpose& purpose) {
  const bool never_consent = purpose.kind <= Kind::legal_obligation;
  if (never_consent && purpose.basis == Basis::consent) {
    fields.error(Code::basis_conflict, "basis",
                 "This kind rests on contract or law; asking for consent would mislead (PIPL 13).");
  }
  const bool sensitive = std::ranges::any_of(purpose.categories, [&](const std::string& id) {
    const Category* category = policy.category(id);
    return category != nullptr && category->sensitive;
  });
  // A separate consent is a kind of consent: what rests on another basis is not asked at all.
  if (purpose.asks() && !purpose.separate && needs_separate_consent(purpose.kind)) {
    fields.error(Code::separate_required, "separate",
                 "Sharing, transfer abroad and disclosure (PIPL 23, 25, 39): want true.");
  } else if (purpose.asks() && !purpose.separate && sensitive) {
    fields.error(Code::separate_required, "separate",
                 "It uses sensitive data (PIPL 29): want true.");
  }
  // The duty to tell does not depend on the basis.
  if (sensitive && purpose.necessity.empty())
    fields.error(Code::explanation_required, "necessity", "PIPL 30.");
  if (sensitive && purpose.impact.empty())
    fields.error(Code::explanation_required, "impact", "PIPL 30.");
  if (purpose.kind != Kind::cross_border) return;
  if (purpose.recipients.empty())
    fields.error(Code::missing_field, "recipients",
                 "A transfer abroad names its recipient (PIPL 39).");
  for (const std::string& id : purpose.recipients) {
    const Recipient* abroad = policy.recipient(id);
    if (abroad != nullptr && abroad->rights_procedure.empty()) {
      fields.error(Code::missing_field, "recipients",
                   "Recipient \"" + id + "\" needs rights_procedure (PIPL 39).");
    }
  }
}

}  // namespace avow::policy
