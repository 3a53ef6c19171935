#include "notice/catalog.h"

#include "base/fields.h"

namespace avow::notice {
namespace {

constexpr std::string_view kKeys[] = {
    "list.separator",
    "colon",
    "first.title",
    "first.opt-in",
    "first.opt-out",
    "first.notice-only",
    "first.separate",
    "act.accept",
    "act.refuse",
    "act.choose",
    "act.save",
    "act.withdraw",
    "act.close",
    "act.change",
    "act.export",
    "act.erase",
    "act.open",
    "act.details",
    "choices.title",
    "choices.intro",
    "choices.asked",
    "choices.separate",
    "choices.separate-intro",
    "choices.needless",
    "choices.allow",
    "choices.allow-separately",
    "fact.method",
    "fact.categories",
    "fact.sensitive",
    "fact.retention",
    "fact.recipients",
    "fact.services",
    "fact.necessity",
    "fact.impact",
    "fact.rights-procedure",
    "fact.contact",
    "fact.country",
    "fact.role",
    "fact.basis",
    "retention.period",
    "period.year",
    "period.years",
    "period.month",
    "period.months",
    "period.day",
    "period.days",
    "after.delete",
    "after.anonymise",
    "after.return",
    "role.processor",
    "role.controller",
    "role.joint",
    "basis.contract",
    "basis.employment",
    "basis.legal-obligation",
    "basis.emergency",
    "basis.news-reporting",
    "basis.public-information",
    "basis.other-law",
    "about.controller",
    "about.rights",
    "about.rules",
    "about.withdraw",
    "right.access",
    "right.copy",
    "right.transfer",
    "right.correct",
    "right.supplement",
    "right.delete",
    "right.restrict",
    "right.close-account",
    "right.withdraw",
    "right.explain",
    "right.complain",
    "yours.title",
    "yours.none",
    "yours.refused",
    "yours.answered",
    "yours.anonymous",
    "yours.when",
    "yours.text",
    "yours.number",
    "yours.delivery",
    "yours.yes",
    "yours.no",
    "yours.default",
    "yours.gpc",
    "yours.unanswered",
    "yours.no-number",
    "yours.withdraw-effect",
    "yours.erase-effect",
    "delivery.none",
    "delivery.saved",
    "delivery.waiting",
    "delivery.delivered",
    "delivery.shelved",
    "delivery.shelved-refusal",
    "delivery.unsaved",
    "delivery.erasing",
    "delivery.erased",
    "delivery.unerased",
    "frame.text",
    "frame.allow",
    "fallback.text",
};

Catalog read_catalog(json::Fields& fields) {
  std::string language = fields.text("language", {2, 35});
  std::string direction = fields.text("direction", {3, 3});
  if (!direction.empty() && direction != "ltr" && direction != "rtl")
    fields.error(Code::wrong_value, "direction", "Want ltr or rtl.");
  std::map<std::string, std::string, std::less<>> texts;
  if (const json::Value* value = fields.required("texts")) {
    json::Fields each(*value, "/texts", fields.errors());
    for (const std::string_view key : kKeys) {
      if (each.optional(key) == nullptr) {
        each.error(Code::catalog_incomplete, key);
      } else {
        texts.emplace(key, each.text(key, {1, 1'000}));
      }
    }
    each.finish();
  }
  return Catalog(std::move(language), std::move(direction), std::move(texts));
}

}  // namespace

Catalog::Catalog(std::string language, std::string direction,
                 std::map<std::string, std::string, std::less<>> texts)
    : language_(std::move(language)),
      direction_(std::move(direction)),
      texts_(std::move(texts)) {}

std::string_view Catalog::text(std::string_view key) const {
  const auto it = texts_.find(key);
  if (it == texts_.end()) fatal("a catalog key that no catalog was checked for");
  return it->second;
}

std::string Catalog::text(std::string_view key, std::initializer_list<Filling> fillings) const {
  std::string out;
  std::string_view rest = text(key);
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open);
    std::size_t taken = 0;
    for (const auto& [name, value] : fillings) {
      if (rest.size() > name.size() + 1 && rest.substr(1).starts_with(name) &&
          rest[name.size() + 1] == '}') {
        out += value;
        taken = name.size() + 2;
      }
    }
    if (taken == 0) {
      out += '{';
      taken = 1;
    }
    rest.remove_prefix(taken);
  }
  return out;
}

Checked<Catalog> read_catalog(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  json::Fields fields(*document, "", errors);
  Catalog catalog = read_catalog(fields);
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return catalog;
}

}  // namespace avow::notice
