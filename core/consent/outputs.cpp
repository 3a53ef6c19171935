#include "consent/outputs.h"

#include <algorithm>

#include "consent/decision.h"

namespace avow::consent {
namespace {

using policy::Facts;
using policy::Follows;
using policy::Outputs;
using policy::Signal;

/// A signal, as its receiver spells it, and what it follows.
struct Sent {
  std::string name;
  Follows follows;
};

/// Whom the policy names, and what is sent to them.
struct Receiver {
  std::string_view name;
  std::vector<Sent> signals;
};

std::vector<Sent> sent(const std::vector<Signal>& signals) {
  std::vector<Sent> out;
  for (const Signal& one : signals) out.push_back({std::string(one.name), *one.follows});
  return out;
}

/// Clarity spells them ad_Storage and analytics_Storage.
std::vector<Sent> as_clarity_spells(std::vector<Sent> signals) {
  for (Sent& one : signals) one.name[one.name.find('_') + 1] = 'S';
  return signals;
}

std::vector<Receiver> receivers(const Facts& facts, const Outputs& outputs) {
  std::vector<Receiver> out;
  if (outputs.google) out.push_back({"google", sent(policy::signals(*outputs.google))});
  if (outputs.uet) out.push_back({"uet", sent(policy::signals(*outputs.uet))});
  if (outputs.clarity)
    out.push_back({"clarity", as_clarity_spells(sent(policy::signals(*outputs.clarity)))});
  if (!outputs.data_layer.empty()) {
    // Each purpose with a word of its own, never a list of some: Tag Manager lays a list over the
    // one before, and what was taken back would stay in it.
    Receiver& event = out.emplace_back("event");
    for (const Facts::Purpose& one : facts.purposes) event.signals.push_back({one.id, {one.id}});
  }
  return out;
}

json::Object told(const Receiver& receiver, const std::vector<std::string>& granted) {
  json::Object out;
  for (const auto& [name, follows] : receiver.signals) {
    const bool all =
        !follows.empty() && std::ranges::all_of(follows, [&](const std::string& purpose) {
          return std::ranges::find(granted, purpose) != granted.end();
        });
    out.set(name, all ? "granted" : "denied");
  }
  return out;
}

/// What runs at a place where nobody has answered.
std::vector<std::string> by_default(const Facts& facts, const std::string& place, bool gpc) {
  std::vector<std::string> out;
  const Decision decision = decide(facts, {.gpc = gpc, .place = place}, nullptr, 0);
  for (const Verdict& verdict : decision.verdicts) {
    if (verdict.granted) out.push_back(verdict.purpose);
  }
  return out;
}

/// The places whose default is not that of what holds around them, by what Google is told there.
std::vector<std::pair<json::Object, json::Array>> regions(const Facts& facts,
                                                          const Receiver& google, bool gpc) {
  const auto at = [&](const std::string& place) {
    return told(google, by_default(facts, place, gpc));
  };
  const auto listed = [&](const std::string& place) {
    return std::ranges::find(facts.jurisdictions, place, &policy::Jurisdiction::place) !=
           facts.jurisdictions.end();
  };
  std::vector<std::pair<json::Object, json::Array>> out;
  for (const policy::Jurisdiction& entry : facts.jurisdictions) {
    const std::string& place = entry.place;
    // "*" is of places that the host knows. What Google does not find listed is unknown to it.
    if (place == "*") continue;
    const std::string country = place.substr(0, place.find('-'));
    const json::Object here = at(place);
    if (here == at(country != place && listed(country) ? country : "")) continue;
    const auto same = std::ranges::find_if(out, [&](const auto& one) { return one.first == here; });
    if (same == out.end())
      out.push_back({here, {place}});
    else
      same->second.emplace_back(place);
  }
  return out;
}

/// Whether Google is told one thing everywhere.
bool alike_everywhere(const Facts& facts, const Receiver& google) {
  return regions(facts, google, false).empty() && regions(facts, google, true).empty();
}

json::Array google_calls(const Facts& facts, const policy::GoogleConsent& google,
                         const Receiver& receiver, bool gpc) {
  const auto call = [&](json::Object signals) {
    if (google.wait_for_update > 0) signals.set("wait_for_update", google.wait_for_update);
    return json::Array{"consent", "default", std::move(signals)};
  };
  json::Array out;
  out.push_back(call(told(receiver, by_default(facts, "", gpc))));
  for (auto& [signals, places] : regions(facts, receiver, gpc))
    out.push_back(call(signals.set("region", std::move(places))));
  if (google.ads_data_redaction) out.push_back(json::Array{"set", "ads_data_redaction", true});
  if (google.url_passthrough) out.push_back(json::Array{"set", "url_passthrough", true});
  return out;
}

/// The one call of a queue.
json::Array only(json::Array call) {
  json::Array out;
  out.push_back(std::move(call));
  return out;
}

}  // namespace

json::Object update(const Facts& facts, const Outputs& outputs,
                    const std::vector<std::string>& granted) {
  json::Object out;
  for (const Receiver& one : receivers(facts, outputs))
    out.set(std::string(one.name), told(one, granted));
  return out;
}

json::Object defaults(const Facts& facts, const Outputs& outputs, bool gpc) {
  json::Object out;
  for (const Receiver& one : receivers(facts, outputs)) {
    const json::Object unknown = told(one, by_default(facts, "", gpc));
    if (one.name == "google")
      out.set("dataLayer", google_calls(facts, *outputs.google, one, gpc));
    else if (one.name == "uet")
      out.set("uetq", only({"consent", "default", unknown}));
    else if (one.name == "clarity")
      out.set("clarity", only({"consentv2", unknown}));
  }
  return out;
}

json::Object page_outputs(const Facts& facts, const Outputs& outputs) {
  json::Object follows, known;
  for (const Receiver& one : receivers(facts, outputs)) {
    json::Object signals;
    for (const auto& [name, purposes] : one.signals) {
      json::Array asked;
      for (const std::string& id : purposes) {
        if (facts.purpose(id)->asks) asked.emplace_back(id);
      }
      signals.set(name, purposes.empty() ? json::Value{} : json::Value{std::move(asked)});
    }
    follows.set(std::string(one.name), std::move(signals));
    // An event is no state: every page wants one.
    if (one.name == "event" || (one.name == "google" && !alike_everywhere(facts, one))) continue;
    known.set(std::string(one.name), told(one, by_default(facts, "", false)));
  }
  json::Object out;
  out.set("follows", std::move(follows)).set("told", std::move(known));
  if (!outputs.data_layer.empty()) out.set("event", outputs.data_layer);
  return out;
}

}  // namespace avow::consent
