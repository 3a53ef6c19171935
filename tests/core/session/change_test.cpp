// A change of the policy, for who answered before it and who did not; and what people say of it.

#include "change/given.h"
#include "notice/told.h"
#include "session/given.h"
#include "session/wire.h"

namespace avow::session {
namespace {

using given::first_error;
using given::member;
using given::opened;
using given::parsed;
using given::string;
using given::Visitor;

struct Change : testing::Test {
  policy::Policy older = change::given::good(change::given::sample()),
                 newer = change::given::good(change::given::file("newer.json"));
  notice::Catalog english = notice::given::catalog("en");
  change::Announcement announcement = change::given::announcement();
  std::string id = text::to_hex(change::id_of(announcement));

  /// A press on a notice that told of it.
  static json::Object told(json::Object act) { return act.set("told", true); }

  /// Visits once the newer policy holds.
  void comes_back(Visitor& visitor) const {
    constexpr auto kRegime = policy::Regime::opt_in;
    visitor.policy = change::given::file("newer.json");
    policy::ChangeTo& since = visitor.changing.since.emplace();
    since.id = change::id_of(announcement);
    for (const policy::Purpose& now : newer.purposes) {
      const policy::Purpose* before = older.purpose(now.id);
      if (before == nullptr || before->terms != now.terms || before->kept_days() < now.kept_days())
        since.was[now.id] = before == nullptr ? std::pair{Digest{}, std::int64_t{0}}
                                              : std::pair{before->terms, before->kept_days()};
    }
    visitor.changing.told.emplace("en", notice::told_since({announcement,
                                                            {older, english, {{}, kRegime}},
                                                            {newer, english, {{}, kRegime}}}));
  }
};

TEST_F(Change, WhoAnsweredBeforeIsToldOfItAndTheRecordNamesIt) {
  Visitor visitor;
  const json::Value before = visitor.pressed(Visitor::act("accept"));
  EXPECT_EQ(member(opened(before), {"change"}), json::Value{});
  comes_back(visitor);
  EXPECT_EQ(member(visitor.decided(), {"ask"}), json::Value{true});
  EXPECT_EQ(string(member(visitor.view_of("first"), {"slots", "changed"})),
            english.text("change.since"));
  EXPECT_EQ(string(member(visitor.view_of("choices"), {"slots", "changed"})),
            english.text("change.since"));
  EXPECT_EQ(string(member(opened(visitor.pressed(told(Visitor::act("accept")))), {"change"})), id);
  // It is answered now.
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
}

TEST_F(Change, WhoAnswersForTheFirstTimeIsAskedAboutThePolicyAsItIs) {
  Visitor visitor;
  comes_back(visitor);
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
  EXPECT_EQ(member(opened(visitor.pressed(Visitor::act("accept"))), {"change"}), json::Value{});
}

TEST_F(Change, ARecordNamesItOnlyWhereThePageSaysThatItWasTold) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  // A page whose loader showed the first layer before the core had looked at the device.
  EXPECT_EQ(member(opened(visitor.pressed(Visitor::act("accept"))), {"change"}), json::Value{});
}

TEST_F(Change, AnswersThatHaveEndedAreAnswersToWhatWasThere) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  visitor.now += 3 * 366 * time::kDay;
  EXPECT_EQ(string(member(visitor.view_of("first"), {"slots", "changed"})),
            english.text("change.since"));
}

TEST_F(Change, WhoAnsweredSomethingOlderStillIsNotToldOfWhatTheyNeverSaw) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  // One of them is enough: all of them stand in one place.
  visitor.changing.since->was["video"].first = sha256(as_bytes("another text"));
  EXPECT_EQ(member(visitor.decided(), {"ask"}), json::Value{true});
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
  EXPECT_EQ(member(opened(visitor.pressed(told(Visitor::act("accept")))), {"change"}),
            json::Value{});
}

TEST_F(Change, NorWhoAgreedToAShorterTimeThanThePolicyBeforeKept) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  visitor.changing.since->was["statistics"].second += 30;
  EXPECT_EQ(member(visitor.decided(), {"ask"}), json::Value{true});
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
}

