#include <algorithm>
#include <map>
#include <set>

#include "notice/notice.h"
#include "session/given.h"
#include "session/payload.h"
#include "session/request.h"

namespace avow::session {
namespace {

using given::answers;
using given::first_error;
using given::granted;
using given::member;
using given::opened;
using given::record_of;
using given::string;
using given::Visitor;

constexpr const char* kNeedless = "service-contract site-security";

TEST(Press, AcceptGrantsAllThatOneConsentCarriesAndNoMore) {
  Visitor visitor;
  const json::Value answer = visitor.pressed(Visitor::act("accept"));
  EXPECT_EQ(granted(answer), std::string(kNeedless) + " statistics chat video offers");
  EXPECT_EQ(member(answer, {"ask"}), json::Value{false});
  EXPECT_EQ(answers(opened(answer)),
            "statistics=yes/accept chat=yes/accept video=yes/accept offers=yes/accept "
            "identity-check=no/not-carried partner-introduction=no/not-carried "
            "singapore-support=no/not-carried");
}

/// In California one purpose is asked first among others, and one with a consent of its own runs.
Visitor in_california() {
  Visitor visitor;
  visitor.policy = policy::given::with(visitor.policy, R"("US-CA", "regime": "opt-out" })",
                                       R"("US-CA", "regime": "opt-out", "exceptions": [
                     { "purpose": "statistics", "regime": "opt-in" },
                     { "purpose": "identity-check", "regime": "opt-out" }] })");
  visitor.place = "US-CA";
  return visitor;
}

TEST(Press, AcceptCarriesWhatRunsThereAnywayAndNotWhatIsAskedApart) {
  Visitor visitor = in_california();
  EXPECT_EQ(granted(visitor.decided()),
            std::string(kNeedless) + " chat video offers identity-check");
  const json::Value answer = visitor.pressed(Visitor::act("accept"));
  EXPECT_EQ(answers(opened(answer)),
            "statistics=yes/accept chat=yes/accept video=yes/accept offers=yes/accept "
            "identity-check=yes/accept partner-introduction=no/not-carried "
            "singapore-support=no/not-carried");
  // Where all is asked first, only what was asked first stands.
  visitor.place = "CN";
  EXPECT_EQ(granted(visitor.decided()), std::string(kNeedless) + " statistics");
}

TEST(Press, AYesThatWasAskedFirstStaysSoWhenItIsSaidAgain) {
  Visitor visitor = in_california();
  visitor.place = "CN";
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"video"}));
  visitor.place = "US-CA";
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"video", "chat"}));
  visitor.place = "CN";
  EXPECT_EQ(granted(visitor.decided()), std::string(kNeedless) + " video");
}

TEST(Press, TheRecordNamesTheLayerThatThePlaceHas) {
  Visitor visitor = in_california();
  const auto compiled = given::compiled(visitor.policy, visitor.catalog);
  const notice::Catalog catalog = notice::given::catalog("en");
  const policy::Jurisdiction& here =
      policy::jurisdiction_at(compiled->policy.jurisdictions, "US-CA");
  for (const auto& [name, layer] :
       {std::pair("first", notice::Layer::first), std::pair("choices", notice::Layer::choices)}) {
    const notice::View view{compiled->policy, catalog, here};
    const std::string id = text::to_hex(notice::notice_id(view, layer));
    EXPECT_EQ(string(member(visitor.view_of(name), {"notice"})), id) << name;
    const json::Value payload = opened(visitor.pressed(Visitor::act("accept", name)));
    EXPECT_EQ(string(member(payload, {"notice"})), id) << name;
    EXPECT_EQ(string(member(payload, {"regime"})), "opt-out");
  }
}

TEST(Press, TheRecordSaysWhatWasShownWhenAndUnderWhichPolicy) {
  Visitor visitor;
  const json::Value view = visitor.view_of("first");
  const auto compiled = given::compiled(visitor.policy, visitor.catalog);
  const json::Value payload = opened(visitor.pressed(Visitor::act("accept"), "customer-42"));
  EXPECT_EQ(string(member(payload, {"notice"})), string(member(view, {"notice"})));
  const std::string shown =
      notice::render({compiled->policy, notice::given::catalog("en"), {{}, policy::Regime::opt_in}},
                     notice::Layer::first);
  EXPECT_EQ(string(member(view, {"notice"})), text::to_hex(sha256(as_bytes(shown))));
  EXPECT_EQ(string(member(payload, {"policy"})),
            text::to_hex(sha256(as_bytes(compiled->written_facts))));
  EXPECT_EQ(string(member(payload, {"created_at"})), "2027-01-15T08:00:00Z");
  EXPECT_EQ(string(member(payload, {"language"})), "en");
  EXPECT_EQ(string(member(payload, {"place"})), "CN");
  EXPECT_EQ(string(member(payload, {"regime"})), "opt-in");
  EXPECT_EQ(string(member(payload, {"press", "control"})), "accept");
  EXPECT_EQ(string(member(payload, {"press", "layer"})), "first");
  EXPECT_EQ(string(member(payload, {"press", "via"})), "notice");
  EXPECT_EQ(string(member(payload, {"subject"})), "customer-42");
}

TEST(Press, TheVisitorsOwnKeyOpensTheSameRecord) {
  Visitor visitor;
  const trust::Record record = record_of(visitor.pressed(Visitor::act("accept")));
  const trust::Identity own{
      trust::Secret(std::span<const std::uint8_t, 32>(visitor.keyring.data() + 32, 32))};
  EXPECT_TRUE(trust::open_record(record, {&own, 1}));
}

