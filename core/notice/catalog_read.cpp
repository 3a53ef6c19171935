#include <algorithm>

#include "notice/catalog.h"

namespace avow::notice {
namespace {

/// A text, and the names that it is filled with.
struct Key {
  std::string_view name, holes;
};

constexpr Key kKeys[] = {
    {"colon", {}},
    {"gap", {}},
    {"first.title", {}},
    {"first.opt-in", "controller purposes"},
    {"first.opt-out", "controller purposes"},
    {"first.notice-only", "controller purposes"},
    {"first.free", {}},
    {"first.separate", "purposes"},
    {"act.accept", {}},
    {"act.refuse", {}},
    {"act.choose", {}},
    {"act.save", {}},
    {"act.withdraw", {}},
    {"act.close", {}},
    {"act.change", {}},
    {"act.erase", {}},
    {"act.erase-confirm", {}},
    {"act.receipt", {}},
    {"act.key", {}},
    {"act.lists", {}},
    {"act.open", {}},
    {"fold.details", "title"},
    {"choices.title", {}},
    {"choices.intro", {}},
    {"choices.asked", {}},
    {"choices.separate", {}},
    {"choices.separate-intro", {}},
    {"choices.separate-alone", {}},
    {"choices.needless", {}},
    {"choices.elsewhere", {}},
    {"asked.by-place", {}},
    {"choices.allow-separately", "title"},
    {"choices.agree", {}},
    {"choices.about", {}},
    {"choices.collected", {}},
    {"choices.given", {}},
    {"fact.method", {}},
    {"fact.categories", {}},
    {"fact.retention", {}},
    {"fact.recipients", {}},
    {"fact.services", {}},
    {"fact.run-by", {}},
    {"fact.necessity", {}},
    {"fact.impact", {}},
    {"fact.rights-procedure", {}},
    {"fact.contact", {}},
    {"fact.country", {}},
    {"fact.role", {}},
    {"fact.basis", {}},
    {"retention.period", "period after"},
    {"retention.criteria", "criteria after"},
    {"after.delete", {}},
    {"after.anonymise", {}},
    {"after.either", {}},
    {"after.return", {}},
    {"role.processor", {}},
    {"role.controller", {}},
    {"role.joint", {}},
    {"basis.contract", {}},
    {"basis.employment", {}},
    {"basis.legal-obligation", {}},
    {"basis.emergency", {}},
    {"basis.news-reporting", {}},
    {"basis.public-information", {}},
    {"basis.other-law", {}},
    {"about.controller", {}},
    {"about.registration", {}},
    {"about.rights", {}},
    {"about.rules", {}},
    {"about.withdraw", {}},
    {"about.withdraw-elsewhere", {}},
    {"about.validity", {}},
    {"about.subdomains", {}},
    {"right.access", {}},
    {"right.copy", {}},
    {"right.transfer", {}},
    {"right.correct", {}},
    {"right.supplement", {}},
    {"right.delete", {}},
    {"right.restrict", {}},
    {"right.restrict-alone", {}},
    {"right.close-account", {}},
    {"right.withdraw", {}},
    {"right.explain", {}},
    {"right.complain", {}},
    {"yours.title", {}},
    {"yours.none", {}},
    {"yours.refused", {}},
    {"yours.withdrawn", {}},
    {"yours.erased", {}},
    {"yours.erased-here", {}},
    {"yours.answered", {}},
    {"yours.anonymous", {}},
    {"yours.when", {}},
    {"yours.text", {}},
    {"yours.number", {}},
    {"yours.proof", {}},
    {"yours.delivery", {}},
    {"yours.yes", {}},
    {"yours.no", {}},
    {"yours.default", {}},
    {"yours.gpc", {}},
    {"yours.unanswered", {}},
    {"yours.no-number", {}},
    {"yours.withdraw-effect", {}},
    {"yours.erase-effect", {}},
    {"yours.erase-here", {}},
    {"yours.key-effect", {}},
    {"yours.failed", {}},
    {"receipt.title", {}},
    {"receipt.intro", {}},
    {"said.accepted", {}},
    {"said.refused", {}},
    {"said.saved", {}},
    {"said.withdrawn", {}},
    {"said.erased", {}},
    {"said.erased-here", {}},
    {"delivery.none", {}},
    {"delivery.saved", {}},
    {"delivery.waiting", {}},
    {"delivery.delivered", {}},
    {"delivery.shelved", {}},
    {"delivery.shelved-refusal", {}},
    {"delivery.unsaved", {}},
    {"delivery.erasing", {}},
    {"delivery.erased", {}},
    {"delivery.unerased", {}},
    {"frame.text", "title"},
    {"frame.separate", "title"},
    {"frame.from", "recipients"},
    {"frame.show-once", {}},
    {"frame.show-always", {}},
    {"frame.open", {}},
    {"fact.for", {}},
    {"fact.on-behalf", {}},
    {"fact.where", {}},
    {"fact.if-refused", {}},
    {"fact.on-withdrawal", {}},
    {"fact.channels", {}},
    {"fact.permissions", {}},
    {"fact.automated", {}},
    {"automated.decides", {}},
    {"automated.significant", {}},
    {"fact.refuse-automated", {}},
    {"fact.incentive", {}},
    {"fact.covers", {}},
    {"fact.copy", {}},
    {"fact.arrangement", {}},
    {"fact.examples", {}},
    {"fact.list", {}},
    {"fact.chosen", {}},
    {"fact.policy", {}},
    {"fact.counts-as", {}},
    {"noted", "name notes"},
    {"said-of", "name text"},
    {"note.required", {}},
    {"note.optional", {}},
    {"note.sensitive", {}},
    {"note.child", {}},
    {"note.other", {}},
    {"source.person", {}},
    {"source.device", {}},
    {"source.generated", {}},
    {"source.third-party", {}},
    {"retention.from", "period event"},
    {"retention.at-least", "period"},
    {"event.collection", {}},
    {"event.year-end", {}},
    {"event.last-visit", {}},
    {"event.last-contact", {}},
    {"event.last-purchase", {}},
    {"event.completion", {}},
    {"event.contract-end", {}},
    {"event.account-closed", {}},
    {"event.withdrawal", {}},
    {"refused.none", {}},
    {"refused.this-function", "loses"},
    {"refused.service", "loses"},
    {"refused.instead", "instead"},
    {"withdrawn.delete", {}},
    {"withdrawn.anonymise", {}},
    {"withdrawn.stop", {}},
    {"withdrawn.within", "then period"},
    {"where.site", {}},
    {"where.app", {}},
    {"where.mini-program", {}},
    {"where.platform", {}},
    {"where.telephone", {}},
    {"where.store", {}},
    {"reach.email", {}},
    {"reach.sms", {}},
    {"reach.telephone", {}},
    {"reach.post", {}},
    {"reach.push", {}},
    {"rule.asked-here", {}},
    {"rule.asked-elsewhere", {}},
    {"rule.existing-customer", {}},
    {"rule.opt-out", {}},
    {"country.unnamed", {}},
    {"basis.consent", {}},
    {"basis.separate", {}},
    {"basis.vital-interests", {}},
    {"basis.public-task", {}},
    {"basis.legitimate-interests", {}},
    {"cover.adequacy", {}},
    {"cover.contract-clauses", {}},
    {"cover.binding-rules", {}},
    {"cover.derogation", {}},
    {"cover.security-assessment", {}},
    {"cover.certification", {}},
    {"cover.standard-contract", {}},
    {"cover.exempt", {}},
    {"counts.disclosure", {}},
    {"counts.share", {}},
    {"counts.sale", {}},
    {"about.storage", {}},
    {"about.contacts", {}},
    {"about.documents", {}},
    {"about.authorities", {}},
    {"about.minors", "age"},
    {"minors.declared", {}},
    {"minors.verified", {}},
    {"minors.purposes", {}},
    {"about.erase", "period ground"},
    {"erase.backups", {}},
    {"about.complaint", {}},
    {"complaint.court", {}},
    {"right.identity", {}},
    {"identity.none", {}},
    {"identity.account", {}},
    {"identity.code", {}},
    {"identity.document", {}},
    {"term.answer", {}},
    {"term.acknowledge", {}},
    {"term.verified", "time"},
    {"term.extended", "time more"},
    {"duty.officer", {}},
    {"duty.representative", {}},
    {"duty.supervisor", {}},
    {"duty.children", {}},
    {"right.object", {}},
    {"right.refuse-automated", {}},
    {"right.explain-decision", {}},
    {"right.review-decision", {}},
    {"right.opt-out-sale", {}},
    {"right.limit-sensitive", {}},
    {"right.relatives", {}},
    {"right.agent", {}},
    {"right.appeal", {}},
    {"fallback.text", {}},
    {"change.title", {}},
    {"change.lead", "controller day"},
    {"change.meaning", {}},
    {"change.what", {}},
    {"change.was", {}},
    {"change.before", {}},
    {"change.from", "day"},
    {"change.none", {}},
    {"change.why", {}},
    {"change.asks", {}},
    {"change.refuse", {}},
    {"change.views", {}},
    {"change.until", "day"},
    {"change.sms", "day link"},
    {"change.since", {}},
    {"change.changed", "day"},
    {"change.message", {}},
    {"change.reply", {}},
    {"change.sealed", "controller"},
    {"change.send", {}},
    {"change.sent", {}},
    {"change.unsent", {}},
};

constexpr std::string_view kUnits[] = {"year", "month", "day", "working-day"};

constexpr json::Spelling<Calendar> kCalendars[] = {{"gregorian", Calendar::gregorian},
                                                   {"buddhist", Calendar::buddhist},
                                                   {"persian", Calendar::persian}};

/// The names in a text's braces, sorted, each once.
std::vector<std::string_view> holes_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t open; (open = text.find('{')) != std::string_view::npos;) {
    text.remove_prefix(open + 1);
    out.push_back(text.substr(0, text.find('}')));
  }
  std::ranges::sort(out);
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

std::vector<std::string_view> words_of(std::string_view names) {
  std::vector<std::string_view> out;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    out.push_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  std::ranges::sort(out);
  return out;
}

std::string braced(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names)
    out += (out.empty() ? "{" : " {") + std::string(name) + "}";
  return out.empty() ? "no {name}" : out;
}