TEST_F(Change, APurposeThatIsNewIsToldToWhoAnsweredWithoutIt) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  // As if the device's answer had not known the last purpose that is asked.
  visitor.changing.since->was = {{"offers", {Digest{}, 0}}};
  json::Object held = *visitor.held.object();
  json::Array known;
  for (const json::Value& one : *held.find("answers")->array())
    if (string(member(one, {"purpose"})) != "offers") known.push_back(one);
  visitor.held = held.set("answers", std::move(known));
  EXPECT_EQ(string(member(visitor.view_of("first"), {"slots", "changed"})),
            english.text("change.since"));
  EXPECT_EQ(member(Visitor{}.view_of("first"), {"slots", "changed"}), json::Value{});
}

TEST_F(Change, AnAnswerWithoutANoticeNamesNone) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  json::Object act = told(Visitor::act("refuse", ""));
  act.set("via", "script");
  EXPECT_EQ(member(opened(visitor.pressed(std::move(act))), {"change"}), json::Value{});
}

TEST_F(Change, APolicyWithoutAChangeTellsOfNoneEvenWhereItAsksAgain) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  visitor.policy = change::given::file("newer.json");
  EXPECT_EQ(member(visitor.decided(), {"ask"}), json::Value{true});
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
  EXPECT_EQ(member(opened(visitor.pressed(told(Visitor::act("accept")))), {"change"}),
            json::Value{});
}

// ------------------------------------------------------------------------------- what people say

struct Saying : Change {
  json::Object request(std::string message) const {
    json::Array keys;
    for (const policy::SealKey& key : older.keys) keys.emplace_back(key.recipient);
    return json::Object{}
        .set("now", std::int64_t{1'800'000'000})
        .set("site", older.site)
        .set("keys", std::move(keys))
        .set("policy", std::string(64, '1'))
        .set("change", id)
        .set("language", "en")
        .set("message", std::move(message));
  }
  json::Value said(const json::Object& request) {
    visitor.fill();
    return parsed(say(canonical::write(request), Vault(visitor.vault)));
  }
  static json::Value message_of(const json::Value& answer) {
    return opened(json::Object{}.set(
        "record", json::Object{}.set("bytes", string(member(answer, {"bytes"})))));
  }
  Visitor visitor;
};

TEST_F(Saying, TheCompanyOpensItAndItNamesNobody) {
  json::Object asked = request("Too long.\nWhy?");
  const json::Value one = said(asked);
  const json::Value message = message_of(one);
  EXPECT_EQ(string(member(message, {"kind"})), "message");
  EXPECT_EQ(string(member(message, {"message"})), "Too long.\nWhy?");
  EXPECT_EQ(string(member(message, {"change"})), id);
  EXPECT_EQ(string(member(message, {"created_at"})), "2027-01-15T00:00:00Z");
  EXPECT_EQ(string(member(one, {"digest"})),
            text::to_hex(sha256(
                *text::from_base64(string(member(one, {"bytes"})), text::Base64::standard))));
  EXPECT_EQ(member(message, {"reply"}), json::Value{});
  EXPECT_EQ(member(message, {"subject"}), json::Value{});
  EXPECT_FALSE(visitor.entropy_left());
  const json::Value other = said(asked.set("reply", "a@b.example"));
  EXPECT_EQ(string(member(message_of(other), {"reply"})), "a@b.example");
  EXPECT_NE(member(message_of(other), {"device"}), member(message, {"device"}));
}

TEST_F(Saying, EveryMessageIsAsLong) {
  const auto size = [&](std::string message) {
    return string(member(said(request(std::move(message))), {"bytes"})).size();
  };
  const std::size_t shortest = size("a");
  EXPECT_EQ(size(std::string(kLongestMessage, 'b')), shortest);
}

TEST_F(Saying, WhatIsNotGoodIsRefusedWithItsPlace) {
  EXPECT_EQ(first_error(said(request(""))), "out-of-range /message");
  EXPECT_EQ(first_error(said(request(std::string(kLongestMessage + 1, 'a')))),
            "out-of-range /message");
  // Six bytes each, once they are written.
  EXPECT_EQ(first_error(said(request(std::string(kLongestMessage, '\x01')))),
            "out-of-range /message");
  EXPECT_EQ(first_error(said(request("a").set("site", "A b"))), "wrong-value /site");
  EXPECT_EQ(first_error(said(request("a").set("keys", json::Array{"age1"}))),
            "key-malformed /keys/0");
  EXPECT_EQ(first_error(said(request("a").set("change", "12"))), "out-of-range /change");
  EXPECT_EQ(first_error(said(request("a").set("more", 1))), "unknown-field /more");
}

}  // namespace
}  // namespace avow::session