TEST(Press, AScriptCanOnlyReduce) {
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("accept", "first", false))),
            "press-refused /press");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("save", "choices", false, {"video"}))),
            "press-refused /press");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("frame", "frame", false, {"video"}))),
            "press-refused /press");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("grant", "", false, {"video"}))),
            "press-refused /press");
  EXPECT_TRUE(visitor.held.is_null());
  EXPECT_EQ(granted(visitor.pressed(Visitor::act("accept"))),
            std::string(kNeedless) + " statistics chat video offers");
  EXPECT_EQ(granted(visitor.pressed(Visitor::act("save", "choices", false, {"video"}))),
            std::string(kNeedless) + " video")
      << "what stands may be kept, the rest was taken back";
  EXPECT_EQ(granted(visitor.pressed(Visitor::act("withdraw", "", false))), kNeedless);
}

TEST(Press, ASeparateConsentIsGivenByItsOwnControlAndOutlivesAnAcceptAll) {
  Visitor visitor;
  const json::Value saved =
      visitor.pressed(Visitor::act("save", "choices", true, {"singapore-support"}));
  EXPECT_EQ(granted(saved), std::string(kNeedless) + " singapore-support");
  EXPECT_NE(answers(opened(saved)).find("singapore-support=yes/separate"), std::string::npos);
  EXPECT_NE(answers(opened(saved)).find("statistics=no/tick"), std::string::npos);
  const json::Value accepted = visitor.pressed(Visitor::act("accept", "choices"));
  EXPECT_NE(answers(opened(accepted)).find("singapore-support=yes/kept"), std::string::npos);
  EXPECT_EQ(granted(visitor.pressed(Visitor::act("withdraw", "door"))), kNeedless);
}

TEST(Press, AHostLeadsToASeparateConsentAndGivesNone) {
  Visitor visitor;
  json::Object together = Visitor::act("grant", "", true, {"video", "singapore-support"});
  EXPECT_EQ(first_error(visitor.pressed(together)), "press-refused /press/selected");
  json::Object alone = Visitor::act("grant", "", true, {"singapore-support"});
  EXPECT_EQ(first_error(visitor.pressed(alone)), "press-refused /press/selected");
  EXPECT_EQ(granted(visitor.decided()), kNeedless);
  // One that was given among the choices stands on.
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"singapore-support"}));
  EXPECT_EQ(granted(visitor.pressed(together)),
            std::string(kNeedless) + " video singapore-support");
}

TEST(Press, AFrameAnswersForItselfAndLeavesTheQuestionOpen) {
  Visitor visitor;
  const json::Value answer = visitor.pressed(Visitor::act("frame", "frame", true, {"video"}));
  EXPECT_EQ(granted(answer), std::string(kNeedless) + " video");
  EXPECT_EQ(member(answer, {"ask"}), json::Value{true});
  EXPECT_TRUE(member(answer, {"verdict"}).is_null()) << "a verdict is for when nothing is open";
  EXPECT_EQ(answers(opened(answer)), "video=yes/frame");
}

TEST(Press, TwoRefusalsShareNothingThatCouldLinkThem) {
  Visitor first(1), second(77);
  std::set<std::string> devices, commits;
  std::set<std::size_t> sizes;
  for (Visitor* visitor : {&first, &second, &first}) {
    visitor->held = visitor->chain = {};
    const json::Value answer = visitor->pressed(Visitor::act("refuse"), "customer-42");
    const trust::Record record = record_of(answer);
    devices.insert(text::to_hex(record.header.device));
    commits.insert(text::to_hex(record.header.erase_commit));
    sizes.insert(trust::write_record(record).size());
    EXPECT_EQ(record.header.seq, 1);
    EXPECT_TRUE(member(answer, {"chain"}).is_null());
    EXPECT_TRUE(member(answer, {"choice", "record"}).is_null());
    EXPECT_TRUE(member(answer, {"number"}).is_null());
    EXPECT_TRUE(member(opened(answer), {"subject"}).is_null())
        << "the host knows the customer; the refusal does not say";
    EXPECT_TRUE(std::all_of(visitor->keyring.begin(), visitor->keyring.end(),
                            [](std::uint8_t b) { return b == 0; }));
  }
  EXPECT_EQ(devices.size(), 3u);
  EXPECT_EQ(commits.size(), 3u);
  EXPECT_EQ(sizes.size(), 1u);
}

TEST(Press, WhatStaysOfARefusalIsTheSameForEverybodyThatDay) {
  Visitor morning(1), evening(2);
  morning.now = 1'800'000'001;
  evening.now = 1'800'000'001 + 3'600;
  (void)morning.pressed(Visitor::act("refuse"));
  (void)evening.pressed(Visitor::act("withdraw", "", false));
  EXPECT_EQ(canonical::write(morning.held), canonical::write(evening.held));
}

TEST(Press, ARefusalAfterAGrantIsPartOfTheChain) {
  Visitor visitor;
  const trust::Record grant = record_of(visitor.pressed(Visitor::act("accept")));
  const trust::Record refusal = record_of(visitor.pressed(Visitor::act("refuse")));
  EXPECT_EQ(refusal.header.device, grant.header.device);
  EXPECT_EQ(refusal.header.seq, 2);
  EXPECT_EQ(refusal.header.prev, std::optional(grant.id));
  EXPECT_EQ(refusal.header.erase_commit, grant.header.erase_commit);
}

