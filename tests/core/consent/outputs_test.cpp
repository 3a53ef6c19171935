#include "consent/outputs.h"

#include "consent/decision.h"
#include "policy/facts.h"
#include "policy/given.h"

namespace avow::consent {
namespace {

using policy::Outputs;

/// The sample policy with these outputs.
policy::AuthoredPolicy authored(const std::string& outputs) {
  const std::string text = policy::given::with(
      policy::given::sample(), "\"validity\":", "\"outputs\": " + outputs + ", \"validity\":");
  Checked<policy::AuthoredPolicy> read = policy::read(text);
  if (read) return std::move(*read);
  for (const Error& error : read.error()) ADD_FAILURE() << describe(error);
  return {};
}

std::string written(const json::Value& value) { return canonical::write(value); }

std::string defaults_of(const std::string& outputs, bool gpc = false) {
  const policy::AuthoredPolicy policy = authored(outputs);
  return written(defaults(policy::given::facts(policy), policy.outputs, gpc));
}

std::string update_of(const std::string& outputs, const std::vector<std::string>& granted) {
  const policy::AuthoredPolicy policy = authored(outputs);
  return written(update(policy::given::facts(policy), policy.outputs, granted));
}

constexpr const char* kUet = R"({"uet": {"ad_storage": ["offers", "statistics"]}})";
constexpr const char* kGoogle = R"({"google": {"ad_storage": ["offers"],
  "analytics_storage": ["statistics"], "security_storage": ["site-security"],
  "ads_data_redaction": true, "url_passthrough": true}})";

TEST(Outputs, NobodyIsToldWhoIsNotNamed) {
  policy::AuthoredPolicy none;
  static_cast<policy::Policy&>(none) = policy::given::good(policy::given::sample());
  EXPECT_TRUE(none.outputs.empty());
  EXPECT_EQ(written(defaults(policy::given::facts(none), none.outputs, false)), "{}");
  EXPECT_EQ(written(update(policy::given::facts(none), none.outputs, {"statistics"})), "{}");
  EXPECT_TRUE(authored("{}").outputs.empty());
  EXPECT_FALSE(authored(kUet).outputs.empty());
}

