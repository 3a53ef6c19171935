#include "notice/announcement.h"

#include "base/text.h"
#include "change/rules.h"
#include "announced.h"
#include "notice/draft.h"
#include "policy/terms.h"

namespace avow::notice {
namespace {

using change::given::announcement;
using change::given::sample;
using given::catalog;
using given::times;

struct Announcing : given::Announcing {
  std::string vector(const std::string& name, const std::string& got) const {
    return policy::given::vector("../change/" + name, got);
  }
};

TEST_F(Announcing, TheMailIsWhatTheVectorsSay) {
  for (const Catalog* spoken : {&chinese, &english}) {
    const std::string mail = announce_as_mail(in(*spoken));
    EXPECT_EQ(mail, vector("mail." + spoken->language() + ".txt", mail));
    EXPECT_TRUE(mail.starts_with("Subject: "));
  }
}

TEST_F(Announcing, TheTextMessageIsSignedAndLinked) {
  EXPECT_EQ(announce_as_sms(in(chinese)),
            "【衡通商务】个人信息处理规则自2027年1月15日起变更，变更内容及拒绝方式见："
            "https://ht.example/c1");
  EXPECT_EQ(announce_as_sms(in(english)),
            "Hengtong: Our privacy policy changes on 15 Jan 2027. What, why and how to refuse: "
            "https://ht.example/c1e");
  EXPECT_TRUE(sms_breaches(in(chinese)).empty());
  told.signature.languages[0].second = "衡通商务服务有限公司上海";
  told.link.languages[0].second = "https://hengtong.example/zh/privacy";
  ASSERT_EQ(sms_breaches(in(chinese)).size(), 1u);
  EXPECT_EQ(sms_breaches(in(chinese))[0].where, "/link");
}

TEST_F(Announcing, ALineFeedInANameMakesNoSecondHeader) {
  for (auto& [language, name] : older.controller.name.languages) name = "A\nBcc: x@y.example";
  told.signature = older.controller.name;
  EXPECT_TRUE(
      announce_as_mail(in(english)).starts_with("Subject: Our privacy policy is changing: A Bcc:"));
  EXPECT_EQ(announce_as_sms(in(english)).find('\n'), std::string::npos);
}

TEST_F(Announcing, NothingIsPromisedOfConsentWhereAPlaceDoesNotAskFirst) {
  EXPECT_EQ(times(announce_as_page(in(english)), english.text("change.asks")), 0u);
}

TEST_F(Announcing, ThePageSaysWhatTheMailSays) {
  newer.jurisdictions.clear();
  for (const Catalog* spoken : {&chinese, &english}) {
    const std::string page = announce_as_page(in(*spoken));
    const std::string& language = spoken->language();
    const auto says = [&](std::string_view text) {
      EXPECT_NE(page.find(text::escape_html(text)), std::string::npos) << text;
    };
    for (const change::Changed& one : told.changed) says(one.why.in(language));
    says(told.meaning.in(language));
    says(told.refuse.in(language));
    says(told.feedback_to);
    says(told.link.in(language));
    EXPECT_EQ(times(page, spoken->text("change.asks")), 2u);
    EXPECT_EQ(page.find("decided"), std::string::npos);
    EXPECT_EQ(page.find("Legal, 2026"), std::string::npos) << "who decided is not published";
    EXPECT_EQ(page.find("<script"), std::string::npos);
  }
}

TEST_F(Announcing, OnlyWhatIsDifferentIsMarked) {
  const std::string page = announce_as_page(in(chinese));
  EXPECT_NE(page.find("推送政策资讯<ins>、活动邀请</ins>和优惠信息。"), std::string::npos) << page;
  EXPECT_NE(page.find("<del>1年2个月</del>，期满后匿名化"), std::string::npos);
  const std::string words = announce_as_page(in(english));
  EXPECT_NE(words.find("+86 21 5555 <del>0100</del>"), std::string::npos) << "whole words";
  EXPECT_NE(words.find("+86 21 5555 <ins>0199</ins>"), std::string::npos);
}

TEST_F(Announcing, TextsStayTexts) {
  for (change::Changed& one : told.changed) {
    one.what = "<img src=x>";
    for (policy::Text* text : {&one.was, &one.is, &one.why})
      for (auto& [language, words] : text->languages) words = "<script>alert(1)</script>\"&";
  }
  told.feedback_to = "x@y.example\"onclick=\"alert(1)";
  for (auto& [language, words] : told.link.languages) words = "https://x.example/\"><script>";
  const std::string page = announce_as_page(in(english));
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("\"onclick"), std::string::npos);
}

TEST_F(Announcing, ADraftIsInTheWordsOfTheInterface) {
  const std::vector<Catalog> both{chinese, english};
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  EXPECT_EQ(change::write_public(draft),
            change::write_public(announcement(change::given::file("draft.json"))));
  EXPECT_EQ(draft.changed[3].was.in("zh-CN"), "1年2个月，期满后匿名化");
}

/// Policies that have nearly nothing in common, in both directions.
TEST_F(Announcing, ADraftNamesEveryDifferenceInWords) {
  const policy::AuthoredPolicy all =
      change::given::authored(policy::given::file("everything.json"));
  const policy::AuthoredPolicy some = change::given::authored(sample());
  const auto spoken = [](const policy::Policy& policy) {
    std::vector<Catalog> out;
    for (const std::string& language : policy.languages)
      out.push_back(
          catalog(language == "en" || language == "zh-CN" ? language : "en").as(language));
    return out;
  };
  for (const auto& [from, to] : {std::pair(&all, &some), std::pair(&some, &all)}) {
    const std::vector<Catalog> before = spoken(*from), now = spoken(*to);
    change::Announcement draft = draft_of({*from, before}, {*to, now});
    EXPECT_GT(draft.changed.size(), 20u);
    for (change::Changed& one : draft.changed)
      for (auto& [language, words] : one.why.languages) words = "why";
    for (const Error& error : change::breaches(draft, *from, *to))
      EXPECT_FALSE(error.where.starts_with("/changed")) << describe(error);
    for (const Catalog& each : now) {
      const Announced announced{draft,
                                {*from, before[0], {{}, policy::Regime::opt_in}},
                                {*to, each, {{}, policy::Regime::opt_in}}};
      EXPECT_NE(announce_as_page(announced).find("<ins>"), std::string::npos);
    }
  }
}

TEST_F(Announcing, WhatTheInterfaceHasNoWordsForIsSpelledOut) {
  const std::vector<Catalog> both{chinese, english};
  newer = older;
  newer.purposes[2].methods = {"collection", "profiling"};
  newer.services[0].permissions = {"location"};
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 2u);
  EXPECT_EQ(draft.changed[0].was.in("en"), "collection, aggregation");
  EXPECT_EQ(draft.changed[0].is.in("zh-CN"), "collection、profiling");
  EXPECT_EQ(draft.changed[1].pointer, "/services/0/permissions");
  EXPECT_TRUE(draft.changed[1].was.empty());
  EXPECT_EQ(draft.changed[1].is.in("en"), "location");
}

