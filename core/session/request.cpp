#include "session/request.h"

#include <algorithm>

#include "base/canonical.h"
#include "policy/shape.h"

namespace avow::session {
namespace {

/// What a device stored, if it is an object; anything else is a warning, since storage is
/// anybody's.
const json::Value* stored(json::Fields& fields, std::string_view key, Errors& warnings) {
  const json::Value* value = fields.optional(key);
  if (value == nullptr || value->object() != nullptr) return value;
  warnings.push_back(
      {Code::stored_state, fields.at(key), "Got " + std::string(value->type()) + "."});
  return nullptr;
}

}  // namespace

Visit read_visit(json::Fields& fields, Errors& warnings) {
  Visit visit;
  visit.now = fields.integer("now", 0, time::kLatest);
  visit.language = fields.text("language", {2, 35});
  visit.signals.gpc = fields.optional_boolean("gpc", false);
  visit.signals.place = fields.optional_text("place", {0, 400});
  visit.signals.refused = fields.optional_boolean("refused", false);
  if (!visit.signals.place.empty() &&
      (visit.signals.place == "*" || !policy::is_place(visit.signals.place))) {
    // Not knowing where somebody is asks first; a host's misspelling must not do less.
    warnings.push_back({Code::wrong_value, "/place",
                        "Want an ISO 3166 code such as CN or US-CA; taken as unknown."});
    visit.signals.place.clear();
  }
  if (const json::Value* value = stored(fields, "held", warnings)) {
    const Result<consent::Choice> held = consent::read_choice(*value);
    if (held) {
      visit.held = *held;
    } else {
      warnings.push_back({held.error().code, "/held" + held.error().where, held.error().detail});
    }
  }
  if (const json::Value* value = stored(fields, "chain", warnings)) {
    const Result<Chain> chain = read_chain(*value);
    if (chain) {
      visit.chain = *chain;
    } else {
      warnings.push_back(
          {chain.error().code, "/chain" + chain.error().where, chain.error().detail});
    }
  }
  return visit;
}

json::Array write_errors(const Errors& errors) {
  json::Array out;
  for (const Error& error : errors) {
    out.push_back(json::Object{}
                      .set("code", name(error.code))
                      .set("where", error.where)
                      .set("detail", error.detail)
                      .set("text", describe(error)));
  }
  return out;
}

std::string failure(const Errors& errors) {
  return canonical::write(json::Object{}.set("ok", false).set("errors", write_errors(errors)));
}

}  // namespace avow::session
