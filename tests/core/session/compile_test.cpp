#include "session/compile.h"

#include <algorithm>
#include <functional>
#include <set>

#include "consent/decision.h"
#include "notice/texts.h"
#include "policy/declaration.h"
#include "policy/facts.h"
#include "policy/public.h"
#include "policy/spelling.h"
#include "session/given.h"
#include "notice/handout.h"

namespace avow::session {
namespace {

using given::first_error;
using given::member;
using given::parsed;
using given::string;
using given::texts_in;
using notice::Layer;
using policy::Regime;
using policy::given::lines;
using policy::given::with;

constexpr Layer kWholeLayers[] = {Layer::first, Layer::choices, Layer::yours, Layer::door,
                                  Layer::fallback};
constexpr Regime kEveryRegime[] = {Regime::opt_in, Regime::opt_out, Regime::notice_only};

std::string demo() {
  const std::string text = policy::given::file("../../../demo/policy.json");
  const std::string keyed =
      with(text, "DAILY_KEY", "age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzls");
  return with(keyed, "RECOVERY_KEY",
              "age18v8wylyendqzftklhwmj458rv46uh5kqk5jgddp43apxpvulsyaq3atn6m");
}

Compiled compiled(const std::string& policy = policy::given::sample(),
                  const std::string& catalog = notice::given::catalog_text("en")) {
  auto out = given::compiled(policy, catalog);
  EXPECT_TRUE(out.has_value());
  return out ? std::move(*out) : Compiled{};
}

/// What `load` answers to these facts and texts; a refusal must leave nothing loaded.
json::Value loaded(std::string_view facts, std::string_view texts) {
  Session session;
  const json::Value answer = parsed(load(session, facts, texts));
  EXPECT_EQ(session.loaded != nullptr, member(answer, {"ok"}) == json::Value{true});
  return answer;
}

std::string refused(std::string_view facts, std::string_view texts) {
  return first_error(loaded(facts, texts));
}

TEST(Compile, WhatIsNotPursuedOnTheSiteRunsNothingThere) {
  for (const char* id : {"statistics", "service-contract"}) {
    const std::string at = "\"id\": \"" + std::string(id) + "\",";
    const Compiled there = compiled();
    const Compiled elsewhere =
        compiled(with(policy::given::sample(), at, at + R"( "where": ["app", "telephone"],)"));
    EXPECT_NE(there.facts.purpose(id), nullptr);
    EXPECT_EQ(elsewhere.facts.purpose(id), nullptr) << "who marks a script with it is told";
    const std::string page = canonical::write(page_facts(elsewhere));
    EXPECT_EQ(page.find("\"" + std::string(id) + "\""), std::string::npos) << page;
    const auto choices = consent::decide(elsewhere.facts, {}, nullptr, 0);
    EXPECT_FALSE(choices.granted(id));
  }
}

// ------------------------------------------------------------------------------ the round trip

TEST(Compile, TheTextsNameEveryNoticeByItsHash) {
  for (const std::string& text :
       {policy::given::sample(), policy::given::file("hostile.json"), demo()}) {
    const Compiled whole = compiled(text);
    for (std::size_t i = 0; i < whole.texts.size(); ++i) {
      const auto texts = notice::read_texts(whole.texts[i]);
      ASSERT_TRUE(texts) << lines(texts.error());
      EXPECT_EQ(texts->language, whole.policy.languages[i]);
      for (const Regime regime : kEveryRegime) {
        const notice::View view{whole.policy, whole.catalogs[i], {{}, regime}};
        for (const Layer layer : {Layer::yours, Layer::door})
          EXPECT_EQ(texts->notice(layer, {}), notice::notice_id(view, layer));
        const auto first = texts->notice(Layer::first, policy::spell(regime));
        if (first) {
          EXPECT_EQ(first, notice::notice_id(view, Layer::first));
          EXPECT_EQ(texts->notice(Layer::choices, policy::spell(regime)),
                    notice::notice_id(view, Layer::choices));
        }
        for (const policy::Purpose& purpose : whole.policy.purposes) {
          const auto frame = texts->notice(Layer::frame, {}, purpose.id);
          ASSERT_EQ(frame.has_value(), purpose.asks());
          if (frame) {
            EXPECT_EQ(frame, notice::notice_id(view, Layer::frame, purpose.id));
          }
        }
      }
      EXPECT_TRUE(texts->notice(Layer::first, "opt-in")) << "an unknown place asks first";
      EXPECT_FALSE(texts->notice(Layer::frame, {}, "nobody"));
    }
  }
}

/// Every declared field of a policy with its value, a line each, the words in one language. A type
/// of field that this does not know does not compile: nothing can be left out of the comparison.
class Told {
 public:
  template <class T>
  static std::string of(const T& object, std::string_view language, const std::string& at = "") {
    Told io(language, at);
    policy::declare(io, object);
    return io.out_;
  }