/// A text that is filled with exactly these names.
std::string filled(json::Fields& fields, std::string_view key, std::string_view holes) {
  std::string text = fields.text(key, {1, 1'000});
  const auto wanted = words_of(holes);
  if (!text.empty() && holes_of(text) != wanted)
    fields.error(Code::wrong_value, key,
                 "Got " + braced(holes_of(text)) + ", want " + braced(wanted) + ".");
  return text;
}

/// A pattern that is filled with some of these names, and with one at least.
std::string pattern(json::Fields& fields, std::string_view key, std::string_view names) {
  std::string text = fields.text(key, {1, 100});
  const auto known = words_of(names);
  const auto got = holes_of(text);
  const auto is_known = [&](std::string_view name) {
    return std::ranges::find(known, name) != known.end();
  };
  if (!text.empty() && (got.empty() || !std::ranges::all_of(got, is_known)))
    fields.error(Code::wrong_value, key, "Got " + braced(got) + ", want of " + braced(known) + ".");
  return text;
}

/// The members of an object inside, where it is one.
template <class Read>
void inside(json::Fields& fields, std::string_view key, Read read) {
  const json::Value* value = fields.required(key);
  if (value == nullptr) return;
  json::Fields members(*value, fields.at(key), fields.errors());
  read(members);
  members.finish();
}

std::optional<Review> read_review(json::Fields& fields) {
  const json::Value* value = fields.required("reviewed");
  if (value == nullptr || *value == json::Value{false}) return std::nullopt;
  Review out;
  inside(fields, "reviewed", [&](json::Fields& members) {
    out.by = members.text("by", {1, 200});
    out.on = members.text("on", {10, 10});
  });
  return out;
}

Lists read_lists(json::Fields& fields) {
  Lists out;
  inside(fields, "lists", [&](json::Fields& lists) {
    out.two = filled(lists, "two", "0 1");
    out.start = filled(lists, "start", "0 1");
    out.middle = filled(lists, "middle", "0 1");
    out.end = filled(lists, "end", "0 1");
    out.units = filled(lists, "units", "0 1");
  });
  return out;
}

Dates read_dates(json::Fields& fields) {
  Dates out;
  inside(fields, "dates", [&](json::Fields& dates) {
    out.calendar = dates.optional_choice("calendar", kCalendars, Calendar::gregorian);
    out.day = pattern(dates, "day", "d dd M MM MMM y");
    if (dates.optional("months") != nullptr) out.months = dates.texts("months", 12, 12, {1, 40});
    if (out.months.empty() && out.day.contains("{MMM}"))
      dates.error(Code::missing_field, "months", "The days name them.");
  });
  return out;
}

Counted read_counted(json::Fields& fields, std::string_view unit, const std::string& language) {
  Counted out;
  inside(fields, unit, [&](json::Fields& forms) {
    for (const Plural category : plurals_of(language)) {
      const std::string_view key = json::spelled(kPlurals, category);
      // One, two and none of a thing may have a word of their own, without a number.
      const bool named =
          category == Plural::zero || category == Plural::one || category == Plural::two;
      const std::string text = forms.text(key, {1, 100});
      const auto got = holes_of(text);
      if (!text.empty() && got != words_of("n") && !(named && got.empty()))
        forms.error(Code::wrong_value, key, "Got " + braced(got) + ", want {n}.");
      out.emplace(category, text);
    }
  });
  return out;
}

Catalog read_catalog(json::Fields& fields) {
  Catalog::Parts out;
  out.language = fields.text("language", {2, 35});
  out.direction = fields.text("direction", {3, 3});
  if (!out.direction.empty() && out.direction != "ltr" && out.direction != "rtl")
    fields.error(Code::wrong_value, "direction", "Want ltr or rtl.");
  out.reviewed = read_review(fields);
  if (fields.optional("numerals") != nullptr)
    out.numerals = fields.texts("numerals", 10, 10, {1, 4});
  out.lists = read_lists(fields);
  out.dates = read_dates(fields);
  inside(fields, "counts", [&](json::Fields& counts) {
    for (const std::string_view unit : kUnits)
      out.counts.emplace(unit, read_counted(counts, unit, out.language));
  });
  inside(fields, "texts", [&](json::Fields& texts) {
    for (const auto& [key, holes] : kKeys) {
      if (texts.optional(key) == nullptr)
        texts.error(Code::catalog_incomplete, key);
      else
        out.texts.emplace(key, filled(texts, key, holes));
    }
  });
  return Catalog(std::move(out));
}

}  // namespace

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