TEST_F(Announcing, WhatARecipientGetsIsSaidWithoutItsId) {
  const std::vector<Catalog> both{chinese, english};
  newer = older;
  policy::Use use;
  use.recipient = "measure-cloud";
  use.categories = {"usage"};
  older.purposes[2].sharing = {use};
  use.kept.languages = {{"zh-CN", "两年"}, {"en", "two years"}};
  newer.purposes[2].sharing = {use};
  newer.recipients[0].covers.push_back({"cn", policy::Safeguard::standard_contract, {}});
  newer.storage = policy::Storage{{"CN"}, {{{"zh-CN", "上海"}, {"en", "Shanghai"}}}};
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 3u);
  const auto of = [&](std::string_view pointer) {
    return *std::ranges::find(draft.changed, pointer, &change::Changed::pointer);
  };
  EXPECT_EQ(of("/recipients/0/covers").is.in("zh-CN"), "已订立个人信息出境标准合同");
  EXPECT_EQ(of("/storage").is.in("zh-CN"), "上海");
  const change::Changed given = of("/purposes/2/sharing");
  EXPECT_EQ(given.is.in("zh-CN").find("measure-cloud"), std::string::npos);
  EXPECT_TRUE(given.is.in("zh-CN").contains("浏览与点击记录")) << given.is.in("zh-CN");
  EXPECT_TRUE(given.is.in("zh-CN").ends_with("保存期限：两年）")) << given.is.in("zh-CN");
  EXPECT_FALSE(given.was.in("zh-CN").contains("保存期限"));
}

TEST_F(Announcing, WordsThatHideADifferenceGiveWayToThePolicysSpelling) {
  const std::vector<Catalog> both{chinese, english};
  newer = older;
  older.recipients[0].country_names.languages = {{"zh-CN", "境外"}, {"en", "abroad"}};
  newer.recipients[0].country_names = older.recipients[0].country_names;
  newer.recipients[0].countries = {"US"};
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 1u);
  EXPECT_EQ(draft.changed[0].was.in("en"), "CN");
  EXPECT_EQ(draft.changed[0].is.in("en"), "US");
}