TEST(Press, PoliciesMayChainRefusalsOrRecordNone) {
  Visitor chained, none;
  chained.policy = policy::given::with(chained.policy, "\"anonymous\"", "\"chained\"");
  none.policy = policy::given::with(none.policy, "\"anonymous\"", "\"none\"");
  EXPECT_FALSE(member(chained.pressed(Visitor::act("refuse")), {"chain"}).is_null());
  const json::Value answer = none.pressed(Visitor::act("refuse"));
  EXPECT_TRUE(member(answer, {"record"}).is_null());
  EXPECT_TRUE(member(answer, {"entry"}).is_null());
  EXPECT_EQ(member(none.decided(), {"ask"}), json::Value{false}) << "remembered all the same";
}

TEST(Press, ALostKeyStartsANewChainThatNamesTheOld) {
  Visitor visitor;
  const trust::Record before = record_of(visitor.pressed(Visitor::act("accept")));
  visitor.keyring[0] ^= 1;
  const json::Value answer = visitor.pressed(Visitor::act("withdraw", "door"));
  // Nothing is granted any more and no key continues: the withdrawal names nobody but is recorded.
  EXPECT_EQ(granted(answer), kNeedless);
  visitor = Visitor();
  (void)visitor.pressed(Visitor::act("accept"));
  visitor.keyring[0] ^= 1;
  const json::Value again = visitor.pressed(Visitor::act("accept"));
  EXPECT_EQ(string(member(opened(again), {"continues"})), text::to_hex(before.header.device));
  EXPECT_EQ(record_of(again).header.seq, 1);
}

TEST(Press, ADeviceKeyEndsWithTheLongestAnswerItHolds) {
  Visitor visitor;
  const trust::Record before = record_of(visitor.pressed(Visitor::act("accept")));
  visitor.now += 200 * time::kDay;  // the policy's answers last six months
  const trust::Record after = record_of(visitor.pressed(Visitor::act("accept")));
  EXPECT_NE(after.header.device, before.header.device);
  EXPECT_EQ(after.header.seq, 1);
}

TEST(Press, EachLayerSaysYesByItsOwnControlsAlone) {
  const std::map<std::string, std::set<std::string>> says{{"accept", {"first", "choices"}},
                                                          {"save", {"choices"}},
                                                          {"frame", {"frame"}},
                                                          {"show-once", {"frame"}}};
  for (const auto& [control, layers] : says) {
    for (const char* layer : {"", "first", "choices", "yours", "door", "frame", "fallback"}) {
      Visitor visitor;
      const json::Value answer = visitor.pressed(Visitor::act(control, layer, true, {"video"}));
      EXPECT_EQ(first_error(answer), layers.contains(layer) ? "" : "press-refused /press/control")
          << control << " on " << layer;
    }
  }
  for (const char* via : {"notice", "script"}) {
    Visitor visitor;
    EXPECT_EQ(first_error(
                  visitor.pressed(Visitor::act("grant", "frame", true, {"video"}).set("via", via))),
              "press-refused /press/control");
  }
  for (const char* control : {"refuse", "withdraw"}) {
    for (const char* layer : {"", "first", "choices", "yours", "door", "frame"}) {
      Visitor visitor;
      EXPECT_EQ(first_error(visitor.pressed(Visitor::act(control, layer))), "") << control << layer;
    }
  }
}

TEST(Press, AHostsOwnControlInAForeignFrameSaysYesOnlyWhereThePolicyAllowsIt) {
  const auto act = [] { return Visitor::act("grant", "", true, {"video"}).set("framed", true); };
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.pressed(act())), "notice-unfair /press/framed");
  EXPECT_EQ(granted(visitor.decided()), kNeedless);
  visitor.policy =
      policy::given::with(visitor.policy, R"("validity":)", R"("framed": "allow", "validity":)");
  const json::Value answer = visitor.pressed(act());
  EXPECT_EQ(granted(answer), std::string(kNeedless) + " video");
  EXPECT_EQ(string(member(opened(answer), {"press", "stood", "framed"})), "unseen");
}

TEST(Press, ANoticeInAForeignFrameNeedsTheBrowsersWordOrThePolicys) {
  const auto act = [](const char* framed) {
    json::Object stood = Visitor::fair();
    stood.set("framed", framed);
    return Visitor::act("accept").set("stood", stood);
  };
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.pressed(act("unseen"))), "notice-unfair /press/stood/framed");
  EXPECT_EQ(first_error(visitor.pressed(act("seen"))), "");
  Visitor other;
  other.policy =
      policy::given::with(other.policy, R"("validity":)", R"("framed": "allow", "validity":)");
  const json::Value answer = other.pressed(act("unseen"));
  EXPECT_EQ(first_error(answer), "");
  EXPECT_EQ(string(member(opened(answer), {"press", "stood", "framed"})), "unseen");
}

TEST(Press, EachFigureHasItsLeast) {
  const std::map<std::string, std::pair<std::int64_t, std::int64_t>> least{
      {"alike", {79, 80}},  {"clear", {99, 100}},  {"contrast", {299, 300}},
      {"height", {23, 24}}, {"opacity", {89, 90}}, {"reached", {59, 60}}};
  for (const auto& [figure, between] : least) {
    for (const std::int64_t got : {between.first, between.second}) {
      Visitor visitor;
      json::Object stood = Visitor::fair();
      stood.set(figure, got);
      const json::Value answer = visitor.pressed(Visitor::act("accept").set("stood", stood));
      EXPECT_EQ(first_error(answer),
                got == between.second ? "" : "notice-unfair /press/stood/" + figure)
          << got;
    }
  }
}

