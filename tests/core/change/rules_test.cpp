#include "change/rules.h"

#include "given.h"

namespace avow::change {
namespace {

using given::announcement;
using given::authored;
using given::good;
using given::sample;
using policy::given::lines;

struct Rules : testing::Test {
  policy::Policy older = good(sample());
  policy::AuthoredPolicy newer = authored(given::file("newer.json"));
  Announcement told = announcement();

  std::string wrong() const { return lines(breaches(told, older, newer)); }
};

TEST_F(Rules, AGoodAnnouncementHasNothingAgainstIt) { EXPECT_EQ(wrong(), ""); }

TEST_F(Rules, ADraftLacksWhatOnlyTheAuthorKnows) {
  told = announcement(given::file("draft.json"));
  std::string want;
  for (int i = 0; i < 6; ++i) {
    for (const char* language : {"zh-CN", "en"})
      want += "missing-language /changed/" + std::to_string(i) + "/why/" + language + "\n";
  }
  for (const char* text : {"meaning", "refuse"}) {
    for (const char* language : {"zh-CN", "en"})
      want += "missing-language /" + std::string(text) + "/" + language + "\n";
  }
  EXPECT_EQ(wrong(), want);
}

TEST_F(Rules, ThePoliciesAreThoseItNames) {
  std::swap(told.policy_from, told.policy_to);
  EXPECT_EQ(wrong(), "wrong-value /policy_from\nwrong-value /policy_to\n");
}

TEST_F(Rules, AnotherSiteOrVersionOrDayIsNoSuccessor) {
  newer.site = "other.example";
  newer.version = older.version;
  newer.effective_at = told.effective_at = older.effective_at;
  const std::string got = wrong();
  EXPECT_NE(got.find("wrong-value /policy_from\n"), std::string::npos) << got;
  std::size_t mends = 0;
  for (std::size_t at = 0; (at = got.find("wrong-value /policy_to\n", at)) != std::string::npos;
       ++at)
    ++mends;
  EXPECT_EQ(mends, 3u) << "its hash, its version and its day: " << got;
}

TEST_F(Rules, EveryDifferenceIsNamedOnceAndNoOther) {
  told.changed[0].pointer = "/controller/email";
  told.changed[2].pointer = told.changed[1].pointer;
  EXPECT_EQ(wrong(),
            "unknown-reference /changed/0/pointer\nduplicate-id /changed/2/pointer\n"
            "missing-field /changed\nmissing-field /changed\n");
}

TEST_F(Rules, WhoIsAskedIsTheCoresToSay) {
  told.changed[3].asks_again = false;
  told.changed[4].asks_again = true;
  EXPECT_EQ(wrong(), "wrong-value /changed/3/asks_again\nwrong-value /changed/4/asks_again\n");
}

TEST_F(Rules, WhatWasAndIsStandsWhereAPolicyHasIt) {
  told.changed[5].is = told.changed[5].was;
  told.changed[4].was = {};
  told.changed[3].what = "video";
  EXPECT_EQ(wrong(),
            "wrong-value /changed/3/what\nmissing-field /changed/4/was\n"
            "wrong-value /changed/5/is\n");
}

TEST_F(Rules, ADifferenceShowsOne) {
  told.changed[4].is = told.changed[4].was;
  EXPECT_EQ(wrong(), "wrong-value /changed/4/is\n");
}

TEST_F(Rules, PeopleAreToldBeforeAndHeardInTime) {
  told.notify_from = told.effective_at;
  EXPECT_EQ(wrong(), "out-of-range /notify_from\nout-of-range /feedback_until\n");
  told.notify_from = told.effective_at - 30 * time::kDay;
  told.feedback_until = told.notify_from - time::kDay;
  EXPECT_EQ(wrong(), "out-of-range /feedback_until\n");
  told.feedback_until = told.effective_at + time::kDay;
  EXPECT_EQ(wrong(), "out-of-range /feedback_until\n");
  told.effective_at -= time::kDay;
  EXPECT_NE(wrong().find("wrong-value /effective_at\n"), std::string::npos);
}

TEST_F(Rules, AShortTimeIsWorthASecondLook) {
  const auto short_time = [&](int days) {
    told.notify_from = told.effective_at - days * time::kDay;
    const auto all = advice(told, older, newer);
    return std::ranges::count_if(
        all, [](const std::string& one) { return one.contains("电子商务法 34"); });
  };
  EXPECT_EQ(short_time(6), 1);
  EXPECT_EQ(short_time(7), 0);
}

TEST_F(Rules, OtherWordsWantTheAuthorsStatement) {
  const auto stated = [&] {
    const auto all = advice(told, older, newer);
    return std::ranges::none_of(
        all, [](const std::string& one) { return one.contains("wording_only"); });
  };
  EXPECT_FALSE(stated());
  newer.wording_only.push_back({"offers", older.version, "A. Counsel", 0});
  EXPECT_TRUE(stated());
}

TEST_F(Rules, WhoIsAskedInAnAppIsNotAskedByAnAnnouncement) {
  const auto said = [&] {
    const auto all = advice(told, older, newer);
    return std::ranges::count_if(all, [](const std::string& one) {
      return one.contains("\"statistics\" is asked for elsewhere than by the notice (");
    });
  };
  EXPECT_EQ(said(), 0);
  for (policy::Policy* one : {&older, static_cast<policy::Policy*>(&newer)})
    one->purposes[2].where = {policy::Where::app};
  EXPECT_GE(said(), 1);
}

TEST_F(Rules, ItSpeaksAsTheNewerPolicyDoes) {
  told.languages = {"zh-CN", "fr"};
  EXPECT_EQ(wrong(), "missing-language /languages\nwrong-value /languages\n");
}

TEST_F(Rules, WhatIsSentHasAWholeAddressAndASignature) {
  for (auto& [language, link] : told.link.languages) link = "/change";
  told.signature = {};
  EXPECT_EQ(wrong(), "wrong-value /link\nmissing-field /signature\n");
  told.channels = {Way::notice, Way::page};
  EXPECT_EQ(wrong(), "");
}

}  // namespace
}  // namespace avow::change
