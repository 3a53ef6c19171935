#include "policy/read.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "given.h"
#include "session/keys.h"

namespace avow::policy {
namespace {

using given::good;
using given::refusals;
using given::sample;
using given::with;

std::vector<std::string> bad_names() { return given::names_in("bad", ".json"); }

// ----------------------------------------------------------------------------------- what is good

TEST(PolicyRead, ReadsTheSampleWhole) {
  const Policy policy = good(sample());
  EXPECT_EQ(policy.site, "hengtong.example");
  EXPECT_EQ(policy.version, "2026-11-15");
  EXPECT_EQ(time::write_date(policy.effective_at), "2026-11-15");
  EXPECT_EQ(policy.languages, (std::vector<std::string>{"zh-CN", "en"}));
  EXPECT_EQ(policy.controller.name.in("zh-CN"), "衡通商务服务有限公司");
  EXPECT_EQ(policy.controller.phone, "+86 21 5555 0100");
  EXPECT_EQ(policy.rules_url.in("en"), "https://hengtong.example/en/privacy");
  ASSERT_EQ(policy.purposes.size(), 9u);
  ASSERT_EQ(policy.keys.size(), 2u);
  EXPECT_EQ(policy.keys[1].label, "recovery");
  EXPECT_EQ(policy.collector.url, "https://consent.hengtong.example/v1/records");
  EXPECT_EQ(policy.collector.acknowledge, Acknowledge::echo);
  EXPECT_EQ(policy.record_refusals, RefusalRecord::anonymous);
  EXPECT_EQ(policy.validity.grant, (time::Period{6, 0}));

  const Purpose* check = policy.purpose("identity-check");
  ASSERT_NE(check, nullptr);
  EXPECT_TRUE(check->asks());
  EXPECT_TRUE(check->separate);
  EXPECT_EQ(check->categories, (std::vector<std::string>{"identity-document", "contact"}));
  EXPECT_EQ(policy.category("identity-document")->data_class, DataClass::identity);
  EXPECT_EQ(check->kept_days(), 90);
  EXPECT_FALSE(check->necessity.in("en").empty());
  EXPECT_FALSE(policy.purpose("service-contract")->asks());
  EXPECT_EQ(policy.purpose("video")->retention[0].criteria.in("en"),
            "as the video site's own rules say");
  EXPECT_EQ(policy.recipient("support-singapore")->countries, std::vector<std::string>{"SG"});
  EXPECT_EQ(policy.purpose("no-such"), nullptr);
}

TEST(PolicyRead, WhereATextIsMissingTheDeclaredLanguageStandsIn) {
  const auto declared = [](const char* fallbacks) {
    std::string text =
        with(sample(), R"("languages": ["zh-CN", "en"])",
             R"("languages": ["zh-CN", "zh-TW", "zh-HK", "en"])" + std::string(fallbacks));
    return with(text, R"("name": { "zh-CN": "衡通商务服务有限公司",)",
                R"("name": { "zh-TW": "衡通商務服務有限公司", "zh-CN": "衡通商务服务有限公司",)");
  };
  const Policy policy = good(declared(R"(, "fallbacks": { "zh-HK": "zh-TW", "zh-TW": "zh-CN" })"));
  EXPECT_EQ(policy.controller.name.in("zh-HK"), "衡通商務服務有限公司");
  EXPECT_EQ(policy.controller.address.in("zh-HK"), policy.controller.address.in("zh-CN"));
  EXPECT_EQ(policy.controller.address.in("en"),
            "18/F Hengtong Tower, 100 Shifan Road, Pudong, Shanghai, China");

  const auto refused = read(declared(R"(, "fallbacks": { "zh-TW": "zh-CN" })"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error()[0].where, "/controller/name");
  EXPECT_EQ(refused.error()[0].detail,
            "Want \"zh-HK\", or \"fallbacks\": "
            "{\"zh-HK\": \"zh-TW\"}.");
}

TEST(PolicyRead, DefaultsHoldWhereAFieldIsLeftOut) {
  std::string text = with(sample(), R"(  "record_refusals": "anonymous",
)",
                          "");
  text = with(text, R"(,
  "collector": { "url": "https://consent.hengtong.example/v1/records", "acknowledge": "echo" })",
              "");
  const Policy policy = good(text);
  EXPECT_EQ(policy.record_refusals, RefusalRecord::anonymous);
  EXPECT_TRUE(policy.collector.url.empty());
  EXPECT_EQ(policy.collector.acknowledge, Acknowledge::echo);
  EXPECT_EQ(policy.purposes[2].revision, 1);
  EXPECT_FALSE(policy.purposes[2].separate);
}

TEST(PolicyRead, NullMeansLeftOut) {
  EXPECT_EQ(good(with(sample(), R"("record_refusals": "anonymous")", R"("record_refusals": null)"))
                .record_refusals,
            RefusalRecord::anonymous);
  EXPECT_EQ(refusals(read(with(sample(), R"("version": "2026-11-15")", R"("version": null)"))),
            "missing-field /version\n");
}

TEST(PolicyRead, WhatADraftLeavesOpenIsNoValueOfAPolicy) {
  EXPECT_EQ(refusals(read(with(sample(), R"("effective_at": "2026-11-15")",
                               R"("effective_at": "1970-01-01")"))),
            "out-of-range /effective_at\n");
  // An empty list where something must be told.
  for (const std::string list : {R"("after": [)", R"("countries": [)"}) {
    const std::string text = sample();
    const std::size_t at = text.find(list);
    ASSERT_NE(at, std::string::npos);
    const std::string none = text.substr(0, at) + list + text.substr(text.find(']', at));
    EXPECT_TRUE(refusals(read(none)).contains("missing-field /")) << refusals(read(none));
  }
}

TEST(PolicyRead, OneTextServesEveryLanguage) {
  const Policy policy = good(
      with(sample(), R"({ "zh-CN": "访问统计", "en": "visit statistics" })", R"("statistics")"));
  EXPECT_EQ(policy.purpose("statistics")->title.in("zh-CN"), "statistics");
  EXPECT_EQ(policy.purpose("statistics")->title.in("en"), "statistics");
  EXPECT_EQ(policy.purpose("statistics")->title.in("fr"), "");
}

TEST(PolicyRead, WhatAPurposeLeavesOutIsTheDefaults) {
  std::string text = with(sample(), "\n  \"purposes\": [", R"(
  "defaults": {
    "retention": [{ "period": "P2Y", "from": "last-contact", "after": ["delete", "anonymise"] }],
    "if_refused": { "effect": "none" },
    "on_withdrawal": { "then": "delete", "within": "P15D" },
    "where": ["site", "app"] },
  "purposes": [)");
  text = with(text, R"(,
      "retention": [{ "period": "P14M", "after": ["anonymise"] }])",
              "");
  const Policy policy = good(text);
  const Purpose& statistics = *policy.purpose("statistics");
  ASSERT_EQ(statistics.retention.size(), 1u);
  EXPECT_EQ(statistics.retention[0].from, Event::last_contact);
  EXPECT_EQ(statistics.retention[0].after, (std::vector<After>{After::erase, After::anonymise}));
  EXPECT_EQ(statistics.kept_days(), 732);
  EXPECT_EQ(policy.purpose("identity-check")->kept_days(), 90) << "says its own";
  for (const Purpose& purpose : policy.purposes) {
    EXPECT_EQ(purpose.if_refused->effect, Effect::none);
    EXPECT_EQ(purpose.on_withdrawal->within, (time::Period{0, 15}));
    EXPECT_TRUE(purpose.on_site());
  }
}

TEST(PolicyRead, ADefaultOfSomeDataIsOfThePurposesThatUseThem) {
  std::string text = with(sample(), "\n  \"purposes\": [", R"(
  "defaults": { "retention": [
    { "categories": ["usage", "contact"], "period": "P2Y", "after": ["delete"] },
    { "categories": ["contact"], "period": "P3Y", "after": ["delete"] },
    { "period": "P1Y", "after": ["delete"] }] },
  "purposes": [)");
  text = with(text, R"(,
      "retention": [{ "period": "P14M", "after": ["anonymise"] }])",
              "");
  const Purpose statistics = *good(text).purpose("statistics");
  ASSERT_EQ(statistics.retention.size(), 2u);
  EXPECT_EQ(statistics.retention[0].categories, std::vector<std::string>{"usage"});
  EXPECT_TRUE(statistics.retention[1].categories.empty());
}

TEST(PolicyRead, WhatIsNotPursuedOnTheSiteIsNotAskedThere) {
  const auto asks = [](std::string_view where) {
    return good(with(sample(), R"("title": { "zh-CN": "访问统计")",
                     "\"where\": " + std::string(where) + R"(, "title": { "zh-CN": "访问统计")"))
        .purpose("statistics")
        ->asks();
  };
  EXPECT_TRUE(asks(R"(["site", "app"])"));
  EXPECT_FALSE(asks(R"(["app", "store"])"));
}

TEST(PolicyRead, ADraftMayLackWhatItDoesNotKnowYet) {
  const auto draft = read(given::file("draft.json"));
  ASSERT_TRUE(draft.has_value()) << refusals(draft);
  EXPECT_TRUE(draft->draft);
  const std::string gaps = given::lines(draft->gaps);
  for (const char* gap :
       {"missing-field /version", "missing-field /keys", "missing-field /controller/email",
        "missing-field /purposes/0/basis", "missing-field /purposes/0/retention"})
    EXPECT_NE(gaps.find(gap), std::string::npos) << gap << " in\n" << gaps;
  const std::string whole = refusals(read(with(given::file("draft.json"), "true", "false")));
  EXPECT_EQ(whole, gaps) << "what a draft lacks is what keeps it from being a policy";
}

TEST(PolicyRead, ADraftMayNotBeWrong) {
  const std::string text = given::file("draft.json");
  EXPECT_EQ(refusals(read(with(text, R"("analytics")", R"("tracking")"))),
            "wrong-value /purposes/0/kind\n");
  EXPECT_EQ(refusals(read(with(text, R"("counting")", "null"))), "missing-field /purposes/0/id\n");
}

TEST(PolicyRead, ADraftWithMoreGapsThanAreReportedIsRefused) {
  // The gaps that do not fit could hide a mistake.
  std::string many;
  for (int i = 0; i < 60; ++i)
    many += R"({ "id": "p)" + std::to_string(i) + R"(", "categories": ["usage"] },)";
  EXPECT_NE(
      refusals(read(with(given::file("draft.json"), R"("purposes": [)", "\"purposes\": [" + many))),
      "accepted");
}

TEST(PolicyRead, ACompanyMayBeProcessorHereAndControllerThere) {
  const Policy policy = good(with(sample(), R"("recipients": ["measure-cloud"],)",
                                  R"("recipients": ["measure-cloud"],
      "sharing": [{ "recipient": "measure-cloud", "role": "controller", "categories": ["usage"],
                    "purpose": "its own market studies" }],)"));
  const Recipient& cloud = *policy.recipient("measure-cloud");
  EXPECT_EQ(cloud.role, Role::processor);
  EXPECT_EQ(policy.role(*policy.purpose("statistics"), cloud), Role::controller);
}

TEST(PolicyRead, HostileTextIsTextAndIsKept) {
  const Policy policy = good(given::file("hostile.json"));
  EXPECT_TRUE(policy.purposes[0].title.in("en").starts_with("<script>alert(\"1\")</script>"));
  EXPECT_EQ(policy.version, "\"><script>alert(1)</script>");
}

// ------------------------------------------------------------------------------------ what is bad

TEST(PolicyRead, ARefusalHoldsAtLeastAsLongAsAGrantOnEveryDay) {
  const auto validity = [](std::string_view grant, std::string_view refusal) {
    return refusals(read(with(sample(), R"("validity": { "grant": "P6M", "refusal": "P6M" })",
                              "\"validity\": { \"grant\": \"" + std::string(grant) +
                                  "\", \"refusal\": \"" + std::string(refusal) + "\" }")));
  };
  EXPECT_EQ(validity("P1Y", "P12M"), "accepted");
  EXPECT_EQ(validity("P30D", "P30D"), "accepted");
  EXPECT_EQ(validity("P1Y", "P11M25D"), "out-of-range /validity/refusal\n");
  EXPECT_EQ(validity("P1Y", "P365D"), "out-of-range /validity/refusal\n");
  EXPECT_EQ(validity("P1M", "P1M"), "out-of-range /validity/refusal\n") << "a February has 28 days";
}

TEST(PolicyRead, ACollectorHasAHostAndRoomForAnId) {
  const auto collector = [](std::string_view url) {
    const std::string text = sample();
    const std::size_t at = text.find("\"url\": \"", text.find("\"collector\"")) + 8,
                      end = text.find('"', at);
    return refusals(read(text.substr(0, at) + std::string(url) + text.substr(end)));
  };
  for (const char* good :
       {"https://c.example/v1/records", "/v1/records", "http://127.0.0.1:8787/v1/records"})
    EXPECT_EQ(collector(good), "accepted") << good;
  for (const char* bad : {"https://", "https:///x", "https://c.example/?x=1", "/v1/records#x"}) {
    EXPECT_EQ(collector(bad), "wrong-value /collector/url\n") << bad;
  }
}

class BadPolicy : public testing::TestWithParam<std::string> {};

TEST_P(BadPolicy, EveryErrorAtOnceEachWithItsPlace) {
  const std::string text = given::file("bad/" + GetParam() + ".json");
  // Through the session, which reads the keys too: what `avow check` and the browser say.
  const std::string got = refusals(session::load_policy(text));
  EXPECT_EQ(got, given::vector("bad/" + GetParam() + ".expected", got));
}

INSTANTIATE_TEST_SUITE_P(Vectors, BadPolicy, testing::ValuesIn(bad_names()), [](const auto& param) {
  std::string name = param.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(PolicyRead, TheBadOnesReachEveryCodeThatAPolicyCanMeet) {
  std::set<std::string> met;
  for (const std::string& name : bad_names()) {
    const std::string expected = given::file("bad/" + name + ".expected");
    for (std::size_t at = 0; at < expected.size(); at = expected.find('\n', at) + 1) {
      met.insert(expected.substr(at, expected.find_first_of(" \n", at) - at));
    }
  }
  // json-too-large and json-too-many have documents too big to be kept as files: see the next two
  // tests.
  for (const Code code :
       {Code::json_syntax, Code::json_utf8, Code::json_too_deep, Code::json_not_integer,
        Code::json_duplicate_key, Code::missing_field, Code::unknown_field, Code::wrong_type,
        Code::wrong_value, Code::out_of_range, Code::unknown_version, Code::missing_language,
        Code::unknown_reference, Code::duplicate_id, Code::basis_conflict, Code::time_malformed,
        Code::duration_malformed, Code::key_malformed}) {
    EXPECT_TRUE(met.contains(std::string(name(code)))) << name(code);
  }
}

TEST(PolicyRead, RefusesADocumentThatIsTooLarge) {
  EXPECT_EQ(refusals(read(sample() + std::string(1 << 20, ' '))), "json-too-large\n");
}

TEST(PolicyRead, RefusesMoreValuesThanItReads) {
  std::string many = "[";
  for (int i = 0; i < 50'001; ++i) many += "0,";
  EXPECT_TRUE(refusals(read(with(sample(), "\"PRIV-118\"", many + "0]")))
                  .starts_with("json-too-many /internal/ticket/"));
}

TEST(PolicyRead, AnyCutOfTheSampleIsRefused) {
  std::string text = sample();
  while (text.ends_with('\n')) text.pop_back();
  for (std::size_t size = 0; size < text.size(); size += 97) {
    const auto result = read(text.substr(0, size));
    ASSERT_FALSE(result.has_value()) << size;
    EXPECT_TRUE(result.error()[0].code == Code::json_syntax ||
                result.error()[0].code == Code::json_utf8)
        << size;
  }
}

TEST(PolicyRead, AnErrorNamesWhatWasFoundAndWhatIsWanted) {
  const auto result = read(with(sample(), R"("kind": "analytics")", R"("kind": "tracking")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error()[0].detail.find("\"tracking\""), std::string::npos);
  EXPECT_NE(result.error()[0].detail.find("analytics"), std::string::npos);
}

TEST(PolicyRead, ASecretKeyPastedIntoAPolicyIsNotRepeated) {
  const auto result = session::load_policy(given::file("bad/malformed-keys.json"));
  ASSERT_FALSE(result.has_value());
  for (const Error& error : result.error())
    EXPECT_EQ(describe(error).find("AGE-SECRET-KEY"), std::string::npos);
}

TEST(PolicyRead, EveryControlCharacterIsRefusedInATitle) {
  for (int c = 0; c < 0x80; ++c) {
    if (c >= 0x20 && c != 0x7F) continue;
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
    const auto result = read(
        with(sample(), "\"visit statistics\"", "\"visit" + std::string(escaped) + "statistics\""));
    if (c == '\n') {
      EXPECT_TRUE(result.has_value());
    } else {
      EXPECT_EQ(refusals(result), "wrong-value /purposes/2/title/en\n") << c;
    }
  }
}

TEST(PolicyRead, WordsHaveSomethingThatIsSeen) {
  const auto titled = [](std::string_view title) {
    return read(with(sample(), "\"visit statistics\"", "\"" + std::string(title) + "\""));
  };
  for (const char* const unseen :
       {" ", "\u00A0", "\u00AD", "\u2003", "\u200E\u200F", "\u2028", "\u2060\u3000", "\u2800",
        "\u3164", "\u115F\u1160", "\u180E", "\uFE0F", "\uFEFF", "\U000E0020\U000E007F"}) {
    EXPECT_FALSE(titled(unseen)) << unseen;
    EXPECT_TRUE(titled("a" + std::string(unseen))) << unseen;
    EXPECT_TRUE(titled(std::string(unseen) + "\u7EDF")) << unseen;
  }
  for (const char* const seen : {"\u200Eب", "👩\u200D💻", "می\u200Cخواهم", "\uFFFD", "-"})
    EXPECT_TRUE(titled(seen)) << seen;
}

}  // namespace
}  // namespace avow::policy
