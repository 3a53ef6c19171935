#include "notice/texts.h"

#include "base/canonical.h"
#include "policy/words.h"

namespace avow::notice {

std::string write_texts(const policy::Policy& policy, const Catalog& catalog) {
  return canonical::write(
      write_catalog(catalog).set("words", policy::write_words(policy, catalog.language())));
}

Checked<Catalog> read_texts(std::string_view json, policy::Policy& policy) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  json::Fields fields(*document, "", errors);
  Catalog catalog = read_catalog(fields);
  if (const json::Value* value = fields.required("words")) {
    json::Fields words(*value, "/words", errors);
    policy::read_words(words, policy, catalog.language());
    words.finish();
  }
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return catalog;
}

}  // namespace avow::notice