TEST(Press, IdentifyingSealsTheAccountOnceAndNeverIntoARefusal) {
  Visitor visitor;
  json::Object identify = Visitor::act("identify", "", false).set("via", "host");
  EXPECT_EQ(first_error(visitor.pressed(identify, "a")), "press-refused /subject");
  (void)visitor.pressed(Visitor::act("refuse"));
  EXPECT_EQ(first_error(visitor.pressed(identify, "a")), "press-refused /subject");
  (void)visitor.pressed(Visitor::act("accept"));
  const json::Value answer = visitor.pressed(identify, "a");
  EXPECT_EQ(string(member(opened(answer), {"subject"})), "a");
  EXPECT_EQ(answers(opened(answer)).find("=yes/accept"), std::string::npos)
      << "nothing new was answered";
  EXPECT_EQ(first_error(visitor.pressed(identify, "a")), "press-refused /subject");
  EXPECT_EQ(string(member(opened(visitor.pressed(identify, "b")), {"subject"})), "b");
  EXPECT_EQ(first_error(visitor.pressed(identify, std::string(kLongestSubject + 1, 'x'))),
            "out-of-range /subject");
}

TEST(Press, EveryPossibleAnswerHasOneLength) {
  std::set<std::size_t> sizes;
  const char* asked[] = {"statistics",       "chat",           "video",
                         "offers",           "identity-check", "partner-introduction",
                         "singapore-support"};
  for (unsigned mask = 0; mask < 128; ++mask) {
    Visitor visitor(static_cast<std::uint8_t>(mask));
    json::Array selected;
    for (unsigned bit = 0; bit < 7; ++bit) {
      if (mask >> bit & 1) selected.emplace_back(asked[bit]);
    }
    const std::string subject =
        mask % 3 == 0 ? std::string() : std::string(mask % 3 == 1 ? 1 : kLongestSubject, '"');
    visitor.place = mask % 2 ? "" : "CN";
    sizes.insert(trust::write_record(record_of(visitor.pressed(
                                         Visitor::act("save", "choices", true, selected), subject)))
                     .size());
  }
  for (const char* control : {"accept", "refuse", "withdraw"}) {
    Visitor visitor;
    sizes.insert(trust::write_record(record_of(visitor.pressed(Visitor::act(control)))).size());
  }
  Visitor frame;
  sizes.insert(
      trust::write_record(record_of(frame.pressed(Visitor::act("frame", "frame", true, {"video"}))))
          .size());
  EXPECT_EQ(sizes.size(), 1u);
}

TEST(Press, EntropyIsWipedHoweverTheCallEnds) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  EXPECT_FALSE(visitor.entropy_left());
  (void)visitor.pressed(Visitor::act("nonsense"));
  EXPECT_FALSE(visitor.entropy_left());
  visitor.policy = "{";
  (void)visitor.pressed(Visitor::act("accept"));
  EXPECT_FALSE(visitor.entropy_left());
}

TEST(Press, APressFromTheFutureIsDatedNow) {
  Visitor visitor;
  json::Object act = Visitor::act("accept");
  EXPECT_EQ(
      string(member(opened(visitor.pressed(act.set("at", visitor.now + 999'999))), {"created_at"})),
      "2027-01-15T08:00:00Z");
}

TEST(Press, HostileStorageNeverGrantsAndIsReported) {
  // The whole choice and chain of somebody who granted everything, each with one thing wrong.
  Visitor granter;
  (void)granter.pressed(Visitor::act("accept"));
  const std::string held = canonical::write(granter.held), chain = canonical::write(granter.chain);
  const json::Value wrong[] = {"",
                               held,
                               "{",
                               true,
                               1,
                               json::Array{granter.held},
                               -1,
                               json::Object{},
                               json::Object{}.set("v", 1),
                               json::Object{}.set("v", 1).set("at", "1e9")};
  Visitor visitor;
  for (const json::Value& stored : wrong) {
    const std::string told = canonical::write(stored);
    for (const char* name : {"held", "chain"}) {
      const json::Object request = visitor.request().set(name, stored);
      const json::Value answer =
          given::parsed(decide(visitor.session(), canonical::write(request)));
      EXPECT_EQ(member(answer, {"ok"}), json::Value{true}) << told;
      EXPECT_EQ(granted(answer), kNeedless) << told;
      EXPECT_EQ(member(answer, {"ask"}), json::Value{true}) << told;
      EXPECT_EQ(string(member(answer, {"layer"})), "first") << told;
      const json::Value warnings = member(answer, {"warnings"});
      ASSERT_EQ(warnings.array()->size(), 1u) << told;
      EXPECT_EQ(string(member((*warnings.array())[0], {"code"})), "stored-state") << told;
      EXPECT_TRUE(
          string(member((*warnings.array())[0], {"where"})).starts_with("/" + std::string(name)))
          << told;
    }
  }
  const json::Value absent = given::parsed(
      decide(visitor.session(), canonical::write(visitor.request().set("held", nullptr))));
  EXPECT_TRUE(member(absent, {"warnings"}).array()->empty()) << "nothing stored is nothing wrong";
}

TEST(Press, OneFrameIsShownOnceAndNothingStandsAfterwards) {
  Visitor visitor;
  json::Value answer = visitor.pressed(Visitor::act("show-once", "frame", true, {"video"}));
  EXPECT_EQ(granted(answer), kNeedless);
  EXPECT_EQ(member(answer, {"ask"}), json::Value{true}) << "the question is still open";
  const json::Value first = opened(answer);
  EXPECT_EQ(string(member(first, {"press", "control"})), "show-once");
  EXPECT_EQ(answers(first), "video=yes/show-once");
  EXPECT_EQ(string(member(first, {"until"})), string(member(first, {"created_at"})));
  EXPECT_EQ(granted(visitor.decided()), kNeedless);

  // Another one goes on with the same key, and a no that stood before stands on.
  visitor.now += 60;
  answer = visitor.pressed(Visitor::act("refuse"));
  visitor.now += 60;
  answer = visitor.pressed(Visitor::act("show-once", "frame", true, {"video"}));
  EXPECT_EQ(record_of(answer).header.seq, 3);
  EXPECT_EQ(member(answer, {"ask"}), json::Value{false});
  EXPECT_EQ(granted(visitor.decided()), kNeedless);

  // It is a yes: nobody but the visitor says it, on a placeholder that stood fairly.
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("show-once", "frame", false, {"video"}))),
            "press-refused /press");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("show-once", "frame", true))),
            "press-refused /press/selected");
}

