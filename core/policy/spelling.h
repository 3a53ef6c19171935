#pragma once
// How each enumerated value is spelled in a policy: read and written from the same tables.

#include "base/fields.h"
#include "policy/policy.h"

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
                                            {"public-disclosure", Kind::public_disclosure}};
inline constexpr Spelling<Basis> kBases[] = {{"consent", Basis::consent},
                                             {"contract", Basis::contract},
                                             {"employment", Basis::employment},
                                             {"legal-obligation", Basis::legal_obligation},
                                             {"emergency", Basis::emergency},
                                             {"news-reporting", Basis::news_reporting},
                                             {"public-information", Basis::public_information},
                                             {"other-law", Basis::other_law}};
inline constexpr Spelling<After> kAfter[] = {
    {"delete", After::erase}, {"anonymise", After::anonymise}, {"return", After::give_back}};
inline constexpr Spelling<Role> kRoles[] = {
    {"processor", Role::processor}, {"controller", Role::controller}, {"joint", Role::joint}};
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
inline constexpr Spelling<std::string_view> kRights[] = {
    {"access", "access"},         {"copy", "copy"},
    {"transfer", "transfer"},     {"correct", "correct"},
    {"supplement", "supplement"}, {"delete", "delete"},
    {"restrict", "restrict"},     {"close-account", "close-account"},
    {"withdraw", "withdraw"},     {"explain", "explain"},
    {"complain", "complain"}};

}  // namespace avow::policy
