#include "consent/decision.h"

#include "policy/given.h"

namespace avow::consent {
namespace {

using policy::Regime;

constexpr time::Instant kNow = 1'800'000'000;
constexpr std::int64_t kYear = 365 * time::kDay;

using Purpose = policy::Facts::Purpose;

const policy::Facts& sample() {
  static const policy::Facts kFacts = policy::given::facts();
  return kFacts;
}

/// Every asked purpose answered the same way.
Choice answered(bool granted, Regime regime = Regime::opt_in, bool gpc = false) {
  Choice choice;
  choice.at = kNow;
  choice.gpc = gpc;
  choice.language = "en";
  choice.policy_version = "1";
  for (const Purpose& purpose : sample().purposes) {
    if (purpose.asks)
      choice.answers.push_back({purpose.id, granted, purpose.terms, purpose.retention_days,
                                kNow + kYear,
                                granted && (regime == Regime::opt_in || purpose.separate)});
  }
  return choice;
}

Answer& answer(Choice& choice, std::string_view purpose) {
  for (Answer& one : choice.answers) {
    if (one.purpose == purpose) return one;
  }
  fatal("no such answer");
}

Verdict verdict(const Decision& decision, std::string_view purpose) {
  for (const Verdict& one : decision.verdicts) {
    if (one.purpose == purpose) return one;
  }
  return {};
}

Decision decided(const Choice* held, std::string place = "CN", bool gpc = false,
                 time::Instant now = kNow) {
  return decide(sample(), {gpc, std::move(place)}, held, now);
}

TEST(Decision, AnUnknownPlaceAsksFirst) {
  const Decision decision = decided(nullptr, "");
  EXPECT_EQ(decision.regime, Regime::opt_in);
  EXPECT_TRUE(decision.ask);
  EXPECT_FALSE(decision.any_consent_granted(sample()));
  EXPECT_EQ(verdict(decision, "statistics").why, Why::not_asked);
}

TEST(Decision, WhatNeedsNoConsentRunsEverywhere) {
  for (const char* place : {"", "CN", "US-CA", "SG", "FR"}) {
    EXPECT_TRUE(decided(nullptr, place).granted("service-contract")) << place;
    EXPECT_EQ(verdict(decided(nullptr, place), "service-contract").why, Why::basis);
  }
}

TEST(Decision, OptOutGrantsByDefaultButNeverWhatNeedsASeparateConsent) {
  const Decision decision = decided(nullptr, "US-CA");
  EXPECT_TRUE(decision.granted("statistics"));
  EXPECT_EQ(verdict(decision, "statistics").why, Why::by_default);
  EXPECT_FALSE(decision.granted("partner-introduction"));
  EXPECT_FALSE(decision.granted("singapore-support"));
  EXPECT_TRUE(decision.ask);
}

TEST(Decision, GpcRefusesSellingSharingAndAdvertisingInOptOutPlaces) {
  const Decision decision = decided(nullptr, "US-CA", true);
  EXPECT_EQ(verdict(decision, "offers").why, Why::gpc);
  EXPECT_FALSE(decision.granted("offers"));
  EXPECT_TRUE(decision.granted("statistics"));
}

TEST(Decision, GpcTurnedOnLaterBeatsAStoredOptOutGrant) {
  const Choice held = answered(true, Regime::opt_out);
  EXPECT_TRUE(decided(&held, "US-CA").granted("offers"));
  const Decision decision = decided(&held, "US-CA", true);
  EXPECT_FALSE(decision.granted("offers"));
  EXPECT_EQ(verdict(decision, "offers").why, Why::gpc);
  EXPECT_FALSE(decision.ask) << "nobody is asked to overrule their own signal";
}

TEST(Decision, AGrantGivenDespiteTheSignalStands) {
  const Choice held = answered(true, Regime::opt_out, true);
  EXPECT_TRUE(decided(&held, "US-CA", true).granted("offers"));
}

TEST(Decision, AnAnswerStandsUntilItsTimeIsOver) {
  const Choice held = answered(true);
  EXPECT_TRUE(decided(&held).granted("statistics"));
  EXPECT_FALSE(decided(&held).ask);
  EXPECT_TRUE(decided(&held, "CN", false, kNow + kYear - 1).granted("statistics"));
  const Decision over = decided(&held, "CN", false, kNow + kYear);
  EXPECT_EQ(verdict(over, "statistics").why, Why::expired);
  EXPECT_FALSE(over.granted("statistics"));
  EXPECT_TRUE(over.ask);
}

TEST(Decision, ARefusalThatIsOverNeverBecomesADefaultGrant) {
  const Choice held = answered(false, Regime::opt_out);
  const Decision over = decided(&held, "US-CA", false, kNow + kYear);
  EXPECT_FALSE(over.granted("statistics"));
  EXPECT_TRUE(over.ask);
}

TEST(Decision, ARememberedNoDeniesWhatHasNoAnswerSinceAndIsNotAskedAgain) {
  for (const char* place : {"", "CN", "US-CA", "SG"}) {
    const Decision decision = decide(sample(), {false, place, true}, nullptr, kNow);
    EXPECT_FALSE(decision.any_consent_granted(sample())) << place;
    EXPECT_TRUE(decision.granted("service-contract")) << place;
    EXPECT_EQ(verdict(decision, "statistics").why, Why::refused) << place;
    EXPECT_FALSE(decision.ask) << place;
  }
}

TEST(Decision, AnAnswerGivenAfterTheRememberedNoStands) {
  Choice held = answered(true, Regime::opt_out);
  std::erase_if(held.answers, [](const Answer& one) { return one.purpose != "video"; });
  const Decision decision = decide(sample(), {false, "US-CA", true}, &held, kNow);
  EXPECT_TRUE(decision.granted("video"));
  EXPECT_FALSE(decision.granted("statistics"));
  EXPECT_FALSE(decision.ask);
}

TEST(Decision, OtherTermsAreAskedAgain) {
  Choice held = answered(true);
  answer(held, "statistics").terms[0] ^= 1;
  const Decision decision = decided(&held);
  EXPECT_EQ(verdict(decision, "statistics").why, Why::terms_changed);
  EXPECT_FALSE(decision.granted("statistics"));
  EXPECT_TRUE(decision.granted("video"));
  EXPECT_TRUE(decision.ask);
  answer(held, "statistics").granted = false;
  EXPECT_FALSE(decided(&held).granted("statistics"));
}

TEST(Decision, KeepingLongerThanWasGrantedIsAskedAgainKeepingShorterIsNot) {
  Choice held = answered(true);
  answer(held, "statistics").retention_days -= 1;
  EXPECT_EQ(verdict(decided(&held), "statistics").why, Why::longer_kept);
  answer(held, "statistics").retention_days += 2;
  EXPECT_TRUE(decided(&held).granted("statistics"));
}

TEST(Decision, AClockBeforeTheAnswerGrantsNothingAndForgetsNoRefusal) {
  const Choice yes = answered(true), no = answered(false);
  EXPECT_EQ(verdict(decided(&yes, "CN", false, kNow - kClockSlack - 1), "statistics").why,
            Why::clock);
  EXPECT_TRUE(decided(&yes, "CN", false, kNow - kClockSlack).granted("statistics"));
  EXPECT_FALSE(decided(&no, "CN", false, 0).ask);
}

TEST(Decision, AGrantFromALaxerPlaceIsAskedForInAStricterOne) {
  const Choice held = answered(true, Regime::opt_out);
  const Decision decision = decided(&held, "CN");
  EXPECT_EQ(verdict(decision, "statistics").why, Why::stricter_place);
  EXPECT_FALSE(decision.granted("statistics"));
  EXPECT_TRUE(decision.granted("identity-check")) << "a separate consent is asked first everywhere";
  const Choice strict = answered(true, Regime::opt_in);
  EXPECT_TRUE(decided(&strict, "US-CA").granted("statistics"));
}

/// The sample with exceptions in two places.
policy::Facts with_exceptions() {
  policy::Facts facts = sample();
  facts.jurisdictions = {
      {"CN", Regime::opt_in, {{"statistics", Regime::opt_out}}},
      {"US-CA", Regime::opt_out, {{"statistics", Regime::opt_in}, {"offers", Regime::opt_out}}},
      {"US", Regime::opt_out}};
  return facts;
}

TEST(Decision, AnExceptionHoldsOfItsPurposeAlone) {
  policy::Facts facts = with_exceptions();
  for (Purpose& purpose : facts.purposes) {
    if (purpose.id == "offers") purpose.separate = true;
  }
  const auto at = [&](const char* place) { return decide(facts, {.place = place}, nullptr, kNow); };
  EXPECT_EQ(verdict(at("CN"), "statistics").why, Why::by_default);
  EXPECT_EQ(verdict(at("CN"), "video").why, Why::not_asked);
  EXPECT_EQ(at("CN").under, "opt-in CN");
  EXPECT_EQ(verdict(at("US-CA"), "statistics").why, Why::not_asked);
  EXPECT_EQ(verdict(at("US-CA"), "video").why, Why::by_default);
  EXPECT_EQ(verdict(at("US-CA"), "offers").why, Why::by_default) << "separate, and named";
  EXPECT_EQ(at("US-CA").under, "opt-out US-CA");
  EXPECT_EQ(verdict(at("US-NY"), "offers").why, Why::not_asked) << "separate, and not named";
  EXPECT_EQ(at("US-NY").under, "opt-out");
  EXPECT_TRUE(at("CN").ask);
}

/// Where others run until a no the signal is an answer: asking for what it refused is pestering (11
/// CCR 7025(c)(2)).
TEST(Decision, GpcAnswersWhatIsAskedFirstAmongOthersThatAreNot) {
  policy::Facts facts = sample();
  facts.jurisdictions = {{"US-CA", Regime::opt_out, {{"offers", Regime::opt_in}}},
                         {"CN", Regime::opt_in, {{"offers", Regime::opt_out}}}};
  const auto at = [&](const char* place) {
    return decide(facts, {.gpc = true, .place = place}, nullptr, kNow);
  };
  EXPECT_EQ(verdict(at("US-CA"), "offers").why, Why::gpc);
  EXPECT_EQ(verdict(at("US-CA"), "statistics").why, Why::by_default);
  EXPECT_EQ(verdict(at("CN"), "offers").why, Why::gpc);
  EXPECT_EQ(verdict(at("CN"), "statistics").why, Why::not_asked);
}

TEST(Decision, AGrantIsAsStrictAsWhatHeldOfItsPurpose) {
  const policy::Facts facts = with_exceptions();
  Choice held = answered(true, Regime::opt_out);
  answer(held, "statistics").asked_first = true;
  EXPECT_EQ(verdict(decide(facts, {.place = "FR"}, &held, kNow), "statistics").why, Why::answered);
  EXPECT_EQ(verdict(decide(facts, {.place = "FR"}, &held, kNow), "video").why, Why::stricter_place);
  answer(held, "statistics").asked_first = false;
  EXPECT_EQ(verdict(decide(facts, {.place = "US-CA"}, &held, kNow), "statistics").why,
            Why::stricter_place);
  EXPECT_EQ(verdict(decide(facts, {.place = "CN"}, &held, kNow), "statistics").why, Why::answered);
}

TEST(Decision, TheVerdictEndsWithTheFirstAnswerThatEnds) {
  Choice held = answered(true);
  answer(held, "video").until = kNow + 10;
  EXPECT_EQ(decided(&held).until, kNow + 10);
  EXPECT_EQ(decided(&held).not_before, kNow - kClockSlack);
}

TEST(Decision, TheNoticeRestsWhileItAsksThenTheDoor) {
  for (const char* place : {"", "CN", "US-CA", "SG"})
    EXPECT_EQ(decided(nullptr, place).layer, Resting::first) << place;
  const Choice yes = answered(true), no = answered(false);
  EXPECT_EQ(decided(&yes).layer, Resting::door);
  EXPECT_EQ(decided(&no).layer, Resting::door);
  EXPECT_EQ(decided(&yes, "CN", false, kNow + kYear).layer, Resting::first);
  EXPECT_EQ(decide(sample(), {.place = "CN", .refused = true}, nullptr, kNow).layer, Resting::door);
}

TEST(Decision, WhereNothingIsAskedTheDoorStandsForThoseWhoOnceAnswered) {
  policy::Facts needless = sample();
  std::erase_if(needless.purposes, [](const Purpose& purpose) { return purpose.asks; });
  EXPECT_EQ(decide(needless, {.place = "CN"}, nullptr, kNow).layer, Resting::none);
  const Choice held = answered(true);
  EXPECT_EQ(decide(needless, {.place = "CN"}, &held, kNow).layer, Resting::door);
}

TEST(Choice, ComesBackAsItWasWritten) {
  Choice choice = answered(true, Regime::opt_out, true);
  choice.record = sha256(as_bytes("record"));
  const Result<Choice> back = read_choice(write_choice(choice));
  ASSERT_TRUE(back);
  EXPECT_EQ(write_choice(*back), write_choice(choice));
  EXPECT_FALSE(back->anonymous());
}

TEST(Choice, HostileStorageIsRefusedWithItsPlace) {
  const auto refused = [](std::string_view text) {
    const auto value = json::read(text);
    if (!value) return std::string("json");
    const Result<Choice> choice = read_choice(*value);
    return choice ? std::string("accepted") : choice.error().where;
  };
  EXPECT_EQ(refused("[]"), "");
  EXPECT_EQ(refused(R"({"v":1})"), "/v");
  json::Object stored = *write_choice(answered(true)).object();
  EXPECT_EQ(refused(canonical::write(json::Object(stored).set("at", -1))), "/at");
  EXPECT_EQ(refused(canonical::write(json::Object(stored).set("answers", json::Object{}))),
            "/answers");
  EXPECT_EQ(refused(canonical::write(json::Object(stored).set("notice", "ab"))), "/notice");
  EXPECT_EQ(refused(canonical::write(json::Object(stored).set("script", "<b>"))), "/script");
  EXPECT_EQ(refused(canonical::write(json::Object(stored))), "accepted");
}

}  // namespace
}  // namespace avow::consent
