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
#include "policy/line.h"
#include "policy/outputs.h"
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
  io.words("name", controller.name, {1, 200}, Need::required, "who decides about the data");
  io.line("email", controller.email, plain(3, 254), Need::optional, "");
  io.line("phone", controller.phone, plain(3, 40), Need::optional, "");
  io.words("address", controller.address, {1, 400}, Need::optional, "");
}

template <class Io, Of<Category> T>
void declare(Io& io, T& category) {
  io.id("id", category.id, Ids::category, "");
  io.words("name", category.name, {1, 200}, Need::required, "what visitors read");
  io.flag("sensitive", category.sensitive,
          "biometrics, religion, specific identity, health, finance, location tracks, and anything "
          "of children under 14 (PIPL 28). A purpose that uses it must explain `necessity` and "
          "`impact`, and if it asks for consent, ask for a separate one (PIPL 29, 30)");
}

template <class Io, Of<Recipient> T>
void declare(Io& io, T& recipient) {
  io.id("id", recipient.id, Ids::recipient, "");
  io.one_of("role", recipient.role, kRoles,
            "processes on your behalf (PIPL 21), decides on its own use (PIPL 23), or decides "
            "together with you (PIPL 20)");
  io.words("name", recipient.name, {1, 200}, Need::required, "");
  io.line("contact", recipient.contact, plain(3, 300), Need::required,
          "how visitors reach it (PIPL 23, 39)");
  io.line("country", recipient.country, kCountry, Need::required,
          "where it is; another country asks again");
  io.words("country_name", recipient.country_name, {1, 100}, Need::optional,
           "what visitors read of it; the code where it is left out");
  io.words("rights_procedure", recipient.rights_procedure, {1, 4'000}, Need::optional,
           "how rights are exercised against it; required where a `cross-border` purpose names it "
           "(PIPL 39)");
}

template <class Io, Of<Retention> T>
void declare(Io& io, T& retention) {
  io.period("period", retention.period, "how long the data is kept");
  io.words("criteria", retention.criteria, {1, 4'000}, Need::optional,
           "what decides it, where no period can be told; counts as longer than every period");
  io.one_of("after", retention.after, kAfter, "what happens then");
}

template <class Io, Of<Purpose> T>
void declare(Io& io, T& purpose) {
  io.id("id", purpose.id, Ids::purpose, "what your page marks its scripts with");
  io.one_of("kind", purpose.kind, kKinds, "what it is for, below");
  io.one_of("basis", purpose.basis, kBases,
            "the legal basis (PIPL 13(1)). Only `consent` is asked; the others are told");
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
  io.references("recipients", purpose.recipients, 0, Ids::recipient, "who receives it");
  io.object("retention", purpose.retention, Need::required, "how long it is kept, below");
  io.flag("separate", purpose.separate,
          "asked by a control of its own; “accept” does not carry it (PIPL 23, 25, 26, 29, 39; "
          "NDSMR 62(7))");
  io.words("necessity", purpose.necessity, {1, 4'000}, Need::optional,
           "why sensitive data is necessary; required with sensitive data on any basis (PIPL 30)");
  io.words("impact", purpose.impact, {1, 4'000}, Need::optional,
           "what that means for the visitor; required likewise (PIPL 30)");
  io.number("revision", purpose.revision, 1, 1'000'000, 1,
            "raise it to ask everybody again about this purpose");
}

template <class Io, Of<Service> T>
void declare(Io& io, T& service) {
  io.id("id", service.id, Ids::service, "");
  io.reference("purpose", service.purpose, Ids::purpose, Need::required, "the purpose it serves");
  io.words("name", service.name, {1, 200}, Need::required, "");
  io.reference("recipient", service.recipient, Ids::recipient, Need::optional, "who runs it");
}

template <class Io, Of<Right> T>
void declare(Io& io, T& right) {
  io.one_of("type", right.type, kRights, "which right (PIPL 44 to 48, 15, 50, 65)");
  io.links("channel", right.channel, "where it is exercised");
  io.words("procedure", right.procedure, {1, 1'000}, Need::required,
           "what to do, and how long it takes");
}

template <class Io, Of<Jurisdiction> T>
void declare(Io& io, T& jurisdiction) {
  io.key("place", jurisdiction.place, kPlace, Ids::place,
         "`*` stands for every known place that is not listed. A subdivision without an entry has "
         "its country's");
  io.one_of("regime", jurisdiction.regime, kRegimes,
            "nothing before a yes; everything until a no; told, with the right to object");
}

template <class Io, Of<Validity> T>
void declare(Io& io, T& validity) {
  io.period("grant", validity.grant, "how long a yes stands");
  io.period(
      "refusal", validity.refusal,
      "how long a no is remembered: at least as long as a yes, whatever the day they begin "
      "(`P1Y` and `P365D` are a day apart in a leap year), and at least 30 days at its "
      "shortest, so `P30D` rather than `P1M` (no frequent asking after a refusal, NDSMR 22(5))");
}

template <class Io, Of<Look> T>
void declare(Io& io, T& look) {
  io.one_of_or("layout", look.layout, kLayouts, Layout::card,
               "where the first layer stands: a `card` above the foot of the window, a `bar` across "
               "it, in its `corner`, or in its `center`; on a phone all but the bar are cards");
  io.one_of_or("density", look.density, kDensities, Density::comfortable,
               "`compact` has less room around its words; controls keep their size");
  io.one_of_or("entry", look.entry, kEntries, Entry::icon,
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

template <class Io, Of<Policy> T>
void declare(Io& io, T& policy) {
  io.format("avow", 1, "the version of this format");
  io.line("site", policy.site, kSite, Need::required,
          "what records name; a chain of records belongs to one site");
  io.line("version", policy.version, plain(1, 64), Need::required,
          "your own name for this version; shown to visitors beside their choice");
  io.date("effective_at", policy.effective_at, "the day from which it holds (PIPL 17(2))");
  io.languages("languages", policy.languages,
               "languages of the notice; the first one is the default");
  io.fallbacks("fallbacks", policy.fallbacks,
               "where a text is missing in a language, which one's stands in its place, as in "
               "`{\"zh-HK\": \"zh-TW\"}`");
  io.object("controller", policy.controller, Need::required, "who is responsible, below");
  io.links("rules_url", policy.rules_url, "the full privacy rules (PIPL 17(3))");
  io.list("categories", policy.categories, 1, 256, "the kinds of data, below");
  io.list("recipients", policy.recipients, 0, 256, "who receives data, below");
  io.list("purposes", policy.purposes, 1, 64, "what is asked, or done without asking, below");
  io.list("services", policy.services, 0, 256, "third-party services on the page, below");
  io.list("rights", policy.rights, 1, 32, "how rights are exercised, below");
  io.list("jurisdictions", policy.jurisdictions, 0, 300,
          "which regime holds where, below; none: ask first everywhere");
  io.object("validity", policy.validity, Need::required, "how long an answer stands, below");
  io.one_of_or(
      "record_refusals", policy.record_refusals, kRefusals, RefusalRecord::anonymous,
      "what is recorded of a refusal by somebody who granted nothing before. `anonymous`: a record "
      "under a one-time key, so that it can be counted and shown but names nobody. `chained`: "
      "under "
      "the device's own key. `none`: nothing leaves the device");
  io.one_of_or(
      "framed", policy.framed, kFramed, Framed::seen,
      "what a yes needs where the page stands in a frame of another origin's page, which can lay "
      "anything over it. `seen`: the browser's own word that the notice was seen (Chromium gives "
      "it; elsewhere nothing can be granted there). `allow`: no such word, for a site that trusts "
      "every page that `frame-ancestors` of its CSP lets frame it");
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

template <class Io, Of<AuthoredPolicy> T>
void declare(Io& io, T& authored) {
  declare(io, static_cast<Policy&>(authored));
  io.object("outputs", authored.outputs, Need::optional,
            "which tags of others are told what may run, below");
  io.list("stored", authored.stored, 0, 64,
          "what purposes keep on the visitor's device, below: it is deleted once they are denied");
}

/// What a walker passes over unless it says otherwise: every type of field, with nothing done.
struct PassOver {
  void format(auto&&...) {}
  void line(auto&&...) {}
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
  void flag(auto&&...) {}
  void number(auto&&...) {}
  void period(auto&&...) {}
};

}  // namespace avow::policy
