#include "notice/notice.h"

#include <algorithm>

#include "base/text.h"
#include "notice/given.h"
#include "notice/page.h"

namespace avow::notice {
namespace {

using given::times;
using given::words;
using policy::Regime;

const policy::Policy& sample() {
  static const policy::Policy kPolicy = policy::given::good(policy::given::sample());
  return kPolicy;
}

std::string rendered(Layer layer, const std::string& language = "en",
                     Regime regime = Regime::opt_in, std::string_view purpose = "video") {
  const Catalog catalog = given::catalog(language);
  return render({sample(), catalog, {{}, regime}}, layer, purpose);
}

constexpr Layer kLayers[] = {Layer::first, Layer::choices, Layer::yours,
                             Layer::door,  Layer::frame,   Layer::fallback};

TEST(Notice, AcceptAndRefuseAreTheSameButTheirNames) {
  for (const Layer layer : {Layer::first, Layer::choices}) {
    for (const char* language : {"en", "zh-CN"}) {
      const std::string html = rendered(layer, language);
      const Catalog catalog = given::catalog(language);
      ASSERT_EQ(times(html, "data-act=\"accept\""), 1u);
      ASSERT_EQ(times(html, "data-act=\"refuse\""), 1u);
      const auto control = [&](std::string_view act, std::string_view label) {
        const std::size_t at = html.find("data-act=\"" + std::string(act));
        const std::size_t from = html.rfind('<', at), to = html.find("</button>", at);
        std::string out = html.substr(from, to - from);
        out.replace(out.find(act), act.size(), "ACT");
        return out.replace(out.find(label), label.size(), "LABEL");
      };
      EXPECT_EQ(control("accept", catalog.text("act.accept")),
                control("refuse", catalog.text("act.refuse")));
    }
  }
}

TEST(Notice, WhatAcceptCoversIsToldWhereAcceptStandsAndNotOnAPageWithoutIt) {
  EXPECT_EQ(times(rendered(Layer::choices), "“Accept” covers all of these"), 1u);
  const Catalog catalog = given::catalog("en");
  policy::Policy policy = sample();
  policy.jurisdictions = {{"*", Regime::opt_in}};
  const std::string page = render_page({policy, catalog, {{}, Regime::opt_in}});
  EXPECT_EQ(times(page, "“Accept”"), 0u);
  EXPECT_EQ(times(page, "<section id=\"asked\"><h2>Legal basis: your consent</h2>"), 1u);
}

TEST(Notice, WhereThingsAreDoneUntilANoNobodyIsSaidToBeAskedForConsent) {
  for (const Regime regime : {Regime::opt_out, Regime::notice_only}) {
    const std::string html = rendered(Layer::choices, "en", regime);
    EXPECT_EQ(times(html, "We ask for your consent"), 0u);
    EXPECT_EQ(times(html, "I agree to the use"), 0u);
    EXPECT_EQ(times(html, "<h3>On by default; you can refuse</h3>"), 1u);
    EXPECT_EQ(times(html, "<h3>We ask separately</h3>"), 1u) << "these wait for a yes all the same";
  }
  policy::Policy policy = sample();
  policy.jurisdictions = {{"US", Regime::opt_out}};
  const Catalog catalog = given::catalog("en");
  const std::string page = render_page({policy, catalog, {{}, Regime::opt_in}});
  EXPECT_EQ(times(page, "Legal basis: your consent</h2>"), 0u);
  EXPECT_EQ(times(page, "<section id=\"by-place\">"), 1u);
}

TEST(Notice, WhereNothingIsAskedThereIsNothingToSaveOrToWithdraw) {
  policy::Policy policy = sample();
  for (policy::Purpose& purpose : policy.purposes) {
    purpose.basis = policy::Basis::contract;
    purpose.separate = false;
  }
  const Catalog catalog = given::catalog("en");
  const std::string html = render({policy, catalog, {{}, Regime::opt_in}}, Layer::choices);
  for (const char* absent :
       {"data-act=\"save\"", "Tick what", "withdraw your consent", "class=\"foot\""})
    EXPECT_EQ(times(html, absent), 0u) << absent;
}

TEST(Notice, WhatIsAskedElsewhereIsNotSaidToNeedNoConsent) {
  policy::Policy policy = sample();
  for (policy::Purpose& purpose : policy.purposes)
    if (purpose.id == "statistics") purpose.where = {policy::Where::app};
  const Catalog catalog = given::catalog("en");
  const View view{policy, catalog, {{}, Regime::opt_in}};
  const std::string html = render(view, Layer::choices), page = render_page(view);
  const auto between = [](const std::string& all, std::string_view from, std::string_view to) {
    const std::size_t at = all.find(from);
    return all.substr(at, all.find(to, at) - at);
  };
  EXPECT_EQ(times(between(html, "No consent needed", "elsewhere"), "avow-statistics"), 0u);
  EXPECT_EQ(
      times(between(html, "We ask for your consent elsewhere", "</details>"), "avow-statistics"),
      1u);
  EXPECT_EQ(times(between(page, "id=\"elsewhere\"", "</section>"), "id=\"purpose-statistics\""),
            1u);
}

TEST(Notice, APlaceholderSaysThatShowingIsAConsentWhereItCanBeShown) {
  EXPECT_EQ(times(rendered(Layer::frame), "If you show it, once or always, you agree."), 1u);
  const std::string apart = rendered(Layer::frame, "en", Regime::opt_in, "singapore-support");
  EXPECT_EQ(times(apart, "Showing it"), 0u);
  EXPECT_EQ(times(apart, "stays off until you agree"), 1u);
}

TEST(Notice, NothingIsPreTicked) {
  for (const Layer layer : kLayers) EXPECT_EQ(times(rendered(layer), "checked"), 0u);
  EXPECT_EQ(times(rendered(Layer::choices), "<input type=\"checkbox\""), 7u)
      << "one control for each purpose that is asked";
}

TEST(Notice, NothingTakesTheFocusOfAPage) {
  for (const Layer layer : kLayers) EXPECT_EQ(times(rendered(layer), "autofocus"), 0u);
}

TEST(Notice, TheFirstLayerIsShortInEveryRegime) {
  for (const Regime regime : {Regime::opt_in, Regime::opt_out, Regime::notice_only}) {
    const std::string english = words(rendered(Layer::first, "en", regime));
    std::size_t count = 0;
    bool inside = false;
    for (const char c : english) {
      const bool space = c == ' ';
      if (!space && !inside) ++count;
      inside = !space;
    }
    // The titles of the policy's purposes and the company's name are its own; the words around them
    // are ours.
    EXPECT_LE(count, 60u) << english;
    EXPECT_LE(text::length(words(rendered(Layer::first, "zh-CN", regime))), 180u);
  }
}

TEST(Notice, SeparatePurposesAreNamedApartOnTheFirstLayerAndHaveTheirOwnPlaceOnTheSecond) {
  const std::string first = words(rendered(Layer::first));
  EXPECT_NE(first.find("Asked separately"), std::string::npos);
  const std::string second = rendered(Layer::choices);
  EXPECT_GT(second.find("data-purpose=\"singapore-support\""), second.find("We ask separately"));
  EXPECT_LT(second.find("data-purpose=\"statistics\""), second.find("We ask separately"));
}

TEST(Notice, WhatPiplArticle39AsksForStandsOpenBesideTheSeparateControl) {
  const std::string html = rendered(Layer::choices, "zh-CN");
  const std::size_t from = html.find("data-purpose=\"singapore-support\"");
  const std::string card = html.substr(from, html.find("class=\"folds\"", from) - from);
  EXPECT_EQ(times(card, "<details>"), 0u);
  for (const char* fact : {"处理方式", "个人信息种类", "保存期限", "受托人或者接收方", "联系方式",
                           "向该接收方行使权利的方式和程序"}) {
    EXPECT_NE(card.find(fact), std::string::npos) << fact;
  }
}

TEST(Notice, HostilePolicyTextStaysText) {
  const policy::Policy hostile = policy::given::good(policy::given::file("hostile.json"));
  for (const std::string& language : hostile.languages) {
    const Catalog catalog = given::catalog(language);
    const View view{hostile, catalog, {{}, Regime::opt_in}};
    std::string all;
    for (const Layer layer : kLayers) {
      for (const policy::Purpose& purpose : hostile.purposes)
        all += render(view, layer, purpose.id);
    }
    for (const char* markup : {"<script", "<img", "<iframe", "<style", "javascript:"})
      EXPECT_EQ(times(all, markup), 0u) << markup;
    EXPECT_EQ(times(all, "<svg"),
              times(all, "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path"))
        << "only pictures of our own";
    EXPECT_GT(times(all, "&lt;script"), 0u) << "the file has script in it";
    // Quotes that got out of an attribute would make one of these.
    for (const char* handler : {"\" on", "\"on", "' on"})
      EXPECT_EQ(times(all, handler), 0u) << handler;
  }
}

TEST(Notice, TagsAreBalanced) {
  for (const Layer layer : kLayers) {
    const std::string html = rendered(layer);
    std::vector<std::string> open;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
      const bool closing = html[at + 1] == '/';
      const std::size_t from = at + 1 + closing, to = html.find_first_of(" >", from);
      const std::string name = html.substr(from, to - from);
      if (name == "input" || name == "br" || name == "path") continue;
      if (!closing) {
        open.push_back(name);
      } else {
        ASSERT_FALSE(open.empty());
        EXPECT_EQ(open.back(), name);
        open.pop_back();
      }
    }
    EXPECT_TRUE(open.empty()) << spell(layer);
  }
}

TEST(Notice, NoInlineStyleAndNoScriptSoThatAStrictPageCanShowIt) {
  for (const Layer layer : kLayers) {
    EXPECT_EQ(times(rendered(layer), "style="), 0u);
    EXPECT_EQ(times(rendered(layer), "<script"), 0u);
  }
}

TEST(Notice, TheIdIsTheHashOfTheBytesAndDependsOnEachInput) {
  const Catalog english = given::catalog("en"), chinese = given::catalog("zh-CN");
  const View view{sample(), english, {{}, Regime::opt_in}};
  EXPECT_EQ(notice_id(view, Layer::first), sha256(as_bytes(render(view, Layer::first))));
  EXPECT_NE(notice_id(view, Layer::first),
            notice_id({sample(), chinese, {{}, Regime::opt_in}}, Layer::first));
  EXPECT_NE(notice_id(view, Layer::first),
            notice_id({sample(), english, {{}, Regime::opt_out}}, Layer::first));
  EXPECT_NE(notice_id(view, Layer::first), notice_id(view, Layer::choices));
}

/// The same bytes native and WASM: both runs of this suite read the same expectation.
TEST(Notice, VectorsOfTheRenderedBytes) {
  std::string got;
  for (const char* language : {"en", "zh-CN"}) {
    for (const Regime regime : {Regime::opt_in, Regime::opt_out, Regime::notice_only}) {
      const Catalog catalog = given::catalog(language);
      for (const Layer layer : kLayers) {
        got += std::string(language) + " " + std::string(policy::spell(regime)) + " " +
               std::string(spell(layer)) + " " +
               text::to_hex(notice_id({sample(), catalog, {{}, regime}}, layer, "video")) + "\n";
      }
    }
  }
  EXPECT_EQ(got, policy::given::vector("../notice/ids.txt", got));
}

TEST(Notice, ReadsTheNamesOfLayersAndNoOther) {
  for (const Layer layer : kLayers) EXPECT_EQ(*read_layer(spell(layer)), layer);
  EXPECT_EQ(read_layer("modal").error().code, Code::unknown_layer);
}

}  // namespace
}  // namespace avow::notice