TEST(Press, AStoredMemberOfAnotherTypeNeverGrants) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("accept"));
  const json::Object held = *visitor.held.object();
  ASSERT_NE(granted(visitor.decided()), kNeedless);
  for (const auto& [name, value] : held.members()) {
    for (const json::Value& wrong :
         {json::Value{json::Object{}}, json::Value{json::Array{}}, json::Value{-1}}) {
      visitor.held = json::Object(held).set(name, wrong);
      const json::Value answer = visitor.decided();
      EXPECT_EQ(granted(answer), kNeedless) << name;
      // Without an answer there is nothing wrong, and nothing granted.
      const bool none = name == "answers" && wrong.array() != nullptr;
      EXPECT_EQ(member(answer, {"warnings"}).array()->size(), none ? 0u : 1u) << name;
    }
  }
}

TEST(Decide, SaysWhatRestsOnTheScreen) {
  Visitor visitor;
  const auto layer = [&] { return string(member(visitor.decided(), {"layer"})); };
  for (const char* place : {"CN", "US-CA", "SG"}) {
    visitor.place = place;
    EXPECT_EQ(layer(), "first") << place << ": the notice is due in every regime";
  }
  visitor.place = "CN";
  (void)visitor.pressed(Visitor::act("frame", "frame", true, {"video"}));
  EXPECT_EQ(layer(), "first") << "the rest is still a question";
  (void)visitor.pressed(Visitor::act("refuse"));
  EXPECT_EQ(layer(), "door");
  visitor.now += 200 * time::kDay;
  EXPECT_EQ(layer(), "first") << "the answer is over";
  Visitor remembered;
  remembered.refused = true;
  EXPECT_EQ(string(member(remembered.decided(), {"layer"})), "door")
      << "a no that only the device remembers is an answer";
}

TEST(Decide, TheVerdictIsDataWithoutMarkup) {
  Visitor visitor;
  EXPECT_TRUE(member(visitor.decided(), {"verdict"}).is_null());
  const json::Value answer = visitor.pressed(Visitor::act("accept"));
  const json::Value verdict = member(answer, {"verdict"});
  std::string names;
  for (const auto& [name, value] : verdict.object()->members()) names += name + " ";
  EXPECT_EQ(names, "gpc granted not_before number place policy regime until v withdrawable ");
  EXPECT_EQ(member(verdict, {"v"}), json::Value{2});
  EXPECT_EQ(string(member(verdict, {"regime"})), "opt-in");
  EXPECT_EQ(member(verdict, {"granted"}), member(answer, {"granted"}));
  EXPECT_EQ(member(verdict, {"withdrawable"}), json::Value{true});
  EXPECT_EQ(member(verdict, {"number"}), member(answer, {"record", "number"}));
  EXPECT_EQ(canonical::write(verdict).find('<'), std::string::npos);
  EXPECT_EQ(member(visitor.view_of("first"), {"css"}), json::Value{})
      << "the build gives the style";
}

TEST(Press, APlaceThatIsNoneIsUnknownAndAsksFirst) {
  for (const char* place :
       {"*", "California", "us-ca", "US-\"\"\"", "\u0001\u0001\u0001\u0001\u0001\u0001"}) {
    Visitor visitor;
    visitor.place = place;
    const json::Value decided = visitor.decided();
    EXPECT_EQ(string(member(decided, {"regime"})), "opt-in") << place;
    EXPECT_EQ(member(decided, {"warnings"}).array()->size(), 1u) << place;
    EXPECT_TRUE(member(opened(visitor.pressed(Visitor::act("accept"))), {"place"}).is_null());
  }
}

TEST(Press, WhatAnActDoesNotSpeakOfNeverTurnsIntoADefaultGrant) {
  for (const std::string control : {"frame", "grant"}) {
    Visitor visitor;
    visitor.place = "US-CA";  // opt-out: who said nothing has everything running
    (void)visitor.pressed(Visitor::act("save", "choices", true, {"video"}));
    visitor.now += 200 * time::kDay;  // past P6M
    EXPECT_EQ(granted(visitor.decided()), std::string(kNeedless) + " video")
        << "refused, and over: asked, not granted";
    const json::Value answer =
        visitor.pressed(Visitor::act(control, control == "frame" ? "frame" : "", true, {"video"}));
    EXPECT_EQ(granted(answer), std::string(kNeedless) + " video") << control;
    EXPECT_EQ(member(answer, {"ask"}), json::Value{true});
    EXPECT_EQ(answers(opened(answer)),
              "video=yes/" + std::string(control == "frame" ? "frame" : "host"))
        << "nothing is recorded that nobody said";
  }
}

TEST(Press, ARefusalOutlivesThePolicyThatDoesNotNameIt) {
  Visitor visitor;
  visitor.place = "US-CA";
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"statistics"}));
  const std::string whole = visitor.policy;
  visitor.policy = policy::given::with(whole, "\"id\": \"offers\"", "\"id\": \"newsletter\"");
  (void)visitor.pressed(Visitor::act("accept"));
  visitor.policy = whole;
  EXPECT_EQ(granted(visitor.decided()), std::string(kNeedless) + " statistics chat video")
      << "offers were refused";
}

