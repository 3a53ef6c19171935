#include "session/compile.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "consent/decision.h"
#include "notice/notice.h"
#include "notice/texts.h"
#include "policy/facts.h"

namespace avow::session {
namespace {

using notice::Layer;
using policy::Regime;

/// A place where each regime holds; opt-in holds where the place is not known.
std::vector<std::pair<Regime, std::string>> regimes(const policy::Policy& policy) {
  std::vector<std::pair<Regime, std::string>> out{{Regime::opt_in, ""}};
  for (const policy::Jurisdiction& one : policy.jurisdictions) {
    if (std::ranges::find(out, one.regime, &std::pair<Regime, std::string>::first) == out.end())
      out.emplace_back(one.regime, one.place);
  }
  return out;
}

/// Whether the entry changes what holds at its place: a page need not know the others.
bool says_more(const policy::Policy& policy, const policy::Jurisdiction& entry) {
  policy::Policy without;
  for (const policy::Jurisdiction& one : policy.jurisdictions) {
    if (one.place != entry.place) without.jurisdictions.push_back(one);
  }
  const bool everywhere = entry.place == "*";
  return entry.regime != (everywhere ? Regime::opt_in : policy::regime_at(without, entry.place));
}

}  // namespace

Compiled compile(LoadedAuthored keyed, std::vector<notice::Catalog> catalogs) {
  policy::Outputs outputs = std::move(keyed.outputs);
  std::vector<policy::Stored> stored = std::move(keyed.stored);
  Compiled out{std::move(keyed),   std::move(catalogs), {}, {},
               std::move(outputs), std::move(stored)};
  policy::Policy& policy = out.keyed.policy;
  if (!std::ranges::equal(policy.languages, out.catalogs, {}, {}, &notice::Catalog::language))
    fatal("one catalog a language");
  std::vector<Digest> hashes;
  for (const notice::Catalog& catalog : out.catalogs) {
    out.texts.push_back(notice::write_texts(policy, catalog));
    hashes.push_back(sha256(as_bytes(out.texts.back())));
  }
  out.facts = policy::write_facts(policy, hashes);
  policy.id = sha256(as_bytes(out.facts));
  return out;
}

std::vector<Rendered> every_notice(const Compiled& compiled) {
  const policy::Policy& policy = compiled.policy();
  std::vector<Rendered> out;
  std::set<std::string> seen;
  for (const notice::Catalog& catalog : compiled.catalogs) {
    for (const auto& [regime, place] : regimes(policy)) {
      const notice::View view{policy, catalog, regime};
      const auto add = [&](Layer layer, const std::string& purpose) {
        std::string html = notice::render(view, layer, purpose);
        if (!seen.insert(html).second) return;
        out.push_back({catalog.language(), std::string(notice::spell(layer)),
                       std::string(policy::spell(regime)), purpose, std::move(html)});
      };
      for (const Layer layer :
           {Layer::first, Layer::choices, Layer::yours, Layer::door, Layer::fallback})
        add(layer, {});
      for (const policy::Purpose& purpose : policy.purposes) {
        if (purpose.asks()) add(Layer::frame, purpose.id);
      }
    }
  }
  return out;
}

json::Object page_notices(const Compiled& compiled, std::size_t language) {
  const policy::Policy& policy = compiled.policy();
  const notice::Catalog& catalog = compiled.catalogs[language];
  const notice::View view{policy, catalog, Regime::opt_in};
  json::Object first;
  for (const auto& [regime, place] : regimes(policy))
    first.set(std::string(policy::spell(regime)),
              notice::render({policy, catalog, regime}, Layer::first));
  json::Object out;
  return out.set("language", catalog.language())
      .set("first", std::move(first))
      .set("door", notice::render(view, Layer::door))
      .set("fallback", notice::render(view, Layer::fallback));
}

json::Object page_frames(const Compiled& compiled, std::size_t language) {
  const policy::Policy& policy = compiled.policy();
  const notice::View view{policy, compiled.catalogs[language], Regime::opt_in};
  json::Object html;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (purpose.asks()) html.set(purpose.id, notice::render(view, Layer::frame, purpose.id));
  }
  return json::Object{}.set("html", std::move(html)).set("css", notice::frame_style());
}

json::Object page_facts(const Compiled& compiled) {
  const policy::Policy& policy = compiled.policy();
  json::Array languages, free;
  for (const std::string& language : policy.languages) languages.emplace_back(language);
  for (const policy::Purpose& purpose : policy.purposes) {
    if (!purpose.asks()) free.emplace_back(purpose.id);
  }
  json::Object places, layers;
  for (const policy::Jurisdiction& one : policy.jurisdictions) {
    if (says_more(policy, one)) places.set(one.place, policy::spell(one.regime));
  }
  for (const auto& [regime, place] : regimes(policy)) {
    for (const bool gpc : {false, true}) {
      const consent::Signals signals{.gpc = gpc, .place = place};
      const consent::Decision decision = consent::decide(policy, signals, nullptr, 0);
      layers.set(std::string(policy::spell(regime)) + (gpc ? " gpc" : ""),
                 consent::spell(decision.layer));
    }
  }
  return json::Object{}
      .set("policy", text::to_hex(policy.id))
      .set("languages", std::move(languages))
      .set("places", std::move(places))
      .set("layers", std::move(layers))
      .set("free", std::move(free));
}

}  // namespace avow::session
