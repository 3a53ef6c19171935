// What a visitor is told of a purpose, and the lists of all that is collected and given.
#include <algorithm>

#include "notice/given.h"
#include "notice/page.h"
#include "notice/pieces.h"
#include "notice/spoken.h"
#include "notice/texts.h"
#include "policy/law.h"

namespace avow::notice {
namespace {

using given::times;
using given::words;
using policy::AuthoredPolicy;
using policy::Policy;
using policy::Purpose;

AuthoredPolicy real(const std::string& name) {
  auto read = policy::read(policy::given::file("real/" + name + ".json"));
  if (read) return std::move(*read);
  ADD_FAILURE() << name << "\n" << policy::given::lines(read.error());
  return {};
}

std::string told(const Policy& policy, std::string_view purpose, const std::string& language) {
  const Catalog catalog = given::catalog(language);
  return words(
      facts({policy, catalog, {{}, policy::Regime::opt_in}}, *policy.purpose(purpose)).str());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Published policies are read as they are: what they do not say is a gap, and nothing had to be
/// invented.
class RealPolicy : public testing::TestWithParam<std::string> {};

TEST_P(RealPolicy, IsReadWithItsGapsAndWhatALawWouldAsk) {
  const AuthoredPolicy policy = real(GetParam());
  const std::string got =
      policy::given::lines(policy.gaps) + "law\n" + policy::given::lines(policy::breaches(policy));
  EXPECT_EQ(got, policy::given::vector("real/" + GetParam() + ".expected", got));
}

INSTANTIATE_TEST_SUITE_P(Vectors, RealPolicy,
                         testing::ValuesIn(policy::given::names_in("real", ".json")),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Facts, SeveralPeriodsEachSayOfWhatAndFromWhen) {
  const std::string html = told(real("uk-building-society"), "mortgages", "en");
  EXPECT_TRUE(has(html, "25 years from completion (legal and regulatory duties), then deleted"))
      << html;
  EXPECT_TRUE(has(html, "credit history and searches: 6 years (applications that open no account)"))
      << html;
}

TEST(Facts, GroundsAreToldByLawWithTheirCases) {
  Policy policy = real("uk-building-society");
  constexpr std::string_view kContract = "needed for a contract with you";
  std::string html = told(policy, "mortgages", "en");
  EXPECT_TRUE(has(html, "our legitimate interests, or those of others (preventing fraud")) << html;
  EXPECT_TRUE(has(html, "required by law (when identity is checked)")) << html;
  EXPECT_FALSE(has(html, "UK: ")) << "there is no other law";
  EXPECT_EQ(given::times(html, kContract), 1u) << "its own ground is the law's";
  // Under another law, too, each ground has its law, and what holds of the others is said.
  policy.laws.push_back("eu");
  html = told(policy, "mortgages", "en");
  EXPECT_TRUE(has(html, "UK: required by law (when identity is checked)")) << html;
  EXPECT_EQ(given::times(html, kContract), 2u);
}

TEST(Facts, DataIsNotDeletedAndAnonymisedButOneOrTheOther) {
  using policy::After;
  Policy policy = real("cn-mini-program");
  EXPECT_TRUE(has(told(policy, "nearby", "zh-CN"), "此后删除或者匿名化"));
  policy::Retention kept = policy.purposes[0].retention[0];
  kept.after = {After::erase, After::give_back, After::anonymise};
  const Catalog chinese = given::catalog("zh-CN");
  EXPECT_TRUE(has(spoken(View{policy, chinese, {}}, kept), "删除或者匿名化"));
  kept.after = {After::give_back, After::erase};
  EXPECT_FALSE(has(spoken(View{policy, chinese, {}}, kept), "或者"));
}

TEST(Facts, ACriterionMaySayItselfWhatHappensThen) {
  Policy policy = real("cn-mini-program");
  const Catalog chinese = given::catalog("zh-CN");
  const View view{policy, chinese, {}};
  policy::Retention kept = policy.purposes[0].retention[0];
  kept.criteria.languages[0].second = "比对完成后立即删除";
  kept.after.clear();
  EXPECT_EQ(spoken(view, kept), "比对完成后立即删除");
}

TEST(Facts, WhoAnswersIsCalledWithTheWayToThemAndTheOnlyLawByNoName) {
  Policy policy = real("uk-building-society");
  policy::Contact one{policy::Duty::officer, "uk", {}, "dpo@society.example"};
  one.name.languages = {{"en", "A. Officer"}};
  policy.contacts = {one};
  const Catalog english = given::catalog("en");
  const auto page = [&] { return words(render_page(View{policy, english, {}})); };
  EXPECT_TRUE(has(page(), "data protection officer: A. Officer (dpo@society.example)")) << page();
  EXPECT_TRUE(has(page(), "Information Commissioner&#39;s Office (https://ico.org.uk)"));
  policy.laws.push_back("eu");
  EXPECT_TRUE(has(page(), "data protection officer (UK): A. Officer (dpo@society.example)"));
  EXPECT_TRUE(has(page(), "Information Commissioner&#39;s Office (UK, https://ico.org.uk)"));
}

TEST(Facts, WhatAPermissionCostsIsASentenceOfItsOwn) {
  Policy policy = real("cn-mini-program");
  policy.purposes[1].permissions[0].if_refused.languages = {{"zh-CN", "附近服务"}};
  const std::string html = told(policy, "nearby", "zh-CN");
  EXPECT_TRUE(has(html, "地理位置（小程序）：拒绝后，以下功能无法使用：附近服务。")) << html;
}

TEST(Facts, APermissionIsCalledInTheVisitorsLanguageWhoeverAsksForIt) {
  const auto read = policy::read(policy::given::file("everything.json"));
  ASSERT_TRUE(read);
  EXPECT_TRUE(has(told(*read, "delivery", "zh-CN"), "位置（移动应用）"));
  EXPECT_TRUE(has(told(*read, "delivery", "en"), "location (our app)"));
  // A service that asks for the same, and for something that no purpose has words for.
  Policy policy = *read;
  policy.services[0].permissions = {"location", "NFC"};
  EXPECT_TRUE(has(told(policy, "statistics", "zh-CN"), "位置和NFC"));
  EXPECT_TRUE(has(told(policy, "statistics", "en"), "location and NFC"));
}

TEST(Facts, ARightToRestrictIsNotOneToObjectWhereThatIsThereByItself) {
  Policy policy = real("uk-building-society");
  const Catalog english = given::catalog("en");
  const auto page = [&] { return given::words(render_page(View{policy, english, {}})); };
  EXPECT_TRUE(has(page(), "Restrict how it is used"));
  EXPECT_FALSE(has(page(), "Restrict or object"));
  std::erase_if(policy.rights, [](const auto& one) { return one.type == "object"; });
  EXPECT_TRUE(has(page(), "Restrict or object"));
}

TEST(Facts, WhatIsOptionalIsToldApartAndWherePermissionsAreAsked) {
  const Policy policy = real("cn-mini-program");
  const std::string html = told(policy, "nearby", "zh-CN");
  EXPECT_TRUE(has(html, "地理位置（敏感个人信息、可选、来自您的设备）")) << html;
  EXPECT_TRUE(has(html, "地理位置（小程序）")) << html;
  EXPECT_TRUE(has(html, "适用范围 小程序") || has(html, "适用范围  小程序")) << html;
  // Where nothing may be left out there is nothing to tell apart.
  EXPECT_FALSE(has(told(policy, "security", "zh-CN"), "必需"));
}

TEST(Facts, ARecipientOfASortIsToldWithWhatItDoes) {
  const std::string html = told(real("uk-building-society"), "mortgages", "en");
  EXPECT_TRUE(has(html, "credit reference agencies")) << html;
  EXPECT_TRUE(has(html, "to search credit records, and to record the search")) << html;
  EXPECT_FALSE(has(html, "Contact")) << "it has none";
}

/// The sample with one purpose changed.
Policy sample(auto change) {
  Policy out = policy::given::good(policy::given::sample());
  for (Purpose& purpose : out.purposes)
    if (purpose.id == "statistics") change(out, purpose);
  return out;
}

policy::Text text(const Policy& policy, const std::string& words) {
  policy::Text out;
  for (const std::string& language : policy.languages) out.languages.emplace_back(language, words);
  return out;
}

TEST(Facts, AnotherWayIsToldWhereARefusalCostsNothing) {
  using policy::Effect;
  Policy policy = sample([&](Policy& whole, Purpose& purpose) {
    purpose.if_refused = policy::IfRefused{Effect::none, {}, text(whole, "the counter"), {}};
  });
  EXPECT_TRUE(has(told(policy, "statistics", "en"), "the counter"));
  EXPECT_TRUE(has(told(policy, "statistics", "en"), "still use this site"));
  // Asked elsewhere, the way there stands alone: of this site nothing is said.
  for (Purpose& purpose : policy.purposes) purpose.where = {policy::Where::mini_program};
  EXPECT_TRUE(has(told(policy, "statistics", "en"), "the counter"));
  EXPECT_FALSE(has(told(policy, "statistics", "en"), "still use this site"));
  for (Purpose& purpose : policy.purposes) purpose.basis = policy::Basis::contract;
  EXPECT_FALSE(has(told(policy, "statistics", "en"), "the counter"));
}

TEST(Facts, OnlyWhatIsTrueIsSaidOfARefusal) {
  using policy::Effect;
  const auto refused = [](Effect effect) {
    return sample([&](Policy& policy, Purpose& purpose) {
      purpose.if_refused = policy::IfRefused{effect, text(policy, "the map"), {}, {}};
    });
  };
  constexpr std::string_view kFree = "You can refuse and still use this site.";
  EXPECT_FALSE(has(told(sample([](Policy&, Purpose&) {}), "statistics", "en"), "If you refuse"))
      << "nothing is said where the policy does not say it";
  EXPECT_TRUE(has(told(refused(Effect::none), "statistics", "en"), kFree));
  for (const Effect effect : {Effect::this_function, Effect::service}) {
    const std::string html = told(refused(effect), "statistics", "en");
    EXPECT_TRUE(has(html, "the map")) << html;
    EXPECT_FALSE(has(html, kFree)) << html;
  }
}

TEST(Facts, ARefusalThatForgoesAnOfferOrAFunctionIsNotFree) {
  const auto free = [](auto change) {
    const Policy policy = sample([&](Policy& whole, Purpose& purpose) {
      purpose.if_refused = policy::IfRefused{};
      change(whole, purpose);
    });
    return has(told(policy, "statistics", "en"), "You can refuse and still use this site.");
  };
  EXPECT_TRUE(free([](Policy&, Purpose&) {}));
  EXPECT_TRUE(free([](Policy& policy, Purpose& purpose) {
    purpose.permissions = {{text(policy, "camera"), policy::Where::site, {}}};
  })) << "nothing is lost without it";
  EXPECT_FALSE(free([](Policy& policy, Purpose& purpose) {
    purpose.permissions = {{text(policy, "camera"), policy::Where::site, text(policy, "scanning")}};
  }));
  EXPECT_FALSE(free([](Policy& policy, Purpose& purpose) {
    purpose.incentive = policy::Incentive{text(policy, "10% off"), {}, {}};
  }));
}

TEST(Facts, TheWholeIsFreeToRefuseOnlyWhereEachPurposeIs) {
  const auto said = [](const Policy& policy) {
    const Catalog catalog = given::catalog("en");
    return refusing({policy, catalog, {{}, policy::Regime::opt_in}});
  };
  Policy policy = policy::given::good(policy::given::sample());
  EXPECT_EQ(said(policy), "") << "the sample does not say what a refusal costs";
  for (Purpose& purpose : policy.purposes) purpose.if_refused = policy::IfRefused{};
  EXPECT_EQ(said(policy), given::catalog("en").text("first.free"));
  for (Purpose& purpose : policy.purposes) {
    Policy other = policy;
    for (Purpose& one : other.purposes)
      if (one.id == purpose.id) one.if_refused->effect = policy::Effect::service;
    EXPECT_EQ(said(other).empty(), purpose.asks()) << purpose.id;
  }
}

TEST(Facts, ALockedRecordIsNotSaidToBeDeleted) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, policy::Regime::opt_in}};
  const std::string deleted(catalog.text("yours.erase-effect"));
  EXPECT_EQ(erasing(view), std::vector{deleted});
  EXPECT_TRUE(has(render(view, Layer::yours), "deletes the record"));
  policy.erase = {policy::EraseMode::keep_proof, time::Period{36, 0}, text(policy, "a law"), {}};
  EXPECT_FALSE(has(render(view, Layer::yours), "on our server"));
  EXPECT_TRUE(has(render(view, Layer::yours), "locked for 3 years and then deleted: a law"));
  EXPECT_TRUE(has(render(view, Layer::yours),
                  "record of your choices on this device. This "
                  "cannot be undone."));
  EXPECT_FALSE(has(render(view, Layer::yours), catalog.text("act.erase-confirm")));
  EXPECT_EQ(times(render(view, Layer::yours), "locked for 3 years and then deleted: a law"), 2u)
      << "beside the key file, which can erase it, too";
  // What the core says of it is true wherever the record was.
  const auto said = [&](policy::EraseMode mode) {
    return read_texts(write_texts(catalog, {}, mode))->say("said.erased");
  };
  EXPECT_EQ(said(policy::EraseMode::erase), "Your record is erased.");
  EXPECT_EQ(said(policy::EraseMode::keep_proof), "Your record is erased on this device.");
}