TEST(Press, IdentifyingAnswersNothing) {
  Visitor visitor;
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"video"}));
  const json::Value before = visitor.view_of("yours");
  visitor.policy = policy::given::with(visitor.policy, "\"version\": \"2026-11-15\"",
                                       "\"version\": \"2026-12-01\"");
  visitor.now += 100 * time::kDay;
  visitor.gpc = true;
  const json::Value answer = visitor.pressed(Visitor::act("identify", ""), "customer-42");
  EXPECT_EQ(granted(answer), std::string(kNeedless) + " video");
  EXPECT_EQ(member(visitor.view_of("yours"), {"when"}), member(before, {"when"}));
  for (const char* slot : {"text", "answer-video", "answer-offers"}) {
    EXPECT_EQ(string(member(visitor.view_of("yours"), {"slots", slot})),
              string(member(before, {"slots", slot})))
        << slot;
  }
  EXPECT_NE(string(member(visitor.view_of("yours"), {"slots", "number"})),
            string(member(before, {"slots", "number"})));
  EXPECT_EQ(member(visitor.held, {"gpc"}), json::Value{false})
      << "the answers were given before the signal";
}

TEST(Press, IdentifyingRevivesNothingWhereTheKeyIsGone) {
  Visitor visitor;
  visitor.policy =
      policy::given::with(visitor.policy, R"("validity": { "grant": "P6M", "refusal": "P6M" })",
                          R"("validity": { "grant": "P6M", "refusal": "P1Y" })");
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"video"}));
  visitor.now += 200 * time::kDay;
  visitor.keyring.fill(0);
  const json::Value answer = visitor.pressed(Visitor::act("identify", ""), "customer-42");
  EXPECT_EQ(member(answer, {"ok"}), json::Value{true});
  EXPECT_EQ(granted(answer), kNeedless);
  EXPECT_EQ(granted(visitor.decided()), kNeedless);
}

TEST(Press, AnAnonymousRefusalIsRememberedAsLongAsAnyGrantOfThatDay) {
  Visitor refuser, granter(2);
  (void)refuser.pressed(Visitor::act("refuse"));
  (void)granter.pressed(Visitor::act("accept"));
  const auto until = [](const Visitor& visitor) {
    return *member((*member(visitor.held, {"answers"}).array())[0], {"until"}).integer();
  };
  EXPECT_GE(until(refuser), until(granter));
  EXPECT_LE(until(refuser), until(granter) + time::kDay);
  const json::Value yours = refuser.view_of("yours");
  EXPECT_EQ(member(yours, {"when"}), json::Value{time::start_of_day(refuser.now)});
  EXPECT_EQ(member(yours, {"day"}), json::Value{true});
}

TEST(Press, UnknownPurposesAndLayersAreRefusedWithTheirPlace) {
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("save", "choices", true, {"spying"}))),
            "unknown-purpose /press/selected");
  EXPECT_EQ(
      first_error(visitor.pressed(Visitor::act("save", "choices", true, {"service-contract"}))),
      "unknown-purpose /press/selected");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("accept", "pop-up"))),
            "unknown-layer /press/layer");
  EXPECT_EQ(first_error(visitor.pressed(Visitor::act("frame", "frame", true))),
            "press-refused /press/selected");
}

TEST(Erase, EndsTheChainWithARecordThatItsKeySigned) {
  Visitor visitor;
  const trust::Record grant = record_of(visitor.pressed(Visitor::act("accept")));
  const json::Value answer = visitor.erased();
  const trust::Record erase = record_of(answer);
  EXPECT_EQ(erase.header.op, trust::Op::erase);
  EXPECT_EQ(erase.header.device, grant.header.device);
  EXPECT_EQ(erase.header.prev, std::optional(grant.id));
  EXPECT_EQ(trust::write_record(erase).size(), trust::write_record(grant).size() + 2 + 62)
      << "\"erase\" is two letters longer than \"set\", and an id is 62 longer than null";
  EXPECT_TRUE(std::all_of(visitor.vault.begin(), visitor.vault.end(),
                          [](std::uint8_t b) { return b == 0; }));
}

TEST(Erase, WithdrawsEverythingAlsoWhereADefaultWouldGrantItAgain) {
  Visitor visitor;
  visitor.place = "US-CA";
  EXPECT_NE(granted(visitor.decided()), kNeedless) << "opt-out: on by default";
  (void)visitor.pressed(Visitor::act("accept"));
  const json::Value answer = visitor.erased();
  EXPECT_EQ(granted(answer), kNeedless);
  EXPECT_EQ(member(answer, {"ask"}), json::Value{false});
  EXPECT_TRUE(member(answer, {"choice", "record"}).is_null());
  visitor.held = member(answer, {"choice"});
  visitor.chain = {};
  EXPECT_EQ(granted(visitor.decided()), kNeedless);
  Visitor refuser(9);
  refuser.place = "US-CA";
  (void)refuser.pressed(Visitor::act("refuse"));
  EXPECT_EQ(canonical::write(visitor.held), canonical::write(refuser.held))
      << "it looks like anybody's refusal of that day";
}

TEST(Erase, NeedsTheKeyOfTheChain) {
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.erased()), "stored-state /chain");
  (void)visitor.pressed(Visitor::act("accept"));
  visitor.keyring[3] ^= 1;
  EXPECT_EQ(first_error(visitor.erased()), "secret-malformed ");
}

