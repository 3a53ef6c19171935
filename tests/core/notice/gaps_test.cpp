// What a draft does not say is shown as a gap, or left out: never as a value that nobody gave.
#include "notice/gaps.h"

#include "notice/given.h"
#include "notice/handout.h"
#include "notice/page.h"
#include "policy/diff.h"
#include "policy/every_member.h"
#include "policy/advice.h"
#include "policy/law.h"
#include "policy/terms.h"

namespace avow::notice {
namespace {

constexpr std::string_view kGap = "not stated yet";

const Catalog& catalog(const std::string& language) {
  static std::map<std::string, Catalog> read;
  const auto it = read.find(language);
  return it != read.end() ? it->second
                          : read.emplace(language, given::catalog(language)).first->second;
}

/// All that people read of a policy, in English.
std::string seen(policy::AuthoredPolicy policy) {
  std::vector<Catalog> catalogs;
  for (const std::string& language : policy.languages) catalogs.push_back(catalog(language));
  name_gaps(policy, catalogs);
  const Catalog& english = *std::ranges::find(catalogs, "en", &Catalog::language);
  const View view{policy, english, policy::jurisdiction_at(policy.jurisdictions, "US-CA")};
  std::string out = render_page(view) + render_handout(view);
  for (const Layer layer :
       {Layer::first, Layer::choices, Layer::yours, Layer::door, Layer::fallback})
    out += render(view, layer);
  for (const policy::Purpose& purpose : policy.purposes)
    if (purpose.asks()) out += render(view, Layer::frame, purpose.id);
  return out;
}

/// Whether a draft that lacks the member at this place has it listed.
bool lacks(const policy::AuthoredPolicy& draft, std::string_view place) {
  const std::string member(place.substr(place.rfind('/')));
  return std::ranges::any_of(draft.gaps, [&](const Error& gap) {
    return gap.code == Code::missing_field && gap.where.ends_with(member);
  });
}

/// Members that are shown to nobody, or hold nothing where a draft leaves them open.
constexpr std::string_view kUnseen[] = {"/purposes/kind", "/documents/kind",
                                        "/jurisdictions/regime",
                                        "/jurisdictions/exceptions/regime"};
/// What is left out with the member, whose words could not stand without it.
constexpr std::string_view kLeftOut[] = {"/rights/channel", "/validity/grant", "/validity/refusal"};

class Gaps : public policy::given::EveryMember {
 protected:
  Gaps() {
    removes = true;
    json::Object draft = *document.object();
    document = json::Value(draft.set("draft", true));
    whole = seen(*policy::read(canonical::write(document)));
  }

  bool tried(const json::Value& changed, const std::string& at) override {
    constexpr std::string_view kGone = " removed";
    const bool gone = at.ends_with(kGone);
    const std::string place = gone ? at.substr(0, at.size() - kGone.size()) : at;
    if (!gone && (!valued(place) || removed.contains(place))) return false;
    const auto draft = policy::read(canonical::write(changed));
    if (!draft) return false;
    // Nothing that a draft lacks may stop a tool.
    EXPECT_LE(policy::breaches(*draft).size() + policy::advice(*draft).size(), 1'000u);
    EXPECT_LE(policy::diff(*draft, *draft).size(), 1'000u);
    const std::string html = seen(*draft);
    EXPECT_FALSE(html.contains("1970")) << at;
    EXPECT_FALSE(html.contains("href=\"\"")) << at;
    if (!gone) {
      others[place].insert(html);
      return false;
    }
    if (!valued(place) || !lacks(*draft, place)) return true;
    open.insert(place);
    if (std::ranges::find(kUnseen, place) != std::end(kUnseen)) return true;
    EXPECT_NE(html, whole) << place;
    EXPECT_FALSE(others[place].contains(html)) << place << " reads as a value";
    if (std::ranges::find(kLeftOut, place) == std::end(kLeftOut)) {
      EXPECT_GT(given::times(html, kGap), given::times(whole, kGap)) << place;
    }
    return true;
  }

  /// Members whose values the notice says in words of its own.
  static bool valued(std::string_view place) {
    constexpr std::string_view kMembers[] = {
        "/kind", "/basis",  "/effect", "/then",  "/duty",    "/channel", "/rule",
        "/type", "/regime", "/source", "/after", "/days",    "/age",     "/effective_at",
        "/law",  "/until",  "/ground", "/grant", "/refusal", "/version", "/period"};
    return std::ranges::any_of(kMembers,
                               [&](std::string_view member) { return place.ends_with(member); });
  }

  std::string whole;
  std::map<std::string, std::set<std::string>> others;
  std::set<std::string> open;
};

TEST_F(Gaps, NoMemberThatADraftLacksReadsAsAValue) {
  EXPECT_FALSE(whole.contains(kGap));
  change_each();
  for (const char* place : {"/contacts/duty",
                            "/recipients/covers/kind",
                            "/recipients/covers/law",
                            "/purposes/basis",
                            "/purposes/kind",
                            "/purposes/bases/basis",
                            "/purposes/sources/source",
                            "/purposes/channels/channel",
                            "/purposes/channels/rule",
                            "/purposes/on_withdrawal/then",
                            "/purposes/if_refused/effect",
                            "/rights/type",
                            "/rights/answer/days",
                            "/minors/age",
                            "/jurisdictions/regime",
                            "/jurisdictions/exceptions/regime",
                            "/erase/until",
                            "/erase/ground",
                            "/effective_at",
                            "/version",
                            "/purposes/retention/after"})
    EXPECT_TRUE(open.contains(place)) << place;
}

policy::AuthoredPolicy draft(const std::string& name) {
  const auto read = policy::read(policy::given::file(name));
  if (!read) fatal("a draft that cannot be read");
  return *read;
}

TEST(Draft, WhatIsNotThereIsNamed) {
  const std::string words = given::words(seen(draft("draft.json")));
  // The ground decides whether it is asked: nobody is told that it is, or that it is not.
  EXPECT_TRUE(words.contains("Legal basis: not stated yet"));
  EXPECT_FALSE(words.contains("Your permission"));
  EXPECT_TRUE(words.contains("Privacy policy: not stated yet"));
  EXPECT_TRUE(words.contains("How it is used  not stated yet"));
}

TEST(Draft, WhereNothingIsSaidOfAPlaceAllIsAskedFirst) {
  json::Object open = *json::read(policy::given::file("everything.json"))->object();
  open.set("draft", true)
      .set("jurisdictions", json::Array{json::Object{}.set("place", "US").set("regime", "opt-out"),
                                        json::Object{}.set("place", "US-CA")});
  const auto read = policy::read(canonical::write(open));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->jurisdictions.size(), 1u);
  EXPECT_EQ(read->jurisdictions[0].place, "US");
  // What is no draft has to say it.
  open.set("draft", false);
  EXPECT_FALSE(policy::read(canonical::write(open)));
}

TEST(Draft, NobodyIsToldWhoIsAskedBeforeTheGroundIsStated) {
  const policy::AuthoredPolicy open = draft("draft.json");
  policy::AuthoredPolicy asked = open;
  asked.purposes[0].basis = policy::Basis::consent;
  policy::add_terms(asked);
  for (const bool forth : {true, false}) {
    const auto all = forth ? policy::diff(open, asked) : policy::diff(asked, open);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(policy::spell(all[0].change), "unstated");
    EXPECT_EQ(all[0].then, policy::Then::mend);
  }
}

}  // namespace
}  // namespace avow::notice