  void format(std::string_view, std::int64_t, std::string_view) {}
  void line(std::string_view name, const std::string& value, auto&&...) { tell(name, value); }
  void id(std::string_view name, const std::string& value, auto&&...) { tell(name, value); }
  void key(std::string_view name, const std::string& value, auto&&...) { tell(name, value); }
  void reference(std::string_view name, const std::string& value, auto&&...) { tell(name, value); }
  void date(std::string_view name, time::Instant value, auto&&...) { tell(name, value); }
  void flag(std::string_view name, bool value, auto&&...) { tell(name, value); }
  void number(std::string_view name, std::int64_t value, auto&&...) { tell(name, value); }
  void count(std::string_view name, std::int64_t value, auto&&...) { tell(name, value); }
  void lines(std::string_view name, const auto& values, auto&&...) { tell_each(name, values); }
  void some_of(std::string_view name, const auto& values, auto&&...) {
    for (const auto value : values) tell(name, static_cast<int>(value));
  }
  void languages(std::string_view name, const auto& values, auto&&...) { tell_each(name, values); }
  /// What stands in for a missing text was put in its place when the policy was read.
  void fallbacks(auto&&...) {}
  void references(std::string_view name, const auto& values, auto&&...) { tell_each(name, values); }
  void names(std::string_view name, const auto& values, auto&&...) { tell_each(name, values); }
  void words(std::string_view name, const policy::Text& text, json::Length, auto&&...) {
    tell(name, text.in(language_));
  }
  void links(std::string_view name, const policy::Text& text, auto&&...) {
    tell(name, text.in(language_));
  }
  void one_of(std::string_view name, const std::string& value, auto&&...) { tell(name, value); }
  template <class T>
    requires std::is_enum_v<T>
  void one_of(std::string_view name, const T& value, auto&&...) {
    tell(name, static_cast<int>(value));
  }
  template <class T>
  void one_of(std::string_view name, const std::optional<T>& value, auto&&...) {
    tell(name, value ? static_cast<int>(*value) : -1);
  }
  template <class T>
  void one_of_or(std::string_view name, const T& value, auto&&...) {
    tell(name, static_cast<int>(value));
  }
  void period(std::string_view name, const std::optional<time::Period>& value, auto&&...) {
    tell(name, value ? time::write_period(*value) : "none");
  }
  template <class T>
  void object(std::string_view name, const T& value, policy::Need, std::string_view) {
    out_ += of(value, language_, at_ + "/" + std::string(name));
  }
  template <class T>
  void object(std::string_view name, const std::optional<T>& value, policy::Need need,
              std::string_view meaning) {
    if (value) object(name, *value, need, meaning);
  }
  template <class T>
  void list(std::string_view name, const std::vector<T>& values, auto&&...) {
    std::size_t i = 0;
    for (const T& value : values)
      out_ += of(value, language_, at_ + "/" + std::string(name) + "/" + std::to_string(i++));
  }

 private:
  Told(std::string_view language, std::string at) : language_(language), at_(std::move(at)) {}

  void tell(std::string_view name, json::Value value) {
    out_ += at_ + "/" + std::string(name) + " " + canonical::write(value) + "\n";
  }
  void tell_each(std::string_view name, const std::vector<std::string>& values) {
    tell(name, json::Array(values.begin(), values.end()));
  }

