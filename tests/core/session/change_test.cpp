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

  /// Visits once the newer policy holds.
  void comes_back(Visitor& visitor) const {
    constexpr auto kRegime = policy::Regime::opt_in;
    visitor.policy = change::given::file("newer.json");
    visitor.changing.id = change::id_of(announcement);
    visitor.changing.told.emplace(
        "en",
        notice::told_since({announcement, {older, english, kRegime}, {newer, english, kRegime}}));
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
  EXPECT_EQ(string(member(opened(visitor.pressed(Visitor::act("accept"))), {"change"})), id);
  // It is answered now.
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
}

TEST_F(Change, WhoAnswersForTheFirstTimeIsAskedAboutThePolicyAsItIs) {
  Visitor visitor;
  comes_back(visitor);
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
  EXPECT_EQ(member(opened(visitor.pressed(Visitor::act("accept"))), {"change"}), json::Value{});
}

TEST_F(Change, TheChoicesTellEverybody) {
  Visitor visitor;
  comes_back(visitor);
  const json::Value saved = visitor.pressed(Visitor::act("save", "choices", true, {"statistics"}));
  EXPECT_EQ(string(member(opened(saved), {"change"})), id);
}

TEST_F(Change, AnAnswerWithoutANoticeNamesNone) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  comes_back(visitor);
  json::Object act = Visitor::act("refuse", "");
  act.set("via", "script");
  EXPECT_EQ(member(opened(visitor.pressed(std::move(act))), {"change"}), json::Value{});
}

TEST_F(Change, APolicyWithoutAChangeTellsOfNoneEvenWhereItAsksAgain) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  visitor.policy = change::given::file("newer.json");
  EXPECT_EQ(member(visitor.decided(), {"ask"}), json::Value{true});
  EXPECT_EQ(member(visitor.view_of("first"), {"slots", "changed"}), json::Value{});
  EXPECT_EQ(member(opened(visitor.pressed(Visitor::act("accept"))), {"change"}), json::Value{});
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
