#include "consent/shared.h"

#include <gtest/gtest.h>

#include "consent/decision.h"

namespace avow::consent {
namespace {

constexpr time::Instant kDay = time::kDay;
constexpr time::Instant kNow = 20'787 * kDay + 3'600;

Digest terms_of(std::uint8_t first) {
  Digest out{};
  out[0] = first;
  return out;
}

policy::Facts facts() {
  policy::Facts out;
  out.version = "v1";
  out.id = terms_of(0xEE);
  for (const auto& [id, asks, separate, terms] :
       {std::tuple{"service", false, false, 1}, std::tuple{"analytics", true, false, 2},
        std::tuple{"video", true, false, 3}, std::tuple{"medical", true, true, 4}}) {
    policy::Facts::Purpose one;
    one.id = id;
    one.asks = asks;
    one.separate = separate;
    one.terms = terms_of(static_cast<std::uint8_t>(terms));
    one.retention_days = 30;
    out.purposes.push_back(std::move(one));
  }
  return out;
}

Choice answered(std::initializer_list<std::pair<const char*, bool>> answers) {
  Choice out;
  out.at = kNow;
  out.gpc = true;
  out.language = "en";
  out.policy_version = "v1";
  out.record = terms_of(0xAA);
  out.notice = terms_of(0xBB);
  for (const auto& [purpose, granted] : answers)
    out.answers.push_back(
        {purpose, granted, facts().purpose(purpose)->terms, 30, kNow + 100 * kDay, true});
  return out;
}

std::string told(const Choice& choice) {
  const auto shared = write_shared(choice, facts(), kNow);
  return shared ? shared->text : "nothing";
}

std::optional<bool> said(const std::optional<Choice>& choice, std::string_view purpose) {
  const Answer* const answer = choice ? choice->answer(purpose) : nullptr;
  return answer == nullptr ? std::nullopt : std::optional(answer->granted);
}

TEST(Shared, TellsWhatWasSaidAndNothingOfWhoSaidIt) {
  EXPECT_EQ(told(answered({{"analytics", true}, {"video", false}})),
            "2.y.20787~analytics.y.02000000.20887.30~video.n.03000000.20888.30");
  // Alike to the second or not, by record and notice or not: the same for everybody that day.
  Choice other = answered({{"analytics", true}, {"video", false}});
  other.at += 7'000;
  other.record = terms_of(1);
  other.notice = terms_of(2);
  other.language = "zh-CN";
  for (Answer& one : other.answers) one.until += 7'000;
  EXPECT_EQ(told(other), told(answered({{"analytics", true}, {"video", false}})));
}

TEST(Shared, LastsAsLongAsAnythingInIt) {
  const auto shared = write_shared(answered({{"analytics", true}}), facts(), kNow);
  ASSERT_TRUE(shared);
  EXPECT_EQ(shared->until, 20'887 * kDay);
  EXPECT_EQ(write_shared(answered({}), facts(), kNow), std::nullopt);
  EXPECT_EQ(write_shared(answered({{"analytics", true}}), facts(), kNow + 101 * kDay),
            std::nullopt);
}

TEST(Shared, WhoHoldsNothingTakesItOver) {
  const std::string text = told(answered({{"analytics", true}, {"video", false}}));
  const auto held = with_shared(std::nullopt, text, facts());
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->anonymous());
  EXPECT_TRUE(held->gpc);
  EXPECT_EQ(held->at, 20'787 * kDay);
  EXPECT_EQ(held->policy, facts().id);
  EXPECT_EQ(said(held, "analytics"), true);
  EXPECT_EQ(said(held, "video"), false);
  EXPECT_EQ(said(held, "medical"), std::nullopt);
  EXPECT_EQ(held->answer("analytics")->terms, terms_of(2));
  EXPECT_EQ(held->answer("analytics")->until, 20'887 * kDay);
  EXPECT_EQ(told(*held), text);
}

TEST(Shared, ALaterWordElsewhereHoldsHere) {
  const Choice own = answered({{"analytics", true}, {"medical", true}});
  const auto held = with_shared(own, told(answered({{"analytics", false}})), facts());
  EXPECT_EQ(said(held, "analytics"), false);
  EXPECT_EQ(said(held, "medical"), true) << "nothing was said of it";
  EXPECT_TRUE(held->anonymous()) << "no record here tells it";
}

TEST(Shared, WhatSaysTheSameChangesNothing) {
  const Choice own = answered({{"analytics", true}, {"video", false}});
  const auto held = with_shared(own, told(own), facts());
  ASSERT_TRUE(held);
  EXPECT_EQ(held->record, own.record);
  EXPECT_EQ(held->answer("analytics")->until, own.answer("analytics")->until);
  EXPECT_EQ(held->at, own.at);
}

TEST(Shared, ASeparateYesStaysWhereItWasSaidAndASeparateNoDoesNot) {
  EXPECT_EQ(told(answered({{"medical", true}})), "nothing");
  const std::string no = told(answered({{"medical", false}}));
  EXPECT_EQ(said(with_shared(answered({{"medical", true}}), no, facts()), "medical"), false);
  // Whoever writes one by hand gets nothing by it.
  const std::string yes = "2.n.20787~medical.y.04000000.20887.30";
  EXPECT_EQ(said(with_shared(std::nullopt, yes, facts()), "medical"), std::nullopt);
}

TEST(Shared, OtherTermsAreNoAnswerToThese) {
  const auto held = with_shared(std::nullopt, "2.n.20787~analytics.y.99999999.20887.30", facts());
  ASSERT_TRUE(held);
  const Decision decision = decide(facts(), {}, &*held, kNow);
  EXPECT_FALSE(decision.granted("analytics"));
  EXPECT_EQ(decision.verdicts[1].why, Why::terms_changed);
}

TEST(Shared, AGrantUnderALaxerRegimeDoesNotBecomeAStricterOne) {
  Choice lax = answered({{"video", true}, {"analytics", true}});
  lax.answers[0].asked_first = false;
  EXPECT_EQ(told(lax), "2.y.20787~video.d.03000000.20887.30~analytics.y.02000000.20887.30");
  const auto held = with_shared(std::nullopt, told(lax), facts());
  ASSERT_TRUE(held);
  EXPECT_FALSE(held->answer("video")->asked_first);
  EXPECT_TRUE(held->answer("analytics")->asked_first);
  // Nor is it taken for what the device says more exactly.
  const auto own = with_shared(answered({{"video", true}}), told(lax), facts());
  EXPECT_FALSE(own->answer("video")->asked_first);
}

TEST(Shared, WhatIsNotAsWrittenSaysNothing) {
  const Choice own = answered({{"analytics", false}});
  const std::string good = told(answered({{"analytics", true}}));
  for (const std::string& text : {
           std::string(),
           std::string("shared"),
           "1" + good.substr(1),
           good + "~",
           good + ".",
           good + "~video",
           good + "~video.y.03000000.20887.30.1",
           std::string("2.y.20787~analytics.y.02000000.9e9.30"),
           std::string("2.y.20787~analytics.y.02000000.-1.30"),
           std::string("2.y.20787~analytics.y.02000000.99999999999.30"),
           std::string("2.y.20787~analytics.y.0200.20887.30"),
           std::string("2.y.20787~analytics.t.02000000.20887.30"),
           std::string("2.opt-in.y.20787~analytics.y.02000000.20887.30"),
           std::string("2.y.~analytics.y.02000000.20887.30"),
           std::string(4'000, '~'),
       }) {
    EXPECT_EQ(said(with_shared(own, text, facts()), "analytics"), false) << text;
    EXPECT_EQ(with_shared(std::nullopt, text, facts()), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace avow::consent
