#include "change/compare.h"

#include "given.h"
#include "policy/diff.h"

namespace avow::change {
namespace {

using given::good;
using given::sample;
using given::with;

/// "pointer what" of each part, a line each; "asks" where people are asked because of it.
std::string written(const std::vector<Part>& parts) {
  std::string out;
  for (const Part& part : parts) {
    out += part.pointer + " " + part.what + (part.was ? "" : " new") + (part.is ? "" : " gone") +
           (part.asks_again ? " asks" : "") + "\n";
  }
  return out;
}

std::string newer_of(std::string text) {
  text = with(text, "\"version\": \"2026-11-15\"", "\"version\": \"2026-12-01\"");
  return with(text, "\"effective_at\": \"2026-11-15\"", "\"effective_at\": \"2026-12-01\"");
}
std::string change(std::string_view from, std::string_view to) {
  return written(compare(good(sample()), good(newer_of(with(sample(), from, to)))));
}

TEST(Compare, TheVectorsDifferWhereTheirAnnouncementSays) {
  EXPECT_EQ(written(compare(good(sample()), good(given::file("newer.json")))),
            "/controller/phone controller\n"
            "/recipients/1/name video-host asks\n"
            "/recipients/1/contact video-host\n"
            "/purposes/2/retention statistics asks\n"
            "/purposes/5/description offers\n"
            "/purposes/7 partner-introduction gone\n");
}

TEST(Compare, WhatVisitorsDoNotReadIsNoPart) {
  EXPECT_EQ(written(compare(good(sample()), good(sample()))), "");
  EXPECT_EQ(change("\"label\": \"daily\"", "\"label\": \"monthly\""), "");
  EXPECT_EQ(change("PRIV-118", "PRIV-119"), "");
}

TEST(Compare, WhatAConsentIsGivenToAsksAndItsNeighboursDoNot) {
  EXPECT_EQ(change("[\"collection\", \"aggregation\"]", "[\"collection\", \"profiling\"]"),
            "/purposes/2/methods statistics asks\n");
  EXPECT_EQ(change("\"visit statistics\"", "\"visitor statistics\""),
            "/purposes/2/title statistics\n");
  EXPECT_EQ(change(R"("period": "P14M")", R"("period": "P13M")"),
            "/purposes/2/retention statistics\n");
  EXPECT_EQ(change("衡通商务服务有限公司", "另一家有限公司"), "/controller/name controller asks\n");
  EXPECT_EQ(change("privacy@liangdu.example", "office@liangdu.example"),
            "/recipients/0/contact measure-cloud\n");
}

TEST(Compare, ARaisedRevisionIsSaidByWhatItIsRaisedFor) {
  const std::string words = with(sample(), "\"visit statistics\"", "\"profiles of visitors\"");
  const std::string raised =
      with(words, "\"id\": \"statistics\",", "\"id\": \"statistics\", \"revision\": 2,");
  EXPECT_EQ(written(compare(good(sample()), good(newer_of(raised)))),
            "/purposes/2/title statistics asks\n");
  EXPECT_EQ(change("\"id\": \"statistics\",", "\"id\": \"statistics\", \"revision\": 2,"),
            "/purposes/2/revision statistics asks\n")
      << "alone it is told, or nobody would know why they are asked";
}

TEST(Compare, WhatWasToldOnlyAsksBecauseOfWhatKeptItFromBeingAsked) {
  const auto pursued = [](std::string_view where, std::string_view title) {
    return with(with(sample(), "\"id\": \"statistics\",",
                     "\"id\": \"statistics\", \"where\": [\"" + std::string(where) + "\"],"),
                "\"visit statistics\"", "\"" + std::string(title) + "\"");
  };
  const auto app = good(pursued("app", "one")), site = good(newer_of(pursued("site", "two")));
  EXPECT_EQ(written(compare(app, site)),
            "/purposes/2/title statistics\n/purposes/2/where statistics asks\n");
  const auto back = good(newer_of(pursued("app", "one")));
  EXPECT_EQ(written(compare(good(pursued("site", "one")), back)), "/purposes/2/where statistics\n");
}

TEST(Compare, WhatAnAnswerReachesAndLeavesIsToldToo) {
  EXPECT_EQ(change("\"record_refusals\": \"anonymous\"", "\"record_refusals\": \"chained\""),
            "/record_refusals record_refusals new\n");
  EXPECT_EQ(change("\"laws\": [\"cn\"]", "\"laws\": [\"cn\", \"eu\"]"), "/laws laws\n");
}

TEST(Compare, ADefaultIsNotNothing) {
  const auto parts =
      compare(good(sample()),
              good(newer_of(with(sample(), R"("class": "identity")", R"("class": "biometric")"))));
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].pointer, "/categories/5/class");
  const auto plain =
      compare(good(sample()),
              good(newer_of(with(
                  sample(), "\"zh-CN\": \"浏览与点击记录\", \"en\": \"pages viewed and clicks\" }",
                  "\"zh-CN\": \"浏览与点击记录\", \"en\": \"pages viewed and clicks\" }, "
                  "\"class\": \"location\""))));
  ASSERT_EQ(plain.size(), 1u) << written(plain);
  EXPECT_TRUE(plain[0].was) << "it was ordinary";
}

/// Whatever the core asks or tells about has a place that can be announced, and whoever is asked is
/// asked because of one of the parts.
TEST(Compare, NothingThatTheDiffFindsIsWithoutAPart) {
  const std::pair<std::string_view, std::string_view> changes[] = {
      {"\"visit statistics\"", "\"visitor statistics\""},
      {"[\"collection\", \"aggregation\"]", "[\"collection\"]"},
      {R"("period": "P14M")", R"("period": "P4Y")"},
      {"privacy@liangdu.example", "office@liangdu.example"},
      {"衡通商务服务有限公司", "另一家有限公司"},
      {R"({ "place": "*", "regime": "opt-in" })", R"({ "place": "*", "regime": "notice-only" })"},
      {R"("validity": { "grant": "P6M", "refusal": "P6M" })",
       R"("validity": { "grant": "P6M", "refusal": "P1Y" })"},
      {R"("class": "identity")", R"("class": "biometric")"},
      {"If it leaked, somebody", "If it leaks, somebody"},
      {"\"id\": \"video\",", "\"id\": \"films\","},
  };
  for (const auto& [from, to] : changes) {
    const policy::Policy older = good(sample());
    std::string text = sample();
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
    const auto read = policy::read(newer_of(text));
    if (!read) continue;  // another part of the sample names it
    const auto parts = compare(older, *read);
    const auto differences = policy::diff(older, *read);
    EXPECT_EQ(parts.empty(), differences.empty()) << from;
    const bool asked = std::ranges::any_of(
        differences, [](const auto& one) { return one.then == policy::Then::ask; });
    EXPECT_EQ(std::ranges::any_of(parts, &Part::asks_again), asked) << from << written(parts);
  }
}

}  // namespace
}  // namespace avow::change
