#include "policy/facts.h"

#include <algorithm>
#include <tuple>

#include "base/canonical.h"
#include "base/text.h"
#include "policy/public.h"
#include "policy/shape.h"
#include "policy/spelling.h"

namespace avow::policy {
namespace {

constexpr std::int64_t kVersion = 2;

json::Object write_purpose(const Facts::Purpose& purpose) {
  json::Object out;
  if (purpose.was) out.set("was", text::to_hex(*purpose.was)).set("was_days", purpose.was_days);
  return out.set("id", purpose.id)
      .set("asks", purpose.asks)
      .set("separate", purpose.separate)
      .set("gpc", purpose.gpc)
      .set("terms", text::to_hex(purpose.terms))
      .set("retention_days", purpose.retention_days);
}

Facts::Purpose read_purpose(json::Fields& fields) {
  Facts::Purpose out;
  out.id = fields.text("id", {1, 64});
  out.asks = fields.boolean("asks");
  out.separate = fields.boolean("separate");
  out.gpc = fields.boolean("gpc");
  out.terms = fields.digest("terms");
  out.retention_days = fields.integer("retention_days", 0, kLongestRetention);
  if (fields.optional("was") != nullptr) out.was = fields.digest("was");
  out.was_days = fields.optional_integer("was_days", 0, kLongestRetention, 0);
  return out;
}

time::Period read_period(json::Fields& fields, std::string_view name) {
  const Result<time::Period> read = time::read_period(fields.text(name, {1, 16}));
  if (read) return *read;
  fields.error(read.error().code, name);
  return {};
}

/// Purposes that have another regime at a place, each under the place's name and its own.
void read_exceptions(json::Fields& fields, Facts& facts) {
  const json::Value* all = fields.optional("exceptions");
  if (all == nullptr) return;
  json::Fields each(*all, "/exceptions", fields.errors());
  if (const json::Object* object = all->object()) {
    for (const auto& [name, regime] : object->members()) {
      for (Jurisdiction& at : facts.jurisdictions) {
        if (std::string_view(name).substr(0, name.find(' ')) == at.place)
          at.exceptions.push_back({name.substr(name.find(' ') + 1), each.choice(name, kRegimes)});
      }
    }
  }
  each.finish();
}

/// The bytes that `write_facts` writes but for what is in another's hands.
void read_members(json::Fields& fields, Facts& facts) {
  if (fields.integer("facts", 0, 1'000'000) != kVersion)
    fields.error(Code::unknown_version, "facts");
  facts.site = fields.text("site", {1, 253});
  facts.version = fields.text("version", {1, 64});
  facts.policy = fields.digest("policy");
  if (fields.optional("change") != nullptr) facts.change = fields.digest("change");
  facts.record_refusals = fields.choice("record_refusals", kRefusals);
  facts.framed = fields.choice("framed", kFramed);
  facts.collector.url = fields.optional_text("collector", {0, 500});
  facts.collector.acknowledge = fields.choice("acknowledge", kAcknowledge);
  facts.validity = {read_period(fields, "grant"), read_period(fields, "refusal")};
  facts.keys = fields.texts("keys", 1, 4, {1, 100});
  fields.array("purposes", 0, 64, [&](const json::Value& item, const std::string& at) {
    json::Fields each(item, at, fields.errors());
    Facts::Purpose purpose = read_purpose(each);
    if (facts.purpose(purpose.id) != nullptr) each.error(Code::duplicate_id, "id");
    each.finish();
    facts.purposes.push_back(std::move(purpose));
  });
  if (const json::Value* places = fields.required("places")) {
    json::Fields each(*places, fields.at("places"), fields.errors());
    if (const json::Object* object = places->object()) {
      for (const auto& [place, regime] : object->members())
        facts.jurisdictions.push_back({place, each.choice(place, kRegimes)});
    }
    each.finish();
  }
  read_exceptions(fields, facts);
  if (const json::Value* hashes = fields.required("texts")) {
    json::Fields each(*hashes, fields.at("texts"), fields.errors());
    if (const json::Object* object = hashes->object()) {
      for (const auto& [language, hash] : object->members()) {
        if (!is_language(language)) each.error(Code::wrong_value, language);
        facts.texts.emplace_back(language, each.digest(language));
      }
    }
    each.finish();
    if (facts.texts.empty()) fields.error(Code::out_of_range, "texts");
  }
}

}  // namespace

const Facts::Purpose* Facts::purpose(std::string_view purpose_id) const {
  const auto it = std::ranges::find(purposes, purpose_id, &Purpose::id);
  return it == purposes.end() ? nullptr : &*it;
}

Facts facts_of(const Policy& policy, const std::vector<Digest>& texts,
               const std::optional<ChangeTo>& change) {
  if (texts.size() != policy.languages.size()) fatal("facts want one hash a language");
  Facts out;
  out.site = policy.site;
  out.version = policy.version;
  for (std::size_t i = 0; i < texts.size(); ++i)
    out.texts.emplace_back(policy.languages[i], texts[i]);
  for (const policy::Purpose& purpose : policy.purposes) {
    if (!purpose.on_site()) continue;
    out.purposes.push_back({purpose.id,
                            purpose.asks(),
                            purpose.separate,
                            purpose.answers_to_gpc(),
                            purpose.terms,
                            purpose.kept_days(),
                            {},
                            0});
    if (!change) continue;
    const auto told = change->was.find(purpose.id);
    if (told != change->was.end())
      std::tie(out.purposes.back().was, out.purposes.back().was_days) = told->second;
  }
  out.jurisdictions = policy.jurisdictions;
  out.validity = policy.validity;
  out.record_refusals = policy.record_refusals;
  out.framed = policy.framed;
  for (const SealKey& key : policy.keys) out.keys.push_back(key.recipient);
  out.collector = policy.collector;
  out.policy = public_hash(policy);
  if (change) out.change = change->id;
  out.id = sha256(as_bytes(write_facts(out)));
  return out;
}

std::string write_facts(const Facts& facts) {
  json::Array purposes, keys;
  json::Object places, exceptions, texts;
  for (const Facts::Purpose& purpose : facts.purposes) purposes.push_back(write_purpose(purpose));
  for (const std::string& key : facts.keys) keys.emplace_back(key);
  for (const Jurisdiction& at : facts.jurisdictions) {
    places.set(at.place, spell(at.regime));
    for (const auto& [purpose, regime] : at.exceptions)
      exceptions.set(at.place + " " + purpose, spell(regime));
  }
  for (const auto& [language, hash] : facts.texts) texts.set(language, text::to_hex(hash));
  json::Object out;
  if (facts.change) out.set("change", text::to_hex(*facts.change));
  if (!exceptions.empty()) out.set("exceptions", std::move(exceptions));
  return canonical::write(
      out.set("facts", kVersion)
          .set("site", facts.site)
          .set("version", facts.version)
          .set("policy", text::to_hex(facts.policy))
          .set("record_refusals", json::spelled(kRefusals, facts.record_refusals))
          .set("framed", json::spelled(kFramed, facts.framed))
          .set("collector", facts.collector.url)
          .set("acknowledge", json::spelled(kAcknowledge, facts.collector.acknowledge))
          .set("grant", time::write_period(facts.validity.grant))
          .set("refusal", time::write_period(facts.validity.refusal))
          .set("keys", std::move(keys))
          .set("purposes", std::move(purposes))
          .set("places", std::move(places))
          .set("texts", std::move(texts)));
}

Checked<Facts> read_facts(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  Facts facts;
  json::Fields fields(*document, "", errors);
  read_members(fields, facts);
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  facts.id = sha256(as_bytes(json));
  return facts;
}

}  // namespace avow::policy