TEST(Facts, ErasingSpeaksOfNoServerThatThePolicyDoesNotKnowAndOfItsBackups) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, policy::Regime::opt_in}};
  policy.collector.url.clear();
  EXPECT_FALSE(has(render(view, Layer::yours), "on our server"));
  EXPECT_TRUE(has(render(view, Layer::yours), "of your choices on this device."));
  EXPECT_FALSE(has(render(view, Layer::yours), "backups"));
  policy.erase.backups = time::Period{0, 90};
  EXPECT_TRUE(has(render(view, Layer::yours), "<p>Deleted from backups within: 90 days</p>"));
  EXPECT_TRUE(has(render_page(view), "<p>Deleted from backups within: 90 days</p>"));
}

TEST(Facts, AWithdrawalIsSaidToDoWhatThePolicySays) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, policy::Regime::opt_in}};
  const auto all = [&](std::optional<policy::Withdrawn> then) {
    for (Purpose& purpose : policy.purposes) purpose.on_withdrawal = then;
  };
  using policy::OnWithdrawal;
  all(std::nullopt);
  EXPECT_EQ(withdrawing(view), std::vector<std::string>{});
  EXPECT_FALSE(has(render(view, Layer::yours), "delete the data"));
  all(policy::Withdrawn{OnWithdrawal::stop, {}});
  EXPECT_EQ(withdrawing(view), std::vector<std::string>{}) << "that is said already";
  all(policy::Withdrawn{OnWithdrawal::anonymise, {}});
  EXPECT_EQ(withdrawing(view),
            std::vector<std::string>{"After you withdraw: we anonymise the data"});
  EXPECT_TRUE(has(render(view, Layer::yours), "<br>After you withdraw: we anonymise the data</p>"));
  for (Purpose& purpose : policy.purposes) {
    if (purpose.id == "statistics")
      purpose.on_withdrawal = policy::Withdrawn{OnWithdrawal::erase, time::Period{0, 15}};
  }
  const std::string title(policy.purpose("statistics")->title.in("en"));
  const std::vector<std::string> said = withdrawing(view);
  EXPECT_EQ(std::ranges::count(said, title + ": we delete the data, within 15 days"), 1);
}

