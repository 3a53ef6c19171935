#include "session/compile.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "consent/decision.h"
#include "notice/notice.h"
#include "notice/texts.h"
#include "policy/facts.h"
#include "policy/public.h"

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
  std::vector<policy::Jurisdiction> without;
  for (const policy::Jurisdiction& one : policy.jurisdictions) {
    if (one.place != entry.place) without.push_back(one);
  }
  const bool everywhere = entry.place == "*";
  return entry.regime != (everywhere ? Regime::opt_in : policy::regime_at(without, entry.place));
}

}  // namespace

Compiled compile(policy::AuthoredPolicy policy, std::vector<notice::Catalog> catalogs) {
  Compiled out{std::move(policy), std::move(catalogs), {}, {}, {}, {}};
  if (!std::ranges::equal(out.policy.languages, out.catalogs, {}, {}, &notice::Catalog::language))
    fatal("one catalog a language");
  std::vector<std::map<std::string, Digest, std::less<>>> ids(out.catalogs.size());
  for (const Rendered& one : every_notice(out)) {
    const auto at = std::ranges::find(out.policy.languages, one.language);
    if (one.layer == Layer::fallback) continue;  // what stands where there is no core
    ids[static_cast<std::size_t>(at - out.policy.languages.begin())].emplace(
        notice::name_of(one.layer, one.regime, one.purpose), sha256(as_bytes(one.html)));
  }
  std::vector<Digest> hashes;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out.texts.push_back(notice::write_texts(out.catalogs[i], ids[i]));
    hashes.push_back(sha256(as_bytes(out.texts.back())));
  }
  out.public_policy = policy::write_public(out.policy);
  out.facts = policy::facts_of(out.policy, hashes);
  out.written_facts = policy::write_facts(out.facts);
  return out;
}

std::vector<Rendered> every_notice(const Compiled& compiled) {
  const policy::Policy& policy = compiled.policy;
  std::vector<Rendered> out;
  for (const notice::Catalog& catalog : compiled.catalogs) {
    const auto add = [&](Layer layer, Regime regime, const std::string& purpose) {
      out.push_back({catalog.language(), layer, regime, purpose,
                     notice::render({policy, catalog, regime}, layer, purpose)});
    };
    for (const auto& [regime, place] : regimes(policy)) add(Layer::first, regime, {});
    for (const Layer layer : {Layer::choices, Layer::yours, Layer::door, Layer::fallback})
      add(layer, Regime::opt_in, {});
    for (const policy::Purpose& purpose : policy.purposes) {
      if (purpose.asks()) add(Layer::frame, Regime::opt_in, purpose.id);
    }
  }
  return out;
}

json::Object page_notices(const Compiled& compiled, std::size_t language) {
  const policy::Policy& policy = compiled.policy;
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

namespace {

/// The words of a receipt that is made in the browser.
json::Object receipt_words(const notice::View& view) {
  json::Object out, titles;
  for (const char* key : {"receipt.title", "receipt.intro", "yours.text", "yours.number",
                          "yours.yes", "yours.no", "colon"})
    out.set(key, view.catalog.text(key));
  for (const policy::Purpose& purpose : view.policy.purposes)
    if (purpose.asks()) titles.set(purpose.id, purpose.title.in(view.catalog.language()));
  return out.set("direction", view.catalog.direction())
      .set("controller", view.policy.controller.name.in(view.catalog.language()))
      .set("titles", std::move(titles));
}

}  // namespace

json::Object page_sheets(const Compiled& compiled, std::size_t language) {
  const notice::View view{compiled.policy, compiled.catalogs[language], Regime::opt_in};
  return json::Object{}
      .set("receipt", receipt_words(view))
      .set("choices", notice::render(view, Layer::choices))
      .set("yours", notice::render(view, Layer::yours))
      .set("css", notice::sheet_style());
}

json::Object page_frames(const Compiled& compiled, std::size_t language) {
  const policy::Policy& policy = compiled.policy;
  const notice::View view{policy, compiled.catalogs[language], Regime::opt_in};
  json::Object html;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (purpose.asks()) html.set(purpose.id, notice::render(view, Layer::frame, purpose.id));
  }
  return json::Object{}.set("html", std::move(html)).set("css", notice::frame_style());
}

json::Object page_facts(const Compiled& compiled) {
  const policy::Policy& policy = compiled.policy;
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
      const consent::Decision decision = consent::decide(compiled.facts, signals, nullptr, 0);
      layers.set(std::string(policy::spell(regime)) + (gpc ? " gpc" : ""),
                 consent::spell(decision.layer));
    }
  }
  return json::Object{}
      .set("policy", text::to_hex(compiled.facts.id))
      .set("languages", std::move(languages))
      .set("places", std::move(places))
      .set("layers", std::move(layers))
      .set("free", std::move(free));
}

}  // namespace avow::session
