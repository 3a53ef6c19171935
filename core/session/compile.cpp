#include "session/compile.h"

#include <algorithm>
#include <map>
#include <ranges>

#include "base/text.h"
#include "consent/decision.h"
#include "notice/handout.h"
#include "notice/notice.h"
#include "notice/texts.h"
#include "policy/facts.h"
#include "policy/public.h"

namespace avow::session {
namespace {

using notice::Layer;
using policy::Jurisdiction;

/// One of each kind that notices tell apart; where the place is not known all is asked first.
std::vector<Jurisdiction> kinds(const policy::Policy& policy) {
  std::vector<Jurisdiction> out(1);
  for (const Jurisdiction& one : policy.jurisdictions) {
    if (std::ranges::find(out, one.name(), &Jurisdiction::name) == out.end()) out.push_back(one);
  }
  return out;
}

/// Whether the entry changes what holds at its place: a page need not know the others.
bool says_more(const policy::Policy& policy, const Jurisdiction& entry) {
  std::vector<Jurisdiction> without;
  for (const Jurisdiction& one : policy.jurisdictions) {
    if (one.place != entry.place) without.push_back(one);
  }
  const std::string_view around = entry.place == "*" ? std::string_view{} : entry.place;
  return entry.name() != policy::jurisdiction_at(without, around).name();
}

/// Every notice of one language.
void add_notices(std::vector<Rendered>& out, const policy::Policy& policy,
                 const notice::Catalog& catalog, const Changing& changing) {
  const auto told = changing.told.find(catalog.language());
  const notice::ChangeTold* change = told == changing.told.end() ? nullptr : &told->second;
  const auto rendered = [&](Layer layer, const Jurisdiction& where, const std::string& purpose) {
    const notice::View view{policy, catalog, where, change};
    return Rendered{catalog.language(), layer, where.name(), purpose,
                    notice::render(view, layer, purpose)};
  };
  const std::vector<Jurisdiction> places = kinds(policy);
  for (const Jurisdiction& where : places) out.push_back(rendered(Layer::first, where, {}));
  for (const Layer layer : {Layer::yours, Layer::fallback})
    out.push_back(rendered(layer, places[0], {}));
  // Another one where it says something else.
  for (const Layer layer : {Layer::choices, Layer::door}) {
    const std::string ordinary = out.emplace_back(rendered(layer, places[0], {})).html;
    for (const Jurisdiction& where : places | std::views::drop(1)) {
      if (Rendered here = rendered(layer, where, {}); here.html != ordinary)
        out.push_back(std::move(here));
    }
  }
  for (const policy::Purpose& purpose : policy.purposes) {
    if (purpose.asks()) out.push_back(rendered(Layer::frame, places[0], purpose.id));
  }
}

/// The notices of one language and layer.
auto notices_of(const Compiled& compiled, std::size_t language, Layer layer) {
  return compiled.notices | std::views::filter([&compiled, language, layer](const Rendered& one) {
           return one.language == compiled.policy.languages[language] && one.layer == layer;
         });
}

/// The words of a receipt that is made in the browser.
json::Object receipt_words(const Compiled& compiled, std::size_t language) {
  const notice::Catalog& catalog = compiled.catalogs[language];
  json::Object out, titles;
  for (const char* key :
       {"receipt.title", "receipt.intro", "yours.text", "yours.number", "yours.yes", "yours.no"})
    out.set(key, catalog.text(key));
  for (const policy::Purpose& purpose : compiled.policy.purposes)
    if (purpose.asks()) titles.set(purpose.id, purpose.title.in(catalog.language()));
  return out.set("direction", catalog.direction())
      .set("controller", compiled.policy.controller.name.in(catalog.language()))
      .set("titles", std::move(titles));
}

}  // namespace

Compiled compile(policy::AuthoredPolicy policy, std::vector<notice::Catalog> catalogs,
                 const Changing& changing) {
  Compiled out{std::move(policy), std::move(catalogs), {}, {}, {}, {}, {}, {}};
  if (!std::ranges::equal(out.policy.languages, out.catalogs, {}, {}, &notice::Catalog::language))
    fatal("one catalog a language");
  std::vector<Digest> hashes;
  for (const notice::Catalog& catalog : out.catalogs) {
    const std::size_t before = out.notices.size();
    add_notices(out.notices, out.policy, catalog, changing);
    std::map<std::string, Digest, std::less<>> ids;
    for (const Rendered& one : out.notices | std::views::drop(before)) {
      if (one.layer != Layer::fallback)  // what stands where there is no core
        ids.emplace(notice::name_of(one.layer, one.regime, one.purpose),
                    sha256(as_bytes(one.html)));
    }
    out.texts.push_back(notice::write_texts(catalog, ids, out.policy.erase.mode));
    hashes.push_back(sha256(as_bytes(out.texts.back())));
  }
  out.public_policy = policy::write_public(out.policy);
  out.facts = policy::facts_of(out.policy, hashes, changing.since);
  out.written_facts = policy::write_facts(out.facts);
  out.style = notice::page_style(out.policy);
  if (names_doors(out)) out.style += notice::door_style();
  if (changing.since)
    out.style += notice::change_style();
  else if (!changing.told.empty())
    out.style += notice::coming_style();
  return out;
}

bool names_doors(const Compiled& compiled) {
  return std::ranges::any_of(compiled.notices, [](const Rendered& one) {
    return one.layer == Layer::door && one.regime != Jurisdiction().name();
  });
}

const std::string& notice_of(const Compiled& compiled, std::size_t language, Layer layer) {
  for (const Rendered& one : notices_of(compiled, language, layer))
    if (one.regime == Jurisdiction().name()) return one.html;
  fatal("a layer that was not compiled");
}

json::Object page_notices(const Compiled& compiled, std::size_t language) {
  json::Object out;
  out.set("language", compiled.policy.languages[language]);
  for (const Layer layer : {Layer::first, Layer::door}) {
    for (const Rendered& one : notices_of(compiled, language, layer))
      out.set(notice::name_of(layer, one.regime, {}), one.html);
  }
  return out.set("fallback", notice_of(compiled, language, Layer::fallback));
}

json::Object page_sheets(const Compiled& compiled, std::size_t language) {
  json::Object out;
  for (const Rendered& one : notices_of(compiled, language, Layer::choices))
    out.set(notice::name_of(Layer::choices, one.regime, {}), one.html);
  // The lists say the same wherever they are shown.
  const notice::View view{compiled.policy, compiled.catalogs[language], {}};
  return out.set("lists", notice::render_handout(view))
      .set("receipt", receipt_words(compiled, language))
      .set("failed", compiled.catalogs[language].text("yours.failed"))
      .set("yours", notice_of(compiled, language, Layer::yours))
      .set("css", notice::sheet_style());
}

json::Object page_frames(const Compiled& compiled, std::size_t language) {
  json::Object html;
  for (const Rendered& one : notices_of(compiled, language, Layer::frame))
    html.set(one.purpose, one.html);
  return json::Object{}.set("html", std::move(html)).set("css", notice::frame_style());
}

json::Object page_facts(const Compiled& compiled) {
  const policy::Policy& policy = compiled.policy;
  json::Array languages, free;
  for (const std::string& language : policy.languages) languages.emplace_back(language);
  for (const policy::Facts::Purpose& purpose : compiled.facts.purposes) {
    if (!purpose.asks) free.emplace_back(purpose.id);
  }
  json::Object places, layers;
  for (const Jurisdiction& one : policy.jurisdictions) {
    if (says_more(policy, one)) places.set(one.place, one.name());
  }
  for (const Jurisdiction& where : kinds(policy)) {
    for (const bool gpc : {false, true}) {
      const consent::Signals signals{.gpc = gpc, .place = where.place};
      const consent::Decision decision = consent::decide(compiled.facts, signals, nullptr, 0);
      layers.set(where.name() + (gpc ? " gpc" : ""), consent::spell(decision.layer));
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