  std::string_view language_;
  std::string at_, out_;
};

TEST(Compile, EveryFieldComesBackInEveryLanguage) {
  // The sample with something other than the default in every field that has one.
  std::string other = with(policy::given::sample(), R"("anonymous")", R"("chained")");
  other = with(other, R"("acknowledge": "echo")", R"("acknowledge": "status")");
  other = with(other, R"("id": "statistics",)", R"("id": "statistics", "revision": 7,)");
  other = with(other, R"("P14M")", R"("P1Y3M2W")");
  for (const std::string& text :
       {policy::given::sample(), other, policy::given::file("hostile.json"),
        policy::given::file("everything.json"), demo()}) {
    const Compiled whole = compiled(text);
    const policy::Policy& authored = whole.policy;
    const Checked<policy::AuthoredPolicy> back = policy::read(whole.public_policy);
    ASSERT_TRUE(back) << lines(back.error());
    for (const std::string& language : authored.languages)
      EXPECT_EQ(Told::of<policy::Policy>(*back, language), Told::of(authored, language));
    EXPECT_EQ(policy::write_public(*back), whole.public_policy) << "one spelling";
    const Checked<policy::Facts> facts = policy::read_facts(whole.written_facts);
    ASSERT_TRUE(facts) << lines(facts.error());
    EXPECT_EQ(policy::write_facts(*facts), whole.written_facts) << "facts of facts";
    EXPECT_EQ(facts->id, whole.facts.id);
    EXPECT_EQ(facts->policy, sha256(as_bytes(whole.public_policy)));
    ASSERT_EQ(facts->purposes.size(), authored.purposes.size());
    for (std::size_t p = 0; p < facts->purposes.size(); ++p) {
      const policy::Purpose& purpose = authored.purposes[p];
      const policy::Facts::Purpose& fact = facts->purposes[p];
      EXPECT_EQ(fact.id, purpose.id);
      EXPECT_EQ(fact.terms, purpose.terms) << purpose.id;
      EXPECT_EQ(fact.asks, purpose.asks()) << purpose.id;
      EXPECT_EQ(fact.separate, purpose.separate) << purpose.id;
      EXPECT_EQ(fact.gpc, purpose.answers_to_gpc()) << purpose.id;
      EXPECT_EQ(fact.retention_days, purpose.kept_days()) << purpose.id;
    }
  }
}

TEST(Compile, TheIdNamesTheFactsAndTheFactsNameTheTexts) {
  const Compiled whole = compiled();
  EXPECT_EQ(whole.facts.id, sha256(as_bytes(whole.written_facts)));
  const json::Value facts = parsed(whole.written_facts);
  for (const std::string& language : whole.policy.languages)
    EXPECT_EQ(string(member(facts, {"texts", language})),
              text::to_hex(sha256(as_bytes(texts_in(whole, language)))));
}

TEST(Compile, FactsAndTextsAreCanonicalAndTheSameEachTime) {
  const Compiled one = compiled(), other = compiled();
  EXPECT_EQ(canonical::write(parsed(one.written_facts)), one.written_facts);
  EXPECT_EQ(one.written_facts, other.written_facts);
  EXPECT_EQ(one.texts, other.texts);
  for (const std::string& texts : one.texts) EXPECT_EQ(canonical::write(parsed(texts)), texts);
}

TEST(Compile, LosesWhatIsInternalAndNothingElse) {
  const Compiled whole = compiled();
  std::string all = whole.written_facts + whole.public_policy;
  for (const std::string& texts : whole.texts) all += texts;
  for (const char* secret : {"internal", "$schema", "DPA-2026-004", "2026-0417", "PRIV-118"})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  EXPECT_NE(whole.written_facts.find("partner-introduction"), std::string::npos);
  EXPECT_EQ(whole.written_facts.find("visit statistics"), std::string::npos)
      << "words are not facts";
  EXPECT_EQ(texts_in(whole, "en").find("不"), std::string::npos) << "one language a file";
}

TEST(Compile, AnInternalMemberMayStandInEveryObject) {
  std::string text = policy::given::sample();
  const Digest id = compiled(text).facts.id;
  for (const std::string_view before :
       {R"("name": { "zh-CN": "衡通商务服务有限公司")", R"("period": "P14M")", R"("grant": "P6M")",
        R"("label": "daily")", R"("acknowledge": "echo")", R"("place": "SG")"}) {
    ASSERT_NE(text.find(before), std::string::npos) << before;
    text = with(text, before, R"("internal": {"note": 1}, )" + std::string(before));
  }
  EXPECT_EQ(compiled(text).facts.id, id);
}

TEST(Compile, ANullAndADefaultThatIsWrittenOutChangeNothing) {
  const Compiled whole = compiled();
  const auto after = [](std::string_view from, std::string_view to) {
    return compiled(with(policy::given::sample(), from, to)).facts.id;
  };
  EXPECT_EQ(after(R"("record_refusals": "anonymous")", R"("record_refusals": null)"),
            whole.facts.id);
  EXPECT_EQ(after(R"(, "acknowledge": "echo")", ""), whole.facts.id);
  EXPECT_EQ(after(R"("id": "statistics",)", R"("id": "statistics", "revision": 1,)"),
            whole.facts.id);
}

// ---------------------------------------------------------------------------- what the id follows

TEST(Compile, TheIdFollowsEachWordEachInterfaceTextAndEachFact) {
  const Compiled whole = compiled();
  const auto changed = [](std::string_view from, std::string_view to) {
    return compiled(with(policy::given::sample(), from, to));
  };
  EXPECT_EQ(changed("PRIV-118", "PRIV-119").facts.id, whole.facts.id);

  const Compiled word = changed("\"visit statistics\"", "\"visitor statistics\"");
  EXPECT_NE(word.facts.id, whole.facts.id);
  EXPECT_EQ(texts_in(word, "zh-CN"), texts_in(whole, "zh-CN")) << "the other language stands";
  EXPECT_NE(texts_in(word, "en"), texts_in(whole, "en"));

  const std::string catalog =
      with(notice::given::catalog_text("en"), "\"act.accept\": \"", "\"act.accept\": \"Yes: ");
  const Compiled interface = compiled(policy::given::sample(), catalog);
  EXPECT_NE(interface.facts.id, whole.facts.id);

  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"("version": "2026-11-15")", R"("version": "2026-11-16")"},
           {R"("countries": ["SG"])", R"("countries": ["MY"])"},
           {R"("record_refusals": "anonymous")", R"("record_refusals": "chained")"},
           {R"("label": "daily")", R"("label": "weekly")"},
           {R"("acknowledge": "echo")", R"("acknowledge": "status")"},
           {R"("id": "statistics",)", R"("id": "statistics", "revision": 2,)"}}) {
    const Compiled fact = changed(from, to);
    EXPECT_NE(fact.facts.id, whole.facts.id) << to;
    EXPECT_EQ(fact.texts, whole.texts) << to;
  }
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"("P14M")", R"("P13M")"}, {R"("grant": "P6M")", R"("grant": "P5M")"}}) {
    const Compiled shorter = changed(from, to);
    EXPECT_NE(shorter.facts.id, whole.facts.id);
    EXPECT_NE(shorter.texts, whole.texts) << "a fact that is shown changes what shows it: " << to;
  }
}

