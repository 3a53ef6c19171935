#include "notice/catalog.h"

#include <algorithm>
#include <iterator>

namespace avow::notice {
namespace {

/// A text, the names that it is filled with, and what stands in for it where a catalog leaves it
/// out: the texts of what few policies say do without a translation, the others do not.
struct Key {
  std::string_view name, holes, english = {};
};

constexpr Key kKeys[] = {
    {"colon", {}},
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
    {"act.export", {}},
    {"act.erase", {}},
    {"act.erase-confirm", {}},
    {"act.cancel", {}},
    {"act.back", {}},
    {"act.receipt", {}},
    {"act.key", {}},
    {"act.open", {}},
    {"act.details", {}},
    {"fold.details", "title"},
    {"choices.title", {}},
    {"choices.intro", {}},
    {"choices.asked", {}},
    {"choices.separate", {}},
    {"choices.separate-intro", {}},
    {"choices.needless", {}},
    {"choices.allow", "title"},
    {"choices.allow-separately", "title"},
    {"choices.agree", {}},
    {"choices.about", {}},
    {"choices.collected", {}},
    {"choices.given", {}},
    {"fact.method", {}},
    {"fact.categories", {}},
    {"fact.sensitive", "name"},
    {"fact.retention", {}},
    {"fact.recipients", {}},
    {"fact.services", {}},
    {"fact.necessity", {}},
    {"fact.impact", {}},
    {"fact.rights-procedure", {}},
    {"fact.contact", {}},
    {"fact.country", {}},
    {"fact.role", {}},
    {"fact.basis", {}},
    {"retention.period", "period after"},
    {"after.delete", {}},
    {"after.anonymise", {}},
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
    {"about.rights", {}},
    {"about.rules", {}},
    {"about.withdraw", {}},
    {"right.access", {}},
    {"right.copy", {}},
    {"right.transfer", {}},
    {"right.correct", {}},
    {"right.supplement", {}},
    {"right.delete", {}},
    {"right.restrict", {}},
    {"right.close-account", {}},
    {"right.withdraw", {}},
    {"right.explain", {}},
    {"right.complain", {}},
    {"yours.title", {}},
    {"yours.none", {}},
    {"yours.refused", {}},
    {"yours.withdrawn", {}},
    {"yours.erased", {}},
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
    {"yours.key-effect", {}},
    {"receipt.title", {}},
    {"receipt.intro", {}},
    {"said.accepted", {}},
    {"said.refused", {}},
    {"said.saved", {}},
    {"said.withdrawn", {}},
    {"said.erased", {}},
    {"toast.close", {}},
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
    {"frame.text", "recipients title"},
    {"frame.allow", {}},
    {"frame.from", "recipients"},
    {"frame.show-once", {}},
    {"frame.show-always", {}},
    {"frame.open", {}},
    {"fact.rights-procedure-here", {}, "How to exercise your rights with this recipient"},
    {"fact.for", {}, "Used for"},
    {"fact.on-behalf", {}, "We do this on behalf of"},
    {"fact.where", {}, "Where"},
    {"fact.if-refused", {}, "If you refuse"},
    {"fact.on-withdrawal", {}, "After you withdraw"},
    {"fact.channels", {}, "How we reach you"},
    {"fact.permissions", {}, "Permissions on your device"},
    {"fact.automated", {}, "Automated decisions"},
    {"fact.refuse-automated", {}, "Refuse, or ask for a person"},
    {"fact.incentive", {}, "What you get for it"},
    {"fact.covers", {}, "Safeguards for the transfer abroad"},
    {"fact.copy", {}, "Copy"},
    {"fact.arrangement", {}, "What we have agreed with each other"},
    {"fact.examples", {}, "For example"},
    {"fact.list", {}, "Full list"},
    {"fact.chosen", {}, "You choose it"},
    {"fact.policy", {}, "Its own privacy rules"},
    {"fact.counts-as", {}, "Under California law"},
    {"noted", "name notes", "{name} ({notes})"},
    {"said-of", "name text", "{name}: {text}"},
    {"note.required", {}, "required"},
    {"note.optional", {}, "optional"},
    {"note.child", {}, "about a child"},
    {"note.other", {}, "about somebody else"},
    {"source.person", {}, "from you"},
    {"source.device", {}, "from your device"},
    {"source.generated", {}, "made by us"},
    {"source.third-party", {}, "from others"},
    {"retention.from", "period event", "{period} from {event}"},
    {"retention.at-least", "period", "at least {period}"},
    {"event.collection", {}, "collection"},
    {"event.last-visit", {}, "your last visit"},
    {"event.last-contact", {}, "our last contact"},
    {"event.last-purchase", {}, "your last purchase"},
    {"event.completion", {}, "completion"},
    {"event.contract-end", {}, "the end of the contract"},
    {"event.account-closed", {}, "the closing of your account"},
    {"event.withdrawal", {}, "your withdrawal"},
    {"refused.none", {}, "You can refuse and still use this site."},
    {"refused.this-function", "loses", "If you refuse, this does not work: {loses}."},
    {"refused.service", "loses", "If you refuse, you cannot use the service: {loses}."},
    {"refused.instead", "instead", "Another way: {instead}"},
    {"withdrawn.delete", {}, "we delete the data"},
    {"withdrawn.anonymise", {}, "we anonymise the data"},
    {"withdrawn.stop", {}, "we stop this use; what is kept is kept as told above"},
    {"withdrawn.within", "then period", "{then}, within {period}"},
    {"where.site", {}, "this site"},
    {"where.app", {}, "our app"},
    {"where.mini-program", {}, "our mini-program"},
    {"where.platform", {}, "our pages on platforms of others"},
    {"where.telephone", {}, "by telephone"},
    {"where.store", {}, "in our stores"},
    {"reach.email", {}, "email"},
    {"reach.sms", {}, "text message"},
    {"reach.telephone", {}, "telephone"},
    {"reach.post", {}, "post"},
    {"reach.push", {}, "push message"},
    {"rule.asked-here", {}, "only if you agree here"},
    {"rule.asked-elsewhere", {}, "only if you agree where you give us the address"},
    {"rule.existing-customer", {}, "to customers, until they object"},
    {"rule.opt-out", {}, "until you object"},
    {"country.unnamed", {}, "countries that are not named"},
    {"basis.consent", {}, "your consent"},
    {"basis.vital-interests", {}, "needed to protect somebody's life or health"},
    {"basis.public-task", {}, "needed for a task in the public interest"},
    {"basis.legitimate-interests", {}, "our legitimate interests, or those of others"},
    {"cover.adequacy", {}, "the country is recognised as giving adequate protection"},
    {"cover.contract-clauses", {}, "standard contractual clauses"},
    {"cover.binding-rules", {}, "binding corporate rules"},
    {"cover.derogation", {}, "an exception for single cases"},
    {"cover.security-assessment", {}, "security assessment passed"},
    {"cover.certification", {}, "certified protection"},
    {"cover.standard-contract", {}, "standard contract concluded"},
    {"cover.exempt", {}, "exempt"},
    {"counts.disclosure", {}, "disclosure for a business purpose"},
    {"counts.share", {}, "sharing for advertising across sites"},
    {"counts.sale", {}, "sale"},
    {"about.storage", {}, "Where data is stored"},
    {"about.contacts", {}, "Who answers for data protection"},
    {"about.documents", {}, "Further documents"},
    {"about.authorities", {}, "Where else you can complain"},
    {"about.minors", "age", "Children under {age}"},
    {"about.erase", "period ground",
     "A record that you erase is locked for {period} and then deleted: {ground}"},
    {"duty.officer", {}, "data protection officer"},
    {"duty.representative", {}, "representative"},
    {"duty.supervisor", {}, "supervisor"},
    {"duty.children", {}, "in charge of children's data"},
    {"right.object", {}, "Object"},
    {"right.refuse-automated", {}, "Refuse automated decisions"},
    {"right.explain-decision", {}, "Have a decision explained"},
    {"right.opt-out-sale", {}, "Do not sell or share my data"},
    {"right.limit-sensitive", {}, "Limit the use of sensitive data"},
    {"right.relatives", {}, "Rights after death"},
    {"right.agent", {}, "Act through an agent"},
    {"right.appeal", {}, "Appeal"},
    {"fallback.text", {}},
};

constexpr std::string_view kUnits[] = {"year", "month", "day"};

constexpr json::Spelling<Calendar> kCalendars[] = {{"gregorian", Calendar::gregorian},
                                                   {"buddhist", Calendar::buddhist},
                                                   {"persian", Calendar::persian}};

constexpr std::string_view kIsolate = "\u2068", kPop = "\u2069";

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
    out.time = pattern(dates, "time", "H HH mm");
    out.moment = filled(dates, "moment", "day time");
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
    for (const auto& [key, holes, english] : kKeys) {
      if (texts.optional(key) != nullptr) {
        out.texts.emplace(key, filled(texts, key, holes));
      } else if (english.empty()) {
        texts.error(Code::catalog_incomplete, key);
      } else {
        out.texts.emplace(key, english);
        ++out.english;
      }
    }
  });
  return Catalog(std::move(out));
}

}  // namespace