TEST(Own, ShowsTheVisitorTheirRecordsOpenedAndTheSecretThatErases) {
  Visitor visitor;
  const json::Value answer = visitor.pressed(Visitor::act("accept"));
  const trust::Record record = record_of(answer);
  visitor.fill();
  const std::string request = canonical::write(
      json::Object{}.set("records", json::Array{member(answer, {"record", "bytes"}), "AAAA"}));
  const json::Value own_copy = given::parsed(own(request, Vault(visitor.vault)));
  const json::Value list = member(own_copy, {"export", "records"});
  ASSERT_EQ(list.array()->size(), 2u);
  EXPECT_EQ(answers(member((*list.array())[0], {"opened"})), answers(opened(answer)));
  EXPECT_EQ(string(member((*list.array())[1], {"error", "code"})), "record-truncated");
  const auto secret = text::from_hex(string(member(own_copy, {"export", "erase", "secret"})), 32);
  ASSERT_TRUE(secret);
  EXPECT_EQ(
      trust::erase_commit(trust::Secret(std::span<const std::uint8_t, 32>(secret->data(), 32))),
      record.header.erase_commit);
  EXPECT_TRUE(trust::read_identity(string(member(own_copy, {"export", "identity"}))));
}

TEST(View, TicksWhatStandsAndHidesWhatHasNoUse) {
  Visitor visitor;
  EXPECT_TRUE(member(visitor.view_of("choices"), {"ticked"}).array()->empty());
  EXPECT_EQ(member(visitor.view_of("yours"), {"hidden"}),
            (json::Value{json::Array{"withdraw", "receipt", "key", "erase"}}));
  (void)visitor.pressed(Visitor::act("save", "choices", true, {"video"}));
  EXPECT_EQ(member(visitor.view_of("choices"), {"ticked"}), json::Value{json::Array{"video"}});
  EXPECT_EQ(member(visitor.view_of("yours"), {"hidden"}), json::Value{json::Array{}});
  EXPECT_EQ(string(member(visitor.view_of("yours"), {"slots", "answer-video"})), "On");
  EXPECT_EQ(string(member(visitor.view_of("yours"), {"slots", "number"})),
            string(member(visitor.decided(), {"number"})));
}

TEST(View, ANoThatOnlyTheDeviceRemembersIsToldAsANoAndLeavesNoOtherVerdict) {
  Visitor visitor;
  visitor.place = "US-CA";
  EXPECT_EQ(string(member(visitor.view_of("yours"), {"slots", "answer-statistics"})),
            "On by default; you can refuse");
  visitor.refused = true;
  const json::Value yours = visitor.view_of("yours");
  EXPECT_EQ(string(member(yours, {"slots", "summary"})),
            "You refused. Nothing that needs your consent is started.");
  EXPECT_EQ(string(member(yours, {"slots", "answer-statistics"})), "Off");
  EXPECT_EQ(member(visitor.decided(), {"verdict"}), json::Value{});
  const json::Value answer = visitor.pressed(Visitor::act("frame", "frame", true, {"video"}));
  EXPECT_EQ(granted(answer), std::string(kNeedless) + " video");
  EXPECT_EQ(member(answer, {"verdict"}), json::Value{});
  EXPECT_EQ(answers(opened(answer)), "video=yes/frame");
}

// 11 CCR 7025(c)(6): whether the signal was honoured is shown.
TEST(View, AnHonouredSignalIsToldAsOne) {
  Visitor visitor;
  visitor.place = "US-CA";
  visitor.gpc = true;
  const auto says = [&](const char* slot) {
    return string(member(visitor.view_of("yours"), {"slots", slot}));
  };
  EXPECT_EQ(says("answer-offers"), "Off: opt-out request honored");
  EXPECT_EQ(says("answer-statistics"), "On by default; you can refuse");
  visitor.place = "CN";  // where nothing is allowed before a yes, the signal answers nothing
  EXPECT_EQ(says("answer-offers"), "Not answered");
}

TEST(View, SaysWhenAnAnswerWasGiven) {
  Visitor visitor;
  EXPECT_EQ(member(visitor.view_of("yours"), {"when"}), json::Value{});
  (void)visitor.pressed(Visitor::act("accept"));
  EXPECT_EQ(member(visitor.view_of("yours"), {"when"}), member(visitor.held, {"at"}));
  EXPECT_EQ(member(visitor.view_of("yours"), {"day"}), json::Value{false});
}

TEST(View, OfALayerOrAFrameThatThePolicyLacksIsAnError) {
  Visitor visitor;
  EXPECT_EQ(first_error(visitor.view_of("fallback")), "unknown-layer /layer");
  EXPECT_EQ(first_error(visitor.view_of("frame")), "unknown-purpose /purpose");
}

TEST(View, AShelvedRecordCanBeDownloadedARefusalThatNamesNobodyCannot) {
  const auto said = [](const char* control) {
    Visitor visitor;
    (void)visitor.pressed(Visitor::act(control));
    const json::Value view = visitor.view_of("yours", "shelved");
    const json::Value hides = member(view, {"hidden"});
    const json::Array& hidden = *hides.array();
    const bool exportable = std::ranges::find(hidden, json::Value{"receipt"}) == hidden.end();
    return std::pair{string(member(view, {"slots", "delivery"})), exportable};
  };
  EXPECT_EQ(said("accept"),
            std::pair(std::string(
                          "Saved on this device; the server did not take it. You can download it."),
                      true));
  EXPECT_EQ(said("refuse"), std::pair(std::string("The server did not take the record of your "
                                                  "refusal. Your refusal holds on this device."),
                                      false));
}

