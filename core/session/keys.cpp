#include "session/keys.h"

namespace avow::session {
namespace {

/// What is wrong with the keys of a policy that is not good otherwise, so that its author hears
/// everything at once.
void add_key_errors(std::string_view text, Errors& errors) {
  const Checked<json::Value> document = json::read(text);
  const json::Object* object = document ? document->object() : nullptr;
  const json::Value* keys = object != nullptr ? object->find("keys") : nullptr;
  if (keys == nullptr || keys->array() == nullptr) return;
  for (std::size_t i = 0; i < keys->array()->size(); ++i) {
    const json::Object* key = (*keys->array())[i].object();
    const json::Value* spelled = key != nullptr ? key->find("recipient") : nullptr;
    if (spelled == nullptr || spelled->string() == nullptr || spelled->string()->empty()) continue;
    const Result<trust::Recipient> recipient = trust::read_recipient(*spelled->string());
    if (!recipient)
      errors.push_back({recipient.error().code, json::join("/keys", i) + "/recipient",
                        recipient.error().detail});
  }
}

}  // namespace

Checked<std::vector<trust::Recipient>> read_keys(std::span<const std::string> keys) {
  Errors errors;
  std::vector<trust::Recipient> out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Result<trust::Recipient> recipient = trust::read_recipient(keys[i]);
    if (recipient) {
      out.push_back(*recipient);
    } else {
      errors.push_back({recipient.error().code, json::join("/keys", i), recipient.error().detail});
    }
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

Checked<LoadedPolicy> load_policy(std::string_view text) {
  Checked<policy::AuthoredPolicy> read = policy::read(text);
  if (!read) {
    add_key_errors(text, read.error());
    return std::unexpected(std::move(read.error()));
  }
  std::vector<std::string> keys;
  for (const policy::SealKey& key : read->keys) keys.push_back(key.recipient);
  Checked<std::vector<trust::Recipient>> recipients = read_keys(keys);
  if (!recipients) {
    for (Error& error : recipients.error()) error.where += "/recipient";
    return std::unexpected(std::move(recipients.error()));
  }
  return LoadedPolicy{std::move(*read), std::move(*recipients)};
}

}  // namespace avow::session
