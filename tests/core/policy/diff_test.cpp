#include "policy/diff.h"

#include "base/text.h"
#include "given.h"
#include "policy/every_member.h"
#include "policy/public.h"
#include "policy/terms.h"

namespace avow::policy {
namespace {

using given::file;
using given::good;
using given::sample;
using given::with;

/// "purpose change then (what)" of each difference, a line each.
std::string written(const std::vector<Difference>& differences) {
  std::string out;
  for (const Difference& one : differences) {
    out += one.purpose + " " + std::string(spell(one.change)) + " " + std::string(spell(one.then)) +
           (one.what.empty() ? "" : " (" + one.what + ")") + "\n";
  }
  return out;
}

/// What a newer policy changes: it has a version and a day of its own.
std::string differences(const std::string& older, std::string newer) {
  if (newer.find("\"version\": \"2026-11-15\"") != std::string::npos)
    newer = with(newer, "\"version\": \"2026-11-15\"", "\"version\": \"2026-12-01\"");
  if (newer.find("\"effective_at\": \"2026-11-15\"") != std::string::npos)
    newer = with(newer, "\"effective_at\": \"2026-11-15\"", "\"effective_at\": \"2026-12-01\"");
  return written(diff(good(older), good(newer)));
}
std::string change(std::string_view from, std::string_view to) {
  return differences(sample(), with(sample(), from, to));
}

TEST(Diff, OfAPolicyWithItselfIsNothing) {
  EXPECT_EQ(written(diff(good(sample()), good(sample()))), "");
}

TEST(Diff, WhatVisitorsDoNotReadIsForTheHouse) {
  EXPECT_EQ(change("\"label\": \"daily\"", "\"label\": \"monthly\""), " house know (keys)\n");
  EXPECT_EQ(change("PRIV-118", "PRIV-119"), "");
}

TEST(Diff, DefaultsAreToldByThePurposesThatTheyFillIn) {
  const auto defaults = [](std::string_view then, std::string_view where) {
    return good(with(sample(), R"("laws": ["cn"],)",
                     R"("laws": ["cn"], "defaults": { "on_withdrawal": { "then": ")" +
                         std::string(then) + R"(" }, "where": [")" + std::string(where) +
                         R"("] },)"));
  };
  const std::string told = written(diff(defaults("delete", "site"), defaults("stop", "site")));
  EXPECT_NE(told.find("statistics withdrawal tell"), std::string::npos) << told;
  EXPECT_EQ(told.find("house"), std::string::npos) << told;
  // Not what nobody uses.
  auto unused = defaults("delete", "site");
  unused.defaults.where = {Where::app};
  EXPECT_EQ(written(diff(defaults("delete", "site"), unused)), " house know (defaults (where))\n");
}

TEST(Diff, ChangedWordsWantTheAuthorsStatement) {
  EXPECT_EQ(change("\"visit statistics\"", "\"visitor statistics\""),
            "statistics wording state (title)\n");
  EXPECT_EQ(change("Your browser loads the video", "The browser loads the video"),
            "video wording state (method)\n");
  EXPECT_EQ(change("as the video site's own rules say", "as that site's rules say"),
            "video wording state (retention)\n");
  EXPECT_EQ(change("If it leaked, somebody", "If it leaks, somebody"),
            "identity-check wording state (impact)\n");
  EXPECT_EQ(change("The registration authority requires it.", "The authority requires it."),
            "identity-check wording state (necessity)\n");
}

