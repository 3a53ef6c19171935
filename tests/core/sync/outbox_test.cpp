#include "sync/outbox.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "base/canonical.h"
#include "base/text.h"

namespace avow::sync {
namespace {

Digest numbered(std::string_view kind, std::int64_t n) {
  return sha256(as_bytes(std::string(kind) + std::to_string(n)));
}

Entry entry(std::int64_t device, std::int64_t seq) {
  Entry out;
  out.id = numbered("id", device * 1'000 + seq);
  out.digest = numbered("body", device * 1'000 + seq);
  out.device = numbered("device", device);
  out.seq = seq;
  return out;
}

std::string echo(const Entry& of) { return R"({"stored":")" + text::to_hex(of.digest) + "\"}"; }

Result<Outcome> take(Outbox& outbox, const Entry& of, std::int64_t status, std::string body = {},
                     Millis now = 0, std::optional<std::int64_t> retry_after = {},
                     Acknowledgement level = Acknowledgement::echo) {
  return answer(outbox, of.id, {status, std::move(body), retry_after}, level, now, 0x8000'0000);
}

TEST(Outbox, AnEntryLeavesOnlyWhenTheVeryBytesAreAcknowledged) {
  const Entry one = entry(1, 1);
  for (const std::string& body :
       {std::string{}, std::string("<html>Welcome to the airport</html>"), echo(entry(1, 2)),
        std::string(R"({"stored":1})"), std::string(R"(["stored"])"), echo(one) + "x"}) {
    Outbox outbox{one};
    EXPECT_EQ(take(outbox, one, 200, body), Outcome::retried) << body;
    EXPECT_EQ(outbox.size(), 1u);
  }
  for (const std::int64_t status : {200, 201, 299}) {
    Outbox outbox{one};
    EXPECT_EQ(take(outbox, one, status, echo(one)), Outcome::delivered);
    EXPECT_TRUE(outbox.empty());
  }
  Outbox outbox{one};
  EXPECT_EQ(take(outbox, one, 404, echo(one)), Outcome::shelved)
      << "an error that echoes is an error";
}

TEST(Outbox, ABackendThatAcknowledgesByStatusIsTakenAtItsWord) {
  const Entry one = entry(1, 1);
  Outbox outbox{one};
  EXPECT_EQ(take(outbox, one, 204, "", 0, {}, Acknowledgement::status), Outcome::delivered);
}

TEST(Outbox, GoneEndsAnEntryOtherRefusalsGoToTheShelfTheRestIsTriedAgain) {
  const Entry one = entry(1, 1);
  const auto outcome = [&](std::int64_t status) {
    Outbox outbox{one};
    return *take(outbox, one, status);
  };
  EXPECT_EQ(outcome(410), Outcome::ended);
  for (const std::int64_t status : {400, 401, 403, 404, 409, 413, 415, 422})
    EXPECT_EQ(outcome(status), Outcome::shelved) << status;
  for (const std::int64_t status : {0, 200, 302, 408, 425, 429, 500, 502, 503, 504, 599})
    EXPECT_EQ(outcome(status), Outcome::retried) << status;
}

TEST(Outbox, BackoffDoublesToItsCapAndNeverComesBeforeWhatTheServerAsked) {
  const Entry one = entry(1, 1);
  Outbox outbox{one};
  Millis before = 0;
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(take(outbox, one, 503), Outcome::retried);
    EXPECT_GE(outbox[0].not_before, before);
    EXPECT_LE(outbox[0].not_before, kBackoffCap);
    before = outbox[0].not_before;
  }
  EXPECT_EQ(outbox[0].not_before, kBackoffCap / 2) << "full jitter of one half";
  EXPECT_EQ(take(outbox, one, 429, "", 0, 120), Outcome::retried);
  EXPECT_GE(outbox[0].not_before, 120'000);
  EXPECT_EQ(take(outbox, one, 429, "", 0, 1'000'000), Outcome::retried);
  EXPECT_LE(outbox[0].not_before, kRetryAfterCap + kBackoffCap);
}

TEST(Outbox, RecordsOfOneDeviceGoInOrderOthersDoNotWaitForThem) {
  Outbox outbox;
  enqueue(outbox, entry(1, 2));
  enqueue(outbox, entry(1, 1));
  enqueue(outbox, entry(2, 7));
  EXPECT_EQ(next(outbox, 0).send, entry(1, 1).id);
  ASSERT_EQ(take(outbox, entry(1, 1), 503), Outcome::retried);
  EXPECT_EQ(next(outbox, 0).send, entry(2, 7).id) << "seq 2 waits for seq 1";
  ASSERT_EQ(take(outbox, entry(2, 7), 200, echo(entry(2, 7))), Outcome::delivered);
  const Action wait = next(outbox, 0);
  EXPECT_FALSE(wait.send);
  EXPECT_EQ(wait.at, outbox[1].not_before);
  EXPECT_EQ(next(outbox, *wait.at).send, entry(1, 1).id);
}

TEST(Outbox, AShelvedRecordDoesNotHoldUpTheNext) {
  Outbox outbox{entry(1, 1), entry(1, 2)};
  ASSERT_EQ(take(outbox, entry(1, 1), 422), Outcome::shelved);
  EXPECT_EQ(next(outbox, 0).send, entry(1, 2).id);
}

TEST(Outbox, AddingTwiceIsAddingOnce) {
  Outbox outbox;
  enqueue(outbox, entry(1, 1));
  enqueue(outbox, entry(1, 1));
  EXPECT_EQ(outbox.size(), 1u);
}

TEST(Outbox, TooManyTriesRestOnTheShelfUntilTheNextPage) {
  const Entry one = entry(1, 1);
  Outbox outbox{one};
  for (int i = 1; i < kMostTries; ++i) ASSERT_EQ(take(outbox, one, 0), Outcome::retried);
  EXPECT_EQ(take(outbox, one, 0), Outcome::shelved);
  EXPECT_FALSE(next(outbox, 1'000'000'000).send);
  revive(outbox, 0);
  EXPECT_EQ(next(outbox, kBackoffCap).send, one.id);
  ASSERT_EQ(take(outbox, one, 422), Outcome::shelved);
  revive(outbox, 0);
  EXPECT_FALSE(next(outbox, 1'000'000'000).send) << "what was refused is not asked again";
}

TEST(Outbox, MoreTriesThanCanBeCountedAreNotRead) {
  Errors errors;
  Entry one = entry(1, 1);
  one.tries = (std::int64_t{1} << 53) - 1;
  EXPECT_TRUE(read_outbox(write_outbox({one}), errors).empty());
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_TRUE(errors[0].where.ends_with("/0/tries")) << errors[0].where;
}

TEST(Outbox, AClockThatWasFarOffDoesNotHoldARecordForYears) {
  Outbox outbox{entry(1, 1)};
  ASSERT_EQ(take(outbox, entry(1, 1), 503, "", 4'000'000'000'000), Outcome::retried);
  revive(outbox, 1'000);
  EXPECT_LE(outbox[0].not_before, 1'000 + kRetryAfterCap + kBackoffCap);
}

TEST(Outbox, AfterTheNetworkFailedANewPageTriesAtOnce) {
  Outbox outbox{entry(1, 1)};
  for (int i = 0; i < 9; ++i) ASSERT_EQ(take(outbox, entry(1, 1), 0), Outcome::retried);
  revive(outbox, 5);
  EXPECT_EQ(next(outbox, 5).send, entry(1, 1).id);
  ASSERT_EQ(take(outbox, entry(1, 1), 503, "", 5, 60), Outcome::retried);
  revive(outbox, 5);
  EXPECT_FALSE(next(outbox, 5).send) << "a server's wish outlives the page";
}

TEST(Outbox, ComesBackAsItWasWrittenAndOneBadEntryLosesNoOther) {
  Outbox outbox{entry(1, 1), entry(2, 5)};
  ASSERT_EQ(take(outbox, entry(1, 1), 422), Outcome::shelved);
  Errors errors;
  EXPECT_EQ(read_outbox(write_outbox(outbox), errors), outbox);
  EXPECT_TRUE(errors.empty());
  json::Array stored = *write_outbox(outbox).array();
  stored.insert(stored.begin() + 1, json::Value{json::Object{}.set("id", "..")});
  EXPECT_EQ(read_outbox(stored, errors), outbox);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].where, "/outbox/1/id");
}

/// Ten thousand visitors' networks, badly behaved: whatever happens, nothing that was acknowledged
/// to the visitor as delivered is missing at the backend, nothing is delivered twice, and once the
/// faults end everything arrives.
TEST(Outbox, SimulatedSchedulesLoseNothing) {
  std::mt19937 random(20'261'122);
  for (int run = 0; run < 10'000; ++run) {
    Outbox outbox;
    std::map<Digest, int> backend;
    const auto records = static_cast<std::int64_t>(random() % 5 + 1);
    for (std::int64_t i = 0; i < records; ++i) enqueue(outbox, entry(i % 2, i + 1));
    Millis now = 0;
    std::size_t delivered = 0;
    for (int step = 0; step < 400 && !outbox.empty(); ++step) {
      const bool faulty = step < 40;
      const Action action = next(outbox, now);
      if (!action.send) {
        ASSERT_TRUE(action.at) << "something waits and nobody would ever wake up";
        now = std::max(now, *action.at);
        continue;
      }
      const auto sent = std::find_if(outbox.begin(), outbox.end(),
                                     [&](const Entry& e) { return e.id == *action.send; });
      const Entry copy = *sent;
      Answer got;
      switch (faulty ? random() % 8 : 7) {
        case 0: break;                        // lost on the way there
        case 1: backend[copy.id] = 1; break;  // stored, the answer lost
        case 2: got = {503, "", static_cast<std::int64_t>(random() % 30)}; break;  // busy
        case 3: got = {200, "<html>captive portal</html>", {}}; break;             // a lie
        case 4: got = {200, echo(entry(9, 9)), {}}; break;  // somebody else's answer
        case 5: now += 3'600'000; break;                    // the laptop slept
        case 6:
          if (random() % 2) revive(outbox, now);
          continue;  // the tab was closed and opened
        default: backend[copy.id] = 1; got = {201, echo(copy), {}};
      }
      const Result<Outcome> outcome = answer(outbox, copy.id, got, Acknowledgement::echo, now,
                                             static_cast<std::uint32_t>(random()));
      ASSERT_TRUE(outcome);
      if (*outcome == Outcome::delivered) {
        ++delivered;
        ASSERT_TRUE(backend.contains(copy.id)) << "run " << run << ": acknowledged but lost";
      }
    }
    ASSERT_TRUE(outbox.empty()) << "run " << run;
    ASSERT_EQ(delivered, static_cast<std::size_t>(records));
  }
}

}  // namespace
}  // namespace avow::sync
