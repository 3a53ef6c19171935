#include "trust/chain.h"

#include <algorithm>

#include "trust/given.h"

namespace avow::trust {
namespace {

RecordId id(std::uint8_t n) {
  RecordId out{};
  out[0] = n;
  return out;
}
Header link(std::int64_t seq, std::optional<RecordId> prev, std::uint8_t device = 1,
            std::uint8_t commit = 1) {
  Header header;
  header.site = "shop.example";
  header.device[0] = device;
  header.seq = seq;
  header.prev = prev;
  header.erase_commit[0] = commit;
  return header;
}

struct Added {
  Header header;
  RecordId id;
};
/// The report over the records in any order: all orders give the same.
ChainVerifier::Report verified(std::vector<Added> records) {
  const auto run = [&records] {
    ChainVerifier verifier;
    for (const Added& record : records) verifier.add(record.header, record.id);
    return verifier.report();
  };
  const auto shown = [](const ChainVerifier::Report& report) {
    std::string out = std::to_string(report.devices) + " " + std::to_string(report.records);
    for (const auto& finding : report.findings) {
      out += "\n" + std::string(name(finding.code)) + " " + std::to_string(finding.device[0]) +
             " " + std::to_string(finding.seq);
      for (const RecordId& record : finding.records) out += " " + std::to_string(record[0]);
    }
    return out;
  };
  const auto report = run();
  const std::string want = shown(report);
  std::ranges::sort(records, {}, &Added::id);
  do {
    EXPECT_EQ(shown(run()), want);
  } while (records.size() < 6 && std::ranges::next_permutation(records, {}, &Added::id).found);
  return report;
}

TEST(Chain, AWholeChainHasNoFindings) {
  const auto report = verified({{link(1, {}), id(10)},
                                {link(2, id(10)), id(7)},
                                {link(3, id(7)), id(9)},
                                {link(1, {}, 2), id(11)}});
  EXPECT_EQ(report.devices, 2);
  EXPECT_EQ(report.records, 4);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(verified({}).findings.empty());
}

TEST(Chain, ADeletedRecordIsAGap) {
  const auto report =
      verified({{link(1, {}), id(1)}, {link(3, id(2)), id(3)}, {link(4, id(3)), id(4)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_gap);
  EXPECT_EQ(report.findings[0].device[0], 1);
  EXPECT_EQ(report.findings[0].seq, 3);
  EXPECT_EQ(report.findings[0].records, std::vector{id(3)});
}

TEST(Chain, ADeletedFirstRecordIsAGap) {
  const auto report = verified({{link(2, id(1)), id(2)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_gap);
}

TEST(Chain, ARecordOfAnotherDeviceIsNoPredecessor) {
  const auto report = verified({{link(1, {}, 1), id(1)}, {link(2, id(1), 2), id(2)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_gap);
  EXPECT_EQ(report.findings[0].device[0], 2);
}

TEST(Chain, ASkippedSeqIsAGap) {
  const auto report = verified({{link(1, {}), id(1)}, {link(3, id(1)), id(3)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_gap);
  EXPECT_EQ(report.findings[0].records, (std::vector{id(1), id(3)}));
}

TEST(Chain, AnotherEraseCommitIsAGap) {
  const auto report = verified({{link(1, {}, 1, 1), id(1)}, {link(2, id(1), 1, 2), id(2)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_gap);
  EXPECT_EQ(report.findings[0].seq, 2);
}

TEST(Chain, TwoWithOnePredecessorAreAFork) {
  const auto report = verified({{link(1, {}), id(1)},
                                {link(2, id(1)), id(2)},
                                {link(2, id(1)), id(3)},
                                {link(3, id(2)), id(4)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_fork);
  EXPECT_EQ(report.findings[0].seq, 2);
  EXPECT_EQ(report.findings[0].records, (std::vector{id(2), id(3)}));
}

TEST(Chain, TwoFirstRecordsAreAFork) {
  const auto report = verified({{link(1, {}), id(1)}, {link(1, {}), id(2)}});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].code, Code::chain_fork);
  EXPECT_EQ(report.findings[0].seq, 1);
}

TEST(Chain, TheSameRecordTwiceCountsOnce) {
  const auto report =
      verified({{link(1, {}), id(1)}, {link(1, {}), id(1)}, {link(2, id(1)), id(2)}});
  EXPECT_EQ(report.records, 2);
  EXPECT_TRUE(report.findings.empty());
}

TEST(Chain, FindingsAreOrderedByDeviceThenSeq) {
  const auto report = verified(
      {{link(5, id(90), 2), id(1)}, {link(3, id(91), 2), id(2)}, {link(9, id(92), 1), id(3)}});
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.findings[0].device[0], 1);
  EXPECT_EQ(report.findings[1].seq, 3);
  EXPECT_EQ(report.findings[2].seq, 5);
}

}  // namespace
}  // namespace avow::trust