TEST(Diff, AStatementIsOfOnePurposeAndOneOlderVersion) {
  const auto stated = [](std::string_view purpose, std::string_view since) {
    const std::string text = with(sample(), "\"visit statistics\"", "\"visitor statistics\"");
    const WordingOnly one{std::string(purpose), std::string(since), "A. Counsel",
                          *time::read_date("2026-11-20")};
    Policy newer = good(text);
    newer.version = "2026-12-01";
    newer.effective_at += time::kDay;
    return written(diff(good(sample()), newer, std::span(&one, 1)));
  };
  EXPECT_EQ(stated("statistics", "2026-11-15"),
            "statistics wording tell (title; A. Counsel stated on 2026-11-20 that the meaning is "
            "the same)\n");
  EXPECT_EQ(stated("video", "2026-11-15"), "statistics wording state (title)\n");
  EXPECT_EQ(stated("statistics", "2025-01-01"), "statistics wording state (title)\n");
}

TEST(Diff, WhatAPurposeNamesIsReadWithIt) {
  EXPECT_EQ(change("{ \"zh-CN\": \"浏览与点击记录\", \"en\": \"pages viewed and clicks\" }",
                   "\"exact location and religion\""),
            "statistics wording state (categories)\noffers wording state (categories)\n");
  EXPECT_EQ(change(R"("P14M", "after": ["anonymise"])", R"("P14M", "after": ["delete"])"),
            "statistics wording state (retention)\n");
  EXPECT_EQ(change("privacy@liangdu.example", "office@liangdu.example"),
            "statistics recipient tell (measure-cloud contact)\n");
}

TEST(Diff, WhatConcernsTheWholePolicyIsTold) {
  EXPECT_EQ(change("\"email\": \"privacy@hengtong.example\"", "\"email\": \"x@hengtong.example\""),
            " controller tell (email)\n");
  EXPECT_EQ(change(R"({ "place": "*", "regime": "opt-in" })",
                   R"({ "place": "*", "regime": "notice-only" })"),
            " regimes tell (* regime)\n");
  EXPECT_EQ(change(R"("validity": { "grant": "P6M", "refusal": "P6M" })",
                   R"("validity": { "grant": "P6M", "refusal": "P1Y" })"),
            " validity tell (refusal)\n");
  EXPECT_EQ(change(R"("record_refusals": "anonymous",)",
                   R"("record_refusals": "anonymous",
  "erase": { "mode": "keep-proof", "until": "P3Y", "ground": "Civil Code 188" },)"),
            " erasing tell (added)\n");
}

TEST(Diff, ANewControllerAsksAndIsTold) {
  const std::string got = change("衡通商务服务有限公司", "另一家有限公司");
  EXPECT_NE(got.find("statistics terms ask (controller name)\n"), std::string::npos) << got;
  EXPECT_NE(got.find("service-contract terms tell (controller name)\n"), std::string::npos)
      << "what is not asked is told: " << got;
  EXPECT_NE(got.find(" controller tell (name)\n"), std::string::npos) << got;
}

TEST(Diff, AnotherRecipientBehindTheSameIdAsks) {
  const std::string older = sample();
  const Policy policy = good(older);
  const std::string name(policy.recipient("measure-cloud")->name.in("zh-CN"));
  EXPECT_EQ(change("\"zh-CN\": \"" + name + "\"", "\"zh-CN\": \"另一家公司\""),
            "statistics terms ask (measure-cloud name)\n");
}

TEST(Diff, ARightThatIsDroppedIsNamed) {
  Policy older = good(sample()), newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  std::erase_if(newer.rights, [](const Right& right) { return right.type == "delete"; });
  EXPECT_EQ(written(diff(older, newer)),
            " right-dropped tell (delete)\n rights tell (delete removed)\n");
  older.effective_at += 2 * time::kDay;
  EXPECT_EQ(written(diff(newer, older)), " rights tell (delete added)\n")
      << "one that is added is no loss";
  older.effective_at -= 2 * time::kDay;
  newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  for (Right& right : newer.rights) {
    if (right.type == "close-account") right.channel = {}, right.absent = right.procedure;
  }
  EXPECT_NE(written(diff(older, newer)).find("right-dropped tell (close-account)"),
            std::string::npos);
}

