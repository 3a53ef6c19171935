// What the core costs, natively: one line a figure, none asserted.
//   build/native/bench/core_bench [POLICY]
#include "bench.h"
#include "consent/decision.h"
#include "notice/notice.h"
#include "session/keys.h"
#include "trust/machine.h"
#include "visitor.h"

int main(int count, char** words) {
  using namespace avow;
  trust::use_fastest_code();
  const std::string policy_text = bench::read(count > 1 ? words[1] : AVOW_SAMPLE "/sample.json");
  const std::string catalog_text = bench::read(AVOW_CATALOGS "/zh-CN.json");
  const auto loaded = session::load_policy(policy_text);
  const auto catalog = notice::read_catalog(catalog_text);
  if (!loaded || !catalog) {
    std::fprintf(stderr, "the policy or the catalog is not good: see avow check\n");
    return 2;
  }
  const policy::Policy& policy = loaded->policy;
  std::printf("policy of %zu purposes, %zu bytes\n", policy.purposes.size(), policy_text.size());

  std::size_t sink = 0;
  bench::measure("policy read", 20,
                 [&] { sink += session::load_policy(policy_text)->policy.purposes.size(); });
  bench::measure("compile, every language", 20,
                 [&] { sink += given::compile_site(policy_text, *catalog).written_facts.size(); });
  const session::Compiled compiled = given::compile_site(policy_text, *catalog);
  const auto spoken = std::ranges::find(policy.languages, catalog->language());
  if (spoken == policy.languages.end()) return 2;
  const std::string& texts =
      compiled.texts[static_cast<std::size_t>(spoken - policy.languages.begin())];
  std::printf("facts of %zu bytes, texts of %zu\n", compiled.written_facts.size(), texts.size());
  bench::measure("session::load, facts and texts", 20, [&] {
    session::Session fresh;
    sink += session::load(fresh, compiled.written_facts, texts).size();
  });

  const time::Instant now = 1'795'000'000;
  consent::Choice held;
  held.at = now - 1'000;
  held.record = Digest{};
  for (const policy::Purpose& purpose : policy.purposes) {
    if (purpose.asks())
      held.answers.push_back(
          {purpose.id, true, purpose.terms, purpose.kept_days(), now + time::kDay});
  }
  const consent::Signals signals{false, "CN"};
  bench::measure("decision, nothing answered", 1'000, [&] {
    sink += consent::decide(compiled.facts, signals, nullptr, now).verdicts.size();
  });
  bench::measure("decision, answer held", 1'000, [&] {
    sink += consent::decide(compiled.facts, signals, &held, now).verdicts.size();
  });

  const notice::View view{policy, *catalog, {}};
  bench::measure("render first layer", 200,
                 [&] { sink += notice::render(view, notice::Layer::first).size(); });
  bench::measure("render choices", 100,
                 [&] { sink += notice::render(view, notice::Layer::choices).size(); });

  const given::Site site = given::open_site(policy_text, catalog_text);
  const std::string request = R"({"gpc":false,"language":"zh-CN","now":1795000000,"place":"CN"})";
  bench::measure("session::decide, JSON to JSON", 20,
                 [&] { sink += session::decide(site.session, request).size(); });

  given::Visitor visitor(site, "bench");
  const auto first = visitor.press({.control = "accept"});
  std::printf("a record has %zu bytes\n",
              first.object()->find("record")->object()->find("bytes")->string()->size() / 4 * 3);
  bench::measure("press: seal, sign, chain", 10, [&] {
    given::Visitor again = visitor;
    sink += again.press({.control = "save", .layer = "choices", .selected = {"statistics"}})
                .object()
                ->size();
  });
  return sink == 0 ? 1 : 0;
}
