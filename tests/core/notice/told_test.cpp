#include "notice/told.h"

#include "announced.h"
#include "base/text.h"

namespace avow::notice {
namespace {

using given::times;

struct Told : given::Announcing {};

TEST_F(Told, BeforeTheDayTheNoticeSaysWhenAndWhere) {
  const ChangeTold before = told_before(in(chinese));
  EXPECT_NE(before.coming.str().find("2027年1月15日"), std::string::npos);
  EXPECT_NE(before.coming.str().find("href=\"https://ht.example/c1\""), std::string::npos);
  EXPECT_TRUE(before.asked.str().empty());
}

TEST_F(Told, OnBothSidesOfTheDayTheFullTextMarksEachPartThatIsDifferent) {
  // Parts of the whole policy too, a service, a purpose that goes, and one that comes.
  policy::Service& service = newer.services.emplace_back(older.services[0]);
  service.id = "another";
  newer.storage = policy::Storage{{"SG"}, {}};
  policy::Purpose gone = older.purposes[0], comes = older.purposes[0];
  gone.id = "gone";
  comes.id = "comes";
  older.purposes.push_back(gone);
  newer.purposes.push_back(comes);
  const auto mark = [&](std::string pointer, std::string what, const char* word) {
    change::Changed one = told.changed[0];
    one.pointer = std::move(pointer);
    one.what = std::move(what);
    for (policy::Text* text : {&one.was, &one.is, &one.why})
      text->languages = {{"zh-CN", word}, {"en", word}};
    one.is.languages[1].second += "s";
    told.changed.push_back(std::move(one));
  };
  mark("/services/1/name", "another", "A service.");
  mark("/storage/countries", "storage", "A country.");
  mark("/purposes/9", "gone", "A purpose that goes.");
  mark("/purposes/9", "comes", "A purpose that comes.");
  const ChangeTold before = told_before(in(english)), since = told_since(in(english));
  for (const auto& [policy, change] : {std::pair{&older, &before}, std::pair{&newer, &since}}) {
    const View plain{*policy, english, {}}, telling{*policy, english, {}, change};
    EXPECT_FALSE(render(plain, Layer::choices).contains("class=\"changed\""));
    const std::string html = render(telling, Layer::choices);
    for (const change::Changed& one : told.changed)
      EXPECT_TRUE(html.contains(text::escape_html(one.why.in("en")))) << one.pointer;
    EXPECT_TRUE(html.contains("<ins>"));
    EXPECT_TRUE(html.contains("From 15 Jan 2027"));
    ASSERT_TRUE(change->purposes.contains("statistics"));
    EXPECT_FALSE(change->purposes.at("statistics").str().contains("A country."));
    EXPECT_TRUE(change->rest.str().contains("A country."));
  }
  // A part stands beside the purpose that it belongs to, where that is told of.
  EXPECT_TRUE(before.purposes.contains("gone"));
  EXPECT_TRUE(before.rest.str().contains("A purpose that comes."));
  EXPECT_TRUE(since.purposes.contains("comes"));
  EXPECT_TRUE(since.rest.str().contains("A purpose that goes."));
  EXPECT_FALSE(since.rest.str().contains("A service."));
  // Until the day nothing has changed yet.
  EXPECT_TRUE(before.rest.str().contains("Until now"));
  EXPECT_FALSE(before.rest.str().contains("changed on"));
  EXPECT_TRUE(since.rest.str().contains("What changed on 15 Jan 2027"));
}

TEST_F(Told, FromTheDayOnOnlyWhatIsAskedAgainStandsOnTheFirstLayer) {
  const ChangeTold since = told_since(in(english));
  EXPECT_TRUE(since.coming.str().empty());
  const std::string& asked = since.asked.str();
  for (const change::Changed& one : told.changed)
    EXPECT_EQ(asked.find(text::escape_html(one.why.in("en"))) != std::string::npos, one.asks_again)
        << one.pointer;
  EXPECT_EQ(times(asked, "<details class=\"changed\" open=\"\">"), 1u);
}

TEST_F(Told, AmongTheChoicesEachPurposeHasItsOwn) {
  const ChangeTold since = told_since(in(english));
  for (const auto& [id, html] : since.purposes) EXPECT_NE(newer.purpose(id), nullptr);
  // Its own retention; and a recipient that several purposes may have.
  ASSERT_TRUE(since.purposes.contains("statistics"));
  ASSERT_TRUE(since.purposes.contains("video"));
  EXPECT_NE(since.purposes.at("video").str().find("Yuanjing"), std::string::npos);
  EXPECT_EQ(since.purposes.at("statistics").str().find("Yuanjing"), std::string::npos);
}

TEST_F(Told, WhatIsLongIsFolded) {
  for (change::Changed& one : told.changed)
    for (auto& [language, why] : one.why.languages) why = std::string(1'000, 'w');
  EXPECT_EQ(times(told_since(in(english)).asked.str(), " open="), 0u);
}

TEST_F(Told, ANewControllerStandsBesideEveryPurposeThatIsAsked) {
  told.changed = {told.changed[0]};
  told.changed[0].pointer = "/controller/name";
  told.changed[0].asks_again = true;
  const ChangeTold since = told_since(in(english));
  for (const policy::Purpose& one : newer.purposes)
    EXPECT_EQ(since.purposes.contains(one.id), one.asks()) << one.id;
}

TEST_F(Told, WhoIsResponsibleUntilThenAnnouncesItAndOpensWhatIsSaid) {
  for (auto& [language, name] : newer.controller.name.languages) name = "Another Company";
  const Cards cards = announce_as_cards(in(english));
  const std::string now(older.controller.name.in("en"));
  EXPECT_EQ(cards.card.find("Another Company"), std::string::npos);
  EXPECT_NE(cards.whole.find("only " + now), std::string::npos);
}

TEST_F(Told, ChangesThatAskNobodyLeaveTheFirstLayerAsItIs) {
  for (change::Changed& one : told.changed) one.asks_again = false;
  EXPECT_TRUE(told_since(in(english)).asked.str().empty());
}

TEST_F(Told, TheCardSaysThatItComesAndTheWholeSaysAllOfIt) {
  const Cards cards = announce_as_cards(in(english));
  EXPECT_NE(cards.card.find("15 Jan 2027"), std::string::npos);
  for (const change::Changed& one : told.changed)
    EXPECT_NE(cards.whole.find(text::escape_html(one.why.in("en"))), std::string::npos);
  EXPECT_NE(cards.whole.find(text::escape_html(told.meaning.in("en"))), std::string::npos);
  EXPECT_NE(cards.whole.find(text::escape_html(told.refuse.in("en"))), std::string::npos);
  EXPECT_EQ(times(cards.whole, "<form>"), 1u);
}

TEST_F(Told, WithoutACollectorThereIsNothingToWriteInAndTheKeyboardStillScrolls) {
  const char* const kScrolls = "<div class=\"body\" tabindex=\"0\">";
  EXPECT_EQ(times(announce_as_cards(in(english)).whole, kScrolls), 0u) << "the form is a stop";
  older.collector.url.clear();
  EXPECT_EQ(times(announce_as_cards(in(english)).whole, "<form"), 0u);
  EXPECT_EQ(times(announce_as_cards(in(english)).whole, kScrolls), 1u);
}

TEST_F(Told, WhatAnAuthorWritesIsText) {
  for (change::Changed& one : told.changed)
    for (auto& [language, why] : one.why.languages) why = "<img src=x>\"'&";
  for (auto& [language, link] : told.link.languages) link = "https://a.example/\"><script>";
  const ChangeTold since = told_since(in(english)), before = told_before(in(english));
  const Cards cards = announce_as_cards(in(english));
  for (const std::string& html :
       {since.asked.str(), before.coming.str(), cards.card, cards.whole}) {
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
  }
}

}  // namespace
}  // namespace avow::notice
