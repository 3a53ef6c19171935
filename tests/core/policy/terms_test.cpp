#include "policy/terms.h"

#include <algorithm>
#include <functional>

#include "given.h"

namespace avow::policy {
namespace {

/// The terms of "statistics" after `change`.
Digest after(const std::function<void(Policy&, Purpose&)>& change) {
  Policy policy = given::good(given::sample());
  Purpose purpose = *policy.purpose("statistics");
  change(policy, purpose);
  return terms(policy, purpose);
}
Digest before() {
  return after([](Policy&, Purpose&) {});
}

TEST(Terms, AreThoseThatTheReaderGives) {
  const Policy policy = given::good(given::sample());
  for (const Purpose& purpose : policy.purposes)
    EXPECT_EQ(purpose.terms, terms(policy, purpose)) << purpose.id;
}

TEST(Terms, FollowEveryMaterialFact) {
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.id = "counting"; }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.kind = Kind::marketing; }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.basis = Basis::other_law; }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.separate = true; }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.revision = 2; }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.methods.push_back("profiling"); }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.methods.pop_back(); }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.categories.push_back("contact"); }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.recipients.push_back("video-host"); }));
  EXPECT_NE(before(), after([](Policy&, Purpose& p) { p.recipients.clear(); }));
  EXPECT_NE(before(),
            after([](Policy& policy, Purpose&) { policy.recipients[0].countries = {"US"}; }));
  EXPECT_NE(before(),
            after([](Policy& policy, Purpose&) { policy.recipients[0].role = Role::controller; }));
  EXPECT_NE(before(), after([](Policy& policy, Purpose&) {
              for (Category& category : policy.categories)
                if (category.id == "usage") category.data_class = DataClass::health;
            }));
  EXPECT_NE(before(), after([](Policy& policy, Purpose&) {
              for (Category& category : policy.categories)
                if (category.id == "usage") category.about = About::child;
            }));
}

TEST(Terms, FollowWhoTheCompaniesAre) {
  const auto renamed = [](Text& name) { name.languages[0].second = "另一家公司"; };
  EXPECT_NE(before(), after([&](Policy& policy, Purpose&) { renamed(policy.recipients[0].name); }))
      << "another recipient behind the same id";
  EXPECT_NE(before(), after([&](Policy& policy, Purpose&) { renamed(policy.controller.name); }));
  // A company that has a registration is known by it.
  const auto registered = [&](bool rename) {
    return after([&](Policy& policy, Purpose&) {
      policy.controller.registration = "91310000000000000X";
      policy.recipients[0].registration = "91310000000000001X";
      if (rename) renamed(policy.controller.name), renamed(policy.recipients[0].name);
    });
  };
  EXPECT_EQ(registered(false), registered(true));
  EXPECT_NE(registered(false), before());
}

TEST(Terms, FollowWhatARecipientGetsAndAsWhat) {
  const auto with_use = [](const std::function<void(Use&)>& change) {
    return after([&](Policy&, Purpose& purpose) {
      Use use{.recipient = "measure-cloud",
              .role = {},
              .categories = {},
              .basis = {},
              .counts_as = {},
              .purpose = {},
              .method = {},
              .kept = {}};
      change(use);
      purpose.sharing.push_back(use);
    });
  };
  EXPECT_EQ(before(), with_use([](Use&) {})) << "a use that says nothing else changes nothing";
  EXPECT_EQ(before(), with_use([](Use& one) { one.role = Role::processor; }))
      << "as the recipient says";
  EXPECT_NE(before(), with_use([](Use& one) { one.role = Role::controller; }));
  EXPECT_NE(before(), with_use([](Use& one) { one.categories = {"usage"}; }));
  EXPECT_NE(before(), with_use([](Use& one) { one.basis = Basis::other_law; }));
  EXPECT_NE(before(), with_use([](Use& one) { one.counts_as = CountsAs::sale; }));
  EXPECT_EQ(before(), with_use([](Use& one) { one.kept.languages = {{"en", "a month"}}; }))
      << "words, which `avow check --against` has stated";
}

TEST(Terms, IgnoreWordsAndOrderAndWhatOthersDo) {
  EXPECT_EQ(before(), after([](Policy&, Purpose& p) { p.title.languages[0].second = "别的说法"; }));
  EXPECT_EQ(before(), after([](Policy&, Purpose& p) { p.description = p.title; }));
  EXPECT_EQ(before(), after([](Policy&, Purpose& p) { p.method = p.title; }));
  EXPECT_EQ(before(), after([](Policy&, Purpose& p) { std::ranges::reverse(p.methods); }));
  EXPECT_EQ(before(), after([](Policy&, Purpose& p) { std::ranges::reverse(p.categories); }));
  EXPECT_EQ(before(), after([](Policy& policy, Purpose&) {
              policy.recipients[1].name = policy.controller.name;
            }));
  EXPECT_EQ(before(), after([](Policy& policy, Purpose&) {
              policy.recipients[0].name.languages[1].second = "another translation";
            }));
  EXPECT_EQ(before(),
            after([](Policy& policy, Purpose&) { policy.recipients[1].countries = {"US"}; }));
  EXPECT_EQ(before(), after([](Policy& policy, Purpose&) { policy.version = "other"; }));
  EXPECT_EQ(before(), after([](Policy& policy, Purpose&) { policy.keys.clear(); }));
  // Retention stands beside the terms, as a number.
  EXPECT_EQ(before(),
            after([](Policy&, Purpose& p) { p.retention[0].period = time::Period{120, 0}; }));
}

// Two lists must not run into one another: "a" collected by method "b" is not "b" collected by
// method "a".
TEST(Terms, DoNotMixListsUp) {
  const Digest one =
      after([](Policy&, Purpose& p) { p.methods = {"contact"}, p.categories = {"usage"}; });
  const Digest two =
      after([](Policy&, Purpose& p) { p.methods = {"usage"}, p.categories = {"contact"}; });
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace avow::policy
