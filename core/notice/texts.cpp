#include "notice/texts.h"

#include "base/canonical.h"
#include "base/text.h"
#include "notice/catalog.h"

namespace avow::notice {
namespace {

/// What the core says of a visitor's own state: the rest of a catalog is in the notices already.
constexpr std::string_view kSaid[] = {
    "change.since",     "said.accepted",      "said.refused",     "said.saved",
    "said.withdrawn",   "said.erased",        "yours.withdrawn",  "yours.erased",
    "yours.none",       "yours.refused",      "yours.answered",   "yours.anonymous",
    "yours.yes",        "yours.no",           "yours.default",    "yours.gpc",
    "yours.unanswered", "yours.no-number",    "delivery.none",    "delivery.saved",
    "delivery.waiting", "delivery.delivered", "delivery.shelved", "delivery.shelved-refusal",
    "delivery.unsaved", "delivery.erasing",   "delivery.erased",  "delivery.unerased",
};

}  // namespace

const std::string& Texts::say(std::string_view key) const {
  const auto it = said.find(key);
  if (it == said.end()) fatal("a text that no texts were checked for");
  return it->second;
}

std::string name_of(Layer layer, std::string_view regime, std::string_view purpose) {
  std::string out(spell(layer));
  const bool own =
      (layer == Layer::door || layer == Layer::choices) && regime != policy::Jurisdiction().name();
  if (layer == Layer::first || own) return out + " " + std::string(regime);
  if (layer == Layer::frame) return out + " " + std::string(purpose);
  return out;
}

std::optional<Digest> Texts::notice(Layer layer, std::string_view regime,
                                    std::string_view purpose) const {
  auto it = notices.find(name_of(layer, regime, purpose));
  if (it == notices.end()) it = notices.find(spell(layer));
  return it == notices.end() ? std::nullopt : std::optional(it->second);
}

std::string write_texts(const Catalog& catalog,
                        const std::map<std::string, Digest, std::less<>>& notices,
                        policy::EraseMode erase) {
  const auto worded = [&](std::string_view key) {
    const bool erased = key == "said.erased" || key == "yours.erased";
    const bool here_alone = erased && erase == policy::EraseMode::keep_proof;
    return catalog.text(std::string(key) + (here_alone ? "-here" : ""));
  };
  json::Object ids, said;
  for (const auto& [name, id] : notices) ids.set(name, text::to_hex(id));
  for (const std::string_view key : kSaid) said.set(std::string(key), worded(key));
  return canonical::write(json::Object{}
                              .set("language", catalog.language())
                              .set("notices", std::move(ids))
                              .set("said", std::move(said)));
}

Checked<Texts> read_texts(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  Texts out;
  json::Fields fields(*document, "", errors);
  out.language = fields.text("language", {2, 35});
  if (const json::Value* ids = fields.required("notices")) {
    json::Fields each(*ids, "/notices", errors);
    if (const json::Object* object = ids->object()) {
      for (const auto& [name, id] : object->members()) out.notices.emplace(name, each.digest(name));
    }
    each.finish();
  }
  if (const json::Value* said = fields.required("said")) {
    json::Fields each(*said, "/said", errors);
    for (const std::string_view key : kSaid)
      out.said.emplace(std::string(key), each.text(key, {1, 1'000}));
    each.finish();
  }
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

}  // namespace avow::notice