TEST(Outputs, ASignalIsGrantedWhenAllThatItFollowsIs) {
  const auto uet = [](const char* word) {
    return std::string(R"({"uet":{"ad_storage":")") + word + R"("}})";
  };
  EXPECT_EQ(update_of(kUet, {}), uet("denied"));
  EXPECT_EQ(update_of(kUet, {"offers"}), uet("denied"));
  EXPECT_EQ(update_of(kUet, {"statistics"}), uet("denied"));
  EXPECT_EQ(update_of(kUet, {"video", "statistics", "offers"}), uet("granted"));
}

TEST(Outputs, AnUpdateHasEverySignalAndOneThatFollowsNothingIsDenied) {
  EXPECT_EQ(update_of(kGoogle, {"site-security", "statistics"}),
            R"({"google":{"ad_personalization":"denied","ad_storage":"denied",)"
            R"("ad_user_data":"denied","analytics_storage":"granted",)"
            R"("functionality_storage":"denied","personalization_storage":"denied",)"
            R"("security_storage":"granted"}})");
}

TEST(Outputs, ClarityHasASpellingOfItsOwn) {
  constexpr const char* kClarity =
      R"({"clarity": {"ad_storage": ["offers"], "analytics_storage": ["statistics"]}})";
  EXPECT_EQ(update_of(kClarity, {"statistics"}),
            R"({"clarity":{"ad_Storage":"denied","analytics_Storage":"granted"}})");
  EXPECT_EQ(defaults_of(kClarity),
            R"({"clarity":[["consentv2",{"ad_Storage":"denied","analytics_Storage":"denied"}]]})");
}

TEST(Outputs, AnEventHasEveryPurposeAndIsNoDefault) {
  const std::string event = R"({"data_layer": "choices"})";
  EXPECT_EQ(defaults_of(event), "{}");
  EXPECT_EQ(update_of(event, {"chat"}),
            R"({"event":{"chat":"granted","identity-check":"denied","offers":"denied",)"
            R"("partner-introduction":"denied","service-contract":"denied",)"
            R"("singapore-support":"denied","site-security":"denied","statistics":"denied",)"
            R"("video":"denied"}})");
}

/// The arguments of Google's default calls as "places: signals that are granted", a line each.
std::string google_defaults(const policy::AuthoredPolicy& policy, bool gpc) {
  const json::Object all = defaults(policy::given::facts(policy), policy.outputs, gpc);
  std::string out;
  for (const json::Value& call : *all.find("dataLayer")->array()) {
    const json::Array& words = *call.array();
    if (*words[0].string() != "consent") continue;
    EXPECT_EQ(*words[1].string(), "default");
    const json::Object& signals = *words[2].object();
    EXPECT_EQ(*signals.find("wait_for_update")->integer(), 500);
    std::string line;
    if (const json::Value* region = signals.find("region")) {
      for (const json::Value& place : *region->array()) line += *place.string() + " ";
    } else {
      line = "everywhere ";
    }
    line += ":";
    for (const auto& [name, value] : signals.members()) {
      if (value.string() != nullptr && *value.string() == "granted") line += " " + name;
    }
    out += line + "\n";
  }
  return out;
}

TEST(Outputs, RegionsFollowTheJurisdictionsAndGpc) {
  const policy::AuthoredPolicy policy = authored(kGoogle);
  // CN is as everywhere, US-CA as US. Marketing answers to the signal where a default may.
  EXPECT_EQ(google_defaults(policy, false),
            "everywhere : security_storage\n"
            "US SG : ad_storage analytics_storage security_storage\n");
  EXPECT_EQ(google_defaults(policy, true),
            "everywhere : security_storage\n"
            "US SG : analytics_storage security_storage\n");
}

TEST(Outputs, EachRegimeAndSignalTellsWhatTheDecisionGrants) {
  policy::AuthoredPolicy policy = authored(kGoogle);
  for (const policy::Regime regime :
       {policy::Regime::opt_in, policy::Regime::opt_out, policy::Regime::notice_only}) {
    for (const bool gpc : {false, true}) {
      policy.jurisdictions = {{"DE", regime}};
      const Decision decision =
          decide(policy::given::facts(policy), {.gpc = gpc, .place = "DE"}, nullptr, 0);
      std::string granted;
      if (decision.granted("offers")) granted += " ad_storage";
      if (decision.granted("statistics")) granted += " analytics_storage";
      EXPECT_EQ(google_defaults(policy, gpc),
                "everywhere : security_storage\n" +
                    (granted.empty() ? "" : "DE :" + granted + " security_storage\n"));
    }
  }
}

TEST(Outputs, AStricterPartOfACountryIsTold) {
  policy::AuthoredPolicy policy = authored(kGoogle);
  policy.jurisdictions = {{"US-CA", policy::Regime::opt_in},
                          {"US", policy::Regime::opt_out},
                          {"*", policy::Regime::notice_only}};
  EXPECT_EQ(google_defaults(policy, false),
            "everywhere : security_storage\n"
            "US-CA : security_storage\n"
            "US : ad_storage analytics_storage security_storage\n");
}

TEST(Outputs, GoogleIsToldHowToWaitAndWhatToRedact) {
  const std::string calls = defaults_of(kGoogle);
  EXPECT_NE(calls.find(R"(["set","ads_data_redaction",true],["set","url_passthrough",true])"),
            std::string::npos)
      << calls;
  const std::string plain =
      defaults_of(R"({"google": {"ad_storage": ["offers"], "wait_for_update": 0}})");
  EXPECT_EQ(plain.find("wait"), std::string::npos) << plain;
  EXPECT_EQ(plain.find("set\""), std::string::npos) << plain;
}

TEST(Outputs, APageKnowsWhatEachSignalFollowsAndWhatWasTold) {
  const policy::AuthoredPolicy policy =
      authored(R"({"uet": {"ad_storage": ["offers", "site-security"]},
                   "google": {"ad_storage": ["offers"], "security_storage": ["site-security"]},
                   "data_layer": "choices"})");
  const json::Object page = page_outputs(policy::given::facts(policy), policy.outputs);
  EXPECT_EQ(written(*page.find("event")), R"("choices")");
  const json::Object& follows = *page.find("follows")->object();
  // What needs no consent is always granted: a page need not look for it.
  EXPECT_EQ(written(*follows.find("uet")), R"({"ad_storage":["offers"]})");
  EXPECT_EQ(written(*follows.find("google")),
            R"({"ad_personalization":null,"ad_storage":["offers"],"ad_user_data":null,)"
            R"("analytics_storage":null,"functionality_storage":null,)"
            R"("personalization_storage":null,"security_storage":[]})");
  EXPECT_EQ(written(*follows.find("event")->object()->find("service-contract")), "[]");
  // Google has heard different things in different places, and an event is no state.
  EXPECT_EQ(written(*page.find("told")), R"({"uet":{"ad_storage":"denied"}})");
}

TEST(Outputs, WhereAllPlacesAreAlikeGoogleHasHeardOneThing) {
  policy::AuthoredPolicy policy = authored(kGoogle);
  policy.jurisdictions.clear();
  const json::Object page = page_outputs(policy::given::facts(policy), policy.outputs);
  const json::Value* google = page.find("told")->object()->find("google");
  ASSERT_NE(google, nullptr);
  EXPECT_EQ(written(*google->object()->find("ad_storage")), R"("denied")");
  EXPECT_EQ(written(*google->object()->find("security_storage")), R"("granted")");
}

TEST(Outputs, NothingOfThemIsInThePolicyAsItIsPublished) {
  const policy::Policy without = policy::given::good(policy::given::sample());
  EXPECT_EQ(policy::write_facts(policy::given::facts(authored(kGoogle))),
            policy::write_facts(policy::given::facts(without)));
}

}  // namespace
}  // namespace avow::consent
