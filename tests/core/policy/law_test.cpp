#include "policy/law.h"

#include "given.h"
#include "policy/advice.h"

namespace avow::policy {
namespace {

using given::good;
using given::sample;
using given::with;

class BadInLaw : public testing::TestWithParam<std::string> {};

TEST_P(BadInLaw, IsReadAndEveryBreachHasItsPlace) {
  const std::string got = given::lines(breaches(good(given::file("law/" + GetParam() + ".json"))));
  EXPECT_EQ(got, given::vector("law/" + GetParam() + ".expected", got));
  EXPECT_NE(got, "");
}

INSTANTIATE_TEST_SUITE_P(Vectors, BadInLaw, testing::ValuesIn(given::names_in("law", ".json")),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// The breaches of the sample under other laws, after a change.
std::string under(std::string_view laws, std::string_view from = "", std::string_view to = "") {
  std::string text = with(sample(), R"("laws": ["cn"])", "\"laws\": " + std::string(laws));
  if (!from.empty()) text = with(text, from, to);
  return given::lines(breaches(good(text)));
}

TEST(Law, TheSampleBreaksNoneThatItNames) { EXPECT_EQ(under(R"(["cn"])"), ""); }

TEST(Law, HoldsNothingAgainstAPolicyThatNamesNoLaw) {
  const auto bad = given::file("law/pipl-sharing-not-separate.json");
  EXPECT_EQ(given::lines(breaches(good(with(bad, R"( "laws": ["cn"],)", "")))), "");
}

TEST(Law, ACaliforniaShopMaySellUntilANo) {
  const auto bad = given::file("law/pipl-sharing-not-separate.json");
  EXPECT_EQ(given::lines(breaches(good(with(bad, R"(["cn"])", R"(["us-ca"])")))), "");
}

TEST(Law, APartOfACountryHasItsLaw) {
  EXPECT_EQ(find_law("eu-fr"), find_law("eu"));
  EXPECT_EQ(find_law("cn-bj"), find_law("cn"));
  EXPECT_EQ(find_law("us"), nullptr);
  EXPECT_EQ(find_law("us-ny"), nullptr);
  EXPECT_EQ(find_law("euro"), nullptr);
}

TEST(Law, WhatIsSensitiveIsTheLawsWord) {
  const auto sensitive = [](std::vector<std::string> laws, DataClass data_class) {
    Policy policy;
    policy.laws = std::move(laws);
    Category category;
    category.data_class = data_class;
    return is_sensitive(policy, category);
  };
  EXPECT_TRUE(sensitive({"cn"}, DataClass::identity));
  EXPECT_FALSE(sensitive({"eu"}, DataClass::identity));
  EXPECT_TRUE(sensitive({"eu-fr"}, DataClass::trade_union));
  EXPECT_FALSE(sensitive({"cn"}, DataClass::credentials));
  EXPECT_TRUE(sensitive({"us-ca"}, DataClass::credentials));
  EXPECT_FALSE(sensitive({"cn"}, DataClass::ordinary));
  // Under laws that are not known here: health and convictions, but no payments or passwords.
  for (const std::vector<std::string>& unknown : {std::vector<std::string>{}, {"kr"}}) {
    EXPECT_TRUE(sensitive(unknown, DataClass::health));
    EXPECT_TRUE(sensitive(unknown, DataClass::criminal));
    EXPECT_FALSE(sensitive(unknown, DataClass::finance));
    EXPECT_FALSE(sensitive(unknown, DataClass::credentials));
  }
  // A bank's balance is none in Brazil (LGPD 5(II)).
  EXPECT_FALSE(sensitive({"br"}, DataClass::finance));
  EXPECT_TRUE(sensitive({"br"}, DataClass::biometric));
  EXPECT_FALSE(sensitive({}, DataClass::ordinary));
}

TEST(Law, ChildrensDataIsSensitiveInChinaWhateverItIs) {
  Policy policy;
  policy.laws = {"cn"};
  Category category;
  category.about = About::child;
  EXPECT_TRUE(is_sensitive(policy, category));
}

TEST(Law, AdvisesOfTheLinkThatCaliforniaWantsWhereDataIsSoldUntilANo) {
  const auto advised = [](const Policy& policy) {
    std::string out;
    for (const std::string& one : advice(policy)) out += one + "\n";
    return out;
  };
  Policy policy = good(sample());
  policy.laws = {"us-ca"};
  EXPECT_NE(advised(policy).find("no \"opt-out-sale\""), std::string::npos);
  policy.rights.push_back({});
  policy.rights.back().type = "opt-out-sale";
  EXPECT_EQ(advised(policy).find("no \"opt-out-sale\""), std::string::npos);
  EXPECT_NE(advised(policy).find("11 CCR 7013"), std::string::npos);
  policy.jurisdictions.clear();
  EXPECT_EQ(advised(policy).find("11 CCR 7013"), std::string::npos);
}

TEST(Law, AdvisesWhereItCannotJudge) {
  const auto advised = [](std::string_view laws) {
    std::string out;
    const std::string text = with(sample(), R"("laws": ["cn"])", "\"laws\": " + std::string(laws));
    for (const std::string& one : advice(good(text))) out += one + "\n";
    return out;
  };
  EXPECT_FALSE(advised(R"(["eu"])").contains("not known"));
  EXPECT_NE(advised("[]").find("names no laws"), std::string::npos);
  EXPECT_NE(advised(R"(["cn", "au"])").find("\"au\" is not known"), std::string::npos);
}

TEST(Law, AsksASeparateConsentInAnAppToo) {
  const auto in_app = [](std::string_view id) {
    Policy policy = good(sample());
    Purpose& purpose = *std::ranges::find(policy.purposes, id, &Purpose::id);
    purpose.where = {Where::app};
    EXPECT_EQ(given::lines(breaches(policy)), "");
    purpose.separate = false;
    return given::lines(breaches(policy));
  };
  EXPECT_EQ(in_app("identity-check"), "separate-required /purposes/6/separate\n");
  EXPECT_EQ(in_app("partner-introduction"), "separate-required /purposes/7/separate\n");
}

TEST(Law, AdvisesOfAWallBeforeTheSite) {
  const auto advised = [](const Policy& policy) {
    const auto all = advice(policy);
    return std::ranges::count_if(all, [](const std::string& one) {
      return one.contains("\"statistics\" refuses the whole service") && one.contains("PIPL 16");
    });
  };
  Policy policy = good(sample());
  policy.purposes[2].if_refused.emplace().effect = Effect::this_function;
  EXPECT_EQ(advised(policy), 0);
  policy.purposes[2].if_refused->effect = Effect::service;
  EXPECT_EQ(advised(policy), 1);
  policy.purposes[2].where = {Where::app};
  EXPECT_EQ(advised(policy), 1) << "an app may not either";
  policy.purposes[2].if_refused->instead.languages = {{"en", "pay"}};
  EXPECT_EQ(advised(policy), 0) << "there is another way";
  policy.purposes[2].if_refused->instead = {};
  policy.purposes[2].basis = Basis::contract;
  EXPECT_EQ(advised(policy), 0) << "whoever wants no contract gets none";
  policy.purposes[2].basis = Basis::consent;
  policy.laws = {"us-ca"};
  EXPECT_EQ(advised(policy), 0);
}

TEST(Law, AdvisesACompanyAbroadToNameItsRepresentative) {
  const auto advised = [](const Policy& policy) {
    std::string out;
    for (const std::string& one : advice(policy))
      if (one.contains("`representative`")) out += one;
    return out;
  };
  Policy policy = good(sample());
  EXPECT_EQ(advised(policy), "") << "nobody says where it is";
  policy.controller.country = "CN";
  EXPECT_EQ(advised(policy), "");
  policy.controller.country = "US";
  EXPECT_TRUE(advised(policy).contains("PIPL 53"));
  policy.laws = {"cn", "eu", "uk"};
  EXPECT_TRUE(advised(policy).contains("PIPL 53, GDPR 27, UK GDPR 27")) << advised(policy);
  policy.contacts.push_back({Duty::representative, "eu", {}, "rep@example.com"});
  EXPECT_TRUE(advised(policy).contains("PIPL 53, UK GDPR 27")) << advised(policy);
  policy.controller.country = "NO";
  policy.contacts.clear();
  policy.laws = {"eu"};
  EXPECT_EQ(advised(policy), "") << "of the Economic Area";
  policy.controller.country = "US";
  policy.contacts.push_back({Duty::representative, "", {}, "rep@example.com"});
  EXPECT_EQ(advised(policy), "");
}

TEST(Law, AdvisesOfRightsOfWhichNothingIsSaid) {
  const auto advised = [](const Policy& policy) {
    for (const std::string& one : advice(policy))
      if (one.contains("It says nothing of these rights")) return one;
    return std::string();
  };
  Policy policy = good(sample());
  EXPECT_TRUE(advised(policy).contains(": copy, transfer, supplement, restrict. Under \"cn\""));
  for (const char* type : {"copy", "transfer", "supplement", "restrict"}) {
    policy.rights.push_back({});
    policy.rights.back().type = type;
  }
  EXPECT_EQ(advised(policy), "");
  policy.rights.back().absent.languages = {{"en", "It does not arise."}};
  EXPECT_EQ(advised(policy), "") << "that is something";
  policy.rights.back().law = "eu";
  EXPECT_TRUE(advised(policy).contains(": restrict. Under \"cn\"")) << "of another law";
  policy.rights.back().law = "";
  std::erase_if(policy.rights, [](const Right& one) { return one.type == "withdraw"; });
  EXPECT_TRUE(advised(policy).contains(": withdraw. Under \"cn\"")) << advised(policy);
  for (Purpose& purpose : policy.purposes) purpose.basis = Basis::contract;
  EXPECT_EQ(advised(policy), "") << "there is nothing to withdraw";
  policy.laws = {"eu"};
  EXPECT_TRUE(advised(policy).contains("GDPR 13(2)")) << advised(policy);
}

TEST(Law, AdvisesOfWhatGoesAbroadUnderAnotherName) {
  const auto advised = [](const Policy& policy) {
    std::string out;
    for (const std::string& one : advice(policy))
      if (one.contains("PIPL 39")) out += one + "\n";
    return out;
  };
  Policy policy = good(sample());
  EXPECT_EQ(advised(policy), "") << "what is called cross-border is held against the law";
  policy.recipients[0].countries = {"CN", "US"};
  EXPECT_TRUE(advised(policy).contains("\"statistics\" gives data to \"measure-cloud\" abroad"));
  EXPECT_TRUE(advised(policy).contains("separate consent"));
  EXPECT_TRUE(advised(policy).contains("`rights_procedure`"));
  policy.recipients[0].rights_procedure.languages = {{"en", "Write to them."}};
  EXPECT_FALSE(advised(policy).contains("`rights_procedure`")) << advised(policy);
  policy.purposes[2].separate = true;
  EXPECT_EQ(advised(policy), "");
  // What a contract needs is not asked, and yet told.
  policy.purposes[2].basis = Basis::contract;
  policy.recipients[0].rights_procedure = {};
  EXPECT_FALSE(advised(policy).contains("separate consent"));
  EXPECT_TRUE(advised(policy).contains("`rights_procedure`"));
  policy.recipients[0].countries = {std::string(kUnnamed)};
  EXPECT_EQ(advised(policy), "") << "nobody can tell where";
  policy.recipients[0].countries = {"HK"};
  policy.laws = {"eu"};
  EXPECT_EQ(advised(policy), "");
}

TEST(Law, AdvisesToSayWhatFollowsAWithdrawal) {
  const auto advised = [](const Policy& policy) {
    for (const std::string& one : advice(policy))
      if (one.find("PIPL 47(1)(3)") != std::string::npos) return one;
    return std::string();
  };
  Policy policy = good(sample());
  EXPECT_NE(advised(policy).find("statistics, chat"), std::string::npos) << advised(policy);
  EXPECT_EQ(advised(policy).find("service-contract"), std::string::npos) << "it needs no consent";
  for (Purpose& purpose : policy.purposes)
    if (purpose.id != "chat") purpose.on_withdrawal = Withdrawn{};
  EXPECT_NE(advised(policy).find("from: chat."), std::string::npos) << advised(policy);
  policy.laws = {"eu"};
  EXPECT_EQ(advised(policy), "");
}

}  // namespace
}  // namespace avow::policy