TEST(Facts, ACriterionIsNotSpokenOfAsAPeriod) {
  const auto kept = [](const char* language, const std::string& criteria) {
    const Policy policy = sample([&](Policy& whole, Purpose& purpose) {
      purpose.retention = {policy::Retention{}};
      purpose.retention[0].criteria = text(whole, criteria);
      purpose.retention[0].after = {policy::After::erase};
    });
    return told(policy, "statistics", language);
  };
  EXPECT_TRUE(has(kept("en", "until you go, or say so."), "until you go, or say so; then deleted"));
  EXPECT_TRUE(
      has(kept("en", "until we leave Acme Inc."), "until we leave Acme Inc.; then deleted"));
  EXPECT_TRUE(has(kept("zh-CN", "至您离开为止。"), "至您离开为止；此后删除"));
}

TEST(Facts, ACountryIsCalledAsThePolicyCallsItElsewhere) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, policy::Regime::opt_in}};
  policy.recipients.resize(2);
  for (policy::Recipient& one : policy.recipients) {
    one.countries = {"CN"};
    one.country_names = {};
  }
  EXPECT_EQ(unnamed_countries(policy), std::vector<std::string>{"CN"});
  EXPECT_EQ(places(view, policy.recipients[0]), "CN") << "there is no other word";
  policy.recipients[1].country_names = text(policy, "China");
  EXPECT_EQ(places(view, policy.recipients[0]), "China");
  using Said = std::vector<std::string>;
  EXPECT_EQ(spoken(view, policy::Storage{{"CN"}, text(policy, "On our servers.")}),
            (Said{"China", "On our servers."}));
  EXPECT_EQ(spoken(view, policy::Storage{{"SG"}, text(policy, "In Singapore.")}),
            Said{"In Singapore."});
  EXPECT_EQ(unnamed_countries(policy), Said{});
  policy.storage = policy::Storage{{"SG"}, {}};
  EXPECT_EQ(unnamed_countries(policy), Said{"SG"});
}

