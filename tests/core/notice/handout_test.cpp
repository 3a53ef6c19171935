// The lists as a document of their own.
#include "notice/given.h"
#include "notice/handout.h"
#include "notice/pieces.h"

namespace avow::notice {
namespace {

using given::times;
using policy::Policy;

Policy everything() {
  auto read = policy::read(policy::given::file("everything.json"));
  if (read) return std::move(*read);
  ADD_FAILURE() << policy::given::lines(read.error());
  return {};
}

std::string handout(const Policy& policy, const std::string& language,
                    const std::string& catalog = {}) {
  const Catalog words = given::catalog(catalog.empty() ? language : catalog).as(language);
  return render_handout({policy, words, {}});
}

TEST(Handout, HasBothListsAndSaysWhoseTheyAreAndFromWhen) {
  const Policy policy = everything();
  for (const std::string& language : policy.languages) {
    const Catalog catalog = given::catalog(language);
    const View view{policy, catalog, {}};
    const std::string html = handout(policy, language);
    for (const std::string& part : {collected_list(view).str(), given_list(view).str(),
                                    address(view).str(), version(view).str()})
      EXPECT_EQ(times(html, part), 1u) << part;
    EXPECT_EQ(times(html, "<h2>"), 2u);
    EXPECT_NE(html.find("<html lang=\"" + language + "\" dir=\"ltr\">"), std::string::npos);
    EXPECT_NE(html.find("2026-11-15"), std::string::npos);
    EXPECT_NE(html.find("<base href=\"https://hengtong.example/\">"), std::string::npos);
  }
}

TEST(Handout, IsWrittenFromTheRightWhereTheLanguageIs) {
  const std::string html = handout(everything(), "en", "ar");
  EXPECT_NE(html.find("dir=\"rtl\""), std::string::npos);
}

TEST(Handout, RunsNothingAndLoadsNothing) {
  const std::string html = handout(everything(), "en");
  for (const char* what : {"<script", "<link", "<img", "<iframe", "url(", "@import"})
    EXPECT_EQ(times(html, what), 0u) << what;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1))
    EXPECT_EQ(times(html.substr(at, html.find('>', at) - at), " on"), 0u);
  EXPECT_EQ(times(html, "<style>"), 1u);
}

TEST(Handout, HasOneListWhereNobodyIsGivenAnything) {
  Policy policy = everything();
  policy.services.clear();
  for (policy::Purpose& purpose : policy.purposes) purpose.recipients.clear();
  const std::string html = handout(policy, "en");
  EXPECT_EQ(times(html, "<h2>"), 1u);
  EXPECT_EQ(html.find("Who receives what"), std::string::npos);
}

TEST(Handout, SaysTheSameAtEveryPlace) {
  const Policy policy = everything();
  const Catalog catalog = given::catalog("en");
  for (const policy::Jurisdiction& where : policy.jurisdictions)
    EXPECT_EQ(render_handout({policy, catalog, where}), handout(policy, "en")) << where.place;
}

TEST(Handout, WhatAnAuthorWroteIsText) {
  auto policy = policy::read(policy::given::file("hostile.json"));
  ASSERT_TRUE(policy);
  const std::string html = handout(*policy, policy->languages[0], "en");
  EXPECT_EQ(times(html, "<script"), 0u);
  EXPECT_EQ(times(html, "<style"), 1u);
}

}  // namespace
}  // namespace avow::notice