// ---------------------------------------------------------------------------------------- loading

TEST(Load, TellsWhatItLoaded) {
  const Compiled whole = compiled();
  const json::Value answer = loaded(whole.written_facts, texts_in(whole, "en"));
  EXPECT_EQ(string(member(answer, {"policy"})), text::to_hex(whole.facts.id));
  EXPECT_EQ(string(member(answer, {"site"})), "hengtong.example");
  EXPECT_EQ(string(member(answer, {"collector"})), "https://consent.hengtong.example/v1/records");
}

TEST(Load, RefusesTextsThatTheFactsDoNotName) {
  const Compiled whole = compiled();
  const std::string& english = texts_in(whole, "en");
  const Compiled word =
      compiled(with(policy::given::sample(), "\"visit statistics\"", "\"visitor statistics\""));
  EXPECT_EQ(refused(whole.written_facts, texts_in(word, "en")), "texts-mismatch /texts/en");
  EXPECT_EQ(
      refused(whole.written_facts, with(english, "\"language\":\"en\"", "\"language\":\"zh-CN\"")),
      "texts-mismatch /texts/zh-CN");
  EXPECT_EQ(refused(whole.written_facts, english + "\n"), "texts-mismatch /texts/en")
      << "the bytes are named, not what they mean";
  EXPECT_EQ(
      refused(whole.written_facts, with(english, "\"language\":\"en\"", "\"language\":\"fr\"")),
      "missing-language /texts");
  const Compiled other = compiled(demo());
  EXPECT_FALSE(refused(whole.written_facts, texts_in(other, "en")).empty()) << "another policy's";
}

TEST(Load, AFailureLeavesNothingOfWhatWasLoadedBefore) {
  const Compiled whole = compiled();
  Session session;
  (void)load(session, whole.written_facts, texts_in(whole, "en"));
  ASSERT_NE(session.loaded, nullptr);
  (void)load(session, whole.written_facts, "{}");
  EXPECT_EQ(session.loaded, nullptr);
  EXPECT_EQ(first_error(parsed(decide(session, "{}"))), "not-loaded ");
}