TEST(Facts, APathIsNoName) {
  EXPECT_EQ(linked("/privacy#withdraw", "Withdraw consent").str(),
            "<a href=\"/privacy#withdraw\">Withdraw consent</a>");
  EXPECT_EQ(linked("privacy?a=b:c", "Copy").str(), "<a href=\"privacy?a=b:c\">Copy</a>");
  EXPECT_EQ(linked("https://shop.example/a", "Copy").str(),
            "<a href=\"https://shop.example/a\">https://shop.example/a</a>");
  EXPECT_EQ(linked("mailto:a@b.example", "Copy").str(),
            "<a href=\"mailto:a@b.example\">a@b.example</a>");
  Policy policy = policy::given::good(policy::given::sample());
  policy.rights[0].channel = text(policy, "/privacy#rights");
  policy.rights[0].procedure = text(policy, "Write to us.");
  policy.rights[0].absent = {};
  const Catalog catalog = given::catalog("en");
  EXPECT_FALSE(
      has(render_page({policy, catalog, {{}, policy::Regime::opt_in}}), ">/privacy#rights<"));
}

TEST(Facts, ADomesticRecipientIsNotCalledForeign) {
  const std::string html = told(sample([&](Policy& policy, Purpose&) {
                                  policy.recipients[0].rights_procedure = text(policy, "write");
                                }),
                                "statistics", "zh-CN");
  EXPECT_TRUE(has(html, "向该接收方行使权利")) << html;
  EXPECT_FALSE(has(html, "境外")) << html;
}

