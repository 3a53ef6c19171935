#include "policy/diff.h"

#include "given.h"

namespace avow::policy {
namespace {

using given::good;
using given::sample;
using given::with;

/// "purpose change" of each difference, a line each.
std::string differences(const std::string& older, const std::string& newer) {
  std::string out;
  for (const Difference& one : diff(good(older), good(newer))) {
    out += one.purpose + " " + std::string(spell(one.change)) + (one.asks_again() ? " ask" : "") +
           "\n";
  }
  return out;
}
std::string change(std::string_view from, std::string_view to) {
  return differences(sample(), with(sample(), from, to));
}

TEST(Diff, OfAPolicyWithItselfIsNothing) { EXPECT_EQ(differences(sample(), sample()), ""); }

TEST(Diff, WhatVisitorsDoNotReadIsNothing) {
  EXPECT_EQ(change("\"version\": \"2026-11-15\"", "\"version\": \"2026-12-01\""), "");
  EXPECT_EQ(change("\"label\": \"daily\"", "\"label\": \"monthly\""), "");
  EXPECT_EQ(change("PRIV-118", "PRIV-119"), "");
  EXPECT_EQ(change("\"record_refusals\": \"anonymous\"", "\"record_refusals\": \"chained\""), "");
}

TEST(Diff, AMendedTypoTellsAndDoesNotAsk) {
  EXPECT_EQ(change("\"visit statistics\"", "\"visitor statistics\""), "statistics wording\n");
  EXPECT_EQ(change("Your browser loads the video", "The browser loads the video"),
            "video wording\n");
  EXPECT_EQ(change("as the video site's own rules say", "as that site's rules say"),
            "video wording\n");
  EXPECT_EQ(change("If it leaked, somebody", "If it leaks, somebody"), "identity-check wording\n");
  EXPECT_EQ(change("The registration authority requires it.", "The authority requires it."),
            "identity-check wording\n");
}

TEST(Diff, WhatAPurposeNamesIsReadWithIt) {
  EXPECT_EQ(change("{ \"zh-CN\": \"浏览与点击记录\", \"en\": \"pages viewed and clicks\" }",
                   "\"exact location and religion\""),
            "statistics wording\noffers wording\n");
  EXPECT_EQ(change(R"("P14M", "after": "anonymise")", R"("P14M", "after": "delete")"),
            "statistics wording\n");
}

TEST(Diff, WhatConcernsTheWholePolicyIsTold) {
  EXPECT_EQ(change("Hengtong Business Services", "Another Company"), " controller\n");
  EXPECT_EQ(change(R"({ "place": "*", "regime": "opt-in" })",
                   R"({ "place": "*", "regime": "notice-only" })"),
            " regimes\n");
  EXPECT_EQ(change(R"("validity": { "grant": "P6M", "refusal": "P6M" })",
                   R"("validity": { "grant": "P6M", "refusal": "P1Y" })"),
            " validity\n");
}

TEST(Diff, ChangedTermsAskAgain) {
  EXPECT_EQ(change(R"("methods": ["collection", "aggregation"])",
                   R"("methods": ["collection", "profiling"])"),
            "statistics terms ask\n");
  EXPECT_EQ(change(R"("categories": ["device", "usage"])",
                   R"("categories": ["device", "usage", "contact"])"),
            "statistics terms ask\n");
  EXPECT_EQ(change(R"("categories": ["device", "usage"])", R"("categories": ["usage", "device"])"),
            "");
  EXPECT_EQ(change(R"("country": "SG")", R"("country": "MY")"), "singapore-support terms ask\n");
}

TEST(Diff, LongerRetentionAsksThoseWhoGrantedAndShorterTells) {
  EXPECT_EQ(change("\"P14M\"", "\"P15M\""), "statistics longer-retention ask\n");
  EXPECT_EQ(change("\"P14M\"", "\"P13M\""), "statistics shorter-retention\n");
  EXPECT_EQ(change("\"P90D\"", "\"P13W\""), "identity-check longer-retention ask\n");
}

TEST(Diff, ACriterionCountsAsLongest) {
  const std::string criterion =
      with(sample(), R"("period": "P14M")", R"("criteria": "while useful")");
  EXPECT_EQ(differences(sample(), criterion), "statistics longer-retention ask\n");
  EXPECT_EQ(differences(criterion, sample()), "statistics shorter-retention\n");
}

TEST(Diff, TermsOutweighRetentionAndRetentionOutweighsWording) {
  std::string newer = with(sample(), "\"P14M\"", "\"P2Y\"");
  newer = with(newer, "\"visit statistics\"", "\"counting\"");
  EXPECT_EQ(differences(sample(), newer), "statistics longer-retention ask\n");
  newer =
      with(newer, R"("methods": ["collection", "aggregation"])", R"("methods": ["collection"])");
  EXPECT_EQ(differences(sample(), newer), "statistics terms ask\n");
}

TEST(Diff, PurposesComeAndGo) {
  const std::string renamed = with(sample(), R"("id": "offers")", R"("id": "newsletter")");
  EXPECT_EQ(differences(sample(), renamed), "newsletter added ask\noffers removed\n");
}

TEST(Diff, NewLanguagesAreWording) {
  Policy older = good(sample()), newer = older;
  for (Purpose& purpose : newer.purposes) purpose.title.languages.emplace_back("fr", "titre");
  for (const Difference& one : diff(older, newer)) EXPECT_EQ(one.change, Change::wording);
  EXPECT_EQ(diff(older, newer).size(), newer.purposes.size());
}

TEST(Diff, EveryChangeHasASpelling) {
  for (const Change one : {Change::added, Change::removed, Change::terms, Change::longer_retention,
                           Change::shorter_retention, Change::wording, Change::controller,
                           Change::rights, Change::regimes, Change::validity}) {
    EXPECT_FALSE(spell(one).empty());
  }
}

}  // namespace
}  // namespace avow::policy