TEST(Diff, APolicyFollowsTheOneThatItSaysItDoes) {
  const Policy older = good(sample());
  const std::string hash = text::to_hex(sha256(as_bytes(write_public(older))));
  Policy newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  newer.supersedes = hash;
  EXPECT_EQ(written(diff(older, newer)), "");
  newer.supersedes[0] = newer.supersedes[0] == '0' ? '1' : '0';
  EXPECT_EQ(written(diff(older, newer)), " predecessor mend (" + hash + ")\n");
}

TEST(Diff, AnotherTextHasItsOwnVersionAndDay) {
  const std::string newer = with(sample(), "\"P14M\"", "\"P13M\"");
  EXPECT_EQ(written(diff(good(sample()), good(newer))),
            "statistics shorter-retention tell (device, usage)\n same-version mend (2026-11-15)\n "
            "same-date mend "
            "(2026-11-15)\n");
}

TEST(Diff, ChangedTermsAskAgain) {
  EXPECT_EQ(change(R"("methods": ["collection", "aggregation"])",
                   R"("methods": ["collection", "profiling"])"),
            "statistics terms ask (methods)\n");
  EXPECT_EQ(change(R"("categories": ["device", "usage"])",
                   R"("categories": ["device", "usage", "contact"])"),
            "statistics terms ask (categories)\n");
  EXPECT_EQ(change(R"("countries": ["SG"])", R"("countries": ["MY"])"),
            "singapore-support terms ask (support-singapore countries)\n");
}

TEST(Diff, LongerRetentionAsksThoseWhoGrantedAndShorterTells) {
  EXPECT_EQ(change("\"P14M\"", "\"P15M\""), "statistics longer-retention ask (device, usage)\n");
  EXPECT_EQ(change("\"P14M\"", "\"P13M\""), "statistics shorter-retention tell (device, usage)\n");
  EXPECT_EQ(change("\"P90D\"", "\"P13W\""),
            "identity-check longer-retention ask (identity-document, contact)\n");
  EXPECT_EQ(change(R"("period": "P14M",)", R"("period": "P14M", "bound": "at-least",)"),
            "statistics longer-retention ask (device, usage)\n")
      << "what has no end is longer";
  EXPECT_EQ(change(R"("period": "P14M",)", R"("period": "P14M", "from": "last-visit",)"),
            "statistics longer-retention mend (device, usage)\n")
      << "from when it runs is not in the number that answers are held against";
  EXPECT_EQ(change(R"("period": "P14M",)", R"("period": "P13M", "from": "last-visit",)"),
            "statistics longer-retention state (device, usage)\n")
      << "a shorter time from a later event may end sooner or later";
}

TEST(Diff, ACriterionCountsAsLongest) {
  const std::string criterion =
      with(sample(), R"("period": "P14M")", R"("criteria": "while useful")");
  EXPECT_EQ(differences(sample(), criterion), "statistics longer-retention ask (device, usage)\n");
}

TEST(Diff, OneChangeDoesNotHideAnother) {
  std::string newer = with(sample(), "\"P14M\"", "\"P2Y\"");
  newer = with(newer, "\"visit statistics\"", "\"counting\"");
  EXPECT_EQ(differences(sample(), newer),
            "statistics longer-retention ask (device, usage)\nstatistics wording state (title)\n");
  newer =
      with(newer, R"("methods": ["collection", "aggregation"])", R"("methods": ["collection"])");
  EXPECT_EQ(differences(sample(), newer),
            "statistics terms ask (methods)\nstatistics longer-retention ask (device, usage)\n")
      << "who is asked again reads the new words";
}

TEST(Diff, PurposesComeAndGo) {
  const std::string renamed = with(sample(), R"("id": "offers")", R"("id": "newsletter")");
  EXPECT_EQ(differences(sample(), renamed), "newsletter added ask\noffers removed tell\n");
}