TEST(Lists, EveryKindOfDataOfEveryPurposeIsInTheListOfWhatIsCollected) {
  const Policy policy = policy::given::good(policy::given::sample());
  for (const char* language : {"en", "zh-CN"}) {
    const Catalog catalog = given::catalog(language);
    const Html list = collected_list({policy, catalog, {{}, policy::Regime::opt_in}});
    std::size_t uses = 0;
    for (const Purpose& purpose : policy.purposes) uses += purpose.categories.size();
    std::size_t found = 0;
    for (const Purpose& purpose : policy.purposes) {
      const std::string title(purpose.title.in(language));
      found += times(list.str(), "<dt>" + title + "</dt>");
    }
    EXPECT_EQ(found, uses);
  }
}

TEST(Lists, EveryRecipientOfEveryPurposeIsInTheListOfWhatIsGiven) {
  const Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const std::string list = given_list({policy, catalog, {{}, policy::Regime::opt_in}}).str();
  for (const Purpose& purpose : policy.purposes) {
    for (const std::string& id : purpose.recipients) {
      const std::string name(policy.recipient(id)->name.in("en"));
      const std::size_t at = list.find("<b>" + name + "</b>");
      ASSERT_NE(at, std::string::npos) << name;
      const std::string entry = list.substr(at, list.find("<li><b>", at + 1) - at);
      EXPECT_TRUE(has(entry, purpose.title.in("en"))) << entry;
    }
  }
  for (const policy::Service& service : policy.services)
    EXPECT_TRUE(has(list, service.name.in("en"))) << service.id;
}

TEST(Lists, WhereNobodyIsGivenAnythingThereIsNoList) {
  Policy policy = policy::given::good(policy::given::sample());
  for (Purpose& purpose : policy.purposes) purpose.recipients.clear();
  policy.services.clear();
  const Catalog catalog = given::catalog("en");
  EXPECT_EQ(given_list({policy, catalog, {{}, policy::Regime::opt_in}}).str(), "");
}

TEST(Lists, HostileTextStaysText) {
  const Policy policy = policy::given::good(policy::given::file("hostile.json"));
  for (const std::string& language : policy.languages) {
    const Catalog catalog = given::catalog(language);
    const View view{policy, catalog, {{}, policy::Regime::opt_in}};
    for (const Html& html : {collected_list(view), given_list(view), about_rest(view)}) {
      for (const char* markup : {"<script", "<img", "<svg", "<iframe", "<style", "javascript:"})
        EXPECT_EQ(times(html.str(), markup), 0u) << markup;
    }
  }
}