TEST(Load, AnyCutOfFactsOrTextsIsAnError) {
  const Compiled whole = compiled();
  const std::string& texts = texts_in(whole, "zh-CN");
  for (std::size_t size = 0; size < whole.written_facts.size(); size += 61)
    EXPECT_NE(refused(std::string_view(whole.written_facts).substr(0, size), texts), "") << size;
  for (std::size_t size = 0; size < texts.size(); size += 97)
    EXPECT_NE(refused(whole.written_facts, std::string_view(texts).substr(0, size)), "") << size;
}

/// Calls `each` with every value of the document replaced by `other`, one after the other.
void replaced(const json::Value& value, const json::Value& other,
              const std::function<void(const json::Value&)>& each) {
  each(other);
  if (const json::Object* object = value.object()) {
    for (const auto& [name, inner] : object->members()) {
      replaced(inner, other,
               [&](const json::Value& changed) { each(json::Object(*object).set(name, changed)); });
    }
  } else if (const json::Array* items = value.array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      replaced((*items)[i], other, [&](const json::Value& changed) {
        json::Array copy = *items;
        copy[i] = changed;
        each(std::move(copy));
      });
    }
  }
}

const json::Value kWrong[] = {
    nullptr, true, -1, "", "\x01", json::Array{}, json::Object{}, std::string(100'000, 'x')};

TEST(Compile, AnyMemberThatIsEmptyIsRefusedOrReadAgainOncePublished) {
  std::size_t tried = 0, taken = 0;
  const json::Value whole = parsed(policy::given::file("everything.json"));
  for (const json::Value& empty : {json::Value(json::Array{}), json::Value(json::Object{})}) {
    replaced(whole, empty, [&](const json::Value& changed) {
      ++tried;
      const auto read = policy::read(canonical::write(changed));
      if (!read) return;
      ++taken;
      const std::string published = policy::write_public(*read);
      const auto again = policy::read(published);
      ASSERT_TRUE(again.has_value()) << canonical::write(changed);
      EXPECT_EQ(policy::write_public(*again), published) << canonical::write(changed);
    });
  }
  EXPECT_GT(tried, 1000u);
  EXPECT_GT(taken, 50u);
}

TEST(Load, NoWrongValueInTheFactsAborts) {
  // One language and few purposes keep the product small; the demo has every kind of object.
  const Compiled whole = compiled();
  const json::Value facts = parsed(whole.written_facts);
  std::size_t tried = 0, accepted = 0;
  for (const json::Value& wrong : kWrong) {
    replaced(facts, wrong, [&](const json::Value& changed) {
      ++tried;
      const Checked<policy::Facts> read = policy::read_facts(canonical::write(changed));
      if (!read) return;
      ++accepted;
      // What is accepted must be good for everything that the core does with it.
      (void)consent::decide(*read, {.gpc = true, .place = "US-CA"}, nullptr, 0);
    });
  }
  EXPECT_GT(tried, 400u);
  EXPECT_LT(accepted, tried / 4) << "mostly texts of any kind";
}

TEST(Load, NoWrongValueInTheTextsAborts) {
  const Compiled whole = compiled();
  const json::Value texts = parsed(texts_in(whole, "en"));
  std::size_t tried = 0;
  for (const json::Value& wrong : kWrong) {
    replaced(texts, wrong, [&](const json::Value& changed) {
      ++tried;
      const std::string written = canonical::write(changed);
      json::Object facts = *parsed(whole.written_facts).object();
      facts.set("texts", json::Object{}.set("en", text::to_hex(sha256(as_bytes(written)))));
      Session session;
      (void)load(session, canonical::write(facts), written);
      if (session.loaded == nullptr) return;
      for (const char* layer : {"first", "choices", "yours", "door", "frame", "fallback"}) {
        (void)view(session, R"({"now":0,"language":"en","held":null,"chain":null,"layer":")" +
                                std::string(layer) + "\"}");
      }
    });
  }
  EXPECT_GT(tried, 200u);
}

TEST(Load, AMegabyteOfRubbishIsAnErrorOnEitherSide) {
  const Compiled whole = compiled();
  const std::string& texts = texts_in(whole, "en");
  for (const std::string& rubbish :
       {std::string(1 << 20, '['), std::string(1 << 20, 'x'), std::string(1 << 20, '\0'),
        "{\"words\":" + std::string(1 << 20, ' ') + "{}}",
        "{\"language\":\"" + std::string(1 << 20, 'e') + "\"}"}) {
    EXPECT_NE(refused(rubbish, texts), "");
    EXPECT_NE(refused(whole.written_facts, rubbish), "");
  }
}

TEST(Load, KeysThatAreNoneAreErrorsAlsoInFacts) {
  const Compiled whole = compiled();
  const std::string facts =
      with(whole.written_facts, "age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzls",
           "age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzlz");
  EXPECT_EQ(refused(facts, texts_in(whole, "en")), "key-malformed /keys/0");
}

// -------------------------------------------------------------------------------- what pages show

TEST(EveryNotice, HoldsWhatAPageCanShowOnceEach) {
  const Compiled whole = compiled();
  const std::vector<Rendered>& all = whole.notices;
  std::set<std::string> hashes;
  for (const Rendered& one : all) {
    const bool fresh = hashes.insert(text::to_hex(sha256(as_bytes(one.html)))).second;
    // What is done until a no is done so under either regime that has it.
    EXPECT_TRUE(fresh || (one.layer == Layer::choices && one.regime == "notice-only"))
        << notice::spell(one.layer) << " " << one.regime;
  }
  for (const notice::Catalog& catalog : whole.catalogs) {
    for (const Regime regime : kEveryRegime) {
      const notice::View view{whole.policy, catalog, {{}, regime}};
      for (const Layer layer : kWholeLayers)
        EXPECT_TRUE(hashes.contains(text::to_hex(notice::notice_id(view, layer))));
      for (const policy::Purpose& purpose : whole.policy.purposes) {
        if (!purpose.asks()) continue;
        EXPECT_TRUE(
            hashes.contains(text::to_hex(notice::notice_id(view, Layer::frame, purpose.id))));
      }
    }
  }
  // Two languages, each with three first layers and choices, three other layers, and seven frames.
  EXPECT_EQ(all.size(), 2u * (3 + 3 + 3 + 7));
}

TEST(EveryNotice, HoldsTheNoticeThatARecordNames) {
  given::Visitor visitor;
  std::set<std::string> hashes;
  const Compiled whole = compiled(visitor.policy, visitor.catalog);
  for (const Rendered& one : whole.notices) hashes.insert(text::to_hex(sha256(as_bytes(one.html))));
  for (const char* place : {"", "CN", "US-CA", "SG", "FR"}) {
    visitor.place = place;
    for (const char* layer : {"first", "choices", "yours", "door"})
      EXPECT_TRUE(hashes.contains(string(member(visitor.view_of(layer), {"notice"})))) << layer;
  }
}

TEST(PageNotices, AreTheBytesThatTheTextsName) {
  const Compiled whole = compiled();
  for (std::size_t i = 0; i < whole.catalogs.size(); ++i) {
    const json::Value page = page_notices(whole, i);
    const json::Value frames = page_frames(whole, i), sheets = page_sheets(whole, i);
    const notice::View view{whole.policy, whole.catalogs[i], {{}, Regime::opt_in}};
    EXPECT_EQ(string(member(page, {"language"})), whole.catalogs[i].language());
    EXPECT_EQ(string(member(page, {"door"})), notice::render(view, Layer::door));
    EXPECT_EQ(string(member(page, {"fallback"})), notice::render(view, Layer::fallback));
    EXPECT_EQ(string(member(sheets, {"choices"})), notice::render(view, Layer::choices));
    EXPECT_EQ(string(member(sheets, {"yours"})), notice::render(view, Layer::yours));
    EXPECT_EQ(string(member(sheets, {"css"})), notice::sheet_style());
    EXPECT_EQ(string(member(sheets, {"lists"})), notice::render_handout(view));
    EXPECT_EQ(page.object()->members().size(), 6u) << "three banners, language, door, fallback";
    for (const Regime regime : kEveryRegime) {
      EXPECT_EQ(string(member(page, {"first " + std::string(policy::spell(regime))})),
                notice::render({whole.policy, whole.catalogs[i], {{}, regime}}, Layer::first));
    }
    std::size_t asked = 0;
    for (const policy::Purpose& purpose : whole.policy.purposes) {
      asked += purpose.asks();
      EXPECT_EQ(string(member(frames, {"html", purpose.id})),
                purpose.asks() ? notice::render(view, Layer::frame, purpose.id) : "");
    }
    EXPECT_EQ(member(frames, {"html"}).object()->members().size(), asked);
    EXPECT_EQ(string(member(frames, {"css"})), notice::frame_style());
  }
}

TEST(PageNotices, KnowOnlyTheRegimesThatThePolicyHas) {
  const std::string text = policy::given::sample();
  const std::size_t from = text.find("\"jurisdictions\""), to = text.find("],", from) + 2;
  const Compiled everywhere = compiled(text.substr(0, from) + text.substr(to));
  const json::Object page = page_notices(everywhere, 0);
  ASSERT_EQ(page.members().size(), 4u);
  EXPECT_NE(page.find("first opt-in"), nullptr) << "an unknown place asks first";
}

/// The sample with a purpose of its own regime in California, in two languages.
std::string with_exceptions() {
  return policy::given::with(policy::given::sample(), R"("US-CA", "regime": "opt-out" })",
                             R"("US-CA", "regime": "opt-out",
           "exceptions": [{ "purpose": "statistics", "regime": "opt-in" }] })");
}