TEST(Diff, GroundsAndCostsOfARefusalAreTold) {
  Policy older = good(sample()), newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  newer.purposes[2].bases.push_back({"eu", Basis::consent, {}, {}});
  newer.purposes[2].if_refused = IfRefused{Effect::service, older.purposes[2].title, {}, {}};
  newer.purposes[2].on_withdrawal = Withdrawn{};
  EXPECT_EQ(written(diff(older, newer)),
            "statistics grounds tell (1 added)\nstatistics refusal tell (added)\n"
            "statistics withdrawal tell (added)\n");
}

TEST(Diff, WhoeverAgreedElsewhereIsToBeAskedThere) {
  // The notice asks nobody of an app's visitors, and yet they agreed to something.
  const auto in_app = [](std::string_view id, const std::string& policy) {
    return with(policy, "\"id\": \"" + std::string(id) + "\",",
                "\"id\": \"" + std::string(id) + "\", \"where\": [\"app\"],");
  };
  const std::string older = in_app("statistics", sample());
  const auto then = [&](std::string_view from, std::string_view to) {
    return differences(older, with(older, from, to));
  };
  EXPECT_EQ(then("\"aggregation\"", "\"profiling\""), "statistics terms ask-there (methods)\n");
  EXPECT_EQ(then("\"period\": \"P14M\"", "\"period\": \"P15M\""),
            "statistics longer-retention ask-there (device, usage)\n");
  EXPECT_EQ(then("To learn which pages are useful", "To train a model"),
            "statistics wording state (description)\n");
  EXPECT_EQ(differences(with(sample(), "\"id\": \"offers\"", "\"id\": \"news\""),
                        in_app("offers", sample())),
            "offers added ask-there\nnews removed tell\n");
  // Asked in the app from now on, of which the notice asked; and of which nobody did.
  EXPECT_EQ(differences(sample(), older), "statistics no-longer-asked ask-there (where)\n");
  const auto rests_on = [&](std::string_view basis) {
    std::string in = in_app("chat", sample());
    constexpr std::string_view kConsent = R"("basis": "consent")";
    return in.replace(in.find(kConsent, in.find(R"("id": "chat")")), kConsent.size(),
                      "\"basis\": \"" + std::string(basis) + "\"");
  };
  EXPECT_EQ(differences(rests_on("contract"), rests_on("consent")),
            "chat newly-asked ask-there (basis)\n");
  EXPECT_EQ(differences(rests_on("consent"), rests_on("contract")), "chat terms tell (basis)\n");
}

TEST(Diff, WhoeverAgreedInACaseOrByAFormIsToBeAskedThere) {
  const std::string case_of = R"("bases": [{"law": "cn", "basis": "contract"},
      {"law": "cn", "basis": "consent", "when": "if you apply for a loan"}],)";
  const std::string form = R"("channels": [{"channel": "sms", "rule": "asked-elsewhere"}],)";
  for (const std::string& agreed : {case_of, form}) {
    const std::string older =
        with(sample(), R"("id": "service-contract",)", R"("id": "service-contract",)" + agreed);
    const auto then = [&](std::string_view from, std::string_view to) {
      return differences(older, with(older, from, to));
    };
    EXPECT_EQ(then(R"(["collection", "storage", "use"])", R"(["collection", "profiling"])"),
              "service-contract terms ask-there (methods)\n");
    EXPECT_EQ(then("\"period\": \"P3Y\"", "\"period\": \"P9Y\""),
              "service-contract longer-retention ask-there (contact, contract-data)\n");
    EXPECT_EQ(then("Collected when you place", "Bought when you place"),
              "service-contract wording state (method)\n");
  }
}