TEST(Lists, WhatBelongsBesideTheControllerIsTold) {
  Policy policy = real("uk-building-society");
  policy.erase = {policy::EraseMode::keep_proof, time::Period{36, 0}, text(policy, "a law"), {}};
  policy.minors.push_back({.age = 13,
                           .law = "uk",
                           .mode = policy::MinorsMode::declared,
                           .purposes = {},
                           .rules = text(policy, "https://example.org/young"),
                           .contact = "young@example.org"});
  const Catalog catalog = given::catalog("en");
  const std::string html = words(about_rest({policy, catalog, {{}, policy::Regime::opt_in}}).str());
  for (const char* part :
       {"Information Commissioner&#39;s Office (https://ico.org.uk)", "Notice for young savers",
        "Children under 13", "We know the age from what visitors tell us.", "young@example.org",
        "locked for 3 years and then deleted: a law"})
    EXPECT_TRUE(has(html, part)) << part << "\n" << html;
}

TEST(Rights, SayWhoIsAskedForWhatAndWhenTheAnswerComes) {
  Policy policy = policy::given::good(policy::given::sample());
  policy.rights[0].identity = policy::Identity::code;
  policy.rights[0].answer =
      policy::Term{15, policy::Days::working, policy::Clock::verification, 30};
  policy.rights[1].answer = policy::Term{1};
  const auto said = [&](const char* language) {
    const Catalog catalog = given::catalog(language);
    const View view{policy, catalog, {{}, policy::Regime::opt_in}};
    const std::string layer = words(render(view, Layer::choices)), page = words(render_page(view));
    for (const char* part : {"15", "30"}) EXPECT_TRUE(has(page, part)) << part;
    return layer;
  };
  const std::string english = said("en");
  for (const char* part :
       {"How we make sure that it is you: a code that we send you",
        "Answered within: 15 working days from when we know who is asking, and up to 30 working "
        "days more where we tell you why",
        "Answered within: 1 day"})
    EXPECT_TRUE(has(english, part)) << part << "\n" << english;
  EXPECT_TRUE(has(said("zh-CN"),
                  "答复期限：自核实申请人身份之日起15个工作日，说明理由后最多可延长30个工作日"));
}

TEST(Lists, WhereTheCompanyTakesComplaintsIsTold) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, policy::Regime::opt_in}};
  EXPECT_FALSE(has(about_rest(view).str(), "Complain to us"));
  policy.complaint.emplace();
  policy.complaint->channel = text(policy, "https://shop.example/complain");
  policy.complaint->acknowledge = policy::Term{30};
  policy.complaint->court = text(policy, "the court of Lanxi");
  const std::string html = about_rest(view).str();
  EXPECT_TRUE(has(html, "<dt>Complain to us</dt><dd><a href=\"https://shop.example/complain\">"));
  EXPECT_TRUE(has(html, "<br>Receipt confirmed within: 30 days<br>Court: the court of Lanxi"));
  policy.complaint->channel = {};
  EXPECT_TRUE(has(words(about_rest(view).str()), "Receipt confirmed within: 30 days"));
}

TEST(Door, SaysWhatItLeadsToWhereDataIsSoldUntilANo) {
  Policy policy = policy::given::good(policy::given::sample());
  const Catalog catalog = given::catalog("en");
  const std::string name(catalog.text("right.opt-out-sale"));
  const auto door = [&](policy::Regime regime,
                        const std::vector<policy::Exception>& exceptions = {}) {
    return render({policy, catalog, {{}, regime, exceptions}}, Layer::door);
  };
  EXPECT_FALSE(has(door(policy::Regime::opt_out), name)) << "the policy knows no such right";
  policy.rights.push_back({});
  policy.rights.back().type = "opt-out-sale";
  policy.rights.back().absent = text(policy, "We sell nothing.");
  EXPECT_FALSE(has(door(policy::Regime::opt_out), name)) << "the right does not arise";
  policy.rights.back().absent = {};
  EXPECT_TRUE(has(door(policy::Regime::opt_out), ">" + name + "</button>")) << "in words";
  EXPECT_FALSE(has(door(policy::Regime::opt_in), name)) << "nothing is sold before a yes";
  std::vector<policy::Exception> all;
  for (const Purpose& purpose : policy.purposes)
    if (purpose.answers_to_gpc()) all.push_back({purpose.id, policy::Regime::opt_in});
  ASSERT_FALSE(all.empty());
  EXPECT_FALSE(has(door(policy::Regime::opt_out, all), name));
}

}  // namespace
}  // namespace avow::notice