TEST(PageNotices, APlaceWithExceptionsHasAFirstLayerOfItsOwn) {
  const Compiled whole = compiled(with_exceptions());
  const json::Value page = page_notices(whole, 1);
  const std::string mixed = string(member(page, {"first opt-out US-CA"}));
  ASSERT_NE(mixed, "");
  EXPECT_NE(mixed, string(member(page, {"first opt-out"})));
  const auto texts = notice::read_texts(whole.texts[1]);
  EXPECT_EQ(texts->notice(Layer::first, "opt-out US-CA"), sha256(as_bytes(mixed)));
  EXPECT_EQ(whole.facts.jurisdictions.size(), whole.policy.jurisdictions.size());
  const auto facts = policy::read_facts(whole.written_facts);
  ASSERT_TRUE(facts) << lines(facts.error());
  EXPECT_EQ(policy::jurisdiction_at(facts->jurisdictions, "US-CA").name(), "opt-out US-CA");
  EXPECT_EQ(policy::write_facts(*facts), whole.written_facts);
}

TEST(PageFacts, SayWhatTheCoreWouldDecide) {
  for (const std::string& policy : {policy::given::sample(), with_exceptions()}) {
    const Compiled whole = compiled(policy);
    const json::Value facts = page_facts(whole);
    EXPECT_EQ(string(member(facts, {"policy"})), text::to_hex(whole.facts.id));
    EXPECT_EQ(member(facts, {"languages"}), (json::Value{json::Array{"zh-CN", "en"}}));
    EXPECT_EQ(member(facts, {"free"}),
              (json::Value{json::Array{"service-contract", "site-security"}}));
    // The loader looks a place up as the core does: its own entry, its country's, the star's, or
    // opt-in.
    const auto looked_up = [&](const std::string& place) {
      for (const std::string& key : {place, place.substr(0, place.find('-')), std::string("*")}) {
        const std::string regime = string(member(facts, {"places", key}));
        if (!place.empty() && !regime.empty()) return regime;
      }
      return std::string("opt-in");
    };
    for (const char* place : {"", "CN", "CN-31", "US-CA", "US-NY", "US", "SG", "DE"}) {
      const policy::Jurisdiction& where =
          policy::jurisdiction_at(whole.policy.jurisdictions, place);
      EXPECT_EQ(looked_up(place), where.name()) << place;
      for (const bool gpc : {false, true}) {
        const auto decision =
            consent::decide(whole.facts, {.gpc = gpc, .place = place}, nullptr, 1'800'000'000);
        const std::string key = looked_up(place) + (gpc ? " gpc" : "");
        EXPECT_EQ(string(member(facts, {"layers", key})), consent::spell(decision.layer)) << key;
      }
    }
  }
}

/// The sample with those purposes alone that `wanted` takes, and no services.
std::string only(const std::function<bool(const json::Value&)>& wanted) {
  json::Object whole = *parsed(policy::given::sample()).object();
  const json::Value purposes = *whole.find("purposes");
  json::Array kept;
  for (const json::Value& purpose : *purposes.array()) {
    if (wanted(purpose)) kept.push_back(purpose);
  }
  return canonical::write(whole.set("purposes", std::move(kept)).set("services", json::Array{}));
}

TEST(PageFacts, WhereNothingIsAskedNothingRestsOnTheScreen) {
  const Compiled needless = compiled(only(
      [](const json::Value& purpose) { return string(member(purpose, {"basis"})) != "consent"; }));
  const json::Value layers = *page_facts(needless).find("layers");
  ASSERT_EQ(layers.object()->size(), 6u);
  for (const auto& [key, layer] : layers.object()->members())
    EXPECT_EQ(string(layer), "none") << key;
}

TEST(PageFacts, WhoseSignalAnsweredAllIsNotAsked) {
  const Compiled offers = compiled(
      only([](const json::Value& purpose) { return string(member(purpose, {"id"})) == "offers"; }));
  const json::Value facts = page_facts(offers);
  for (const char* key : {"opt-in", "opt-in gpc", "opt-out", "notice-only"})
    EXPECT_EQ(string(member(facts, {"layers", key})), "first") << key;
  for (const char* key : {"opt-out gpc", "notice-only gpc"})
    EXPECT_EQ(string(member(facts, {"layers", key})), "door") << key;
}

// ------------------------------------------------------------------ every value has its words

std::vector<std::string> shipped_languages() {
  std::vector<std::string> out;
  for (const std::string& name : policy::given::names_in("../../../locales", ".json"))
    out.push_back(name);
  return out;
}

/// A right that lacked its text once aborted the core: what the tables spell, catalogs must say.
TEST(Catalogs, SayEveryValueThatAPolicyCanHave) {
  std::vector<std::string> keys;
  const auto add = [&](const char* stem, const auto& table) {
    for (const auto& [name, value] : table) keys.push_back(stem + std::string(name));
  };
  add("after.", policy::kAfter);
  add("role.", policy::kRoles);
  add("right.", policy::kRights);
  add("first.", policy::kRegimes);
  add("basis.", policy::kBases);
  add("source.", policy::kSources);
  add("where.", policy::kWheres);
  add("event.", policy::kEvents);
  add("cover.", policy::kSafeguards);
  add("identity.", policy::kIdentities);
  add("counts.", policy::kCountsAs);
  add("refused.", policy::kEffects);
  add("withdrawn.", policy::kOnWithdrawal);
  add("reach.", policy::kReaches);
  add("rule.", policy::kReachRules);
  add("duty.", policy::kDuties);
  ASSERT_GE(shipped_languages().size(), 2u);
  for (const std::string& language : shipped_languages()) {
    const auto catalog = notice::read_catalog(notice::given::catalog_text(language));
    ASSERT_TRUE(catalog) << language << "\n" << lines(catalog.error());
    EXPECT_EQ(catalog->language(), language);
    for (const std::string& key : keys)
      EXPECT_TRUE(catalog->parts().texts.contains(key)) << language << " " << key;
  }
}

/// The same through the renderer: one policy that has them all.
TEST(Catalogs, APolicyWithEveryValueRendersInEveryShippedLanguage) {
  policy::Policy policy = policy::given::good(policy::given::sample());
  policy.rights.clear();
  for (const auto& [name, type] : policy::kRights)
    policy.rights.push_back({.type = std::string(type),
                             .law = {},
                             .channel = policy.rules_url,
                             .procedure = policy.controller.name,
                             .absent = {},
                             .identity = {},
                             .answer = {}});
  const policy::Purpose one = policy.purposes.front();
  policy.purposes.clear();
  const auto add = [&](auto change) {
    policy.purposes.push_back(one);
    policy.purposes.back().id = "p" + std::to_string(policy.purposes.size());
    change(policy.purposes.back());
  };
  for (const auto& [name, basis] : policy::kBases)
    add([&](policy::Purpose& purpose) { purpose.basis = basis; });
  for (const auto& [name, after] : policy::kAfter)
    add([&](policy::Purpose& purpose) { purpose.retention[0].after = {after}; });
  for (const auto& [name, kind] : policy::kKinds)
    add([&](policy::Purpose& purpose) { purpose.kind = kind; });
  policy::Recipient recipient = policy.recipients.front();
  for (const auto& [name, role] : policy::kRoles) {
    recipient.id = name;
    recipient.role = role;
    policy.recipients.push_back(recipient);
    policy.purposes.front().recipients.emplace_back(name);
  }
  for (const std::string& language : shipped_languages()) {
    const notice::Catalog catalog = notice::given::catalog(language);
    for (const auto& [name, regime] : policy::kRegimes) {
      for (const Layer layer : kWholeLayers)
        EXPECT_FALSE(notice::render({policy, catalog, {{}, regime}}, layer).empty());
    }
  }
}

TEST(Catalogs, EveryStateOfDeliveryHasItsWords) {
  given::Visitor visitor;
  (void)visitor.pressed(given::Visitor::act("accept"));
  for (const char* state : {"none", "saved", "waiting", "delivered", "shelved", "unsaved",
                            "erasing", "erased", "unerased"}) {
    for (const char* layer : {"yours", "door"})
      EXPECT_EQ(member(visitor.view_of(layer, state), {"ok"}), json::Value{true}) << state;
  }
}

}  // namespace
}  // namespace avow::session