TEST(Diff, TheNoticeAsksOnTheSiteAndNotInTheAppThatHasThePurposeToo) {
  const std::string older = with(sample(), "\"id\": \"statistics\",",
                                 "\"id\": \"statistics\", \"where\": [\"site\", \"app\"],");
  const auto then = [&](std::string_view from, std::string_view to) {
    return diff(good(older), good(with(older, from, to)));
  };
  const std::string both = "statistics terms ask (methods)\nstatistics terms ask-there (methods)\n";
  EXPECT_TRUE(written(then("\"aggregation\"", "\"profiling\"")).starts_with(both));
  const auto longer = then("\"period\": \"P14M\"", "\"period\": \"P15M\"");
  ASSERT_GE(longer.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(longer[i].then, i == 0 ? Then::ask : Then::ask_there);
    EXPECT_EQ(longer[i].where, "/purposes/2/retention/0");
  }
}

TEST(Diff, WhoeverIsAskedForTheFirstTimeIsNewlyAsked) {
  const std::string told =
      with(sample(), "\"id\": \"statistics\",", "\"id\": \"statistics\", \"where\": [\"app\"],");
  const std::string asked =
      with(sample(), "\"id\": \"statistics\",", "\"id\": \"statistics\", \"where\": [\"site\"],");
  EXPECT_EQ(differences(told, asked), "statistics newly-asked ask (where)\n");
  EXPECT_EQ(differences(told, sample()), "statistics newly-asked ask (where)\n");
  EXPECT_EQ(differences(asked, told), "statistics no-longer-asked ask-there (where)\n");
  const std::string shop =
      with(sample(), "\"id\": \"statistics\",", "\"id\": \"statistics\", \"where\": [\"store\"],");
  EXPECT_EQ(differences(told, shop), "statistics where ask-there\n");
  const std::string both = with(sample(), "\"id\": \"statistics\",",
                                "\"id\": \"statistics\", \"where\": [\"site\", \"app\"],");
  EXPECT_EQ(differences(asked, both), "statistics where ask-there\n");
  EXPECT_EQ(differences(both, asked), "statistics where tell\n");
  Policy older = good(sample()), newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  older.purposes[2].basis = Basis::legitimate_interests;
  older.purposes[2].terms = Digest{};
  EXPECT_EQ(written(diff(older, newer)), "statistics newly-asked ask (basis)\n");
}

TEST(Diff, AnotherNameIsToBeStatedWhateverTheRegistration) {
  Policy older = good(sample());
  older.recipients[0].registration = older.controller.registration = "1";
  add_terms(older);
  Policy newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  newer.recipients[0].name.languages[1].second = "Another Company";
  add_terms(newer);
  EXPECT_EQ(written(diff(older, newer)), "statistics renamed state (measure-cloud)\n");
  const WordingOnly said{"statistics", older.version, "A. Counsel", *time::read_date("2026-11-20")};
  EXPECT_EQ(written(diff(older, newer, std::span(&said, 1))),
            "statistics renamed tell (measure-cloud; A. Counsel stated on 2026-11-20 that the "
            "company is the same)\n");
  newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  newer.controller.name.languages[0].second = "另一家公司";
  add_terms(newer);
  const std::string got = written(diff(older, newer));
  EXPECT_NE(got.find("statistics renamed state (controller)\n"), std::string::npos) << got;
  EXPECT_NE(got.find(" controller tell (name)\n"), std::string::npos) << got;
}

TEST(Diff, NoEntryOfARetentionHidesBehindAnother) {
  const std::string both = R"("retention": [{ "period": "P14M", "after": ["anonymise"] }])";
  const auto kept = [&](std::string_view device, std::string_view usage, std::string_view more) {
    return with(sample(), both,
                R"("retention": [{ "categories": ["device"], "period": ")" + std::string(device) +
                    R"(", "after": ["anonymise"] }, { "categories": ["usage"], "period": ")" +
                    std::string(usage) + R"(", "after": ["anonymise"] }])" + std::string(more));
  };
  EXPECT_EQ(differences(kept("P1D", "P14M", ""), kept("P14M", "P14M", "")),
            "statistics longer-retention mend (device)\n");
  EXPECT_EQ(differences(kept("P14M", "P14M", ""), kept("P1D", "P14M", "")),
            "statistics shorter-retention tell (device)\n");
  EXPECT_EQ(differences(kept("P1D", "P14M", ""), kept("P14M", "P14M", ", \"revision\": 2")),
            "statistics terms ask (revision)\nstatistics longer-retention ask (device)\n")
      << "a raised revision asks";
}

