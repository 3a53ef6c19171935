#pragma once
// How each enumerated value is spelled in a policy: read and written from the same tables.

#include "base/fields.h"
#include "policy/authored.h"

namespace avow::policy {

using json::Spelling;

inline constexpr Spelling<Kind> kKinds[] = {{"service", Kind::service},
                                            {"contract", Kind::contract},
                                            {"security", Kind::security},
                                            {"legal-obligation", Kind::legal_obligation},
                                            {"functional", Kind::functional},
                                            {"analytics", Kind::analytics},
                                            {"personalisation", Kind::personalisation},
                                            {"marketing", Kind::marketing},
                                            {"media", Kind::media},
                                            {"sharing", Kind::sharing},
                                            {"cross-border", Kind::cross_border},
                                            {"public-disclosure", Kind::public_disclosure},
                                            {"publication", Kind::publication}};
inline constexpr Spelling<Basis> kBases[] = {{"consent", Basis::consent},
                                             {"contract", Basis::contract},
                                             {"employment", Basis::employment},
                                             {"legal-obligation", Basis::legal_obligation},
                                             {"emergency", Basis::emergency},
                                             {"vital-interests", Basis::vital_interests},
                                             {"public-task", Basis::public_task},
                                             {"legitimate-interests", Basis::legitimate_interests},
                                             {"news-reporting", Basis::news_reporting},
                                             {"public-information", Basis::public_information},
                                             {"other-law", Basis::other_law}};
inline constexpr Spelling<DataClass> kDataClasses[] = {
    {"ordinary", DataClass::ordinary},
    {"biometric", DataClass::biometric},
    {"religion", DataClass::religion},
    {"identity", DataClass::identity},
    {"health", DataClass::health},
    {"finance", DataClass::finance},
    {"location", DataClass::location},
    {"child", DataClass::child},
    {"credentials", DataClass::credentials},
    {"communications", DataClass::communications},
    {"origin", DataClass::origin},
    {"politics", DataClass::politics},
    {"trade-union", DataClass::trade_union},
    {"genetic", DataClass::genetic},
    {"sexuality", DataClass::sexuality},
    {"criminal", DataClass::criminal},
    {"other-sensitive", DataClass::other_sensitive}};
inline constexpr Spelling<About> kAbout[] = {
    {"visitor", About::visitor}, {"child", About::child}, {"other", About::other}};
inline constexpr Spelling<Source> kSources[] = {{"person", Source::person},
                                                {"device", Source::device},
                                                {"generated", Source::generated},
                                                {"third-party", Source::third_party}};
inline constexpr Spelling<Where> kWheres[] = {{"site", Where::site},
                                              {"app", Where::app},
                                              {"mini-program", Where::mini_program},
                                              {"platform", Where::platform},
                                              {"telephone", Where::telephone},
                                              {"store", Where::store}};
inline constexpr Spelling<After> kAfter[] = {
    {"delete", After::erase}, {"anonymise", After::anonymise}, {"return", After::give_back}};
inline constexpr Spelling<Event> kEvents[] = {
    {"collection", Event::collection},       {"year-end", Event::year_end},
    {"last-visit", Event::last_visit},       {"last-contact", Event::last_contact},
    {"last-purchase", Event::last_purchase}, {"completion", Event::completion},
    {"contract-end", Event::contract_end},   {"account-closed", Event::account_closed},
    {"withdrawal", Event::withdrawal}};
inline constexpr Spelling<Bound> kBounds[] = {{"at-most", Bound::at_most},
                                              {"at-least", Bound::at_least}};
inline constexpr Spelling<Role> kRoles[] = {
    {"processor", Role::processor}, {"controller", Role::controller}, {"joint", Role::joint}};
inline constexpr Spelling<Naming> kNamings[] = {
    {"named", Naming::named}, {"class", Naming::sort}, {"chosen", Naming::chosen}};
inline constexpr Spelling<Safeguard> kSafeguards[] = {
    {"adequacy", Safeguard::adequacy},
    {"contract-clauses", Safeguard::contract_clauses},
    {"binding-rules", Safeguard::binding_rules},
    {"derogation", Safeguard::derogation},
    {"security-assessment", Safeguard::security_assessment},
    {"certification", Safeguard::certification},
    {"standard-contract", Safeguard::standard_contract},
    {"exempt", Safeguard::exempt}};
inline constexpr Spelling<CountsAs> kCountsAs[] = {
    {"disclosure", CountsAs::disclosure}, {"share", CountsAs::share}, {"sale", CountsAs::sale}};
inline constexpr Spelling<Effect> kEffects[] = {
    {"none", Effect::none}, {"this-function", Effect::this_function}, {"service", Effect::service}};
inline constexpr Spelling<OnWithdrawal> kOnWithdrawal[] = {{"delete", OnWithdrawal::erase},
                                                           {"anonymise", OnWithdrawal::anonymise},
                                                           {"stop", OnWithdrawal::stop}};
inline constexpr Spelling<Reach> kReaches[] = {{"email", Reach::email},
                                               {"sms", Reach::sms},
                                               {"telephone", Reach::telephone},
                                               {"post", Reach::post},
                                               {"push", Reach::push}};
inline constexpr Spelling<ReachRule> kReachRules[] = {
    {"asked-here", ReachRule::asked_here},
    {"asked-elsewhere", ReachRule::asked_elsewhere},
    {"existing-customer", ReachRule::existing_customer},
    {"opt-out", ReachRule::opt_out}};
inline constexpr Spelling<Duty> kDuties[] = {{"officer", Duty::officer},
                                             {"representative", Duty::representative},
                                             {"supervisor", Duty::supervisor},
                                             {"children", Duty::children}};
inline constexpr Spelling<Days> kDays[] = {{"calendar", Days::calendar},
                                           {"working", Days::working}};
inline constexpr Spelling<Clock> kClocks[] = {{"receipt", Clock::receipt},
                                              {"verification", Clock::verification}};
inline constexpr Spelling<Identity> kIdentities[] = {{"none", Identity::none},
                                                     {"account", Identity::account},
                                                     {"code", Identity::code},
                                                     {"document", Identity::document}};
inline constexpr Spelling<MinorsMode> kMinorsModes[] = {{"none", MinorsMode::none},
                                                        {"declared", MinorsMode::declared},
                                                        {"verified", MinorsMode::verified}};
inline constexpr Spelling<DocumentKind> kDocumentKinds[] = {
    {"cookies", DocumentKind::cookies},
    {"children", DocumentKind::children},
    {"recipients", DocumentKind::recipients},
    {"services", DocumentKind::services},
    {"permissions", DocumentKind::permissions},
    {"addendum", DocumentKind::addendum},
    {"terms", DocumentKind::terms},
    {"archive", DocumentKind::archive},
    {"other", DocumentKind::other}};
inline constexpr Spelling<EraseMode> kEraseModes[] = {{"erase", EraseMode::erase},
                                                      {"keep-proof", EraseMode::keep_proof}};
inline constexpr Spelling<People> kPeople[] = {{"under-100k", People::under_100k},
                                               {"under-1m", People::under_1m},
                                               {"under-10m", People::under_10m},
                                               {"from-10m", People::from_10m}};
inline constexpr Spelling<Commerce> kCommerce[] = {{"none", Commerce::none},
                                                   {"own-site", Commerce::own_site},
                                                   {"in-platform", Commerce::in_platform},
                                                   {"platform", Commerce::platform}};
inline constexpr Spelling<Regime> kRegimes[] = {
    {"opt-in", Regime::opt_in}, {"opt-out", Regime::opt_out}, {"notice-only", Regime::notice_only}};
inline constexpr Spelling<Framed> kFramed[] = {{"seen", Framed::seen}, {"allow", Framed::allow}};
inline constexpr Spelling<Layout> kLayouts[] = {{"card", Layout::card},
                                                {"bar", Layout::bar},
                                                {"corner", Layout::corner},
                                                {"center", Layout::center}};
inline constexpr Spelling<Density> kDensities[] = {{"comfortable", Density::comfortable},
                                                   {"compact", Density::compact}};
inline constexpr Spelling<Entry> kEntries[] = {
    {"icon", Entry::icon}, {"text", Entry::text}, {"none", Entry::none}};
inline constexpr Spelling<RefusalRecord> kRefusals[] = {{"anonymous", RefusalRecord::anonymous},
                                                        {"chained", RefusalRecord::chained},
                                                        {"none", RefusalRecord::none}};
inline constexpr Spelling<Acknowledge> kAcknowledge[] = {{"echo", Acknowledge::echo},
                                                         {"status", Acknowledge::status}};
inline constexpr Spelling<std::string_view> kRights[] = {{"access", "access"},
                                                         {"copy", "copy"},
                                                         {"transfer", "transfer"},
                                                         {"correct", "correct"},
                                                         {"supplement", "supplement"},
                                                         {"delete", "delete"},
                                                         {"restrict", "restrict"},
                                                         {"object", "object"},
                                                         {"close-account", "close-account"},
                                                         {"withdraw", "withdraw"},
                                                         {"explain", "explain"},
                                                         {"refuse-automated", "refuse-automated"},
                                                         {"explain-decision", "explain-decision"},
                                                         {"review-decision", "review-decision"},
                                                         {"opt-out-sale", "opt-out-sale"},
                                                         {"limit-sensitive", "limit-sensitive"},
                                                         {"relatives", "relatives"},
                                                         {"agent", "agent"},
                                                         {"appeal", "appeal"},
                                                         {"complain", "complain"}};

}  // namespace avow::policy