std::string fill(std::string_view pattern, std::span<const Filling> fillings) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    std::size_t taken = 0;
    for (const auto& [name, value] : fillings) {
      if (pattern.size() > name.size() + 1 && pattern.substr(1).starts_with(name) &&
          pattern[name.size() + 1] == '}') {
        out += value;
        taken = name.size() + 2;
      }
    }
    if (taken == 0) {
      out += '{';
      taken = 1;
    }
    pattern.remove_prefix(taken);
  }
  return out;
}

std::string fill(std::string_view pattern, std::initializer_list<Filling> fillings) {
  return fill(pattern, std::span(fillings.begin(), fillings.size()));
}

bool Catalog::speaks(std::string_view language) const {
  const std::string_view own = parts_.language;
  return own.starts_with(language) &&
         (own.size() == language.size() || own[language.size()] == '-');
}

std::string_view Catalog::text(std::string_view key) const {
  const auto it = parts_.texts.find(key);
  if (it == parts_.texts.end()) fatal("a catalog key that no catalog was checked for");
  return it->second;
}

std::string Catalog::text(std::string_view key, std::initializer_list<Filling> fillings) const {
  std::vector<std::string> kept;
  for (const Filling& one : fillings) kept.push_back(isolated(one.second));
  std::vector<Filling> isolated_ones;
  for (const Filling& one : fillings)
    isolated_ones.emplace_back(one.first, kept[isolated_ones.size()]);
  return fill(text(key), isolated_ones);
}

std::string Catalog::counted(std::string_view unit, std::int64_t n) const {
  const auto it = parts_.counts.find(unit);
  if (it == parts_.counts.end()) fatal("a unit that no catalog was checked for");
  const auto form = it->second.find(plural(parts_.language, n));
  if (form == it->second.end()) fatal("a number's form that no catalog was checked for");
  return fill(form->second, {{"n", digits(std::to_string(n))}});
}

std::string Catalog::digits(std::string_view number) const {
  if (parts_.numerals.empty()) return std::string(number);
  std::string out;
  for (const char c : number) {
    if (c >= '0' && c <= '9')
      out += parts_.numerals[static_cast<std::size_t>(c - '0')];
    else
      out += c;
  }
  return out;
}

std::string Catalog::isolated(std::string_view text) const {
  const auto latin = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (parts_.direction == "ltr" || std::ranges::none_of(text, latin) || text.contains(kIsolate))
    return std::string(text);
  std::string out(kIsolate);
  out += text;
  return out += kPop;
}

Catalog Catalog::as(std::string language) const {
  Catalog out = *this;
  out.parts_.language = std::move(language);
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
