#include "change/read.h"

#include "base/text.h"
#include "given.h"

namespace avow::change {
namespace {

using given::announcement;
using policy::given::lines;

TEST(ChangeRead, TheFileHasAllThatItSays) {
  const Announcement read = announcement();
  EXPECT_EQ(read.languages, (std::vector<std::string>{"zh-CN", "en"}));
  EXPECT_EQ(time::write_date(read.effective_at), "2027-01-15");
  EXPECT_EQ(time::write_date(read.notify_from), "2026-12-16");
  EXPECT_EQ(read.audience, Audience::everybody);
  ASSERT_EQ(read.changed.size(), 6u);
  EXPECT_EQ(read.changed[3].pointer, "/purposes/2/retention");
  EXPECT_EQ(read.changed[3].is.in("en"), "2 years, then anonymised");
  EXPECT_TRUE(read.changed[3].asks_again);
  EXPECT_TRUE(read.changed[5].is.empty()) << "what is gone is nothing";
  EXPECT_EQ(read.channels.size(), 4u);
}

TEST(ChangeRead, ThePublicFormIsReadAgainAndHasOneSpelling) {
  const Announcement read = announcement();
  const std::string once = write_public(read);
  EXPECT_EQ(write_public(announcement(once)), once);
  EXPECT_EQ(id_of(announcement(once)), id_of(read));
}

TEST(ChangeRead, WhoDecidedIsForTheHouseAlone) {
  Announcement read = announcement();
  const Digest id = id_of(read);
  EXPECT_FALSE(read.changed[0].decided_by.empty());
  EXPECT_EQ(write_public(read).find("decided_by"), std::string::npos);
  read.changed[0].decided_by = "somebody else";
  EXPECT_EQ(id_of(read), id);
  read.changed[0].why.languages[0].second += "!";
  EXPECT_NE(id_of(read), id) << "every word that people read is in the id";
}

TEST(ChangeRead, AnEmptyTextIsReadSoThatTheRestCanBeCompared) {
  const Announcement draft = announcement(given::file("draft.json"));
  EXPECT_EQ(draft.changed[0].why.in("zh-CN"), "");
}

class BadChange : public testing::TestWithParam<std::string> {};

TEST_P(BadChange, IsRefusedWithEveryPlace) {
  const std::string name = GetParam();
  const auto read = change::read(given::file("bad/" + name + ".json"));
  const std::string got = read ? "accepted" : lines(read.error());
  EXPECT_EQ(got, policy::given::vector("../change/bad/" + name + ".expected", got));
  EXPECT_NE(got, "accepted");
}

INSTANTIATE_TEST_SUITE_P(Vectors, BadChange,
                         testing::ValuesIn(policy::given::names_in("../change/bad", ".json")),
                         [](const auto& each) {
                           std::string name = each.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace avow::change
