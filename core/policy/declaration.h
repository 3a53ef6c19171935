#pragma once
// Every field of a policy, declared once: its name, type, bounds, default, meaning and the law it
// comes from. Whatever needs to know the fields walks this declaration: the reader (reader.h), the
// writers and readers of facts and texts (facts.cpp, words.cpp), the JSON Schema and
// docs/POLICY.md's tables (schema.cpp). A field that is added here is in all of them.
//
// `Io` is what walks: it has one member function for each type of field. The meaning is last and is
// dropped by the compiler wherever `Io` ignores it, so that no browser carries it.

#include <concepts>

#include "base/fields.h"
#include "policy/authored.h"
#include "policy/line.h"
#include "policy/shape.h"
#include "policy/spelling.h"

namespace avow::policy {

/// The same declaration serves a policy that is filled and one that is only read.
template <class T, class Wanted>
concept Of = std::same_as<std::remove_const_t<T>, Wanted>;

enum class Need { required, optional };

/// Which objects an id is unique among, and a reference points to.
enum class Ids { category, recipient, purpose, service, place, key };
constexpr std::size_t kIdScopes = 6;

template <class Io, Of<Controller> T>
void declare(Io& io, T& controller) {
  io.words("name", controller.name, {1, 200}, Need::required,
           "who decides about the data; another name asks everybody again, or, where a "
           "`registration` stays, has to be stated (`wording_only`)");
  io.line("registration", controller.registration, plain(1, 64), Need::optional,
          "its number in a public register (统一社会信用代码, SIREN, company number)");
  io.line("country", controller.country, kCountry, Need::optional,
          "where it is established: from abroad it may have to name a `representative` (PIPL 53, "
          "GDPR 27). For you and who audits you: visitors read the `address`");
  io.line("email", controller.email, plain(3, 254), Need::optional, "");
  io.line("phone", controller.phone, plain(3, 40), Need::optional, "");
  io.words("address", controller.address, {1, 400}, Need::optional, "");
}

template <class Io, Of<Contact> T>
void declare(Io& io, T& contact) {
  io.one_of("duty", contact.duty, kDuties,
            "who answers: `officer` for data protection (PIPL 52, GDPR 37), `representative` of a "
            "company abroad (PIPL 53, GDPR 27), the outside `supervisor`, or whoever is in charge "
            "of `children`'s data (儿童个人信息网络保护规定 8)");
  io.line("law", contact.law, kLaw, Need::optional, "under which law, where not under all");
  io.words("name", contact.name, {1, 200}, Need::optional, "");
  io.line("contact", contact.contact, plain(3, 300), Need::required, "how to reach them");
}

template <class Io, Of<Document> T>
void declare(Io& io, T& document) {
  io.one_of(
      "kind", document.kind, kDocumentKinds,
      "what it tells more of: cookies, children, the lists of recipients, of services and of "
      "permissions, an addendum for a place, a product's terms, older versions. Visitors read "
      "the `title`");
  io.links("link", document.link, Need::required, "");
  io.words("title", document.title, {1, 200}, Need::required, "what visitors read of it");
  io.line("law", document.law, kLaw, Need::optional, "for whom, where not for all");
}

template <class Io, Of<Storage> T>
void declare(Io& io, T& storage) {
  io.lines("countries", storage.countries, 1, 32, kCountry, "where the data is stored (PIPL 40)");
  io.words("text", storage.text, {1, 1'000}, Need::optional, "what is to be said of it");
}

template <class Io, Of<Category> T>
void declare(Io& io, T& category) {
  io.id("id", category.id, Ids::category, "");
  io.words("name", category.name, {1, 200}, Need::required, "what visitors read");
  io.one_of_or("class", category.data_class, kDataClasses, DataClass::ordinary,
               "what kind of data it is. Which kinds are sensitive, and what that asks of you, is "
               "the law's: below");
  io.one_of_or("about", category.about, kAbout, About::visitor,
               "whom it is about: the visitor, a child, or somebody `other`, such as who a parcel "
               "goes to (GDPR 14)");
  io.one_of("source", category.source, kSources,
            "where it comes from: the `person`, the `device`, `generated` by you, or a "
            "`third-party`; for every purpose whose `sources` say no other");
}

template <class Io, Of<Cover> T>
void declare(Io& io, T& cover) {
  io.line("law", cover.law, kLaw, Need::required, "");
  io.one_of("kind", cover.kind, kSafeguards,
            "what makes the transfer lawful (PIPL 38, GDPR 45 to 49)");
  io.links("copy", cover.copy, Need::optional, "where a copy can be had (GDPR 13(1)(f))");
}

template <class Io, Of<Recipient> T>
void declare(Io& io, T& recipient) {
  io.id("id", recipient.id, Ids::recipient, "");
  io.one_of_or(
      "kind", recipient.naming, kNamings, Naming::named,
      "`named`: one company. `class`: a sort of companies, such as couriers (GDPR "
      "13(1)(e)). `chosen`: whom the visitor chooses, such as a seller. Visitors read what "
      "that asks for: `contact`, `examples`, `list`, `chosen`");
  io.one_of(
      "role", recipient.role, kRoles,
      "processes on your behalf (PIPL 21), decides on its own use (PIPL 23), or decides "
      "together with you (PIPL 20); where a purpose's `sharing` says another, that one holds");
  io.words("name", recipient.name, {1, 200}, Need::required,
           "of the company, or the words for a sort of companies; another name asks again, or, "
           "where a `registration` stays, has to be stated (`wording_only`)");
  io.line("registration", recipient.registration, plain(1, 64), Need::optional,
          "its number in a public register");
  io.line("contact", recipient.contact, plain(3, 300), Need::optional,
          "how visitors reach it (PIPL 23, 39); required of a `named` one");
  io.lines("countries", recipient.countries, 0, 64, kCountryOrUnnamed,
           "where it gets the data; other countries ask again. `unnamed`, alone, where you do not "
           "say which; required of a `named` one");
  io.words("country_names", recipient.country_names, {1, 200}, Need::optional,
           "what visitors read of them; the codes where it is left out");
  io.words("examples", recipient.examples, {1, 1'000}, Need::optional, "some of a `class`");
  io.links("list", recipient.list, Need::optional, "where all of a `class` are listed");
  io.words("chosen", recipient.chosen, {1, 400}, Need::optional,
           "where the visitor chooses it, such as the page of the order; required of a `chosen` "
           "one");
  io.list("covers", recipient.covers, 0, 16, "what makes a transfer abroad lawful, below");
  io.links("arrangement", recipient.arrangement, Need::optional,
           "the essence of what joint controllers have agreed (GDPR 26(2))");
  io.words("rights_procedure", recipient.rights_procedure, {1, 4'000}, Need::optional,
           "how rights are exercised against it (PIPL 39)");
}

template <class Io, Of<Retention> T>
void declare(Io& io, T& retention) {
  io.references("categories", retention.categories, 0, Ids::category,
                "for which data; none: for all of the purpose");
  io.period("period", retention.period, "how long the data is kept");
  io.words("criteria", retention.criteria, {1, 4'000}, Need::optional,
           "what decides it, where no period can be told; counts as longer than every period");
  io.one_of_or("from", retention.from, kEvents, Event::collection,
               "from when the period runs; a criterion has none");
  io.one_of_or("bound", retention.bound, kBounds, Bound::at_most,
               "`at-least`: a law asks for so long, and no end is told; counts as longest");
  io.words("ground", retention.ground, {1, 1'000}, Need::optional,
           "why it is kept so long, such as the law that asks for it");
  io.some_of("after", retention.after, kAfter, 0,
             "what happens then; `delete` with `anonymise`: the one or the other. Required of a "
             "`period`; a criterion may say it itself, as “deleted once compared”");
}

template <class Io, Of<IfRefused> T>
void declare(Io& io, T& refused) {
  io.one_of("effect", refused.effect, kEffects,
            "what a refusal costs: nothing, `this-function`, or the whole `service` (PIPL 16, "
            "GDPR 7(4)). Only where nothing is lost does the notice say so");
  io.words("loses", refused.loses, {1, 400}, Need::optional,
           "what does not work then; required of `this-function` and `service`");
  io.words("instead", refused.instead, {1, 400}, Need::optional,
           "the other way that is offered, such as a paid one, or the counter in the place of a "
           "face check; beside `none` it is free");
  io.words("price", refused.price, {1, 100}, Need::optional, "what that way costs");
}

template <class Io, Of<Withdrawn> T>
void declare(Io& io, T& withdrawn) {
  io.one_of("then", withdrawn.then, kOnWithdrawal,
            "what happens to the data after a withdrawal: `stop` only stops the use (PIPL 47)");
  io.period("within", withdrawn.within, "how soon");
}

template <class Io, Of<Defaults> T>
void declare(Io& io, T& defaults) {
  io.list("retention", defaults.retention, 0, 16, "how long data is kept, below");
  io.object("if_refused", defaults.if_refused, Need::optional, "what a refusal costs, below");
  io.object("on_withdrawal", defaults.on_withdrawal, Need::optional,
            "what follows a withdrawal, below");
  io.some_of("where", defaults.where, kWheres, 0, "where purposes are pursued");
}

template <class Io, Of<Ground> T>
void declare(Io& io, T& ground) {
  io.line("law", ground.law, kLaw, Need::required, "");
  io.one_of("basis", ground.basis, kBases, "a ground of that law");
  io.words("when", ground.when, {1, 400}, Need::optional,
           "in which case, where there are several; it stands in brackets: “if you apply for a "
           "loan”");
  io.words("interest", ground.interest, {1, 1'000}, Need::optional,
           "which legitimate interest (GDPR 13(1)(d))");
}

template <class Io, Of<Origin> T>
void declare(Io& io, T& origin) {
  io.references("categories", origin.categories, 1, Ids::category, "which of the purpose's data");
  io.one_of("source", origin.source, kSources, "where it comes from here");
  io.words("from", origin.from, {1, 400}, Need::optional,
           "who gives it, where a third party does (GDPR 14(2)(f))");
}

template <class Io, Of<Use> T>
void declare(Io& io, T& use) {
  io.reference("recipient", use.recipient, Ids::recipient, Need::required,
               "one of the purpose's recipients");
  io.one_of("role", use.role, kRoles, "its role here; the recipient's own where it is left out");
  io.references("categories", use.categories, 0, Ids::category,
                "the data it gets; none: all of the purpose");
  io.one_of("basis", use.basis, kBases,
            "the ground on which it gets them; the purpose's where it is left out");
  io.one_of("counts_as", use.counts_as, kCountsAs,
            "what Californian law calls it (Civil Code 1798.140); `sale` and `share` answer to "
            "Global Privacy Control");
  io.words("purpose", use.purpose, {1, 1'000}, Need::optional,
           "what it does with them (PIPL 23, NDSMR 21(2))");
  io.words("method", use.method, {1, 1'000}, Need::optional, "how (PIPL 23)");
  io.words("kept", use.kept, {1, 1'000}, Need::optional,
           "how long it keeps them, where that is to be told (Korea's PIPA 17(2), 28-8(2))");
}

template <class Io, Of<Channel> T>
void declare(Io& io, T& channel) {
  io.one_of("channel", channel.channel, kReaches, "by which the visitor is reached");
  io.one_of("rule", channel.rule, kReachRules,
            "whether this purpose's question covers it, a form elsewhere asks, it reaches existing "
            "customers only, or everybody until they object");
  io.words("stop", channel.stop, {1, 400}, Need::optional,
           "how the visitor ends it (消费者权益保护法实施条例 24)");
}

template <class Io, Of<Permission> T>
void declare(Io& io, T& permission) {
  io.words("name", permission.name, {1, 64}, Need::required,
           "as the device calls it: camera, location, contacts, notifications, clipboard");
  io.one_of_or("where", permission.where, kWheres, Where::site, "where it is asked for");
  io.words("if_refused", permission.if_refused, {1, 400}, Need::optional,
           "what does not work without it");
}

template <class Io, Of<Automated> T>
void declare(Io& io, T& automated) {
  io.flag("significant", automated.significant,
          "whether decisions that weigh on the visitor rest on it alone (PIPL 24(3), GDPR 22)");
  io.words("logic", automated.logic, {1, 2'000}, Need::optional, "how it decides");
  io.links("refuse", automated.refuse, Need::optional,
           "where it is refused, or a person is asked for");
}

template <class Io, Of<Incentive> T>
void declare(Io& io, T& incentive) {
  io.words("terms", incentive.terms, {1, 1'000}, Need::required,
           "what is given for data (11 CCR 7016)");
  io.words("leave", incentive.leave, {1, 1'000}, Need::optional, "how one leaves");
  io.words("value", incentive.value, {1, 1'000}, Need::optional,
           "what the data is worth, and how that was found");
}

template <class Io, Of<Purpose> T>
void declare(Io& io, T& purpose) {
  io.id("id", purpose.id, Ids::purpose, "what your page marks its scripts with");
  io.one_of("kind", purpose.kind, kKinds,
            "what it is for, below: what laws and Global Privacy Control go by; visitors read "
            "`title` and `description`");
  io.one_of("basis", purpose.basis, kBases,
            "the ground on which it is pursued (PIPL 13(1), GDPR 6(1)). Only `consent` is asked; "
            "the others are told");
  io.list("bases", purpose.bases, 0, 32,
          "the grounds of single laws, below: under a law that has some here they stand in its "
          "place");
  io.words("title", purpose.title, {1, 100}, Need::required,
           "two or three words: it stands on the first layer");
  io.words("description", purpose.description, {1, 1'000}, Need::required,
           "what the data is used for (PIPL 17(2))");
  io.words("method", purpose.method, {1, 1'000}, Need::required,
           "how it is processed (PIPL 17(2))");
  io.names("methods", purpose.methods, 1, 32,
           "the same for machines, short names of 1 to 64 bytes: a change of this list asks "
           "visitors again, a change of the words does not");
  io.references("categories", purpose.categories, 1, Ids::category, "the data used");
  io.references("optional", purpose.optional, 0, Ids::category,
                "which of these the visitor may leave out; the others are then shown as required "
                "(PIPL 16, GDPR 13(2)(e))");
  io.list("sources", purpose.sources, 0, 32, "where data comes from in this purpose, below");
  io.references("recipients", purpose.recipients, 0, Ids::recipient, "who receives it");
  io.list("sharing", purpose.sharing, 0, 64,
          "what is different of a recipient in this purpose, below");
  io.list("retention", purpose.retention, 0, 16,
          "how long it is kept, below; that of `defaults` where it is left out");
  io.object("if_refused", purpose.if_refused, Need::optional,
            "what a refusal costs, below; that of `defaults` where it is left out");
  io.object("on_withdrawal", purpose.on_withdrawal, Need::optional,
            "what follows a withdrawal, below; that of `defaults` where it is left out");
  io.some_of("where", purpose.where, kWheres, 0,
             "where it is pursued; on the site where it is left out, here and in `defaults`. What "
             "is not pursued on the site is told there and not asked, and nothing that is marked "
             "with it runs there");
  io.list("channels", purpose.channels, 0, 8, "how the visitor is reached, below");
  io.list("permissions", purpose.permissions, 0, 32, "what the device is asked for, below");
  io.object("automated", purpose.automated, Need::optional,
            "that it decides by itself, below (PIPL 24)");
  io.object("incentive", purpose.incentive, Need::optional, "what is given for the data, below");
  io.words("on_behalf_of", purpose.on_behalf_of, {1, 400}, Need::optional,
           "for whom, where you are a processor yourself");
  io.flag("separate", purpose.separate,
          "asked by a control of its own; “accept” does not carry it (PIPL 23, 25, 26, 29, 39; "
          "NDSMR 62(7))");
  io.words("necessity", purpose.necessity, {1, 4'000}, Need::optional,
           "why sensitive data is necessary (PIPL 30)");
  io.words("impact", purpose.impact, {1, 4'000}, Need::optional,
           "what that means for the visitor (PIPL 30)");
  io.number("revision", purpose.revision, 1, 1'000'000, 1,
            "raise it to ask everybody again about this purpose");
}

template <class Io, Of<Service> T>
void declare(Io& io, T& service) {
  io.id("id", service.id, Ids::service, "");
  io.references("purposes", service.purposes, 1, Ids::purpose, "the purposes it serves");
  io.words("name", service.name, {1, 200}, Need::required, "");
  io.reference("recipient", service.recipient, Ids::recipient, Need::optional, "who runs it");
  io.references("categories", service.categories, 0, Ids::category, "the data it collects");
  io.words("method", service.method, {1, 1'000}, Need::optional,
           "how it collects them: by itself, or from your server");
  io.some_of("platforms", service.platforms, kWheres, 0, "where it is built in");
  io.names(
      "permissions", service.permissions, 0, 32,
      "what it asks the device for; a name that a purpose's `permissions` have is read there in "
      "each language");
  io.links("policy", service.policy, Need::optional, "its own privacy rules");
}

template <class Io, Of<Term> T>
void declare(Io& io, T& term) {
  io.count("days", term.days, 1, 3'650, "within how many days");
  io.one_of_or("unit", term.unit, kDays, Days::calendar, "which days count");
  io.one_of_or("from", term.from, kClocks, Clock::receipt,
               "from when: the request's `receipt`, or the `verification` of who asks");
  io.number("extension", term.extension, 0, 3'650, 0,
            "how many days more, where you tell the visitor why");
}

template <class Io, Of<Right> T>
void declare(Io& io, T& right) {
  io.one_of("type", right.type, kRights,
            "which right (PIPL 15, 24, 44 to 50, 65; GDPR 12 to 22; LGPD 18, 20; Cal. Civil Code "
            "1798.100 to 135)");
  io.line("law", right.law, kLaw, Need::optional, "under which law, where not under all");
  io.links("channel", right.channel, Need::optional, "where it is exercised");
  io.words("procedure", right.procedure, {1, 1'000}, Need::optional,
           "what to do, and how long it takes");
  io.words("absent", right.absent, {1, 1'000}, Need::optional,
           "instead of both: why the right does not arise, such as no accounts to close");
  io.one_of("identity", right.identity, kIdentities,
            "by what you make sure who asks (GDPR 12(6), NDSMR 25(1))");
  io.object("answer", right.answer, Need::optional, "within which time you answer, below");
}

template <class Io, Of<Complaint> T>
void declare(Io& io, T& complaint) {
  io.links("channel", complaint.channel, Need::optional, "where you take complaints (NDSMR 20)");
  io.object("acknowledge", complaint.acknowledge, Need::optional,
            "within which time you say that you have it");
  io.object("answer", complaint.answer, Need::optional, "within which time you answer");
  io.words("court", complaint.court, {1, 400}, Need::optional, "which courts may be gone to");
}

template <class Io, Of<Authority> T>
void declare(Io& io, T& authority) {
  io.line("law", authority.law, kLaw, Need::optional, "under which law, where not under all");
  io.words("name", authority.name, {1, 200}, Need::required,
           "to whom a visitor can complain (GDPR 13(2)(d), PIPL 65)");
  io.links("link", authority.link, Need::optional, "");
}

template <class Io, Of<Minors> T>
void declare(Io& io, T& minors) {
  io.count("age", minors.age, 1, 21, "who is younger is a child here");
  io.line("law", minors.law, kLaw, Need::optional, "under which law, where not under all");
  io.one_of_or("mode", minors.mode, kMinorsModes, MinorsMode::none,
               "how you learn of it: you do not, the visitor says so, or you verify it");
  io.references("purposes", minors.purposes, 0, Ids::purpose,
                "what is done with children's data, with their guardian's consent (PIPL 31)");
  io.links("rules", minors.rules, Need::optional, "the rules of their own");
  io.line("contact", minors.contact, plain(3, 300), Need::optional, "whom guardians reach");
}

template <class Io, Of<Erase> T>
void declare(Io& io, T& erase) {
  io.one_of_or("mode", erase.mode, kEraseModes, EraseMode::erase,
               "`keep-proof`: a record that the visitor erases is locked, not deleted, where a law "
               "lets you keep it (PIPL 47(2), GDPR 17(3))");
  io.period("until", erase.until, "how long it is locked; required of `keep-proof`");
  io.words("ground", erase.ground, {1, 400}, Need::optional,
           "by which law; required of `keep-proof`");
  io.period("backups", erase.backups, "after which time backups have lost it too");
}

template <class Io, Of<Exception> T>
void declare(Io& io, T& exception) {
  io.reference("purpose", exception.purpose, Ids::purpose, Need::required,
               "which one; it rests on consent");
  io.one_of("regime", exception.regime, kRegimes,
            "what holds of it there, whatever it is elsewhere");
}

template <class Io, Of<Jurisdiction> T>
void declare(Io& io, T& jurisdiction) {
  io.key("place", jurisdiction.place, kPlace, Ids::place,
         "`*` stands for every known place that is not listed. A subdivision without an entry has "
         "its country's");
  io.one_of("regime", jurisdiction.regime, kRegimes,
            "nothing before a yes; everything until a no; told, with the right to object");
  io.list("exceptions", jurisdiction.exceptions, 0, 64,
          "purposes that have another regime there, below. One with `separate` is asked first "
          "everywhere, unless it stands here");
}

template <class Io, Of<Validity> T>
void declare(Io& io, T& validity) {
  io.period("grant", validity.grant, "how long a yes stands");
  io.period(
      "refusal", validity.refusal,
      "how long a no is remembered: at least as long as a yes, whatever the day they begin "
      "(`P1Y` and `P365D` are a day apart in a leap year), and at least 30 days at its "
      "shortest, so `P30D` rather than `P1M`. NDSMR 22(5) forbids asking often after a refusal; "
      "the number is ours");
}

template <class Io, Of<Look> T>
void declare(Io& io, T& look) {
  io.one_of_or(
      "layout", look.layout, kLayouts, Layout::card,
      "where the first layer stands: a `card` above the foot of the window, a `bar` across "
      "it, in its `corner`, or in its `center`; on a phone all but the bar are cards");
  io.one_of_or("density", look.density, kDensities, Density::comfortable,
               "`compact` has less room around its words; controls keep their size");
  io.one_of_or(
      "entry", look.entry, kEntries, Entry::icon,
      "what leads back to the choices: a round `icon`, its name as `text`, or `none`, where "
      "your pages have a control with `data-avow-open` themselves");
  io.line("logo", look.logo, kImage, Need::optional,
          "the address of an image beside the title, at most 32 pixels high");
}

template <class Io, Of<SealKey> T>
void declare(Io& io, T& key) {
  io.key("recipient", key.recipient, kAgeKey, Ids::key, "who can open records");
  io.line("label", key.label, plain(1, 64), Need::required, "your name for it");
}

template <class Io, Of<Collector> T>
void declare(Io& io, T& collector) {
  io.line("url", collector.url, kEndpoint, Need::required,
          "a record is put at `URL/{id}`; with `avow-collector` the URL ends in `/v1/records`");
  io.one_of_or("acknowledge", collector.acknowledge, kAcknowledge, Acknowledge::echo,
               "`echo`: the answer repeats the record's hash, which no error page can fake. "
               "`status`: any 2xx counts");
}

template <class Io, Of<Subdomains> T>
void declare(Io& io, T& subdomains) {
  io.line("domain", subdomains.domain, kSite, Need::required,
          "the domain that stands above all of them, such as `example.com`");
  io.line("cookie", subdomains.cookie, kCookie, Need::required,
          "the cookie that tells: what was answered and on which day, the same for all who "
          "answered alike; it ends with the answer. A yes to a separate consent stays where it was "
          "given");
}

template <class Io, Of<Policy> T>
void declare(Io& io, T& policy) {
  io.format("avow", 1, "the version of this format");
  io.line("site", policy.site, kSite, Need::required,
          "what records name; a chain of records belongs to one site");
  io.line("version", policy.version, plain(1, 64), Need::required,
          "your own name for this version; shown to visitors beside their choice");
  io.date("effective_at", policy.effective_at, Need::required,
          "the day from which it holds (PIPL 17(2))");
  io.line("supersedes", policy.supersedes, kDigest, Need::optional,
          "the hash of the policy that this one follows: `avow public OLDER | sha256sum`");
  io.languages("languages", policy.languages,
               "languages of the notice; the first one is the default");
  io.fallbacks("fallbacks", policy.fallbacks,
               "where a text is missing in a language, which one's stands in its place, as in "
               "`{\"zh-HK\": \"zh-TW\"}`");
  io.lines("laws", policy.laws, 0, 32, kLaw,
           "under which laws you stand, such as `cn`, `eu`, `eu-fr`, `uk`, `us-ca`: what `avow "
           "check` holds the policy against, below");
  io.object("controller", policy.controller, Need::required, "who is responsible, below");
  io.list("contacts", policy.contacts, 0, 32, "who answers for what, below");
  io.links("rules_url", policy.rules_url, Need::required, "the full privacy rules (PIPL 17(3))");
  io.list("documents", policy.documents, 0, 32, "what else is published, below");
  io.object("storage", policy.storage, Need::optional, "where data is stored, below");
  io.list("categories", policy.categories, 1, 256, "the kinds of data, below");
  io.list("recipients", policy.recipients, 0, 256, "who receives data, below");
  io.object("defaults", policy.defaults, Need::optional,
            "what holds for every purpose that says no other, below");
  io.list("purposes", policy.purposes, 1, 64, "what is asked, or done without asking, below");
  io.list("services", policy.services, 0, 256, "third-party services, below");
  io.list("rights", policy.rights, 1, 32, "how rights are exercised, below");
  io.object("complaint", policy.complaint, Need::optional, "how complaints are dealt with, below");
  io.list("authorities", policy.authorities, 0, 64, "to whom else visitors can complain, below");
  io.list("minors", policy.minors, 0, 16, "who is a child, and what then, below");
  io.list("jurisdictions", policy.jurisdictions, 0, 300,
          "which regime holds where, below; none: ask first everywhere");
  io.object("validity", policy.validity, Need::required, "how long an answer stands, below");
  io.one_of_or(
      "record_refusals", policy.record_refusals, kRefusals, RefusalRecord::anonymous,
      "what is recorded of a refusal by somebody who granted nothing before. `anonymous`: a record "
      "under a one-time key, so that it can be counted and shown but names nobody. `chained`: "
      "under the device's own key. `none`: nothing leaves the device. “Your choices” tells who has "
      "refused");
  io.object("erase", policy.erase, Need::optional,
            "what erasing a record does, below; left out: it is deleted");
  io.one_of_or(
      "framed", policy.framed, kFramed, Framed::seen,
      "what a yes needs where the page stands in a frame of another origin's page, which can lay "
      "anything over it. `seen`: the browser's own word that the notice was seen (Chromium gives "
      "it; elsewhere nothing can be granted there). `allow`: no such word, for a site that trusts "
      "every page that `frame-ancestors` of its CSP lets frame it");
  io.object("subdomains", policy.subdomains, Need::optional,
            "which sub-domains ask once for all of them, below; left out: each asks for itself");
  io.object("look", policy.look, Need::optional, "how the notice looks, below");
  io.list("keys", policy.keys, 1, 4, "who can open records, below");
  io.object("collector", policy.collector, Need::optional,
            "where records go, below; left out: the host's own transport");
}

template <class Io, Of<GoogleConsent> T>
void declare(Io& io, T& google) {
  io.references("ad_storage", google.ad_storage, 0, Ids::purpose, "storage for advertising");
  io.references("ad_user_data", google.ad_user_data, 0, Ids::purpose,
                "data of users sent to Google for advertising");
  io.references("ad_personalization", google.ad_personalization, 0, Ids::purpose,
                "personalised advertising");
  io.references("analytics_storage", google.analytics_storage, 0, Ids::purpose,
                "storage for statistics");
  io.references("functionality_storage", google.functionality_storage, 0, Ids::purpose,
                "storage for what the site does, such as the language");
  io.references("personalization_storage", google.personalization_storage, 0, Ids::purpose,
                "storage for recommendations");
  io.references("security_storage", google.security_storage, 0, Ids::purpose,
                "storage for security, such as signing in");
  io.number("wait_for_update", google.wait_for_update, 0, 10'000, 500,
            "milliseconds that tags wait for a visitor's earlier answer; 0: they do not");
  io.flag("ads_data_redaction", google.ads_data_redaction,
          "what tags send of advertising clicks is redacted while `ad_storage` is denied");
  io.flag("url_passthrough", google.url_passthrough,
          "tags may hand on advertising clicks in the addresses of links");
}

template <class Io, Of<Uet> T>
void declare(Io& io, T& uet) {
  io.references("ad_storage", uet.ad_storage, 1, Ids::purpose, "storage for advertising");
}

template <class Io, Of<Clarity> T>
void declare(Io& io, T& clarity) {
  io.references("ad_storage", clarity.ad_storage, 0, Ids::purpose, "storage for advertising");
  io.references("analytics_storage", clarity.analytics_storage, 1, Ids::purpose,
                "storage for statistics");
}

template <class Io, Of<Outputs> T>
void declare(Io& io, T& outputs) {
  io.object("google", outputs.google, Need::optional, "Google Consent Mode v2, below");
  io.object("uet", outputs.uet, Need::optional, "Microsoft Advertising, below");
  io.object("clarity", outputs.clarity, Need::optional, "Microsoft Clarity, below");
  io.line("data_layer", outputs.data_layer, plain(1, 64), Need::optional,
          "the name of an event that is pushed to `dataLayer` with every purpose, `granted` or "
          "`denied`; names that begin with `gtm.` are Tag Manager's own");
}

template <class Io, Of<Stored> T>
void declare(Io& io, T& stored) {
  io.reference("purpose", stored.purpose, Ids::purpose, Need::required, "whose they are");
  io.names(
      "cookies", stored.cookies, 0, 64,
      "names of cookies, 1 to 64 bytes each; `*` stands for any part of a name, as in `_ga_*`. "
      "They are ended at every domain and path that a cookie of the page can have; those that "
      "are `HttpOnly` no script can end");
  io.names("local_storage", stored.local_storage, 0, 64, "names in `localStorage`, likewise");
  io.names("session_storage", stored.session_storage, 0, 64, "names in `sessionStorage`, likewise");
  io.names("databases", stored.databases, 0, 64, "names of IndexedDB databases, likewise");
  io.names("caches", stored.caches, 0, 64, "names in `caches`, likewise");
}

template <class Io, Of<Profile> T>
void declare(Io& io, T& profile) {
  io.one_of("individuals", profile.individuals, kPeople,
            "of how many people you hold data (PIPL 52, 54; NDSMR 28)");
  io.one_of("sensitive_individuals", profile.sensitive_individuals, kPeople,
            "of how many you hold sensitive data");
  io.number("exported_this_year", profile.exported_this_year, 0, 2'000'000'000, 0,
            "of how many people data went abroad since January (促进和规范数据跨境流动规定)");
  io.flag("critical_infrastructure", profile.critical_infrastructure,
          "whether you run critical information infrastructure (PIPL 40)");
  io.one_of("ecommerce", profile.ecommerce, kCommerce,
            "whether you sell: on your own site, in a platform of others, or as a platform "
            "(电子商务法 9)");
  io.flag("prepaid", profile.prepaid, "whether customers pay before they are served");
}

template <class Io, Of<WordingOnly> T>
void declare(Io& io, T& stated) {
  io.reference("purpose", stated.purpose, Ids::purpose, Need::required,
               "whose words, or whose companies' names, changed");
  io.line("since", stated.since, plain(1, 64), Need::required,
          "the `version` whose words they replace");
  io.line("by", stated.by, plain(1, 200), Need::required, "who has decided that");
  io.date("on", stated.on, Need::required, "when: not after `effective_at`");
  io.flag("keeping", stated.keeping,
          "states as well that the data is kept no longer, where a period runs from another event "
          "or a criterion took the place of a least time: no program can tell");
}

template <class Io, Of<AuthoredPolicy> T>
void declare(Io& io, T& authored) {
  declare(io, static_cast<std::conditional_t<std::is_const_v<T>, const Policy, Policy>&>(authored));
  io.flag("draft", authored.draft,
          "required members and languages of a text may be absent: every verb lists them, and "
          "`build` and `public` refuse");
  io.object("profile", authored.profile, Need::optional,
            "what decides which duties you have, below; not published");
  io.list("wording_only", authored.wording_only, 0, 64,
          "changed words that mean the same, below; not published");
  io.object("outputs", authored.outputs, Need::optional,
            "which tags of others are told what may run, below");
  io.list(
      "stored", authored.stored, 0, 64,
      "what purposes keep on the visitor's device, below: it is deleted once they are denied. Not "
      "shown: tell visitors in a document of the kind `cookies`");
}

/// What a walker passes over unless it says otherwise: every type of field, with nothing done.
struct PassOver {
  void format(auto&&...) {}
  void line(auto&&...) {}
  void lines(auto&&...) {}
  void date(auto&&...) {}
  void languages(auto&&...) {}
  void fallbacks(auto&&...) {}
  void words(std::string_view, const Text&, json::Length, Need, std::string_view) {}
  void links(auto&&...) {}
  void id(auto&&...) {}
  void key(auto&&...) {}
  void reference(auto&&...) {}
  void references(auto&&...) {}
  void names(auto&&...) {}
  void one_of(auto&&...) {}
  void one_of_or(auto&&...) {}
  void some_of(auto&&...) {}
  void flag(auto&&...) {}
  void number(auto&&...) {}
  void count(auto&&...) {}
  void period(auto&&...) {}
};

}  // namespace avow::policy