TEST_F(Announcing, OfARightAllIsToldThatIsDifferent) {
  const std::vector<Catalog> both{chinese, english};
  older.rights.insert(older.rights.begin(), older.rights[0]);
  older.rights[0].law = "eu";
  older.rights[1].answer = policy::Term{.days = 15};
  newer = older;
  newer.rights[1].answer->days = 45;
  newer.rights[1].identity = policy::Identity::document;
  newer.rights[1].procedure.languages[0].second = "请书面提出申请。";
  newer.rights[1].procedure.languages[1].second = "Write to us.";
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 1u);
  const change::Changed& one = draft.changed[0];
  EXPECT_EQ(one.pointer, "/rights/1");
  EXPECT_TRUE(one.was.in("en").contains("15 days")) << one.was.in("en");
  EXPECT_TRUE(one.is.in("en").contains("45 days")) << one.is.in("en");
  const std::string document(english.text("identity.document"));
  EXPECT_TRUE(one.is.in("en").contains(document)) << one.is.in("en");
  EXPECT_FALSE(one.was.in("en").contains(document));
  EXPECT_TRUE(one.is.in("en").contains("Write to us.\n")) << "a sentence is no part of a list";
  EXPECT_FALSE(one.is.in("zh-CN").contains("。、")) << one.is.in("zh-CN");
  EXPECT_TRUE(one.is.in("zh-CN").contains(newer.rights[1].channel.in("zh-CN")));
}

TEST_F(Announcing, ALinkThatChangesWithOtherThingsIsToldToo) {
  const std::vector<Catalog> both{chinese, english};
  const auto link = [](const char* to) { return policy::Text{{{"zh-CN", to}, {"en", to}}}; };
  older.recipients[0].covers = {{"cn", policy::Safeguard::certification, link("/old-copy")}};
  older.purposes[2].automated = policy::Automated{.significant = false, .logic = {}, .refuse = {}};
  newer = older;
  newer.recipients[0].covers = {{"cn", policy::Safeguard::standard_contract, link("/new-copy")}};
  newer.purposes[2].automated->significant = true;
  newer.purposes[2].automated->refuse = link("/new-refusal");
  const change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 2u);
  EXPECT_TRUE(draft.changed[0].was.in("en").contains("/old-copy"));
  EXPECT_TRUE(draft.changed[0].is.in("en").contains("/new-copy")) << draft.changed[0].is.in("en");
  EXPECT_TRUE(draft.changed[1].is.in("en").contains("/new-refusal"));
  EXPECT_TRUE(draft.changed[1].is.in("en").contains(english.text("automated.significant")));
}

/// What is gone has the place in the older policy that its successor has in the newer one.
TEST_F(Announcing, APurposeInTheSteadOfAnotherIsToldAndSoIsTheOther) {
  const std::vector<Catalog> both{chinese, english};
  newer = older;
  newer.purposes[2].id = "insight";
  newer.rights[0].type = "copy";
  policy::add_terms(newer);
  change::Announcement draft = draft_of({older, both}, {newer, both});
  ASSERT_EQ(draft.changed.size(), 4u);
  for (change::Changed& one : draft.changed) {
    EXPECT_NE(one.was.empty(), one.is.empty());
    for (auto& [language, words] : one.why.languages) words = "why";
  }
  EXPECT_EQ(draft.changed[0].pointer, draft.changed[1].pointer);
  EXPECT_EQ(draft.changed[2].pointer, draft.changed[3].pointer);
  policy::AuthoredPolicy authored;
  static_cast<policy::Policy&>(authored) = newer;
  for (const Error& error : change::breaches(draft, older, authored))
    EXPECT_FALSE(error.where.starts_with("/changed")) << describe(error);
  draft.changed[1] = draft.changed[0];
  std::string wrong;
  for (const Error& error : change::breaches(draft, older, authored)) {
    if (error.where.starts_with("/changed")) wrong += describe(error) + "\n";
  }
  EXPECT_NE(wrong.find("/changed/1/pointer"), std::string::npos) << wrong;
  EXPECT_NE(wrong.find("(" + older.purposes[2].id + "), too"), std::string::npos) << wrong;
}

TEST_F(Announcing, ATextThatChangedInAnotherLanguageAloneIsNotShown) {
  told.changed[4].is.languages[0].second = told.changed[4].was.languages[0].second;
  EXPECT_EQ(announce_as_page(in(chinese)).find("资讯与优惠"), std::string::npos);
  EXPECT_EQ(announce_as_mail(in(chinese)).find("资讯与优惠"), std::string::npos);
  EXPECT_NE(announce_as_page(in(english)).find("news and offers"), std::string::npos);
}

TEST_F(Announcing, EveryLanguageHasTheWords) {
  for (const char* language : {"de", "fr", "ar", "hu", "ja", "ru"}) {
    const Catalog spoken = catalog(language).as("en");
    EXPECT_FALSE(announce_as_page(in(spoken)).empty());
    EXPECT_EQ(announce_as_sms(in(spoken)).find('{'), std::string::npos) << language;
    EXPECT_TRUE(announce_as_sms(in(spoken)).ends_with("https://ht.example/c1e"))
        << "no mark becomes part of the address";
    EXPECT_EQ(announce_as_mail(in(spoken)).find('{'), std::string::npos) << language;
  }
}

}  // namespace
}  // namespace avow::notice