TEST(Diff, WhereAKeepingGrowsItsPlaceIsSaid) {
  const auto kept = [](std::string_view entries, std::string_view own) {
    const std::string out =
        with(sample(), R"("laws": ["cn"],)",
             R"("laws": ["cn"], "defaults": { "retention": [)" + std::string(entries) + "] },");
    return with(out, R"("retention": [{ "period": "P14M", "after": ["anonymise"] }])", own);
  };
  const std::string day = R"({ "categories": ["device"], "period": "P1D", "after": ["delete"] })";
  const std::string month = R"({ "categories": ["device"], "period": "P1M", "after": ["delete"] })";
  const std::string year = R"({ "categories": ["usage"], "period": "P1Y", "after": ["delete"] })";
  const auto where = [&](const std::string& older, const std::string& newer) {
    std::string out;
    for (const Difference& one : diff(good(older), good(newer)))
      if (one.change == Change::longer_retention)
        out += std::string(spell(one.then)) + " " + one.what + " " + one.where + "\n";
    return out;
  };
  // In the defaults, where the purpose says no other; in the purpose, where it does.
  const std::string none = R"("internal": 0)";
  EXPECT_EQ(where(kept(year + "," + day, none), kept(year + "," + month, none)),
            "mend device /defaults/retention/1\n");
  const auto own_entries = [&](const std::string& entries) {
    return kept(year, R"("retention": [)" + entries + "]");
  };
  EXPECT_EQ(where(own_entries(year + "," + day), own_entries(year + "," + month)),
            "mend device /purposes/2/retention/1\n");
  // The purpose's own words, though the defaults say the same.
  const auto both = [&](const std::string& entries) {
    return kept(entries, R"("retention": [)" + entries + "]");
  };
  EXPECT_EQ(where(both(year + "," + day), both(year + "," + month)),
            "mend device /purposes/2/retention/1\n");
  // The second of the defaults is the first of a purpose that uses none of the first one's data.
  const std::string order = with(year, "\"usage\"", "\"conversation\"");
  EXPECT_EQ(where(kept(order + "," + year + "," + day, none),
                  kept(order + "," + year + "," + month, none)),
            "mend device /defaults/retention/2\n");
  // Each entry that grows has a line of its own.
  const std::string longer = with(year, "P1Y", "P2Y");
  EXPECT_EQ(where(own_entries(year + "," + day), own_entries(longer + "," + month)),
            "ask device /purposes/2/retention/1\nask usage /purposes/2/retention/0\n");
}

TEST(Diff, WhatNoProgramCanTellOfAKeepingIsStatedByItself) {
  const Policy older = good(sample());
  Policy newer =
      good(with(sample(), R"("period": "P14M",)", R"("period": "P13M", "from": "last-purchase",)"));
  newer.version = "next";
  newer.effective_at += time::kDay;
  WordingOnly said{"statistics", older.version, "A. Counsel", *time::read_date("2026-11-20")};
  EXPECT_EQ(written(diff(older, newer, std::span(&said, 1))),
            "statistics longer-retention state (device, usage)\n")
      << "that words mean the same says nothing of how long data is kept";
  said.keeping = true;
  EXPECT_EQ(written(diff(older, newer, std::span(&said, 1))),
            "statistics longer-retention tell (device, usage; A. Counsel stated on 2026-11-20 that "
            "the data is kept no longer)\n");
  // What is longer for sure cannot be stated away.
  newer.purposes[2].retention[0].period = time::Period{14, 0};
  EXPECT_EQ(written(diff(older, newer, std::span(&said, 1))),
            "statistics longer-retention mend (device, usage)\n");
  // Nor where it stands behind something that can.
  Retention other = newer.purposes[2].retention[0];
  other.period = time::Period{13, 0};
  newer.purposes[2].retention.insert(newer.purposes[2].retention.begin(), other);
  EXPECT_TRUE(written(diff(older, newer, std::span(&said, 1))).contains("longer-retention mend"));
}