TEST(View, TheNewsNameWhatWasDoneWhereAllWentWell) {
  const auto news = [](const char* control, const char* said, const char* delivery) {
    Visitor visitor;
    (void)visitor.pressed(Visitor::act(control));
    return string(member(visitor.view_of("door", delivery, said), {"slots", "status"}));
  };
  EXPECT_EQ(news("accept", "accept", "saved"), "Accepted. Saved.");
  EXPECT_EQ(news("refuse", "refuse", "none"), "Refused. Saved.");
  EXPECT_EQ(news("accept", "frame", "delivered"), "Your choices are saved.");
  EXPECT_EQ(news("refuse", "withdraw", "waiting"), "Withdrawn. Saved.");
  EXPECT_EQ(news("accept", "accept", "unsaved"),
            "Valid on this page only: this browser does not let us store it");
  EXPECT_EQ(news("accept", "", "waiting"), "Saved on this device; will be sent later")
      << "on a later page";
  EXPECT_EQ(news("accept", "", "shelved"),
            "Saved on this device; the server did not take it. You can download it.");
  EXPECT_EQ(news("refuse", "", "erasing"), "Erased on this device; our server is being told");
  EXPECT_EQ(news("refuse", "", "erased"), "Erased here. Our server has been told.");
  for (const char* delivery : {"none", "saved", "delivered"})
    EXPECT_EQ(news("accept", "", delivery), "") << delivery << ": nothing is said twice";
}

TEST(View, YourChoicesBeginWithWhatHappened) {
  const auto begins = [](std::initializer_list<const char*> controls, const char* said,
                         const char* delivery) {
    Visitor visitor;
    for (const char* control : controls) (void)visitor.pressed(Visitor::act(control));
    return string(member(visitor.view_of("yours", delivery, said), {"slots", "summary"}));
  };
  const notice::Catalog english = notice::given::catalog("en");
  EXPECT_EQ(begins({}, "", "none"), english.text("yours.none"));
  EXPECT_EQ(begins({"accept"}, "accept", "saved"), english.text("yours.answered"));
  EXPECT_EQ(begins({"refuse"}, "refuse", "none"), english.text("yours.anonymous"));
  EXPECT_EQ(begins({"accept", "withdraw"}, "withdraw", "saved"), english.text("yours.withdrawn"));
  EXPECT_EQ(begins({"accept", "withdraw"}, "", "delivered"), english.text("yours.answered"))
      << "a later page knows the answers, not the act";
  EXPECT_EQ(begins({"refuse"}, "erase", "none"), english.text("yours.erased"));
  EXPECT_EQ(begins({"refuse"}, "", "erased"), english.text("yours.erased"));
}

TEST(View, ItsBytesDoNotDependOnTheVisitor) {
  Visitor before, after;
  (void)after.pressed(Visitor::act("accept"));
  for (const char* layer : {"first", "choices", "yours", "door"}) {
    EXPECT_EQ(string(member(before.view_of(layer), {"notice"})),
              string(member(after.view_of(layer), {"notice"})))
        << layer;
  }
}

TEST(Deliver, StepsAnOutboxAndReportsWhatItCouldNotRead) {
  Visitor visitor;
  const json::Value entry = member(visitor.pressed(Visitor::act("accept")), {"entry"});
  const auto step = [&](json::Value outbox, json::Object event) {
    return given::parsed(
        deliver(visitor.session(), canonical::write(json::Object{}
                                                        .set("outbox", std::move(outbox))
                                                        .set("event", std::move(event))
                                                        .set("now_ms", 5)
                                                        .set("random", 9))));
  };
  const json::Value first =
      step(json::Array{entry, "rubbish"}, json::Object{}.set("kind", "start"));
  EXPECT_EQ(string(member(first, {"send"})), string(member(entry, {"id"})));
  EXPECT_EQ(member(first, {"warnings"}).array()->size(), 1u);
  json::Object answer =
      json::Object{}.set("kind", "answer").set("id", member(entry, {"id"})).set("status", 201);
  EXPECT_EQ(string(member(step(json::Array{entry}, answer), {"outcome"})), "retried");
  answer.set("body", "{\"stored\":\"" + string(member(entry, {"digest"})) + "\"}");
  EXPECT_EQ(string(member(step(json::Array{entry}, answer), {"outcome"})), "delivered");
  EXPECT_EQ(string(member(step(json::Array{}, answer), {"outcome"})), "gone");
}

TEST(PaddedSize, IsTheSmallestBucketThatHoldsTheLongestAnswer) {
  const std::size_t size = padded_size(policy::given::facts());
  EXPECT_EQ(size, 4'096u);
  Visitor visitor;
  const trust::Record record =
      record_of(visitor.pressed(Visitor::act("accept"), std::string(kLongestSubject, '"')));
  const auto identities = given::company();
  EXPECT_EQ(trust::open(record.sealed, identities)->size(), size);
}

/// The same bytes native, sanitized and WASM, from the visitor's first press to the erasure.
TEST(Session, VectorsOfAWholeVisit) {
  Visitor visitor(42);
  std::string got;
  const auto line = [&](std::string_view step, const json::Value& answer) {
    got += std::string(step) + " " + text::to_hex(canonical::digest(answer)) + "\n";
  };
  line("decide", visitor.decided());
  line("view", visitor.view_of("first"));
  line("refuse", visitor.pressed(Visitor::act("refuse")));
  line("accept", visitor.pressed(Visitor::act("accept", "choices"), "customer-42"));
  line("save",
       visitor.pressed(Visitor::act("save", "choices", true, {"video", "singapore-support"})));
  line("yours", visitor.view_of("yours"));
  line("withdraw", visitor.pressed(Visitor::act("withdraw", "door", false)));
  line("erase", visitor.erased());
  EXPECT_EQ(got, policy::given::vector("../session/answers.txt", got));
}

}  // namespace
}  // namespace avow::session