TEST(Diff, WhatChangedIsCalledWhatItIs) {
  Policy older = good(file("everything.json"));
  older.supersedes.clear();
  const auto told = [&](auto change) {
    Policy newer = older;
    newer.version = "next";
    newer.effective_at += time::kDay;
    change(newer);
    add_terms(newer);
    return written(diff(older, newer, {}));
  };
  EXPECT_EQ(told([](Policy& p) { p.storage->countries = {"US"}; }), " storage tell (countries)\n");
  EXPECT_EQ(told([](Policy& p) { p.minors[0].age += 1; }).find(" minors tell ("), 0u);
  EXPECT_EQ(told([](Policy& p) { p.authorities.clear(); }).find(" authorities tell ("), 0u);
  EXPECT_EQ(told([](Policy& p) { p.documents.clear(); }).find(" documents tell ("), 0u);
  EXPECT_EQ(told([](Policy& p) { p.record_refusals = RefusalRecord::none; }).find(" refusals tell"),
            0u);
  EXPECT_EQ(told([](Policy& p) { p.laws.pop_back(); }), " laws tell\n");
  EXPECT_EQ(told([](Policy& p) { p.subdomains.reset(); }), " subdomains tell (removed)\n");
  EXPECT_EQ(told([](Policy& p) { p.site = "other.example"; }), " other-site mend\n");
  EXPECT_EQ(told([](Policy& p) { p.framed = Framed::seen; }), " house know (framed)\n");
  EXPECT_EQ(told([](Policy& p) {
              p.categories[3].source = Source::third_party;
            }).find("statistics wording state (categories"),
            0u);
  EXPECT_EQ(told([](Policy& p) { p.effective_at -= 2 * time::kDay; }),
            " earlier-date mend (2026-11-14)\n");
}

/// Another value of any member is told.
class EveryMember : public given::EveryMember {
 protected:
  EveryMember() : older(*policy::read(canonical::write(document))) { removes = true; }

  bool tried(const json::Value& changed, const std::string& at) override {
    // What is different by itself in every newer version.
    if (at.starts_with("/version") || at.starts_with("/effective_at")) return true;
    const auto newer = policy::read(canonical::write(changed));
    if (!newer) return false;
    EXPECT_NE(written(diff(older, *newer)), "") << at;
    return true;
  }

  AuthoredPolicy older;
};

TEST_F(EveryMember, IsToldWhereItIsDifferent) {
  change_each();
  std::string left;
  for (const auto& [name, changed] : places)
    if (!changed) left += name + "\n";
  EXPECT_GT(places.size(), 150u);
  // Ids that others name, and what has one value, or other parts that it must agree with.
  EXPECT_EQ(left,
            "/avow\n/categories/id\n/erase/mode\n/fallbacks/en\n/languages\n/recipients/id\n/site\n"
            "/subdomains/domain\n");
}

TEST(Diff, NewLanguagesAreWording) {
  Policy older = good(sample()), newer = older;
  newer.version = "next";
  newer.effective_at += time::kDay;
  for (Purpose& purpose : newer.purposes) purpose.title.languages.emplace_back("fr", "titre");
  for (const Difference& one : diff(older, newer)) EXPECT_EQ(one.change, Change::wording);
  EXPECT_EQ(diff(older, newer).size(), newer.purposes.size());
}

}  // namespace
}  // namespace avow::policy
